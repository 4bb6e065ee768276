"""What the transaction's room finds, and what its entries carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.commands import Outcome
from crt_console.domain.errors import Refused, Unknown
from crt_console.domain.ids import AlarmId, AnswerId, CallId, new_id
from crt_console.domain.incident import Answer, Call
from crt_console.domain.places import Place
from crt_console.domain.words import AlarmKind, IncidentStatus, Source
from crt_console.store import lists, queries
from crt_console.store.database import Database
from crt_console.store.queries import MappedType
from crt_console.store.room import Room
from crt_console.store.verify import verify
from crt_console.store.writer import Writer
from tests.support.acts import Act, add_unit, assign, new_incident, opened, take_in, writing


@pytest.fixture
def database(room_url: str) -> Iterator[Database]:
    with opened(room_url) as found:
        yield found


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    with writing(database) as made:
        yield made


def ask(writer: Writer, question: Callable[[Room], Any]) -> Any:
    """Return what a room answers, writing nothing."""
    said: list[Any] = []

    def run(room: Room) -> None:
        said.append(question(room))

    writer.carry_out(Act(run=run))
    return said[0]


def test_incidents_are_found_by_what_people_say(writer: Writer) -> None:
    first = writer.carry_out(Act(run=take_in))
    number = first.incident or ""
    refs = (first.incident_id or "", number, number.replace("-000001", "-1"), "1", " #1 ")
    assert ask(writer, lambda room: {room.incident(ref).number for ref in refs}) == {number}


@pytest.mark.parametrize("ref", ["2", "01x", "", "x", "99-000001", "0", "f" * 32])
def test_what_is_not_there_is_unknown(writer: Writer, ref: str) -> None:
    writer.carry_out(Act(run=take_in))
    with pytest.raises(Unknown, match="no incident"):
        ask(writer, lambda room: room.incident(ref))


def test_a_serial_is_never_a_suffix(writer: Writer) -> None:
    for _ in range(12):
        writer.carry_out(Act(run=take_in))
    assert ask(writer, lambda room: room.incident("2").serial) == 2


def test_a_serial_means_this_years_first_then_open_ones(writer: Writer) -> None:
    def old(number: str, status: IncidentStatus) -> Callable[[Room], Outcome]:
        def run(room: Room) -> Outcome:
            made = new_incident(room, serial=7, number=number, status=status)
            room.record("CallReceived", incident=made)
            return Outcome(seq=None)

        return run

    writer.carry_out(Act(run=old("20-000007", IncidentStatus.WAITING)))
    writer.carry_out(Act(run=old("21-000007", IncidentStatus.CLOSED)))
    assert ask(writer, lambda room: room.incident("7").number) == "20-000007"
    for _ in range(7):
        writer.carry_out(Act(run=take_in))
    assert ask(writer, lambda room: room.incident("7").number)[:2] not in {"20", "21"}


@pytest.mark.parametrize(
    ("ref", "call_sign"),
    [
        ("CRT 2", "CRT 2"),
        ("crt2", "CRT 2"),
        ("2", "CRT 2"),
        ("yo", "YOUTH 1"),
        ("CRT-12", "CRT 12"),
    ],
)
def test_units_are_found_by_what_people_say(writer: Writer, ref: str, call_sign: str) -> None:
    for sign in ("CRT 1", "CRT 2", "CRT 12", "YOUTH 1"):
        writer.carry_out(Act(run=add_unit(sign)))
    assert ask(writer, lambda room: room.unit(ref).call_sign) == call_sign


@pytest.mark.parametrize(
    ("ref", "because"), [("1", "CRT 1, YOUTH 1"), ("crt", "could be"), ("3", "there are CRT 1")]
)
def test_what_could_be_several_units_says_which(writer: Writer, ref: str, because: str) -> None:
    for sign in ("CRT 1", "CRT 12", "YOUTH 1"):
        writer.carry_out(Act(run=add_unit(sign)))
    with pytest.raises(Unknown, match=because):
        ask(writer, lambda room: room.unit(ref))


def test_a_number_is_not_the_beginning_of_another(writer: Writer) -> None:
    writer.carry_out(Act(run=add_unit("CRT 12")))
    with pytest.raises(Unknown):
        ask(writer, lambda room: room.unit("crt1"))


def test_reads_see_what_was_put(writer: Writer) -> None:
    for run in (take_in, add_unit("CRT 1"), assign("crt1", "1")):
        writer.carry_out(Act(run=run))

    def check(room: Room) -> None:
        incident, unit = room.incident("1"), room.unit("crt1")
        (open_one,) = room.assignments(incident.id)
        room.put(replace(open_one, released_at=room.at))
        assert room.assignments(incident.id) == ()
        assert room.open_assignment(unit.id) is None
        assert room.sent_anyone(incident.id)
        last = room.last_assignment(unit.id)
        assert last is not None
        assert last.released_at == room.at
        assert room.pending
        room.record("UnitReleased", incident=incident, unit=unit)
        assert not room.pending

    writer.carry_out(Act(run=check))
    assert ask(writer, lambda room: room.open_assignment(room.unit("crt1").id)) is None


def test_a_put_that_changes_nothing_is_no_act(database: Database, writer: Writer) -> None:
    writer.carry_out(Act(run=take_in))

    def again(room: Room) -> None:
        incident = room.incident("1")
        assert room.put(replace(incident, changed=99), decisive=True) is incident
        assert not room.pending

    writer.carry_out(Act(run=again))
    assert database.read(queries.head)[0] == 1


def test_versions_follow_the_entries(writer: Writer) -> None:
    writer.carry_out(Act(run=take_in))

    def twice(room: Room) -> None:
        incident = room.put(replace(room.incident("1"), type="a"))
        room.record("Edited", incident=incident)
        incident = room.put(replace(incident, type="b"), decisive=True)
        room.record("Edited", incident=incident)
        incident = room.put(replace(incident, type="c"))
        room.record("Edited", incident=incident)

    writer.carry_out(Act(run=twice))
    incident = ask(writer, lambda room: room.incident("1"))
    assert (incident.changed, incident.decisive, incident.type) == (4, 3, "c")


def test_answers_calls_and_alarms_are_found(writer: Writer) -> None:
    def fill(room: Room) -> None:
        incident = new_incident(room)
        for ordinal, fact in enumerate(("weapon", "minor"), start=1):
            room.put(
                Answer(
                    id=AnswerId(new_id()),
                    incident_id=incident.id,
                    ordinal=ordinal,
                    fact=fact,
                    value=True if fact == "minor" else "none",
                    at=room.at,
                    by=room.by,
                    operation_id=room.operation_id,
                )
            )
        room.put(
            Call(
                id=CallId("c" * 32),
                incident_id=incident.id,
                origin=incident.id,
                at=room.at,
                received_at=room.at,
                source=Source.E911,
                system="cad",
                external="E-1",
                cad={"priority": 2, "lat": 1.5},
            )
        )
        room.put(
            Alarm(
                id=AlarmId("a" * 32),
                kind=AlarmKind.FLOOR_AGENCY,
                subject=f"{incident.id}:police",
                incident_id=incident.id,
                due_at=room.at,
            )
        )
        room.record("CallReceived", incident=incident)

    writer.carry_out(Act(run=fill))

    def check(room: Room) -> None:
        incident = room.incident("1")
        assert [a.value for a in room.answers(incident.id)] == ["none", True]
        last = room.last_answer_by("kim")
        assert last is not None
        assert last.fact == "minor"
        assert room.last_answer_by("joe") is None
        call = room.call_by_external("cad", "E-1")
        assert call is not None
        assert call.cad == {"priority": 2, "lat": 1.5}
        assert room.call_by_external("other", "E-1") is None
        assert room.calls(incident.id) == (call,)
        many = tuple(f"E-{n}" for n in range(250))
        assert room.known_externals("cad", many) == {"E-1"}
        subject = f"{incident.id}:police"
        found = room.open_alarm(AlarmKind.FLOOR_AGENCY, subject)
        assert found is not None
        assert room.open_alarm(AlarmKind.WAITING, subject) is None
        assert room.alarm("aaaa") == found == room.alarm("a" * 32)
        room.put(replace(found, ended_at=room.at))
        assert room.open_alarm(AlarmKind.FLOOR_AGENCY, subject) is None
        assert room.alarms(incident.id) == ()
        with pytest.raises(Unknown, match="no open alarm"):
            room.alarm("aaaa")
        room.record("AlarmEnded", incident=incident)

    writer.carry_out(Act(run=check))


def test_lists_are_read_and_unmapped_types_noted(database: Database, writer: Writer) -> None:
    database.write(
        lambda c: lists.put_types(c, [MappedType(system="cad", raw="WELF", type="welfare check")])
    )
    database.write(lambda c: lists.put_places(c, [Place(id="", name="Main St & Park Ave", key="")]))

    def check(room: Room) -> None:
        assert room.type_for("cad", "WELF") == ("welfare check", None)
        assert room.type_for("cad", "NEW") is None
        room.note_type("cad", "NEW")
        room.note_type("cad", "NEW")
        place = room.place_named("park avenue and MAIN street")
        assert place is not None
        assert place.name == "Main St & Park Ave"
        assert room.place_named("") is None
        assert room.quarantine("file", 3, "no time", "the line")
        room.record("LineQuarantined")

    writer.carry_out(Act(run=check))
    noted = {t.raw: t.seen for t in database.read(queries.types)}
    assert noted == {"NEW": 2, "WELF": 0}
    assert not ask(writer, lambda room: room.quarantine("file", 3, "no time", "the line"))
    assert database.read(verify).ok


def test_an_entry_carries_only_what_differs(database: Database, writer: Writer) -> None:
    writer.carry_out(Act(run=take_in))
    writer.carry_out(
        Act(
            run=lambda room: room.record(
                "Edited", incident=room.put(replace(room.incident("1"), type="noise"))
            )
        )
    )
    found = database.read(lambda c: queries.entries_after(c, 1, 10))
    assert found is not None
    (change,) = found.entries[0].changes
    assert change.values == {"type": "noise", "changed": 2}
    assert not change.new


def test_an_incident_that_comes_back_brings_everything(database: Database, writer: Writer) -> None:
    for run in (take_in, add_unit("CRT 1"), assign("crt1", "1")):
        writer.carry_out(Act(run=run))

    def close(room: Room) -> None:
        long_ago = room.at - timedelta(days=2)
        incident = replace(room.incident("1"), status=IncidentStatus.CLOSED, closed_at=long_ago)
        room.record("IncidentClosed", incident=room.put(incident))

    def reopen(room: Room) -> None:
        incident = replace(room.incident("1"), status=IncidentStatus.WORKING, closed_at=None)
        room.record("IncidentReopened", incident=room.put(incident))

    writer.carry_out(Act(run=close))
    writer.carry_out(Act(run=reopen))
    found = database.read(lambda c: queries.entries_after(c, 4, 10))
    assert found is not None
    changes = {change.table: change.new for change in found.entries[0].changes}
    assert changes == {"incidents": True, "assignments": True}
    assert database.read(verify).ok


def test_words_that_nothing_carries_are_not_written(database: Database, writer: Writer) -> None:
    with pytest.raises(Refused):
        writer.carry_out(Act(run=_keep_and_refuse))
    ask(writer, lambda room: room.keep("never said"))
    verdict = database.read(verify)
    assert verdict.ok, verdict.problem


def _keep_and_refuse(room: Room) -> Outcome:
    room.keep("never said")
    raise Refused("no")
