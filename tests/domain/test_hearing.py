"""Which alarms sound at a console: its own at once, those of others when nobody takes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import TABLES, Board
from crt_console.domain.hearing import Hearing
from crt_console.domain.ids import AlarmId, IncidentId
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
ALARM = Alarm(
    id=AlarmId("a"), kind=AlarmKind.HANDOVER, subject="h", incident_id=IncidentId("i"),
    due_at=START, raised_at=START,
)  # fmt: skip


def board(alarm: Alarm, console: str | None) -> Board:
    incident = Incident(
        id=IncidentId("i"), serial=1, number="26-000001", opened_at=START, arrived_at=START,
        owner_console=console,
    )  # fmt: skip
    empty: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    rows = empty | {"incidents": {"i": incident}, "alarms": {"a": alarm}}
    return Board(tables=rows)


def rings(hearing: Hearing, alarm: Alarm, console: str | None, seconds: float) -> bool:
    return bool(hearing.sounds(board(alarm, console), START + timedelta(seconds=seconds)))


def test_the_console_that_has_the_incident_hears_it_at_once() -> None:
    hearing = Hearing("console 1", Timers())
    assert rings(hearing, ALARM, "console 1", 0)
    assert not rings(hearing, ALARM, "console 1", 29)
    assert rings(hearing, ALARM, "console 1", 30)


def test_others_hear_it_when_nobody_took_it_in_time() -> None:
    hearing = Hearing("console 2", Timers())
    assert not rings(hearing, ALARM, "console 1", 29)
    assert rings(hearing, ALARM, "console 1", 30)


def test_others_do_not_hear_what_was_taken_in_time() -> None:
    hearing = Hearing("console 2", Timers())
    owned = replace(ALARM, owner="Kim", owned_at=START)
    assert not rings(hearing, owned, "console 1", 300)


def test_what_nobody_has_rings_everywhere_at_once() -> None:
    assert rings(Hearing("console 2", Timers()), ALARM, None, 0)


def test_a_life_rings_everywhere_at_once() -> None:
    for kind in (AlarmKind.EMERGENCY, AlarmKind.ORDER, AlarmKind.SECOND_PERSON):
        alarm = replace(ALARM, kind=kind)
        assert rings(Hearing("console 2", Timers()), alarm, "console 1", 0), kind


def test_an_emergency_is_heard_everywhere_however_fast_it_was_taken() -> None:
    taken = replace(ALARM, kind=AlarmKind.EMERGENCY, owner="Kim", owned_at=START)
    assert rings(Hearing("console 2", Timers()), taken, "console 1", 1)


def test_what_went_to_the_supervisor_rings_where_she_sits() -> None:
    alarm = replace(ALARM, supervisor=True)
    hearing = Hearing("console 2", Timers())
    assert not rings(hearing, alarm, "console 1", 0)
    hearing.supervises = True
    assert rings(hearing, alarm, "console 1", 0)


def test_an_override_rings_for_her_and_not_where_it_was_decided() -> None:
    alarm = replace(ALARM, kind=AlarmKind.OVERRIDE, supervisor=True)
    assert not rings(Hearing("console 1", Timers()), alarm, "console 1", 29)
    assert rings(Hearing("console 1", Timers()), alarm, "console 1", 30)  # nobody took it


def test_taken_it_sounds_again_after_two_minutes_and_a_step_at_once() -> None:
    hearing = Hearing("console 1", Timers())
    assert rings(hearing, ALARM, "console 1", 0)
    owned = replace(ALARM, owner="Kim", owned_at=START + timedelta(seconds=5))
    assert not rings(hearing, owned, "console 1", 120)
    assert rings(hearing, owned, "console 1", 125)
    assert rings(hearing, replace(ALARM, step=2), "console 1", 126)
