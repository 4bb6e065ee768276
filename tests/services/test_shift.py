"""Statuses, check-ins, emergency, backup, cautions, closing, the paper, the past."""

import time
from datetime import UTC, datetime

import pytest

from crt_console.domain.alarm import due_time, is_due, operation_for
from crt_console.domain.commands import ImportCalls, PastCall, RaiseAlarm, ReceiveCall
from crt_console.domain.errors import Refused
from crt_console.domain.timers import Timers, sped_up
from crt_console.domain.words import UnitStatus
from crt_console.store.verify import verify
from tests.support.shift import HARMLESS, Shift

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def raise_due(shift: Shift) -> list[str]:
    """Raise what is due now, as a console would; return the kinds."""
    now = datetime.now(UTC)
    raised = []
    for alarm in shift.board().alarms.values():
        when = due_time(alarm)
        if is_due(alarm, now) and when is not None:
            command = RaiseAlarm(
                operation_id=operation_for(alarm),  # type: ignore[arg-type]
                alarm=alarm.id,
                due_at=when,
            )
            shift.do(command)
            raised.append(alarm.kind.value)
    return raised


def test_a_skipped_step_is_entered_as_not_reported(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("crt1 clearing")

    with shift.reading() as connection:
        reported = [e for e in shift.entries(connection) if e.kind == "UnitReported"]
    assert reported[0].data["not_reported"] == ["acknowledged", "enroute"]
    assert reported[1].data["not_reported"] == []  # entered once


def test_a_report_about_the_past_fills_its_stamp_and_moves_nothing_back(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("crt1 clearing")

    earlier = shift.unit("crt1").status_at.astimezone()
    shift.say(f"crt1 enroute at {earlier.replace(second=0):%H:%M}")

    assert shift.unit("crt1").status is UnitStatus.CLEARING


def test_a_contradiction_is_taken_and_raises_a_query(shift: Shift) -> None:
    shift.teams()
    shift.say("crt1 onscene")

    assert shift.unit("crt1").status is UnitStatus.ONSCENE
    assert "status" in shift.alarms()


def test_available_frees_the_team_and_asks_for_the_result(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    for status in ("enroute", "onscene", "available"):
        shift.say(f"crt1 {status}")

    assert shift.unit("crt1").free
    assert shift.incident(number).status == "result"


def test_a_visit_that_is_over_asks_for_its_result_though_police_came_along(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} police")
    shift.say(f"assign crt1 {number}")
    shift.say(f"accept {number} police Sgt Bell")
    for status in ("enroute", "onscene", "available"):
        shift.say(f"crt1 {status}")

    assert shift.incident(number).status == "result"


def test_check_ins_go_up_step_by_step(room_url: str) -> None:
    shift = Shift(room_url, sped_up(Timers(), 3000))
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    steps: list[int] = []
    for _ in range(40):
        time.sleep(0.02)
        raise_due(shift)
        alarm = next(a for a in shift.board().alarms.values() if a.kind == "check_in")
        if not steps or steps[-1] != alarm.step:
            steps.append(alarm.step)
        if alarm.step == 3:
            break
    assert steps[-1] == 3
    assert next(a for a in shift.board().raised if a.kind == "check_in").supervisor

    shift.say("checkin crt1")
    assert "check_in" not in shift.alarms()
    shift.close()


def test_a_due_is_raised_once(room_url: str) -> None:
    shift = Shift(room_url, sped_up(Timers(), 6000))
    shift.new()
    time.sleep(0.05)
    alarm = next(a for a in shift.board().alarms.values() if a.kind == "first_question")
    command = RaiseAlarm(
        operation_id=operation_for(alarm),  # type: ignore[arg-type]
        alarm=alarm.id,
        due_at=alarm.due_at,
    )
    assert shift.do(command) == shift.do(command, by="Kim")
    assert "first_question" in shift.alarms()
    shift.close()


def test_an_emergency_is_cleared_only_with_a_reason(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("emergency crt1")
    assert shift.alarms()[0] == "emergency"
    assert not shift.unit("crt1").free

    shift.say("emergency crt1 clear spoke to Vega on the radio, both are safe")
    assert "emergency" not in shift.alarms()


def test_who_was_heard_in_an_emergency_is_not_called_for_an_old_check_in(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("emergency crt1")
    before = shift.check_in_due("crt1")
    shift.say("emergency crt1 clear heard on the radio")
    assert shift.check_in_due("crt1") > before


def test_a_caller_who_is_there_after_all_can_be_asked(shift: Shift) -> None:
    number = shift.new()
    shift.say(f"answer {number} weapon none")
    shift.say(f"unreachable {number}")
    assert "ring_back" in shift.alarms()
    shift.say("undo")
    assert not shift.incident(number).unreachable
    assert "ring_back" not in shift.alarms()
    assert shift.incident(number).facts == {"weapon": "none"}


def test_backup_has_a_clock_of_its_own(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("backup crt1 police urgent")

    assert "backup" in shift.alarms(raised=False)
    shift.say(f"accept {number} police Car 12")
    assert "backup" not in shift.alarms(raised=False)


def test_closing_stands_a_team_down_and_reopening_brings_it_back(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 enroute")
    shift.say(f"close {number} not_needed")
    assert shift.unit("crt1").free
    assert shift.alarms(raised=False) == []

    shift.say(f"reopen {number} the caller rang again")
    assert shift.incident(number).status == "waiting"


def test_an_edit_refuses_only_if_the_value_has_changed(shift: Shift) -> None:
    from crt_console.domain.commands import EditIncident

    number = shift.new()
    seen = EditIncident(
        incident=number, field="place", value="126 Albany Ave", seen="124 Albany Ave",
        check_seen=True,
    )  # fmt: skip
    shift.say(f"note {number} she sings")
    shift.do(seen)

    with pytest.raises(Refused, match="126 Albany Ave"):
        shift.do(
            EditIncident(
                incident=number, field="place", value="128 Albany Ave", seen="124 Albany Ave",
                check_seen=True,
            )
        )  # fmt: skip


def test_the_same_number_again_is_the_same_incident(shift: Shift) -> None:
    def cad(**more: object) -> ReceiveCall:
        return ReceiveCall(external="A1", at=NOON, system="cad", **more)  # type: ignore[arg-type]

    assert shift.do(cad(place="Main St", priority=2)).data["result"] == "accepted"
    assert shift.do(cad(place="Main St", priority=2)).data["result"] == "duplicate"
    number = shift.do(cad(place="Main St", priority=1)).incident or ""
    assert shift.incident(number).priority == 1
    shift.say(f"edit {number} priority 3")

    shift.do(cad(place="Main St", priority=2))

    assert shift.incident(number).priority == 3
    assert len(shift.board().incidents) == 1


def test_past_calls_are_taken_once(shift: Shift) -> None:
    batch = ImportCalls(
        system="alexandria",
        calls=tuple(PastCall(external=str(n), at=NOON, closed_at=NOON) for n in range(5)),
    )
    again = ImportCalls(system="alexandria", calls=batch.calls)

    assert shift.do(batch).data["accepted"] == 5
    assert shift.do(again).data["duplicate"] == 5


def test_not_sent_needs_a_known_reason_and_ends_the_waiting(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"not-sent {number} no_team_free, all five are out")

    assert shift.incident(number).status == "not_sent"
    assert "waiting" not in shift.alarms(raised=False)


def test_a_whole_shift_verifies(shift: Shift) -> None:
    number = shift.ready()
    for line in (
        f"assign crt1 {number}",
        "crt1 onscene",
        f"answer {number} weapon firearm",
        f"accept {number} police Sgt Bell",
        f"sceneclear {number} Sgt Bell",
        "crt1 available",
        f"close {number} helped",
        f"reopen {number} again",
        "caution 124 Albany Ave, dog in the flat",
    ):
        shift.say(line)
    other = shift.new()
    shift.say(f"answer {other} {HARMLESS}")
    shift.say(f"link {number} {other}")
    shift.say(f"unlink {number} {other}")

    with shift.reading() as connection:
        verdict = verify(connection)
    assert verdict.problem is None
    assert verdict.ok
