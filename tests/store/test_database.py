"""A database is opened by its address, made once, and nobody holds its lock for long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from crt_console.domain.commands import Outcome
from crt_console.domain.errors import Unavailable
from crt_console.store import queries
from crt_console.store.database import Database
from crt_console.store.room import Room
from crt_console.store.verify import verify
from tests.support.acts import Act, opened, take_in, writing

MAKER = """
import sys
from crt_console.store.create import prepare
from crt_console.store.database import Database
database = Database(sys.argv[1])
prepare(database)
database.close()
"""


def test_many_processes_make_one_room(database_url: str) -> None:
    command = [sys.executable, "-c", MAKER, database_url]
    makers = [subprocess.Popen(command, env=dict(os.environ)) for _ in range(4)]
    assert [maker.wait(60) for maker in makers] == [0] * 4
    with opened(database_url) as database:
        count = text("SELECT count(*) FROM journal_head")
        assert database.read(lambda c: c.scalar(count)) == 1


def test_several_hosts_may_be_named(postgres_url: str) -> None:
    parts = urlsplit(postgres_url)
    hosts = f"host=127.0.0.1:1&host=127.0.0.1:{parts.port}"
    url = f"postgresql://{parts.username}@{parts.path}?{hosts}"
    with opened(url) as database, writing(database) as writer:
        assert writer.carry_out(Act(run=take_in)).seq == 1
        assert database.read(queries.head)[0] == 1


def test_a_reader_sees_one_moment(database_url: str) -> None:
    with opened(database_url) as database, writing(database) as writer:
        writer.carry_out(Act(run=take_in))
        with database.reading() as connection:
            assert queries.head(connection)[0] == 1
            writer.carry_out(Act(run=take_in))
            assert queries.head(connection)[0] == 1
        assert database.read(queries.head)[0] == 2


def test_who_dawdles_in_a_write_is_ended_and_does_it_again(postgres_url: str) -> None:
    tries: list[float] = []
    inside = threading.Event()

    def dawdle(room: Room) -> Outcome:
        tries.append(time.monotonic())
        inside.set()
        if len(tries) == 1:
            time.sleep(1.6)  # longer than the session may idle in a transaction
        return take_in(room)

    with opened(postgres_url) as database, writing(database) as slow, writing(database) as quick:
        thread = threading.Thread(target=slow.carry_out, args=(Act(run=dawdle),))
        thread.start()
        assert inside.wait(10)
        assert quick.carry_out(Act(run=take_in)).seq == 1
        thread.join()
        assert len(tries) == 2
        assert database.read(queries.head)[0] == 2
        assert database.read(verify).ok


def test_a_stuck_holder_is_said_after_a_while(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crt_console.store.writer.PATIENCE", 0.1)
    with opened(sqlite_url) as database, writing(database) as writer:
        holder = Database(sqlite_url)
        with holder.connect("writer") as connection:
            connection.execute(text("UPDATE journal_head SET at = at"))
            with pytest.raises(Unavailable, match="busy") as caught:
                writer.carry_out(Act(run=take_in))
            assert not caught.value.may_be_done
        holder.close()
        assert writer.carry_out(Act(run=take_in)).seq == 1


def test_what_is_written_beside_the_journal_may_take_its_time(postgres_url: str) -> None:
    with opened(postgres_url) as database:
        asked = text("SHOW idle_in_transaction_session_timeout")
        assert database.write(lambda connection: connection.scalar(asked)) == "30s"
