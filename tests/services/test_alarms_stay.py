"""Alarms that must not fall silent: raised ones, backup, an agency that stays silent."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crt_console.domain.alarm import Alarm
from crt_console.domain.commands import (
    AcknowledgeAlarm,
    AnswerFacts,
    CallBackup,
    EditIncident,
    OfferHandover,
    UndoAnswer,
)
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind, IncidentStatus
from tests.services.test_shift import raise_due
from tests.support.shift import Shift

THREAT = "medical none_reported, weapon none, violence_now threat, suicide none"


@pytest.fixture
def hasty(room_url: str) -> Iterator[Shift]:
    """A room where a status and an unanswered hand-over are due at once."""
    soon = replace(
        Timers(), handover=0.01, handover_urgent=0.01, backup=0.01, overdue={"assigned": 0.01}
    )
    room = Shift(room_url, soon)
    yield room
    room.close()


def overdue(room: Shift) -> Alarm:
    """Return the alarm about a status."""
    return next(a for a in room.board().alarms.values() if a.kind is AlarmKind.STATUS)


def test_a_check_in_leaves_an_overdue_status_raised_and_taken(hasty: Shift) -> None:
    number = hasty.ready()
    hasty.say(f"assign crt1 {number}")
    time.sleep(0.02)
    raise_due(hasty)
    hasty.do(AcknowledgeAlarm(alarm=overdue(hasty).id))

    hasty.say("checkin crt1")

    assert overdue(hasty).raised
    assert overdue(hasty).owner == "Ortiz"


def test_a_check_in_answers_no_contradiction(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 off")

    shift.say("checkin crt1")

    assert overdue(shift).detail == f"reports off, but is on {number}"


def test_backup_asked_for_some_time_ago_has_its_clock(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say(f"handover {number} police")
    shift.say(f"accept {number} police Smith")
    ago = datetime.now(UTC) - timedelta(minutes=2)
    shift.do(CallBackup(unit="crt1", agency="police", happened_at=ago))

    assert "backup" in shift.alarms(raised=False)


def test_backup_that_nobody_accepts_rings_until_somebody_acts(hasty: Shift) -> None:
    number = hasty.ready()
    hasty.say(f"assign crt1 {number}")
    hasty.say(f"handover {number} police")
    hasty.say(f"accept {number} police Smith")
    hasty.say("backup crt1 police")
    time.sleep(0.02)
    raise_due(hasty)
    hasty.do(EditIncident(incident=number, field="language", value="Spanish"))

    assert "backup" in hasty.alarms()


def test_a_no_rings_though_police_stand_by(shift: Shift) -> None:
    number = shift.ready()
    shift.do(OfferHandover(incident=number, agency="police", standby=True))
    shift.say(f"accept {number} police Smith")
    shift.say(f"handover {number} police")
    shift.say(f"decline {number} police no car")

    assert "handover" in shift.alarms()


def test_an_agency_that_stays_silent_puts_the_incident_back_in_the_queue(hasty: Shift) -> None:
    number = hasty.ready(THREAT)
    hasty.say(f"override {number} police+ems because we know him")
    hasty.say(f"accept {number} ems Smith")
    assert hasty.incident(number).status is IncidentStatus.WORKING
    time.sleep(0.02)
    raise_due(hasty)

    assert hasty.incident(number).status is IncidentStatus.WAITING
    assert "floor_agency" in hasty.alarms(raised=False)


def test_the_last_answer_is_the_one_given_last(shift: Shift) -> None:
    first, second = shift.new(), shift.new("9 Main St, welfare check, p2")
    shift.say(f"answer {first} weapon none")
    ago = datetime.now(UTC) - timedelta(minutes=5)
    shift.do(AnswerFacts(incident=second, answers=(("weapon", "none"),), happened_at=ago))

    assert shift.do(UndoAnswer(incident=None)).incident == second
