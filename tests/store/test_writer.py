"""One command, one transaction, done once: on both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from crt_console.domain.commands import AddNote, Outcome, RaiseAlarm
from crt_console.domain.entries import Entry
from crt_console.domain.errors import Refused, Unavailable, Unknown
from crt_console.store import queries
from crt_console.store.columns import from_micros
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.store.verify import verify
from crt_console.store.writer import PATIENCE, Writer
from tests.support.acts import Act, add_unit, assign, opened, take_in, writing


@pytest.fixture
def database(room_url: str) -> Iterator[Database]:
    with opened(room_url) as found:
        yield found


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    with writing(database) as made:
        yield made


def journal(database: Database) -> tuple[Entry, ...]:
    found = database.read(lambda connection: queries.entries_after(connection, 0, 1000))
    return found.entries if found else ()


def test_a_command_leaves_rows_words_and_an_entry(database: Database, writer: Writer) -> None:
    outcome = writer.carry_out(Act(run=take_in))
    (entry,) = journal(database)
    assert (entry.seq, entry.kind, entry.by, entry.console) == (1, "CallReceived", "kim", "one")
    loaded = database.read(lambda c: queries.load_board(c, entry.at)).board
    incident = loaded.incidents[outcome.incident_id or ""]
    assert (incident.number, incident.changed, incident.decisive) == (outcome.incident, 1, 1)
    assert loaded.text(incident.place) == "12 Main St"
    assert "Main" not in str(entry)


def test_the_same_operation_is_done_once(database: Database, writer: Writer) -> None:
    act = Act(run=take_in)
    first = writer.carry_out(act)
    assert writer.carry_out(act) == first
    with writing(database, "two") as other:
        assert other.carry_out(act) == first
    assert len(journal(database)) == 1


def test_a_refusal_leaves_only_its_own_entry(database: Database, writer: Writer) -> None:
    writer.carry_out(Act(run=take_in))

    def no(room: Room) -> Outcome:
        incident = room.incident("1")
        room.put(replace(incident, type="changed"))
        room.keep("words that must not stay")
        room.record("Nothing", incident=incident)
        raise Refused("CRT 4 went elsewhere", by="joe")

    act = Act(run=no)
    for _ in range(2):
        with pytest.raises(Refused, match="went elsewhere") as caught:
            writer.carry_out(act)
        assert caught.value.by == "joe"
    _, entry = journal(database)
    assert entry.kind == "CommandRefused"
    assert entry.data["command"] == "Act"
    assert entry.incident_id is not None
    assert database.read(verify).ok
    assert database.read(lambda c: c.scalar(text("SELECT count(*) FROM content"))) == 2


def test_an_unknown_name_leaves_nothing(database: Database, writer: Writer) -> None:
    with pytest.raises(Unknown, match="no incident 7"):
        writer.carry_out(Act(run=lambda room: Outcome(seq=None, id=room.incident("7").id)))
    assert journal(database) == ()


def test_a_console_that_raises_second_leaves_nothing(database: Database) -> None:
    def second(_room: Room, _command: object) -> Outcome:
        raise Refused("raised already")

    with writing(database) as writer:
        writer._handle = second
        with pytest.raises(Refused):
            writer.carry_out(RaiseAlarm(alarm="x", due_at=from_micros(0)))
    assert journal(database) == ()


def test_rows_without_an_entry_are_a_bug(writer: Writer) -> None:
    def silent(room: Room) -> None:
        room.put(replace(room.incident("1"), type="changed"))

    writer.carry_out(Act(run=take_in))
    with pytest.raises(RuntimeError, match="recorded nothing"):
        writer.carry_out(Act(run=silent))
    assert writer.carry_out(Act(run=take_in)).seq == 2


def test_a_bug_in_the_handler_rolls_back_and_the_writer_goes_on(
    database: Database, writer: Writer
) -> None:
    def broken(room: Room) -> None:
        take_in(room)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writer.carry_out(Act(run=broken))
    assert writer.carry_out(Act(run=take_in)).incident == _first_number(database)
    assert len(journal(database)) == 1


def _first_number(database: Database) -> str:
    (entry,) = journal(database)
    return f"{entry.at.astimezone().year % 100:02d}-000001"


def test_numbers_are_gapless_and_start_anew_each_year(database: Database, writer: Writer) -> None:
    database.write(
        lambda c: c.exec_driver_sql("UPDATE journal_head SET serial_year = 2001, serial = 41")
    )
    given = [writer.carry_out(Act(run=take_in)).incident or "" for _ in range(3)]
    assert [number[3:] for number in given] == ["000001", "000002", "000003"]


def test_time_never_runs_backwards(database: Database, writer: Writer) -> None:
    writer.carry_out(Act(run=take_in))
    database.write(lambda c: c.exec_driver_sql("UPDATE journal_head SET at = 4000000000000000"))
    writer.carry_out(Act(run=take_in))
    assert journal(database)[1].at == from_micros(4_000_000_000_000_000)


def test_an_old_console_may_not_write(database: Database, writer: Writer) -> None:
    database.write(lambda c: c.exec_driver_sql("UPDATE journal_head SET writer_min = 9"))
    with pytest.raises(Unavailable, match="too old"):
        writer.carry_out(Act(run=take_in))


def test_two_open_assignments_of_one_unit_cannot_be(database: Database, writer: Writer) -> None:
    for run in (take_in, take_in, add_unit("CRT 1"), assign("crt1", "1")):
        writer.carry_out(Act(run=run))
    with pytest.raises(Refused, match="sent elsewhere"):
        writer.carry_out(Act(run=assign("crt1", "2")))
    assert journal(database)[-1].kind == "CommandRefused"
    assert database.read(verify).ok


def race(database: Database, writers: int, rounds: int) -> list[int]:
    """How often a unit was sent in each round, by writers that look at nothing."""
    won = [0] * rounds
    gate = threading.Barrier(writers)

    def run(number: int) -> None:
        with writing(database, f"console {number}") as writer:
            for turn in range(rounds):
                gate.wait()
                try:
                    writer.carry_out(Act(run=assign(f"crt{turn + 1}", "1")))
                except Refused:
                    continue
                won[turn] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won


def prepare_race(database: Database, rounds: int) -> None:
    with writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        for turn in range(rounds):
            writer.carry_out(Act(run=add_unit(f"CRT {turn + 1}")))


def test_of_many_at_once_one_wins(database: Database) -> None:
    prepare_race(database, 5)
    assert race(database, 6, 5) == [1] * 5
    assert database.read(verify).ok


def test_without_the_index_the_same_race_has_doubles(database: Database) -> None:
    prepare_race(database, 3)
    database.write(lambda c: c.exec_driver_sql("DROP INDEX one_open_assignment"))
    assert max(race(database, 6, 3)) > 1


def test_a_writer_whose_connection_was_ended_goes_on(
    postgres_url: str,
) -> None:
    with opened(postgres_url) as database, writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        database.write(
            lambda c: c.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        assert writer.carry_out(Act(run=take_in)).seq == 2


class Wrapped:
    """A driver's connection whose first commit goes wrong in a test's own way."""

    def __init__(self, raw: Any, commit: Callable[[Any], None]) -> None:
        self._raw = raw
        self._commit = commit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def commit(self) -> None:
        self._commit(self._raw)
        raise ConnectionResetError("the line went dead")


def wrap_first(
    database: Database, monkeypatch: pytest.MonkeyPatch, commit: Callable[[Any], None]
) -> list[Any]:
    """Wrap the first connection that is made, leave later ones; return all that were made."""
    real, made = database.driver, list[Any]()

    def driver() -> Any:
        made.append(real() if made else Wrapped(real(), commit))
        return made[-1]

    monkeypatch.setattr(database, "driver", driver)
    return made


def test_a_commit_whose_answer_was_lost_is_found(
    database: Database, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = wrap_first(database, monkeypatch, lambda raw: raw.commit())
    assert writer.carry_out(Act(run=take_in)).seq == 1
    assert len(made) == 2
    assert len(journal(database)) == 1


def test_a_commit_that_did_not_come_through_is_done_again(
    database: Database, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = wrap_first(database, monkeypatch, lambda raw: raw.rollback())
    assert writer.carry_out(Act(run=take_in)).seq == 1
    assert len(made) == 2
    assert len(journal(database)) == 1


def test_a_commit_that_may_have_come_through_says_so(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(sqlite_url) as database, writing(database) as writer:
        path = database.path
        assert path is not None

        def vanish(_raw: Any) -> None:
            path.rename(f"{path}.away")

        monkeypatch.setattr("crt_console.store.writer.PATIENCE", 0.2)
        wrap_first(database, monkeypatch, vanish)
        with pytest.raises(Unavailable, match="gone") as caught:
            writer.carry_out(Act(run=take_in))
        assert caught.value.may_be_done


@pytest.fixture
def full(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A room without space: SQLite may take no more pages, PostgreSQL says so itself."""
    if database.kind == "sqlite":
        real = database.driver

        def driver() -> Any:
            raw = real()
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count = {pages}")
            return raw

        monkeypatch.setattr(database, "driver", driver)
    else:
        database.write(
            lambda c: c.exec_driver_sql(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$;"
                "CREATE TRIGGER no_room BEFORE INSERT ON content EXECUTE FUNCTION no_room()"
            )
        )
    return database


def test_a_full_disk_is_said_at_once_and_nothing_is_half_done(full: Database) -> None:
    def long_words(room: Room) -> Outcome:
        made = take_in(room)
        room.record("NoteAdded", note=room.keep("w" * 1_000_000))
        return made

    with writing(full) as writer:
        began = time.monotonic()
        with pytest.raises(Unavailable, match="disk of the database is full") as caught:
            writer.carry_out(Act(run=long_words))
        assert time.monotonic() - began < PATIENCE / 2
        assert not caught.value.may_be_done
    assert journal(full) == ()


def test_a_probe_writes_no_entry_and_says_what_is_wrong(sqlite_url: str) -> None:
    with opened(sqlite_url) as database, writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        writer.probe()
        assert len(journal(database)) == 1
        assert database.path is not None
        database.path.rename(f"{database.path}.away")
        with pytest.raises(Unavailable, match="gone"):
            writer.probe()
        database.path.with_name(f"{database.path.name}.away").rename(database.path)
        writer.probe()
        assert writer.carry_out(Act(run=take_in)).seq == 2


def test_words_are_cleaned_and_too_much_is_no_transaction(
    database: Database, writer: Writer
) -> None:
    with pytest.raises(Refused, match="too long"):
        writer.carry_out(AddNote(incident="1", text="w" * 10_000_000))
    assert journal(database) == ()


def test_a_time_still_to_come_is_marked_unsure(database: Database, writer: Writer) -> None:
    now = datetime.now(UTC)
    writer.carry_out(Act(run=take_in, happened_at=now - timedelta(minutes=5)))
    writer.carry_out(Act(run=take_in, happened_at=now + timedelta(minutes=5)))
    writer.carry_out(Act(run=take_in))
    assert [entry.unsure for entry in journal(database)] == [False, True, False]


def test_a_file_that_was_taken_away_takes_no_writes(sqlite_url: str) -> None:
    with opened(sqlite_url) as database, writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        assert database.path is not None
        database.path.rename(f"{database.path}.away")
        with pytest.raises(Unavailable, match="gone") as caught:
            writer.carry_out(Act(run=take_in))
        assert not caught.value.may_be_done


def test_a_missing_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'none' / 'room.db'}")
    with pytest.raises(Unavailable, match="cannot use"):
        database.make_file()
    database.close()


def test_nobody_else_can_read_the_file(sqlite_url: str) -> None:
    with opened(sqlite_url) as database, writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        assert database.path is not None
        for end in ("", "-wal", "-shm"):
            mode = Path(f"{database.path}{end}").stat().st_mode
            assert mode & 0o077 == 0
