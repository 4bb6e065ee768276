"""The hard cases, each by real processes at one room, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.seat import HARMLESS, TEAMS
from tests.support.shell import Answer, Process, dispatcher, told


class Room:
    """Two dispatchers in processes of their own, and what `state` says."""

    def __init__(self, url: str, ann: Process, kim: Process) -> None:
        self._url, self.ann, self.kim = url, ann, kim

    def say(self, line: str, who: Process | None = None) -> Answer:
        """Say a line that must succeed."""
        answer = (who or self.ann).ask(line)
        assert answer["ok"], (line, answer)
        return answer

    def refused(self, line: str, who: Process | None = None, kind: str = "refused") -> Answer:
        """Say a line that must not succeed."""
        answer = (who or self.ann).ask(line)
        assert not answer["ok"], (line, answer)
        assert answer["kind"] == kind, (line, answer)
        return answer

    def new(self, line: str, facts: str = "") -> str:
        """Take a call, and answers with it; return the number."""
        number = str(self.say(f"new {line}")["incident"])
        if facts:
            self.say(f"answer {number} {facts}")
        return number

    def state(self) -> dict[str, Any]:
        """The board."""
        state: dict[str, Any] = told("state", db=self._url)
        return state

    def incident(self, number: str) -> dict[str, Any]:
        """An incident on the board."""
        found: dict[str, Any] = next(i for i in self.state()["incidents"] if i["number"] == number)
        return found

    def agencies(self, number: str) -> set[str]:
        """Who should go."""
        return set(self.incident(number)["agencies"])

    def handovers(self, number: str) -> dict[str, str]:
        """Agency → state."""
        return {h["agency"]: h["state"] for h in self.incident(number)["handovers"]}

    def alarms(self) -> set[str]:
        """Kinds of what is due."""
        return {alarm["kind"] for alarm in self.state()["alarms"]}

    def order(self, unit: str) -> str:
        """What a team was ordered."""
        return str(self.say(f"show {unit}")["order"])

    def verified(self) -> None:
        """The journal is whole."""
        assert told("journal", "verify", db=self._url)["ok"]


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    """A room with three teams."""
    with dispatcher(database_url) as ann, dispatcher(database_url, "Kim") as kim:
        made = Room(database_url, ann, kim)
        for line in TEAMS:
            made.say(line)
        yield made
        made.verified()


def test_people_who_are_hard_to_help(room: Room) -> None:
    _hangs_up_after_the_place(room)
    _a_knife_locked_away(room)
    _an_officer_asks(room)
    _fifteen_at_school(room)
    _hurt_before_weapon_is_asked(room)


def _hangs_up_after_the_place(room: Room) -> None:
    number = room.new("124 Albany Ave")
    assert not room.incident(number)["assessed"]
    room.say(f"unreachable {number}")

    assert "ring_back" in room.alarms()
    assert "police" in room.agencies(number)  # nobody knows: no team alone
    room.refused(f"assign crt1 {number}")
    room.say(f"override {number} crt+ems+police a regular, they know the flat")
    room.say(f"assign crt1 {number}")
    assert room.order("crt1") == "STAGE"
    assert room.handovers(number) == {"police": "offered", "ems": "offered"}

    room.say(f"rungback {number}, she fell asleep")
    assert "ring_back" not in room.alarms()
    room.say(f"answer {number} nature welfare_check, age_group adult, {HARMLESS}")
    room.say(f"accept {number} police Sgt Bell")
    assert room.order("crt1") == "GO"
    room.say("crt1 onscene")
    room.say("crt1 available")
    room.say(f"close {number} helped")


def _a_knife_locked_away(room: Room) -> None:
    told_at_once = (
        "nature suicidal, age_group adult, medical alert, weapon edged,"
        " weapon_access in_building_secured, weapon_intent none, violence_now none,"
        " suicide ideation_no_plan"
    )
    number = room.new("9 Elm St, suicidal", told_at_once)
    assert room.agencies(number) == {"crt", "police"}
    room.say(f"assign crt1 {number}")
    assert room.order("crt1") == "STAGE"  # until the police near have accepted
    room.say(f"accept {number} police Sgt Bell")
    assert room.order("crt1") == "GO"
    room.say(f"answer {number} weapon_access in_hand_or_on_person")
    assert room.order("crt1") == "STAGE"
    room.say(f"answer {number} weapon_access in_building_secured")
    assert room.order("crt1") == "STAGE"  # what has held is not talked away
    room.say(f"sceneclear {number} Sgt Bell")
    assert room.order("crt1") == "GO"
    room.say("crt1 onscene")
    room.say("crt1 available")


def _an_officer_asks(room: Room) -> None:
    number = room.new("Union Station, welfare check source:officer")
    room.say(f"answer {number} officer_on_scene_requests true")
    assert room.handovers(number) == {"police": "accepted"}
    assert not room.incident(number)["assessed"]  # the officer is asked like a caller

    room.say(f"answer {number} nature welfare_check, age_group adult, {HARMLESS}")
    assert "crt" in room.agencies(number)
    room.say(f"assign crt2 {number}")
    assert room.order("crt2") == "GO"
    room.say("crt2 onscene")
    room.say("crt2 available")


def _fifteen_at_school(room: Room) -> None:
    number = room.new(
        "Bulkeley High School, p2, youth, he is 15 and will not speak",
        "medical alert, weapon none, violence_now none, suicide ideation_no_plan,"
        " nature youth_behaviour, age_group minor, location_type school, caller_relation school",
    )
    assert room.agencies(number) == {"youth"}
    room.refused(f"assign crt2 {number}")
    room.say(f"handover {number} youth")
    room.say(f"decline {number} youth nobody free until four")
    assert room.incident(number)["status"] == "waiting"  # back in the queue, and it rings
    assert "handover" in room.alarms()
    room.say(f"override {number} crt nobody free there until four")
    room.say(f"assign crt2 {number}")
    assert room.incident(number)["units"] == ["CRT2"]


def _hurt_before_weapon_is_asked(room: Room) -> None:
    number = room.new("5 Park St, fell", "medical injury")
    incident = room.incident(number)
    assert not incident["assessed"]
    assert set(incident["agencies"]) == {"ems"}  # the one thing that is known does not wait
    room.refused(f"assign crt5 {number}")
    room.say(f"handover {number} ems")
    room.say(f"accept {number} ems Medic 4, M-7")
    room.say(f"answer {number} weapon unknown, violence_now none, suicide none")
    assert "ems" in room.agencies(number)
    assert "police" in room.agencies(number)  # asked, and nobody knows


def test_danger_at_the_scene(room: Room) -> None:
    _a_gun_while_a_team_is_there(room)
    _police_decline(room)


def _a_gun_while_a_team_is_there(room: Room) -> None:
    number = room.new("7 Oak St, welfare check",
                      f"nature welfare_check, age_group adult, {HARMLESS}")  # fmt: skip
    room.say(f"assign crt5 {number}")
    assert room.order("crt5") == "GO"
    room.say("crt5 onscene")

    second = str(room.say("new 7 Oak St, he has a gun", room.kim)["incident"])
    room.say(f"answer {second} weapon firearm", room.kim)
    assert room.order("crt5") == "GO"  # nobody has said that it is the same
    room.say(f"link {number} {second}", room.kim)
    assert room.order("crt5") == "PULL BACK"
    assert room.handovers(number) == {"police": "offered"}
    alarm = next(a for a in room.state()["alarms"] if a["kind"] == "order")
    room.say(f"ack {alarm['id']}")  # the team was told
    assert "order" not in room.alarms()

    room.say(f"accept {number} police Sgt Bell, H26-1")
    assert room.order("crt5") == "PULL BACK"  # accepted is not enough where the floor needs them
    room.say(f"sceneclear {number} Sgt Bell")
    assert room.order("crt5") == "GO"

    room.say(f"answer {number} weapon firearm", room.kim)  # again: the clearance is over
    assert room.order("crt5") == "PULL BACK"
    assert "order" in room.alarms()
    asked = [h["state"] for h in room.incident(number)["handovers"] if h["agency"] == "police"]
    assert "offered" in asked  # police who left are asked anew
    assert room.refused(f"close {number} helped", kind="confirm")["id"]


def _police_decline(room: Room) -> None:
    number = room.new(
        "12 Ward St, threat",
        "nature disturbance_yelling, age_group adult, medical alert, weapon edged,"
        " weapon_access within_reach, violence_now none, suicide none",
    )
    room.say(f"handover {number} police")
    room.say(f"decline {number} police no car free")
    assert room.incident(number)["status"] == "waiting"
    assert "handover" in room.alarms()
    assert room.refused(f"close {number} not_needed", kind="confirm")["id"]
    assert room.handovers(number)["police"] == "offered"  # meanwhile the floor's stands
    room.say(f"accept {number} police Sgt Bell")
    room.say(f"close {number} handed_to_police")
