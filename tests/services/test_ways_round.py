"""Ways round the floor and the questions that somebody once found: each stays shut."""

import pytest

from crt_console.domain.commands import AddUnit
from crt_console.domain.errors import Refused
from crt_console.domain.ids import same_person
from tests.support.shift import HARMLESS, Shift

THREAT = "violence_now threat"


@pytest.mark.parametrize(
    "decided", ["override {} none", "override {} ems", "edit {} source outreach"]
)
def test_nobody_goes_alone_unasked_without_a_reason(shift: Shift, decided: str) -> None:
    shift.teams()
    number = shift.new()
    shift.say(decided.format(number))

    with pytest.raises(Refused, match="first ask"):
        shift.say(f"assign crt1 {number}")
    with pytest.raises(Refused, match="first ask"):
        shift.say(f"handover {number} crmhc")


def test_repeating_provisional_advice_is_no_reason(shift: Shift) -> None:
    shift.teams()
    number = shift.new()
    shift.say(f"answer {number} nature welfare_check, weapon none, violence_now none")
    shift.say(f"override {number} crt")

    with pytest.raises(Refused, match="first ask medical, suicide"):
        shift.say(f"assign crt1 {number}")
    shift.say(f"override {number} crt I was there an hour ago")
    assert shift.say(f"assign crt1 {number}").data["order"] == "GO"


def test_an_override_without_the_team_sends_no_team(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"override {number} ems they asked for an ambulance only")

    with pytest.raises(Refused, match="not advised"):
        shift.say(f"assign crt1 {number}")


@pytest.mark.parametrize("name", ["ortiz ", "ORTIZ", "Or\u200btiz", "\u041ertiz", " O r t i z"])
def test_the_same_person_spelt_otherwise_is_no_second_person(shift: Shift, name: str) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {THREAT}")
    asked = shift.say(f"override {number} crt I know him")

    with pytest.raises(Refused, match="another person"):
        shift.say(f"confirm {asked.id}", by=name)


def test_names_apart_are_two_people() -> None:
    assert not same_person("Ortiz", "Ortez")
    assert not same_person("Kim 1", "Kim 2")
    assert same_person("J. Ortiz", "j ortiz")


def test_the_second_person_releases_what_was_asked_and_no_more(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {THREAT}, medical overdose")
    asked = shift.say(f"override {number} crt+ems police would not help")
    shift.say(f"confirm {asked.id}", by="Kim")

    assert shift.say(f"override {number} crt no need").kind == "confirm"


def test_a_team_with_police_is_not_a_team_alone(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} suicide imminent_means_in_hand")
    asked = shift.say(f"override {number} crt+police no ambulance is free")
    shift.say(f"confirm {asked.id}", by="Kim")

    assert shift.say(f"override {number} crt no need").kind == "confirm"


@pytest.mark.parametrize("end", ["not-sent {} other, no", "close {} helped"])
def test_agreeing_to_send_nobody_is_not_agreeing_to_send_a_team(shift: Shift, end: str) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {THREAT}")
    asked = shift.say(end.format(number))
    shift.say(f"confirm {asked.id}", by="Kim")
    if not shift.incident(number).open:
        shift.say(f"reopen {number} they called again")

    assert shift.say(f"override {number} crt I know him").kind == "confirm"


def test_an_agency_that_left_since_was_not_agreed_to(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {THREAT}, medical overdose")
    shift.say(f"handover {number} ems")
    shift.say(f"accept {number} ems Lee")
    asked = shift.say(f"close {number} helped")
    shift.say(f"decline {number} ems nobody free")

    with pytest.raises(Refused, match="danger has grown"):
        shift.say(f"confirm {asked.id}", by="Kim")


def test_undo_takes_back_no_word_of_somebody_else(shift: Shift) -> None:
    shift.teams()
    number = shift.new()
    shift.say(f"answer {number} nature welfare_check, {HARMLESS}", by="Kim")
    shift.say(f"answer {number} weapon firearm", by="Lee")

    with pytest.raises(Refused, match="Lee has answered weapon"):
        shift.say("undo", by="Kim")
    assert shift.incident(number).facts["weapon"] == "firearm"


def test_undo_ends_only_the_lines_that_its_answer_brought(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} cooperative true", by="Kim")
    shift.say(f"answer {number} {THREAT}", by="Lee")
    shift.say(f"answer {number} violence_now none", by="Lee")
    held = shift.incident(number).held
    assert held

    shift.say("undo", by="Kim")

    assert shift.incident(number).held == held


def test_undo_restores_no_clearance_that_somebody_else_ended(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} weapon firearm")
    shift.say(f"handover {number} police")
    shift.say(f"sceneclear {number} Sgt Bell")
    shift.say(f"answer {number} cooperative true", by="Kim")
    shift.say(f"answer {number} weapon firearm", by="Lee")

    shift.say("undo", by="Kim")

    assert shift.incident(number).held


def test_undo_takes_back_nothing_that_another_report_said(shift: Shift) -> None:
    number = shift.ready()
    other = shift.new("same place, another caller")
    shift.say(f"answer {other} weapon firearm")
    shift.say(f"link {number} {other}")
    shift.say(f"undo {number}")
    shift.say(f"undo {number}")

    assert shift.incident(number).held


def test_two_reports_that_are_dangerous_together(shift: Shift) -> None:
    number, other = shift.ready(nature="weapon_person"), shift.new("same place, another caller")
    shift.say(f"answer {other} weapon edged, weapon_access in_building_secured")
    shift.say(f"answer {other} nature welfare_check, weapon_intent none")
    assert not shift.incident(number).held
    assert not shift.incident(other).held

    shift.say(f"link {number} {other}")

    assert shift.incident(number).held


@pytest.mark.parametrize("back", ["undo {}", "answer {} officer_on_scene_requests false"])
@pytest.mark.parametrize("asked", ["", "handover {} police"])
def test_an_officer_who_is_not_there_stands_for_nothing(
    shift: Shift, back: str, asked: str
) -> None:
    number = shift.ready()
    if asked:
        shift.say(asked.format(number))
    shift.say(f"answer {number} officer_on_scene_requests true")
    assert shift.handovers(number)["police"] == "accepted"

    shift.say(back.format(number))

    assert shift.handovers(number).get("police") == ("offered" if asked else None)
    shift.say(f"answer {number} {THREAT}")
    assert shift.say(f"close {number} helped").kind == "confirm"


@pytest.mark.parametrize("ref", ["9" * 20, "9" * 5000, "0" * 6000, "%", "_", "26-999999"])
def test_nonsense_for_an_incident_is_unknown(shift: Shift, ref: str) -> None:
    with pytest.raises(Refused, match=r"no incident|is not an incident"):
        shift.say(f"take {ref}")


@pytest.mark.parametrize("sign", ["all", "at", "none", "enroute", "crt%", "_"])
def test_what_would_be_misread_is_no_call_sign(shift: Shift, sign: str) -> None:
    with pytest.raises(Refused, match="call sign"):
        shift.do(AddUnit(call_sign=sign))


def test_a_call_sign_in_wide_letters_is_the_same_team(shift: Shift) -> None:
    shift.teams()
    shift.do(AddUnit(call_sign="\uff23\uff32\uff34\uff11", members=("Z",)))
    assert shift.unit("crt1").members == ("Z",)
    assert len(shift.board().units) == 3
