"""What another system says again: every changed field counts, and what follows from it too."""

from datetime import UTC, datetime

import pytest

from crt_console.domain.commands import ReceiveCall
from crt_console.domain.places import Place
from crt_console.domain.words import AlarmKind
from crt_console.store.lists import put_places, put_types
from crt_console.store.queries import MappedType
from tests.support.shift import Shift

NOW = datetime.now(UTC)
KNOWN = Place(id="", name="Known St", key="", lat=41.7, lon=-72.6, neighbourhood="North")


@pytest.fixture
def cad(shift: Shift) -> Shift:
    """A room whose gazetteer knows one place, and whose list knows two words."""
    words = (
        MappedType(system="cad", raw="CALM", type="calm", priority=3),
        MappedType(system="cad", raw="BAD", type="bad", priority=1),
    )
    shift.database.write(lambda connection: put_types(connection, words))
    shift.database.write(lambda connection: put_places(connection, [KNOWN]))
    return shift


def say(room: Shift, **fields: object) -> str:
    """Say something of the one call, and return its incident's number."""
    call = ReceiveCall(external="A1", at=NOW, system="cad", type_unmapped=True, **fields)  # type: ignore[arg-type]
    return room.do(call).incident or ""


def test_a_more_urgent_priority_has_its_own_limit(cad: Shift) -> None:
    def due() -> datetime:
        alarms = cad.board().alarms.values()
        return next(a.due_at for a in alarms if a.kind is AlarmKind.WAITING)

    say(cad, place="Main St", priority=3)
    first = due()
    say(cad, place="Main St", priority=1)

    assert due() < first


def test_another_type_brings_its_priority(cad: Shift) -> None:
    say(cad, type="CALM")
    number = say(cad, type="BAD")

    assert (cad.incident(number).type, cad.incident(number).priority) == ("bad", 1)


def test_another_type_leaves_the_priority_that_a_dispatcher_gave(cad: Shift) -> None:
    number = say(cad, type="CALM")
    cad.say(f"edit {number} priority 2")
    say(cad, type="BAD")

    assert cad.incident(number).priority == 2


def test_a_type_that_the_sender_knows_is_known_when_it_changes(cad: Shift) -> None:
    first = ReceiveCall(external="A1", at=NOW, system="cad", type="fall")
    number = cad.do(first).incident or ""
    cad.do(ReceiveCall(external="A1", at=NOW, system="cad", type="fight"))

    assert (cad.incident(number).type, cad.incident(number).type_unmapped) == ("fight", False)


def test_a_place_that_nobody_knows_has_not_the_point_of_the_last(cad: Shift) -> None:
    number = say(cad, place="Known St")
    assert cad.incident(number).lat == KNOWN.lat

    say(cad, place="Nowhere Ln")

    moved = cad.incident(number)
    assert (moved.lat, moved.lon, moved.neighbourhood) == (None, None, "")


def test_the_senders_own_point_stands_where_the_place_changes(cad: Shift) -> None:
    number = say(cad, place="Elsewhere", lat=41.5, lon=-72.5)
    say(cad, place="Known St", lat=41.5, lon=-72.5)

    assert cad.incident(number).lat == 41.5


def test_a_language_that_becomes_known_later_counts(cad: Shift) -> None:
    number = say(cad, place="Known St")
    say(cad, place="Known St", language="Spanish")

    assert cad.incident(number).language == "Spanish"


def joined(room: Shift) -> str:
    """A knife in Elm St, and a second call of it from Main St that was linked into it."""
    first = ReceiveCall(
        external="B1", at=NOW, system="cad", place="Elm St", type="knife", priority=2
    )
    number = room.do(first).incident or ""
    other = say(room, place="Main St", type="fall", priority=3)
    room.say(f"link {number} {other}")
    return number


def test_an_update_of_a_linked_call_leaves_the_joint_incident(cad: Shift) -> None:
    number = joined(cad)
    before = cad.incident(number)
    say(cad, place="Oak St", type="CALM", text="he sleeps", priority=4)

    assert cad.incident(number).place == before.place
    assert (cad.incident(number).type, cad.incident(number).priority) == ("knife", 2)


def test_an_update_of_a_linked_call_can_make_it_more_urgent(cad: Shift) -> None:
    number = joined(cad)
    say(cad, type="BAD")

    assert (cad.incident(number).type, cad.incident(number).priority) == ("knife", 1)
