"""Whatever is put and recorded, the journal folds to the rows, and each board to the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import pruned
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AlarmId, CautionId, ContentId, new_id
from crt_console.domain.incident import Caution
from crt_console.domain.words import AlarmKind, IncidentStatus
from crt_console.store import queries
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.store.verify import verify
from crt_console.sync.clock import Clock
from crt_console.sync.follower import Follower
from tests.support.acts import Act, add_unit, assign, opened, take_in, writing

_names = itertools.count(1)


def edit(room: Room, ref: str) -> None:
    """An incident is told anew, with other words."""
    incident = room.put(replace(room.incident(ref), text=room.keep("told anew"), priority=3))
    room.record("Edited", incident=incident)
    room.put(replace(incident, edited=(*incident.edited, "text")), decisive=True)
    room.record("Edited", incident=incident, note=room.keep("a note"))


def close(room: Room, ref: str, *, days: int) -> None:
    """An incident is closed, as if it had been some days ago; its units are released."""
    incident = room.incident(ref)
    for assignment in room.assignments(incident.id):
        room.put(replace(assignment, released_at=room.at))
    closed = replace(
        incident, status=IncidentStatus.CLOSED, closed_at=room.at - timedelta(days=days)
    )
    room.record("Closed", incident=room.put(closed))


def reopen(room: Room, ref: str) -> None:
    """An incident is not over."""
    incident = replace(room.incident(ref), status=IncidentStatus.WORKING, closed_at=None)
    room.put(incident, decisive=True)
    if room.pending:
        room.record("Reopened", incident=incident)


def alarm(room: Room, ref: str) -> None:
    """An alarm about an incident is opened, or ends."""
    incident = room.incident(ref)
    known = room.open_alarm(AlarmKind.WAITING, incident.id)
    made = Alarm(
        id=AlarmId(new_id()),
        kind=AlarmKind.WAITING,
        subject=incident.id,
        incident_id=incident.id,
        due_at=room.at,
    )
    room.put(made if known is None else replace(known, ended_at=room.at))
    room.record("Alarm", incident=incident)


def caution(room: Room, ref: str) -> None:
    """A caution, in force or not any more."""
    about, words = room.keep(f"place {ref}"), room.keep("a dog")
    room.put(
        Caution(
            id=CautionId(new_id()),
            about=about or ContentId(""),
            text=words or ContentId(""),
            author=room.by,
            at=room.at,
            until=room.at + timedelta(days=1 if ref == "1" else -1),
        )
    )
    room.record("CautionAdded")


ACTS: dict[str, Callable[[str], Callable[[Room], object]]] = {
    "take in": lambda _: take_in,
    "unit": lambda _: add_unit(f"CRT {next(_names)}"),
    "edit": lambda ref: lambda room: edit(room, ref),
    "close": lambda ref: lambda room: close(room, ref, days=0),
    "close long ago": lambda ref: lambda room: close(room, ref, days=3),
    "reopen": lambda ref: lambda room: reopen(room, ref),
    "alarm": lambda ref: lambda room: alarm(room, ref),
    "caution": lambda ref: lambda room: caution(room, ref),
    "assign": lambda ref: (
        lambda room: assign(room.units()[0].key if room.units() else "x", ref)(room)
    ),
    "refuse": lambda ref: lambda room: _refuse(room, ref),
}


def _refuse(room: Room, ref: str) -> None:
    edit(room, ref)
    raise Refused("not this time")


@pytest.fixture
def database(room_url: str) -> Iterator[Database]:
    with opened(room_url) as found:
        yield found


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from("123")), max_size=12))
def test_the_journal_folds_to_the_rows(database: Database, steps: list[tuple[str, str]]) -> None:
    follower = Follower(Clock())
    database.read(follower.reload)
    with writing(database) as writer:
        for name, ref in [("take in", "1"), ("unit", ""), *steps]:
            try:
                writer.carry_out(Act(run=_acting(ACTS[name](ref))))
            except Refused:
                continue
    verdict = database.read(verify)
    assert verdict.ok, verdict.problem
    database.read(follower.catch_up)
    loaded = database.read(lambda c: queries.load_board(c, follower.board.at or queries.clock(c)))
    assert follower.hash == loaded.hash
    at = follower.board.at
    assert at is not None
    assert pruned(follower.board, at) == pruned(loaded.board, at)
    assert pruned(loaded.board, at) == loaded.board


def _acting(run: Callable[[Room], object]) -> Callable[[Room], None]:
    def act(room: Room) -> None:
        run(room)

    return act
