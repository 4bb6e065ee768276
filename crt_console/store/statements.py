"""Statements of the write transaction, built once."""

import functools
from typing import Any

from sqlalchemy import (
    Executable,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from crt_console.domain.words import ConfirmationState, HandoverState
from crt_console.store import tables
from crt_console.store.prepared import ROW_ID
from crt_console.store.tables import ROWS

_calls = ROWS["calls"].c
_answers = ROWS["answers"].c
_assignments = ROWS["assignments"].c
_handovers = ROWS["handovers"].c
_alarms = ROWS["alarms"].c
_confirmations = ROWS["confirmations"].c
_incidents = ROWS["incidents"].c
_units = ROWS["units"].c

SOME = 100  # values in one list

BY_ID: dict[str, Select[Any]] = {
    name: select(table).where(table.c.id == bindparam("id")) for name, table in ROWS.items()
}
OF_INCIDENT: dict[str, Select[Any]] = {
    name: select(ROWS[name]).where(ROWS[name].c.incident_id == bindparam("incident_id"))
    for name in ("calls", "answers", "assignments", "handovers", "confirmations")
}
# name: (table, statement); the same condition stands in `room.py` as a function of the row
SELECTS: dict[str, tuple[str, Select[Any]]] = {
    "number": (
        "incidents",
        select(ROWS["incidents"]).where(_incidents.number == bindparam("number")),
    ),
    "serial": (
        "incidents",
        select(ROWS["incidents"]).where(_incidents.serial == bindparam("serial")),
    ),
    "unit_key": ("units", select(ROWS["units"]).where(_units.key == bindparam("key"))),
    "units": ("units", select(ROWS["units"])),
    "external": (
        "calls",
        select(ROWS["calls"]).where(
            and_(
                _calls.system == bindparam("system"),
                _calls.external == bindparam("external"),
                _calls.external.is_not(None),
            )
        ),
    ),
    "calls": ("calls", OF_INCIDENT["calls"]),
    "answers": ("answers", OF_INCIDENT["answers"]),
    "last_answer": (
        "answers",
        select(ROWS["answers"])
        .where(_answers.by == bindparam("by"), _answers.undone_at.is_(None))
        .order_by(_answers.changed.desc(), _answers.ordinal.desc())
        .limit(1),
    ),
    "assignments": (
        "assignments",
        OF_INCIDENT["assignments"].where(_assignments.released_at.is_(None)),
    ),
    "all_assignments": ("assignments", OF_INCIDENT["assignments"]),
    "open_assignment": (
        "assignments",
        select(ROWS["assignments"]).where(
            _assignments.unit_id == bindparam("unit_id"), _assignments.released_at.is_(None)
        ),
    ),
    "last_assignment": (
        "assignments",
        select(ROWS["assignments"])
        .where(_assignments.unit_id == bindparam("unit_id"))
        .order_by(_assignments.at.desc(), _assignments.changed.desc())
        .limit(1),
    ),
    "handovers": (
        "handovers",
        OF_INCIDENT["handovers"].where(_handovers.state != HandoverState.ENDED),
    ),
    "alarms": (
        "alarms",
        select(ROWS["alarms"]).where(
            _alarms.incident_id == bindparam("incident_id"), _alarms.ended_at.is_(None)
        ),
    ),
    "subject_alarms": (
        "alarms",
        select(ROWS["alarms"]).where(
            _alarms.subject == bindparam("subject"), _alarms.ended_at.is_(None)
        ),
    ),
    "alarm": (
        "alarms",
        select(ROWS["alarms"]).where(
            _alarms.id.like(bindparam("start")), _alarms.ended_at.is_(None)
        ),
    ),
    "confirmations": (
        "confirmations",
        OF_INCIDENT["confirmations"].where(_confirmations.state == ConfirmationState.ASKED),
    ),
    "confirmation": (
        "confirmations",
        select(ROWS["confirmations"]).where(_confirmations.id.like(bindparam("start"))),
    ),
}
# What nothing can be found of about an incident that this transaction makes.
OF_NEW = (
    "calls",
    "answers",
    "assignments",
    "all_assignments",
    "handovers",
    "confirmations",
    "alarms",
)

KNOWN = select(_calls.external).where(
    _calls.system == bindparam("system"),
    _calls.external.in_([bindparam(f"some{i}") for i in range(SOME)]),
)
INSERTS: dict[str, Executable] = {name: insert(table) for name, table in ROWS.items()}


@functools.cache
def update_of(table: str, columns: tuple[str, ...]) -> Executable:
    """Return the statement that sets these columns of a row: as many as kinds of act."""
    rows = ROWS[table]
    changed: dict[str, Any] = {name: bindparam(name) for name in columns}
    return update(rows).where(rows.c.id == bindparam(ROW_ID)).values(changed)


_head = tables.journal_head.c
_HEAD = (_head.seq, _head.hash, _head.at, _head.writer_min, _head.serial_year, _head.serial)
_take = update(tables.journal_head).where(_head.id == 1)
# On PostgreSQL the server's clock; on SQLite the machine's is the same for all.
TAKE_HEAD = {
    "postgresql": _take.values(
        at=func.greatest(
            _head.at, text("(extract(epoch from clock_timestamp()) * 1000000)::bigint")
        )
    ).returning(*_HEAD),
    "sqlite": _take.values(at=func.max(_head.at, bindparam("clock"))).returning(*_HEAD),
}
PUT_HEAD = _take.values(
    seq=bindparam("seq"),
    hash=bindparam("hash"),
    serial_year=bindparam("serial_year"),
    serial=bindparam("serial"),
)
OPERATION = select(tables.operations.c.seq, tables.operations.c.outcome).where(
    tables.operations.c.operation_id == bindparam("operation_id")
)
PUT_OPERATION = insert(tables.operations)
PUT_ENTRY = insert(tables.journal)
PUT_CONTENT = insert(tables.content)
CONTENT = select(tables.content.c.body).where(tables.content.c.id == bindparam("id"))
NOTIFY = text("SELECT pg_notify('crt', :payload)")
PLACE = (
    select(tables.places)
    .where(tables.places.c.key == bindparam("key"))
    .order_by(tables.places.c.id)
)
TYPE = select(tables.type_map.c.type, tables.type_map.c.priority).where(
    tables.type_map.c.system == bindparam("system"), tables.type_map.c.raw == bindparam("raw")
)
SEEN_TYPE = text(
    "INSERT INTO type_map (system, raw, type, nature, priority, seen)"
    " VALUES (:system, :raw, NULL, NULL, NULL, 1)"
    " ON CONFLICT (system, raw) DO UPDATE SET seen = type_map.seen + 1"
)
QUARANTINED = select(tables.quarantine.c.id).where(tables.quarantine.c.id == bindparam("id"))
PUT_QUARANTINE = insert(tables.quarantine)
