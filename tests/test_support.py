"""The surroundings are what they say they are."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import psycopg
import pytest

from tests.support import postgres


def test_each_database_is_fresh_and_empty(database_url: str) -> None:
    if database_url.startswith("sqlite:////"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as lite:
            assert lite.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        lite.close()
        return
    with psycopg.connect(database_url) as connection:
        count = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public'"
        ).fetchone()
    assert count == (0,)


def test_two_postgresql_databases_are_apart(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    other = postgres_server.create()
    with psycopg.connect(other) as connection:
        connection.execute("CREATE TABLE here (x int)")

    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
    postgres_server.drop(other)


def test_the_users_data_is_out_of_reach(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "CRT_CONSOLE_DB" not in os.environ
    assert os.environ["XDG_DATA_HOME"].startswith(str(tmp_path_factory.getbasetemp()))


@pytest.mark.xvfb
def test_the_virtual_screen_answers(display: str) -> None:
    program = "from PySide6.QtWidgets import QApplication as A; print(A([]).platformName())"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "xcb"
