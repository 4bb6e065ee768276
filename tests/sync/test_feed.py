"""The feed brings every change, whole, and says when the database is lost and found."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from crt_console.domain.board import Board, Changes
from crt_console.store import queries
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.sync.clock import Clock
from crt_console.sync.feed import Feed
from tests.support import postgres
from tests.support.acts import Act, add_unit, assign, opened, take_in, writing

SOON = 10.0  # generous: nothing here measures time


class Heard:
    """What a feed has told."""

    def __init__(self) -> None:
        self.queue: queue.Queue[Changes] = queue.Queue()
        self.last = Changes(board=Board())

    def until(self, seq: int) -> list[Changes]:
        """Wait until the board stands at this entry; return what was told on the way."""
        told: list[Changes] = []
        while self.last.board.seq < seq:
            self.last = self.queue.get(timeout=SOON)
            told.append(self.last)
        return told

    def until_live(self, live: bool) -> Changes:  # noqa: FBT001
        """Wait for the link to be so."""
        while self.last.link.live is not live:
            self.last = self.queue.get(timeout=SOON)
        return self.last


@contextmanager
def following(database: Database) -> Iterator[tuple[Feed, Heard]]:
    heard = Heard()
    feed = Feed(database, Clock(), heard.queue.put)
    heard.last = feed.load()
    feed.start()
    try:
        yield feed, heard
    finally:
        feed.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as found:
        yield found


def rows(database: Database) -> Board:
    return database.read(lambda c: queries.load_board(c, queries.clock(c))).board


def test_every_entry_comes_once_and_in_order(database: Database) -> None:
    with following(database) as (_, heard), writing(database) as writer:
        for run in (take_in, add_unit("CRT 1"), assign("crt1", "1")):
            writer.carry_out(Act(run=run))
        told = heard.until(3)
    entries = [entry for changes in told for entry in changes.entries]
    assert [entry.kind for entry in entries] == ["CallReceived", "UnitAdded", "UnitAssigned"]
    assert heard.last.board == rows(database)
    assert heard.last.board.text(next(iter(heard.last.board.incidents.values())).place)


def test_what_is_touched_names_rows_and_their_incident(database: Database) -> None:
    with following(database) as (_, heard), writing(database) as writer:
        ids = [writer.carry_out(Act(run=run)) for run in (take_in, add_unit("CRT 1"))]
        heard.until(2)
        sent = writer.carry_out(Act(run=assign("crt1", "1")))
        told = heard.until(3)
    touched = frozenset[str]().union(*(changes.touched for changes in told))
    assert touched == {ids[0].incident_id, ids[1].id, sent.id}


def test_a_long_entry_comes_by_number(database: Database) -> None:
    def long(room: Room) -> None:
        incident = replace(room.incident("1"), text=room.keep("much to say " * 2000))
        room.record("Edited", incident=room.put(incident))

    with following(database) as (_, heard), writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        writer.carry_out(Act(run=long))
        heard.until(2)
    (incident,) = heard.last.board.incidents.values()
    assert heard.last.board.text(incident.text).startswith("much to say")


def test_many_writers_at_once_leave_no_gap(database: Database) -> None:
    def work(name: str) -> None:
        with writing(database, name) as writer:
            for _ in range(15):
                writer.carry_out(Act(run=take_in))

    with following(database) as (_, heard), following(database) as (_, other):
        threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = heard.until(45)
        other.until(45)
    seqs = [entry.seq for changes in told for entry in changes.entries]
    assert seqs == list(range(1, 46))
    assert heard.last.board == other.last.board == rows(database)


def test_far_behind_the_rows_are_read_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crt_console.sync.follower.FAR_BEHIND", 3)
    heard = Heard()
    feed = Feed(database, Clock(), heard.queue.put)
    heard.last = feed.load()
    with writing(database) as writer:
        for _ in range(5):
            writer.carry_out(Act(run=take_in))
    feed.start()
    told = heard.until(5)
    feed.close()
    assert [changes.reloaded for changes in told] == [True]
    assert heard.last.board == rows(database)


def test_another_history_is_read_anew(database: Database) -> None:
    with following(database) as (_, heard), writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        heard.until(1)
        database.write(lambda c: c.exec_driver_sql("UPDATE journal_head SET hash = 'other'"))
        writer.carry_out(Act(run=take_in))
        told = heard.until(2)
    assert told[-1].reloaded


def test_a_closed_feed_leaves_no_thread(database: Database) -> None:
    before = threading.active_count()
    with following(database):
        assert threading.active_count() > before
    database.close()
    assert threading.active_count() == before


def test_a_lost_file_is_said_and_found_again(sqlite_url: str) -> None:
    with opened(sqlite_url) as database, following(database) as (_, heard):
        assert database.path is not None
        away = database.path.with_suffix(".away")
        database.path.rename(away)
        lost = heard.until_live(False)
        assert lost.link.because
        assert lost.link.since is not None
        away.rename(database.path)
        heard.until_live(True)
        with writing(database) as writer:
            writer.carry_out(Act(run=take_in))
        heard.until(1)


def test_a_stopped_server_is_said_within_seconds_and_found_again() -> None:
    with (
        postgres.running(connections=20) as server,
        opened(server.create()) as database,
        following(database) as (_, heard),
        writing(database) as writer,
    ):
        writer.carry_out(Act(run=take_in))
        heard.until(1)
        _all(server, signal.SIGSTOP)
        try:
            assert heard.until_live(False).link.because
        finally:
            _all(server, signal.SIGCONT)
        heard.until_live(True)
        writer.carry_out(Act(run=take_in))
        heard.until(2)


def _all(server: postgres.Server, number: signal.Signals) -> None:
    """Stop or continue every process of a server."""
    os.kill(server.process.pid, number)
    children = f"/proc/{server.process.pid}/task/{server.process.pid}/children"
    with open(children, encoding="ascii") as found:  # noqa: PTH123
        for child in found.read().split():
            with contextlib.suppress(ProcessLookupError):  # a worker of a moment
                os.kill(int(child), number)
    time.sleep(0.1)
