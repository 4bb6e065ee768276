"""The floor in every path: worse news, the second person, clearance, undo, link."""

import pytest

from crt_console.domain.errors import Refused
from crt_console.domain.words import Order
from tests.support.shift import HARMLESS, Shift

GUN = "weapon firearm, weapon_access in_hand_or_on_person"


def on_scene(shift: Shift) -> str:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    return number


def test_a_gun_while_a_team_is_there_pulls_it_back_and_calls_police_at_once(shift: Shift) -> None:
    number = on_scene(shift)

    shift.say(f"answer {number} {GUN}", by="Kim")

    assert shift.unit("crt1").order is Order.PULL_BACK
    assert not shift.unit("crt1").told
    assert shift.handovers(number) == {"police": "offered"}
    assert shift.alarms()[0] == "order"


def test_the_alarm_lasts_until_the_team_is_told(shift: Shift) -> None:
    number = on_scene(shift)
    shift.say(f"answer {number} {GUN}")
    alarm = next(a for a in shift.board().raised if a.kind == "order")

    shift.say(f"ack {alarm.id[:8]}")

    assert "order" not in shift.alarms()
    assert shift.unit("crt1").told


def test_scene_clear_and_then_the_gun_again(shift: Shift) -> None:
    number = on_scene(shift)
    shift.say(f"answer {number} {GUN}")
    shift.say(f"accept {number} police Sgt Bell")
    shift.say(f"sceneclear {number} Sgt Bell")
    assert shift.unit("crt1").order is Order.GO
    assert shift.incident(number).held == ()

    shift.say(f"answer {number} {GUN}", by="Kim")

    assert shift.unit("crt1").order is Order.PULL_BACK
    police = [
        h for h in shift.board().handovers_of(shift.incident(number).id) if h.agency == "police"
    ]
    assert [h.state.value for h in police if h.scene_clear_at is None] == ["offered"]


def test_another_answer_does_not_cancel_a_clearance(shift: Shift) -> None:
    number = on_scene(shift)
    shift.say(f"answer {number} {GUN}")
    shift.say(f"sceneclear {number} Sgt Bell")

    shift.say(f"answer {number} caller_on_line true")

    assert shift.incident(number).held == ()
    assert shift.unit("crt1").order is Order.GO


def test_a_correction_does_not_end_a_line_that_has_held(shift: Shift) -> None:
    number = on_scene(shift)
    shift.say(f"answer {number} {GUN}")
    shift.say(f"answer {number} weapon none")

    assert shift.unit("crt1").order is Order.PULL_BACK
    assert "police" in shift.incident(number).agencies


def test_undo_ends_it_only_before_anyone_was_sent(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {GUN}")
    assert shift.incident(number).held
    shift.say(f"undo {number}")
    assert shift.incident(number).held == ()
    assert shift.incident(number).facts["weapon"] == "none"

    shift.say(f"assign crt1 {number}")
    shift.say(f"answer {number} {GUN}")
    shift.say("undo")
    assert shift.incident(number).facts["weapon"] == "none"
    assert shift.incident(number).held


def test_a_linked_call_brings_its_danger(shift: Shift) -> None:
    number = on_scene(shift)
    other = shift.new("124 Albany Av, man with a gun")
    shift.say(f"answer {other} {GUN}")

    shift.say(f"link {number} {other}")

    assert shift.unit("crt1").order is Order.PULL_BACK
    assert shift.incident(number).facts["weapon"] == "firearm"
    assert shift.incident(other).disposition == "duplicate"


def test_every_other_hand_over_is_told_to_stage(shift: Shift) -> None:
    number = on_scene(shift)
    shift.say(f"handover {number} ems")
    shift.say(f"answer {number} {GUN}")

    staged = {h.agency: h.stage for h in shift.board().handovers_of(shift.incident(number).id)}
    assert staged == {"ems": True, "police": False}


def test_standby_does_not_satisfy_the_floor(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} police standby")
    shift.say(f"accept {number} police Car 12")

    shift.say(f"answer {number} {GUN}")

    police = [
        h for h in shift.board().handovers_of(shift.incident(number).id) if h.agency == "police"
    ]
    assert [(h.state.value, h.standby) for h in police] == [("offered", False)]


def test_below_the_floor_needs_a_second_person(shift: Shift) -> None:
    number = shift.ready(f"{HARMLESS.replace('weapon none', 'weapon edged')}, weapon_access "
                         "within_reach")  # fmt: skip
    asked = shift.say(f"override {number} crt it is a butter knife")
    assert asked.kind == "confirm"
    assert shift.incident(number).override is None
    assert shift.handovers(number)["police"] == "offered"

    with pytest.raises(Refused, match="another person"):
        shift.say(f"confirm {asked.id}")

    shift.say(f"confirm {asked.id}", by="Reyes")
    assert shift.incident(number).override == ("crt",)
    shift.say(f"assign crt1 {number}")
    assert shift.unit("crt1").order is Order.GO


def test_worse_news_overtakes_a_request(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} weapon edged, weapon_access within_reach")
    asked = shift.say(f"override {number} crt it is a butter knife")
    shift.say(f"answer {number} {GUN}", by="Kim")

    with pytest.raises(Refused, match="danger has grown"):
        shift.say(f"confirm {asked.id}", by="Reyes")
    assert shift.incident(number).override is None


def test_denied_leaves_the_safe_way(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {GUN}")
    asked = shift.say(f"not-sent {number} weapon, too dangerous")
    shift.say(f"deny {asked.id}", by="Reyes")

    assert shift.incident(number).not_sent is None
    assert "second_person" not in shift.alarms()


def test_closing_needs_what_the_floor_needs_accepted(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {GUN}")
    shift.say(f"handover {number} police")
    assert shift.say(f"close {number} handed_to_police").kind == "confirm"

    shift.say(f"accept {number} police Sgt Bell")
    assert shift.say(f"close {number} handed_to_police").kind == "done"


def test_an_override_below_a_rule_tells_the_supervisor(shift: Shift) -> None:
    number = shift.ready(
        "weapon none, violence_now property_destruction, medical none, suicide none"
    )
    assert "police" in shift.incident(number).agencies
    assert not shift.incident(number).held
    shift.say(f"override {number} crt her brother, he has calmed down")

    told = [a for a in shift.board().raised if a.kind == "override"]
    assert [a.supervisor for a in told] == [True]


def test_a_floor_agency_that_nobody_offered_is_due(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"answer {number} {GUN}")
    assert "floor_agency" in shift.alarms(raised=False)

    shift.say(f"handover {number} police")
    assert "floor_agency" not in shift.alarms(raised=False)

    shift.say(f"decline {number} police no car free")
    assert "handover" in shift.alarms()
    assert "floor_agency" in shift.alarms(raised=False)


def test_an_officer_on_scene_counts_as_police_accepted(shift: Shift) -> None:
    shift.teams()
    number = shift.new("Union Station, welfare check source:officer")
    shift.say(f"answer {number} officer_on_scene_requests true")

    assert shift.handovers(number) == {"police": "accepted"}


def test_a_caller_who_hung_up_leaves_a_ring_back(shift: Shift) -> None:
    number = shift.new("88 Zion St")
    shift.say(f"unreachable {number}")

    incident = shift.incident(number)
    assert incident.unreachable
    assert incident.facts["weapon"] == "unknown"
    assert "ring_back" in shift.alarms()
    shift.say(f"rungback {number} nobody answers")
    assert "ring_back" not in shift.alarms()


def test_a_second_report_of_a_gun_pulls_the_team_back_when_it_is_linked(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    other = shift.new("124 Albany Ave, shots")
    shift.say(f"answer {other} weapon firearm")

    shift.say(f"link {other} {number}")

    assert shift.unit("crt1").order is Order.PULL_BACK
    assert shift.handovers(other) == {"police": "offered"}
    assert "order" in shift.alarms()


def test_clocks_go_along_when_incidents_are_linked(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"handover {number} ems")
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    other = shift.new("124 Albany Ave, welfare check")

    shift.say(f"link {other} {number}")

    kept = {a.kind.value: a for a in shift.board().alarms.values()}
    assert {"check_in", "handover"} <= kept.keys()
    assert {kept[k].incident_id for k in ("check_in", "handover")} == {shift.incident(other).id}


def test_an_emergency_outlasts_its_incident(shift: Shift) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")
    shift.say("emergency crt1")

    shift.say(f"close {number} helped")

    assert shift.alarms() == ["emergency"]
    assert "check_in" in shift.alarms(raised=False)  # it is clearing, and has to be heard of
    shift.say("emergency crt1 clear spoke to Vega")
    shift.say("crt1 available")
    assert shift.alarms(raised=False) == []
