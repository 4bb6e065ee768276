"""What the floor holds of an incident, and what police have cleared of it."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from crt_console.domain.ids import IncidentId
from crt_console.domain.incident import Incident
from crt_console.services.advise import with_floor

NOW = datetime(2026, 7, 29, 14, 0, tzinfo=UTC)


QUIET = Incident(id=IncidentId("i"), serial=1, number="26-000001", opened_at=NOW, arrived_at=NOW)


def test_nothing_stays_cleared_of_a_line_that_no_longer_holds() -> None:
    assert with_floor(replace(QUIET, police_clear=(0,)), ()).police_clear == ()


def test_a_quiet_incident_holds_nothing() -> None:
    assert with_floor(QUIET, ()) == QUIET
