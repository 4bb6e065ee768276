"""Sending a team: what is asked first, who else goes, who lost the race, what holds it back."""

import pytest

from crt_console.domain.errors import Refused
from crt_console.domain.words import Order, UnitStatus
from tests.support.shift import HARMLESS, Shift


def test_a_team_alone_needs_the_four_questions(shift: Shift) -> None:
    shift.teams()
    number = shift.new()

    with pytest.raises(Refused, match="first ask"):
        shift.say(f"assign crt2 {number}")

    shift.say(f"answer {number} nature welfare_check, {HARMLESS}")
    assert shift.say(f"assign crt2 {number}").unit == "CRT2"


def test_outreach_needs_no_questions_but_is_not_exempt_from_the_floor(shift: Shift) -> None:
    shift.teams()
    number = shift.new("Bushnell Park, outreach source:outreach")
    shift.say(f"answer {number} weapon firearm")

    shift.say(f"assign crt1 {number}")

    assert shift.unit("crt1").order is Order.STAGE
    assert shift.handovers(number)["police"] == "offered"


def test_the_loser_hears_who_won(shift: Shift) -> None:
    first, second = shift.ready(), shift.new()
    shift.say(f"answer {second} nature welfare_check, {HARMLESS}")
    shift.say(f"assign crt2 {first}", by="Kim")

    with pytest.raises(Refused, match=r"CRT 2 went to 26-000001 with console 3 \(Kim\)") as lost:
        shift.say(f"assign crt2 {second}")

    assert lost.value.by == "Kim"


def test_assigning_opens_the_hand_overs_of_the_advice_and_stages_until_accepted(
    shift: Shift,
) -> None:
    number = shift.ready("weapon unknown, violence_now none, medical none, suicide none")

    outcome = shift.say(f"assign crt1 {number}")

    assert outcome.data["order"] == "STAGE"
    assert shift.handovers(number) == {"police": "offered"}
    shift.say(f"accept {number} police Sgt Bell, H26-1")
    assert shift.unit("crt1").order is Order.GO


def test_police_asked_by_hand_go_together_with_the_team(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} police")
    shift.say(f"assign crt1 {number}")

    assert shift.unit("crt1").order is Order.STAGE
    shift.say(f"accept {number} police Sgt Bell")
    assert shift.unit("crt1").order is Order.GO


def test_police_who_stand_by_hold_nobody_back(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} police standby")
    shift.say(f"assign crt1 {number}")

    assert shift.unit("crt1").order is Order.GO


def test_where_the_floor_needs_police_the_team_stages_until_the_scene_is_clear(
    shift: Shift,
) -> None:
    number = shift.ready()
    shift.say(f"answer {number} weapon edged, weapon_access within_reach")
    shift.say(f"override {number} crt+police she knows the team")
    shift.say(f"assign crt1 {number}")
    shift.say(f"accept {number} police Sgt Bell")

    assert shift.unit("crt1").order is Order.STAGE

    shift.say(f"sceneclear {number} Sgt Bell")
    assert shift.unit("crt1").order is Order.GO


def test_a_team_that_is_not_advised_needs_a_reason(shift: Shift) -> None:
    number = shift.ready(f"{HARMLESS}, crime violent", nature="medical")

    with pytest.raises(Refused, match="not advised"):
        shift.say(f"assign crt1 {number}")

    with pytest.raises(Refused, match="say why"):
        shift.say(f"override {number} crt+police")
    agencies = "+".join(["crt", *shift.incident(number).agencies])
    shift.say(f"override {number} {agencies} the officer asks for them")
    assert shift.say(f"assign crt1 {number}").unit == "CRT1"


def test_what_was_passed_over_is_in_the_journal(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt5 {number}")

    with shift.reading() as connection:
        found = [e for e in shift.entries(connection) if e.kind == "UnitAssigned"]

    assert {name for name, _ in found[0].data["passed_over"]} == {"CRT 1", "CRT 2"}


def test_releasing_puts_the_incident_back_in_the_queue(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("release crt1 wrong team")

    assert shift.incident(number).status == "waiting"
    assert shift.unit("crt1").free


def test_who_is_on_scene_is_not_free_when_released(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("release crt1")

    assert shift.unit("crt1").status is UnitStatus.CLEARING
    assert not shift.unit("crt1").free


def test_only_a_newer_decisive_version_refuses(shift: Shift) -> None:
    from crt_console.domain.commands import AssignUnits

    number = shift.ready()
    seen = shift.incident(number)
    shift.say(f"note {number} a neighbour says she is a nurse")
    unit = shift.unit("crt1")
    shift.say(f"answer {number} weapon unknown")

    with pytest.raises(Refused, match="look again"):
        shift.do(AssignUnits(units=(unit.id,), incident=seen.id, seen={seen.id: seen.decisive}))

    now = shift.incident(number)
    shift.say(f"note {number} he sings")
    shift.do(AssignUnits(units=(unit.id,), incident=now.id, seen={now.id: now.decisive}))
    assert shift.unit("crt1").incident_id == now.id
