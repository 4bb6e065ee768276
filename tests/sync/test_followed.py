"""What a console goes on with: the other dues where one is refused, the rows that were put back."""

import asyncio
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select, update

from crt_console.console import Console
from crt_console.domain.alarm import Alarm
from crt_console.domain.commands import Command, Outcome, RaiseAlarm
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AlarmId, new_id
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind
from crt_console.store import tables
from crt_console.store.database import Database
from crt_console.store.room import Room
from tests.support.acts import Act, handle, take_in

SOON = 10.0


def handle_and_raise(room: Room, command: Command) -> Outcome:
    """Carry out acts; raise alarms, but for those that must not be."""
    if not isinstance(command, RaiseAlarm):
        return handle(room, command)
    alarm = room.alarm(command.alarm)
    if alarm.detail == "never":
        raise Refused("moved")
    room.put(replace(alarm, raised_at=room.at))
    room.record("AlarmRaised", alarm=alarm.id)
    return Outcome(seq=None)


async def opened(url: str, handler: Any = handle) -> Console:
    """Return a console that follows the room."""
    return await Console.open(
        url, by="kim", console="one", pack=None, timers=Timers(), handle=handler
    )


async def at(room: Console, seq: int) -> None:
    """Wait until the board stands at this entry."""
    async with asyncio.timeout(SOON):
        async for change in room.changes():
            if change.board.seq == seq:
                return


def test_a_due_that_is_refused_holds_no_other_up(sqlite_url: str) -> None:
    def two_due(room: Room) -> None:
        incident = room.put(replace(room.incident("1"), owner_console="one"))
        for subject, detail in (("a", "never"), ("b", "")):
            due = Alarm(
                id=AlarmId(new_id()),
                kind=AlarmKind.WAITING,
                subject=subject,
                incident_id=incident.id,
                detail=detail,
                due_at=room.at + timedelta(milliseconds=50),
            )
            room.put(due)
        room.record("DuesSet", incident=incident)

    async def run() -> None:
        room = await opened(sqlite_url, handle_and_raise)
        await room.do(Act(run=take_in))
        await room.do(Act(run=two_due))
        await at(room, 3)
        assert [alarm.subject for alarm in room.board.raised] == ["b"]
        await room.close()

    asyncio.run(run())


def put_back(connection: Connection) -> None:
    """Take the last entry away with its rows, as an earlier copy of the room would."""
    journal, head = tables.journal.c, tables.journal_head
    before, gone = connection.execute(
        select(journal.prev_hash, journal.incident_id).where(journal.seq == 2)
    ).one()
    connection.execute(delete(tables.journal).where(journal.seq == 2))
    connection.execute(
        delete(tables.ROWS["calls"]).where(tables.ROWS["calls"].c.incident_id == gone)
    )
    connection.execute(
        delete(tables.ROWS["incidents"]).where(tables.ROWS["incidents"].c.id == gone)
    )
    connection.execute(update(head).values(seq=1, hash=before))


def test_an_earlier_copy_that_was_put_back_is_read_anew(database_url: str) -> None:
    async def run() -> None:
        room = await opened(database_url)
        await room.do(Act(run=take_in))
        await room.do(Act(run=take_in))
        await at(room, 2)
        other = Database(database_url)
        other.write(put_back)
        other.close()
        await at(room, 1)
        assert len(room.board.incidents) == 1
        await room.close()

    asyncio.run(run())
