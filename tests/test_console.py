"""The console: commands in, changes out, nothing left behind; on both databases."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from crt_console.console import Console
from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Changes
from crt_console.domain.commands import Command, Outcome, RaiseAlarm
from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.ids import AlarmId, new_id
from crt_console.domain.places import Place
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind
from crt_console.store.backup import restore
from crt_console.store.database import Database
from crt_console.store.queries import MappedType
from crt_console.store.room import Room
from crt_console.store.verify import verify
from tests.support.acts import Act, add_unit, assign, handle, take_in

SOON = 10.0


def acts_and_dues(room: Room, command: Command) -> Outcome:
    """Carry out acts, and raise alarms as the services do."""
    if not isinstance(command, RaiseAlarm):
        return handle(room, command)
    alarm = room.alarm(command.alarm)
    if alarm.raised_at is not None:
        raise Refused("raised already")
    room.put(replace(alarm, raised_at=room.at))
    room.record("AlarmRaised", alarm=alarm.id)
    return Outcome(seq=None)


@asynccontextmanager
async def console(url: str, name: str = "one", **options: Any) -> AsyncIterator[Console]:
    made = await Console.open(
        url, by="kim", console=name, pack=None, timers=Timers(), handle=acts_and_dues, **options
    )
    try:
        yield made
    finally:
        await made.close()


async def until(changes: AsyncIterator[Changes], seq: int) -> Changes:
    """Take changes until the board stands at this entry."""
    async with asyncio.timeout(SOON):
        async for change in changes:
            if change.board.seq >= seq:
                return change
    raise AssertionError("the changes ended")


def test_what_one_does_the_other_sees(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url) as one, console(database_url, "two") as two:
            changes = two.changes()
            first = await anext(changes)
            assert first.reloaded
            assert first.board.seq == 0
            outcome = await one.do(Act(run=take_in), by="joe")
            assert outcome.seq == 1
            seen = await until(changes, 1)
            assert seen.entries[0].by == "joe"
            assert seen.board is two.board
            assert outcome.incident_id in seen.touched
            own = await until(one.changes(), 1)
            assert own.board == two.board

    asyncio.run(run())


def test_nothing_is_left_after_the_end(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url) as one:
            await one.do(Act(run=take_in))

    before = threading.active_count()
    asyncio.run(run())
    assert threading.active_count() == before


def test_a_cancelled_reader_leaves_the_others(sqlite_url: str) -> None:
    async def run() -> None:
        async with console(sqlite_url) as one:

            async def read() -> None:
                async for _ in one.changes():
                    pass

            task = asyncio.create_task(read())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            other = one.changes()
            await one.do(Act(run=take_in))
            assert (await until(other, 1)).board.seq == 1

    asyncio.run(run())


def test_closing_ends_the_changes(sqlite_url: str) -> None:
    async def run() -> list[Changes]:
        async with console(sqlite_url) as one:
            task = asyncio.create_task(_all(one.changes()))
            await asyncio.sleep(0)
        async with asyncio.timeout(SOON):
            return await task

    assert asyncio.run(run())


async def _all(changes: AsyncIterator[Changes]) -> list[Changes]:
    return [change async for change in changes]


def test_what_nobody_took_is_merged(sqlite_url: str) -> None:
    async def run() -> None:
        async with console(sqlite_url) as one:
            changes = one.changes()
            await anext(changes)
            for _ in range(3):
                await one.do(Act(run=take_in))
            await until(one.changes(), 3)
            merged = await anext(changes)
            assert [entry.seq for entry in merged.entries] == [1, 2, 3]

    asyncio.run(run())


def test_a_refusal_reaches_the_one_who_asked(database_url: str) -> None:
    def no(_room: Room) -> Outcome:
        raise Refused("the floor needs police", by="joe")

    async def run() -> None:
        async with console(database_url) as one:
            with pytest.raises(Refused, match="police"):
                await one.do(Act(run=no))

    asyncio.run(run())


def test_a_lost_database_is_not_saving_until_a_write_comes_through(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    away = path.with_suffix(".away")

    async def run() -> None:
        async with console(sqlite_url, follow=False) as one:
            await one.do(Act(run=take_in))
            _move(path, away)
            with pytest.raises(Unavailable, match="gone"):
                await one.do(Act(run=take_in))
            assert not one.link.saving
            assert one.link.because
            _move(away, path)
            await one.do(Act(run=take_in))
            assert one.link.saving

    asyncio.run(run())


def test_saving_is_back_when_the_database_takes_writes_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crt_console.console._TRY_EVERY", 0.05)
    monkeypatch.setattr("crt_console.store.writer.PATIENCE", 0.2)

    async def run() -> None:
        async with console(database_url) as one:
            await one.do(Act(run=take_in))
            with _taking_no_writes(database_url):
                with pytest.raises(Unavailable):
                    await one.do(Act(run=take_in))
                assert not one.link.saving
                await asyncio.sleep(0.2)  # it asks meanwhile, and is not told yes
                assert not one.link.saving
            async with asyncio.timeout(SOON):
                async for change in one.changes():
                    if change.link.saving:
                        break
            assert len(await one.entries(0)) == 1

    asyncio.run(run())


@contextmanager
def _taking_no_writes(url: str) -> Iterator[None]:
    """A room that can be read (PostgreSQL) or is away (SQLite) within the block."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        _move(path, path.with_suffix(".away"))
        yield
        _move(path.with_suffix(".away"), path)
        return
    database = Database(url)
    trigger = (
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'no space' USING ERRCODE = '53100'; END $$;"
        "CREATE TRIGGER stop BEFORE UPDATE ON journal_head EXECUTE FUNCTION stop()"
    )
    database.write(lambda c: c.exec_driver_sql(trigger))
    yield
    database.write(lambda c: c.exec_driver_sql("DROP TRIGGER stop ON journal_head"))
    database.close()


def _move(old: Path, new: Path) -> None:
    old.rename(new)


def test_without_following_the_board_is_read_when_asked(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url, follow=False) as one:
            await one.do(Act(run=take_in))
            assert one.board.seq == 0
            assert (await one.refresh()).seq == 1

    asyncio.run(run())


def test_a_due_is_raised_once_by_its_owner(database_url: str) -> None:
    def due(room: Room) -> None:
        incident = room.incident("1")
        incident = room.put(replace(incident, owner="kim", owner_console="two"))
        room.put(
            Alarm(
                id=AlarmId(new_id()),
                kind=AlarmKind.WAITING,
                subject=incident.id,
                incident_id=incident.id,
                due_at=room.at + timedelta(milliseconds=200),
            )
        )
        room.record("DuesSet", incident=incident)

    async def run() -> None:
        async with console(database_url) as one, console(database_url, "two") as two:
            await one.do(Act(run=take_in))
            await one.do(Act(run=due))
            await until(one.changes(), 3)
            await until(two.changes(), 3)
            (raised,) = one.board.raised
            assert raised.raised_at is not None
            assert raised.raised_at >= raised.due_at
            entries = await one.entries(2)
            assert [(e.kind, e.console) for e in entries] == [("AlarmRaised", "two")]

    asyncio.run(run())


def test_the_timeline_tells_with_its_words(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url, follow=False) as one:
            first = await one.do(Act(run=take_in))
            await one.do(Act(run=take_in))
            await one.do(Act(run=add_unit("CRT 1")))
            await one.do(Act(run=assign("crt1", "1")))
            lines = await one.timeline(first.incident_id or "")
            assert [line.entry.kind for line in lines] == ["CallReceived", "UnitAssigned"]
            assert list(lines[0].content.values()) == ["12 Main St"]

    asyncio.run(run())


def test_figures_count_what_came_in(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url, follow=False) as one:
            for _ in range(2):
                await one.do(Act(run=take_in))

            def sent(room: Room) -> None:
                incident = room.incident("1")
                later = incident.arrived_at + timedelta(seconds=90)
                incident = replace(incident, sent_at=later, agencies=("crt",), override=("crt",))
                room.record("Sent", incident=room.put(incident))

            def not_sent(room: Room) -> None:
                incident = replace(room.incident("2"), not_sent="minor")
                room.record("NotSent", incident=room.put(incident))

            await one.do(Act(run=sent))
            await one.do(Act(run=not_sent))
            found = await one.figures(one.now() - timedelta(hours=1))
            assert (found.received, found.sent, found.advised_to_team) == (2, 1, 1)
            assert (found.not_sent, found.not_assessed, found.overridden) == ({"minor": 1}, 2, 1)
            assert found.waiting == (1, 90.0, None)
            assert found.response == (0, None, None)
            later = await one.figures(one.now() + timedelta(hours=1))
            assert later.received == 0

    asyncio.run(run())


def test_places_are_found_as_one_types(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url, follow=False) as one:
            names = ("Albany Ave & Main St", "124 Albany Ave", "Bushnell Park", "Union Station")
            places = [Place(id="", name=name, key="") for name in names]
            assert await one.add_places(places) == 4
            assert await one.add_places(places) == 4
            assert [p.name for p in await one.places("main st & alb")] == [names[0]]
            assert (await one.places("124 albany"))[0].name == names[1]
            assert (await one.places("bushnel prk"))[0].name == names[2]
            assert await one.places("") == ()
            assert len(await one.places("a", limit=1)) == 1

    asyncio.run(run())


def test_types_are_mapped_and_listed(database_url: str) -> None:
    async def run() -> None:
        async with console(database_url, follow=False) as one:
            await one.do(Act(run=_note_type))
            assert [(t.raw, t.type, t.seen) for t in await one.types()] == [("NEW", None, 1)]
            await one.add_types([MappedType(system="cad", raw="NEW", type="noise", priority=3)])
            assert [(t.raw, t.type) for t in await one.types()] == [("NEW", "noise")]

    asyncio.run(run())


def _note_type(room: Room) -> None:
    room.note_type("cad", "NEW")


def test_a_copy_made_at_work_is_whole(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"

    async def run() -> None:
        async with console(database_url, follow=False) as one:
            for act in (take_in, add_unit("CRT 1"), assign("crt1", "1")):
                await one.do(Act(run=act))
            await one.backup(copy)
            with pytest.raises(Refused, match="exists"):
                await one.backup(copy)
            assert (await one.verify()).ok

    asyncio.run(run())
    assert copy.stat().st_mode & 0o077 == 0
    if database_url.startswith("sqlite"):
        made = Database(f"sqlite:///{copy}")
    else:
        made = Database(f"sqlite:///{tmp_path / 'restored.db'}")
        restore(made, copy)
    verdict = made.read(verify)
    assert (verdict.ok, verdict.entries) == (True, 3), verdict.problem
    made.close()


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("mysql://x/y", "begins with sqlite"),
        ("nonsense", "not the address"),
        ("sqlite://", "needs a file"),
        ("postgresql://crt@127.0.0.1:1/none", "does not answer"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_sentence(url: str, because: str) -> None:
    async def run() -> None:
        with pytest.raises(Unavailable, match=because):
            await Console.open(url, by="kim", console="one", pack=None, timers=Timers())

    asyncio.run(run())


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words of a person, not of a database\n" * 50)

    async def run() -> None:
        with pytest.raises(Unavailable, match="not a database"):
            await Console.open(
                f"sqlite:///{path}", by="kim", console="one", pack=None, timers=Timers()
            )

    asyncio.run(run())
    assert path.read_text().startswith("words of a person")
