"""Every line of the floor through every command that could go below it, on both databases."""

import pytest

from crt_console.domain.errors import Refused
from crt_console.domain.words import Order
from crt_console.protocol.standing import needs_of
from crt_console.protocol.vocabulary import VOCABULARY
from tests.support.shift import HARMLESS, Shift

ALL_CALM = (
    "answer {} weapon none, weapon_access no, weapon_intent none, violence_now none, "
    "threat_to_others none, suicide none, medical none, crime none, nature welfare_check, "
    "location_type public_outdoor"
)
LINES = range(len(VOCABULARY.floor))


def facts_for(index: int) -> str:
    """Return answers that make this line hold."""
    when = VOCABULARY.floor[index].when
    said = {fact: min(str(v) for v in values if v is not None) for fact, values in when.items()}
    return ", ".join(f"{fact} {value}" for fact, value in said.items())


def dangerous(shift: Shift, index: int) -> str:
    number = shift.ready()
    shift.say(f"answer {number} {facts_for(index)}")
    assert index in shift.incident(number).held
    return number


def needed(shift: Shift, number: str) -> frozenset[str]:
    return needs_of(shift.incident(number))


def live(shift: Shift, number: str) -> set[str]:
    return {a for a, state in shift.handovers(number).items() if state in {"offered", "accepted"}}


@pytest.mark.parametrize("index", LINES)
@pytest.mark.parametrize(
    "line",
    ["override {} crt I know him", "override {} none not needed", "not-sent {} other, no",
     "close {} helped", "close {} test"],
)  # fmt: skip
def test_nothing_goes_below_without_a_second_person(shift: Shift, index: int, line: str) -> None:
    number = dangerous(shift, index)
    floor = needed(shift, number)

    asked = shift.say(line.format(number))

    assert asked.kind == "confirm"
    incident = shift.incident(number)
    assert incident.open
    assert incident.override is None
    assert incident.not_sent is None
    assert floor <= live(shift, number)
    with pytest.raises(Refused, match="another person"):
        shift.say(f"confirm {asked.id}")
    assert shift.say(f"confirm {asked.id}", by="Reyes").kind == "done"


@pytest.mark.parametrize("index", LINES)
def test_sending_a_team_asks_every_agency_of_the_floor(shift: Shift, index: int) -> None:
    number = dangerous(shift, index)
    floor = needed(shift, number)
    agencies = "+".join(["crt", *sorted(shift.incident(number).agencies)])
    shift.say(f"override {number} {agencies} she asked for the team")

    shift.say(f"assign crt1 {number}")

    assert floor <= live(shift, number)
    held_back = shift.unit("crt1").order is Order.STAGE
    assert held_back or "police" not in floor


@pytest.mark.parametrize("index", LINES)
def test_worse_news_under_way_asks_for_help_at_once(shift: Shift, index: int) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say("crt1 onscene")

    shift.say(f"answer {number} {facts_for(index)}", by="Kim")

    floor = needed(shift, number)
    assert floor <= live(shift, number)
    assert (shift.unit("crt1").order is Order.PULL_BACK) == ("police" in floor)


@pytest.mark.parametrize("index", LINES)
@pytest.mark.parametrize(
    "line",
    [
        ALL_CALM,
        "undo {}", "edit {} source outreach", "note {} it is calm now",
     "rungback {} all is well", "unreachable {}", "release crt1 not needed", "take {}",
    ],
)  # fmt: skip
def test_nothing_else_ends_a_line_once_somebody_was_sent(
    shift: Shift, index: int, line: str
) -> None:
    number = shift.ready()
    shift.say(f"assign crt1 {number}")
    shift.say(f"answer {number} {facts_for(index)}")
    floor = needed(shift, number)

    shift.say(line.format(number))

    assert index in shift.incident(number).held
    assert floor <= needed(shift, number)


@pytest.mark.parametrize("index", LINES)
def test_a_line_survives_linking_and_parting(shift: Shift, index: int) -> None:
    number, other = shift.ready(), shift.new("same place, another caller")
    shift.say(f"answer {other} nature welfare_check, {HARMLESS}")
    shift.say(f"answer {other} {facts_for(index)}")

    shift.say(f"link {number} {other}")
    assert index in shift.incident(number).held
    shift.say(f"unlink {number} {other}")

    assert index in shift.incident(number).held
    assert index in shift.incident(other).held


@pytest.mark.parametrize("index", LINES)
def test_scene_clear_ends_what_police_can_end_and_no_more(shift: Shift, index: int) -> None:
    number = dangerous(shift, index)
    floor = needed(shift, number)
    shift.say(f"handover {number} police")
    shift.say(f"accept {number} police Sgt Bell")

    shift.say(f"sceneclear {number} Sgt Bell")

    assert needed(shift, number) == floor - {"police"}
    shift.say(f"answer {number} {facts_for(index)}", by="Kim")
    assert needed(shift, number) == floor


@pytest.mark.parametrize("index", LINES)
def test_declined_and_standing_by_is_not_help(shift: Shift, index: int) -> None:
    number = dangerous(shift, index)
    floor = needed(shift, number)
    for agency in sorted(floor):
        shift.say(f"handover {number} {agency} standby")
        shift.say(f"decline {number} {agency} nobody free")

    due = {a.detail for a in shift.board().alarms.values() if a.kind == "floor_agency"}
    assert due == floor
    assert shift.say(f"close {number} helped").kind == "confirm"
