"""The tables of the first version."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _alarms()
    _answers()
    _assignments()
    _calls()
    _cautions()
    _confirmations()
    _content()
    _handovers()
    _incidents()
    _journal()
    _journal_head()
    _operations()
    _places()
    _quarantine()
    _settings()
    _type_map()
    _units()


def downgrade() -> None:
    """There is nothing before the first version."""


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Text()),
        sa.Column("unit_id", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("raised_at", sa.BigInteger()),
        sa.Column("owner", sa.Text()),
        sa.Column("owner_console", sa.Text()),
        sa.Column("owned_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("supervisor", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("alarms_by_incident_id", "alarms", ["incident_id"])
    op.create_index("alarms_by_unit_id", "alarms", ["unit_id"])
    op.create_index(
        "one_open_alarm", "alarms", ["kind", "subject"], unique=True, **_where("ended_at IS NULL")
    )
    op.create_index("open_alarms_by_subject", "alarms", ["subject"], **_where("ended_at IS NULL"))


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("operation_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("held_before", sa.Text(), nullable=False),
        sa.Column("cleared_before", sa.Text(), nullable=False),
        sa.Column("police_clear_before", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("answers_by_by", "answers", ["by"])
    op.create_index("answers_by_incident_id", "answers", ["incident_id"])


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("console", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger()),
        sa.Column("enroute_at", sa.BigInteger()),
        sa.Column("staged_at", sa.BigInteger()),
        sa.Column("on_scene_at", sa.BigInteger()),
        sa.Column("clearing_at", sa.BigInteger()),
        sa.Column("released_at", sa.BigInteger()),
        sa.Column("release_reason", sa.Text()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("assignments_by_incident_id", "assignments", ["incident_id"])
    op.create_index("assignments_by_unit_id", "assignments", ["unit_id"])
    op.create_index(
        "one_open_assignment",
        "assignments",
        ["unit_id"],
        unique=True,
        **_where("released_at IS NULL"),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("external", sa.Text()),
        sa.Column("updated_at", sa.BigInteger()),
        sa.Column("call_back", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("cad", sa.Text(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("calls_by_incident_id", "calls", ["incident_id"])
    op.create_index(
        "one_call_per_external",
        "calls",
        ["system", "external"],
        unique=True,
        **_where("external IS NOT NULL"),
    )


def _cautions() -> None:
    op.create_table(
        "cautions",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("console", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("confirmations_by_incident_id", "confirmations", ["incident_id"])


def _content() -> None:
    op.create_table(
        "content",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("salt", sa.Text()),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.Text()),
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("standby", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Text()),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text()),
        sa.Column("their_number", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("scene_clear_at", sa.BigInteger()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
    )
    op.create_index("handovers_by_incident_id", "handovers", ["incident_id"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("waiting_since", sa.BigInteger()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("on_scene_at", sa.BigInteger()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("type_unmapped", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.BigInteger()),
        sa.Column("place", sa.Text()),
        sa.Column("place_verified", sa.Boolean(), nullable=False),
        sa.Column("neighbourhood", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("call_back", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("owner_console", sa.Text()),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("police_clear", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Text(), nullable=False),
        sa.Column("response", sa.Text()),
        sa.Column("agencies", sa.Text(), nullable=False),
        sa.Column("assessed", sa.Boolean(), nullable=False),
        sa.Column("advised_standby", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text()),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("override", sa.Text()),
        sa.Column("override_reason", sa.Text()),
        sa.Column("override_by", sa.Text()),
        sa.Column("override_at", sa.BigInteger()),
        sa.Column("not_sent", sa.Text()),
        sa.Column("not_sent_text", sa.Text()),
        sa.Column("disposition", sa.Text()),
        sa.Column("disposition_text", sa.Text()),
        sa.Column("linked_to", sa.Text()),
        sa.Column("edited", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("decisive", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("number", name="one_incident_per_number"),
    )
    op.create_index("incidents_by_closed_at", "incidents", ["closed_at"])
    op.create_index("incidents_by_opened_at", "incidents", ["opened_at"])
    op.create_index("incidents_by_serial", "incidents", ["serial"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("operation_id", sa.Text(), nullable=False),
        sa.Column("by_", sa.Text(), nullable=False),
        sa.Column("console", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Text()),
        sa.Column("unit_id", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_incident_id", "journal", ["incident_id"])


def _journal_head() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("writer_min", sa.Integer(), nullable=False),
        sa.Column("serial_year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
    )


def _operations() -> None:
    op.create_table(
        "operations",
        sa.Column("operation_id", sa.Text(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("neighbourhood", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
    )
    op.create_index("ix_places_key", "places", ["key"])


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )


def _type_map() -> None:
    op.create_table(
        "type_map",
        sa.Column("system", sa.Text(), primary_key=True),
        sa.Column("raw", sa.Text(), primary_key=True),
        sa.Column("type", sa.Text()),
        sa.Column("nature", sa.Text()),
        sa.Column("priority", sa.Integer()),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("call_sign", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("position_at", sa.BigInteger()),
        sa.Column("position_basis", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_at", sa.BigInteger(), nullable=False),
        sa.Column("free_since", sa.BigInteger()),
        sa.Column("heard_at", sa.BigInteger()),
        sa.Column("incident_id", sa.Text()),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("order_at", sa.BigInteger()),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("oos_reason", sa.Text(), nullable=False),
        sa.Column("shift_ends_at", sa.BigInteger()),
        sa.Column("emergency_at", sa.BigInteger()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("decisive", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("key", name="one_unit_per_call_sign"),
    )
