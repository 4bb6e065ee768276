"""Acts that must not mean what they cannot: clocks that are ahead, numbers that come again."""

from datetime import UTC, datetime, timedelta

import pytest

from crt_console.domain.commands import (
    DeclareEmergency,
    EndShift,
    ReportStatus,
    StartShift,
)
from crt_console.domain.errors import Refused
from crt_console.domain.words import UnitStatus
from crt_console.services.decide import decode
from tests.support.shift import Shift


def in_an_hour() -> datetime:
    """What a clock says that is an hour ahead."""
    return datetime.now(UTC) + timedelta(hours=1)


def test_a_shift_begun_by_a_clock_ahead_does_not_silence_the_team(shift: Shift) -> None:
    shift.say("unit add crt1")
    shift.do(EndShift(unit="crt1", happened_at=in_an_hour()))
    shift.do(StartShift(unit="crt1", happened_at=in_an_hour()))
    shift.do(ReportStatus(unit="crt1", status=UnitStatus.OUT_OF_SERVICE))

    assert shift.unit("crt1").status is UnitStatus.OUT_OF_SERVICE


def test_an_emergency_began_now_at_the_latest(shift: Shift) -> None:
    shift.say("unit add crt1")
    shift.do(DeclareEmergency(unit="crt1", happened_at=in_an_hour()))

    began = shift.unit("crt1").emergency_at
    assert began is not None
    assert began < in_an_hour() - timedelta(minutes=30)


def test_a_linked_incident_is_unlinked_not_reopened(shift: Shift) -> None:
    first, second = shift.new(), shift.new("9 Main St, welfare check, p2")
    shift.say(f"link {first} {second}")

    with pytest.raises(Refused, match=f"{second} is part of {first}: unlink it"):
        shift.say(f"reopen {second} mistake")


def test_what_a_second_person_is_asked_names_the_incident_itself(shift: Shift) -> None:
    """`142` said on the last of December is another incident in January."""
    number = shift.ready("medical none_reported, weapon none, violence_now threat, suicide none")
    incident = shift.incident(number)
    asked = shift.say(f"override {incident.serial} crt because we know him")

    board = shift.board()
    choice, _ = decode(board.text(board.confirmations[asked.id or ""].command))
    assert choice.incident == incident.id


def test_clinicians_back_nobody_up_where_nobody_knows_what_they_go_into(shift: Shift) -> None:
    shift.teams()
    number = shift.new()
    shift.say(f"override {number} crt because we know him")
    shift.say(f"assign crt1 {number}")

    with pytest.raises(Refused, match="mobile crisis go unarmed"):
        shift.say("backup crt1 crmhc")
    assert shift.say("backup crt1 police").data == {"agency": "police"}


def test_a_team_that_is_still_on_an_incident_begins_no_shift(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 off")

    with pytest.raises(Refused, match=f"CRT 1 is on {number}: release it first"):
        shift.do(StartShift(unit="crt1"))
