"""Ways round the floor and the questions that somebody once found: each stays shut."""

import pytest

from crt_console.domain.commands import AddUnit, ClearScene
from crt_console.domain.errors import Refused
from crt_console.domain.ids import same_person
from crt_console.domain.words import Order
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


def test_a_lost_caller_of_a_linked_report_is_still_to_be_rung_back(shift: Shift) -> None:
    number, other = shift.ready(), shift.new("same place, another caller")
    shift.say(f"unreachable {other}")

    shift.say(f"link {number} {other}")

    due = [a for a in shift.board().alarms.values() if a.kind == "ring_back"]
    assert [(a.subject, a.incident_id) for a in due] == [(shift.incident(number).id,) * 2]
    shift.say(f"rungback {number}")
    assert "ring_back" not in shift.alarms(raised=False)


def test_the_lost_caller_goes_with_the_report_that_is_parted_again(shift: Shift) -> None:
    number, other = shift.ready(), shift.new("same place, another caller")
    shift.say(f"unreachable {other}")
    shift.say(f"link {number} {other}")
    shift.say(f"unlink {number} {other}")

    due = [a for a in shift.board().alarms.values() if a.kind == "ring_back"]
    assert [a.subject for a in due] == [shift.incident(other).id]


def test_both_callers_lost_is_one_ring_back(shift: Shift) -> None:
    number, other = shift.ready(), shift.new("same place, another caller")
    shift.say(f"unreachable {number}")
    shift.say(f"unreachable {other}")
    shift.say(f"link {number} {other}")

    assert shift.alarms(raised=False).count("ring_back") == 1


@pytest.mark.parametrize(("agency", "name"), [("ems", "EMS"), ("police", "police")])
def test_nothing_is_handed_to_who_has_not_taken_it(shift: Shift, agency: str, name: str) -> None:
    number = shift.ready()
    shift.say(f"handover {number} {agency}")

    with pytest.raises(Refused, match=f"{name} have not accepted .*: enter who took it"):
        shift.say(f"close {number} handed_to_{agency}")

    assert shift.incident(number).open
    shift.say(f"accept {number} {agency} Lee")
    assert shift.say(f"close {number} handed_to_{agency}").kind == "done"


def test_declined_is_not_taken(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} ems")
    shift.say(f"decline {number} ems no car")
    with pytest.raises(Refused, match="EMS have not accepted"):
        shift.say(f"close {number} handed_to_ems")


def test_a_team_may_bring_somebody_to_the_emergency_department_itself(shift: Shift) -> None:
    number = shift.ready()
    assert shift.say(f"close {number} handed_to_ems").kind == "done"
    other = shift.new("2 Main St, welfare check")
    shift.say(f"answer {other} {HARMLESS}")
    with pytest.raises(Refused, match="police were not asked"):
        shift.say(f"close {other} handed_to_police")


@pytest.mark.parametrize("name", ["crt 1", "CRT1", "Ann", "ortiz"])
def test_nobody_but_police_clears_a_scene(shift: Shift, name: str) -> None:
    number = shift.ready()
    shift.say("unit add crt1 members:Ann,Ben")
    shift.say(f"assign crt1 {number}")
    shift.say(f"answer {number} weapon firearm")

    with pytest.raises(Refused, match="not police"):
        shift.say(f"sceneclear {number} {name}")
    with pytest.raises(Refused, match="name of the officer"):
        shift.do(ClearScene(incident=number, name=" "))

    assert shift.unit("crt1").order is Order.STAGE
    assert shift.handovers(number)["police"] == "offered"


def test_the_officer_who_clears_is_entered_as_who_took_it(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} weapon firearm")
    shift.say(f"handover {number} police")
    shift.say(f"sceneclear {number} Sgt Bell")

    board = shift.board()
    (police,) = board.handovers_of(shift.incident(number).id)
    assert (police.state.value, board.text(police.accepted_by)) == ("accepted", "Sgt Bell")
    with shift.reading() as connection:
        kinds = [entry.kind for entry in shift.entries(connection)]
    assert kinds.index("HandoverAccepted") < kinds.index("SceneCleared")
    assert "handover" not in shift.alarms(raised=False)
