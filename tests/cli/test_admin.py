"""`journal`, `db`, `places`, `types`, and what is said when it goes wrong."""

import sqlite3
from pathlib import Path

import pytest

from crt_console.store.database import Database
from tests.support.shell import run, told

NEW = "new 124 Albany Ave, welfare check, p2, not answering the door"
GONE = "postgresql://nobody@127.0.0.1:1/none"


def test_the_journal_holds_and_says_how_many_entries(database_url: str) -> None:
    seq = told("do", NEW, db=database_url)["seq"]
    verdict = told("journal", "verify", db=database_url)
    assert verdict == {"ok": True, "entries": seq, "first_bad": None, "problem": None}


def test_an_altered_entry_is_found(sqlite_url: str) -> None:
    told("do", "--as", "Ann", NEW, db=sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE journal SET body = replace(body, 'Ann', 'Bob') WHERE seq = 1")
    raw.close()
    verdict = told("journal", "verify", db=sqlite_url, code=1)
    assert verdict["ok"] is False
    assert verdict["first_bad"] == 1
    assert verdict["problem"]


def test_status_changes_nothing_and_upgrade_makes_the_tables(database_url: str) -> None:
    before = told("db", "status", db=database_url)
    assert before["schema"] is None
    assert told("db", "status", db=database_url) == before
    upgraded = told("db", "upgrade", db=database_url)
    after = told("db", "status", db=database_url)
    assert upgraded["to"] == after["schema"] == after["needed"]
    assert told("db", "upgrade", db=database_url)["from"] == after["schema"]
    told("do", NEW, db=database_url)
    counts = told("db", "status", db=database_url)
    assert (counts["incidents"], counts["units"]) == (1, 0)


def test_a_backup_is_a_copy_and_overwrites_nothing(database_url: str, tmp_path: Path) -> None:
    told("do", NEW, db=database_url)
    copy = tmp_path / "copy"
    assert told("db", "backup", str(copy), db=database_url)["bytes"] == copy.stat().st_size
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{copy}"
        assert told("state", db=url) == told("state", db=database_url)
        assert told("journal", "verify", db=url)["ok"] is True
    again = run("db", "backup", str(copy), db=database_url)
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_verify_says_what_is_wrong_where_the_board_cannot_be_read(database_url: str) -> None:
    told("do", NEW, db=database_url)
    room = Database(database_url)
    room.write(lambda c: c.exec_driver_sql("UPDATE incidents SET facts = '['"))
    room.close()
    verdict = told("journal", "verify", db=database_url, code=1)
    assert "incidents" in verdict["problem"]


def test_places_are_found_by_new_calls(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text(
        "name,lat,lon,neighbourhood,kind\n"
        "124 Albany Avenue,41.7786,-72.6842,Clay-Arsenal,address\n"
        "Main St & Park St,41.76,-72.67,Downtown,crossing\n"
    )
    assert told("places", "import", str(file), db=database_url)["places"] == 2
    told("places", "import", str(file), db=database_url)
    told("do", NEW, db=database_url)
    shown = told("do", "show 1", db=database_url)
    assert shown["place_verified"] is True
    assert shown["neighbourhood"] == "Clay-Arsenal"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("where,lat\n", "no column name"),
        ("name,lat\n,1\n", "line 2"),
        ("name,lat,lon\nA St,north,1\n", "north"),
        ("name,lat,lon\nA St,100,1\n", "more than 90"),
        ("name\n\xff\n", "UTF-8"),
        ('name,lat,lon\n"A St,1,2\nB St,1,2\n', "CSV"),
        ("name,lat,lon\nA\x00St,1,2\n", "control character"),
        ("name,lat,lon\nA St, Hartford,1,2\n", "more values"),
    ],
)
def test_a_bad_list_of_places_adds_nothing(
    sqlite_url: str, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "places.csv"
    file.write_bytes(text.encode("latin-1"))
    done = run("places", "import", str(file), db=sqlite_url)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_types_that_nobody_mapped_are_listed_and_then_mapped(database_url: str) -> None:
    given = '{"external": "A-1", "at": "2026-07-29T12:00:00Z", "place": "1 Main", "type": "WELF"}'
    told("receive", "-", db=database_url, given=given)
    (row,) = told("types", "list", "--unmapped", db=database_url)["types"]
    assert (row["system"], row["raw"], row["type"], row["seen"]) == ("cad", "WELF", None, 1)
    told("types", "map", "cad", "WELF", "welfare check", "--priority", "2", db=database_url)
    assert told("types", "list", "--unmapped", db=database_url)["types"] == []
    told("receive", "-", db=database_url, given=given.replace("A-1", "A-2"))
    newest = told("state", db=database_url)["incidents"][-1]
    assert (newest["type"], newest["priority"]) == ("welfare check", 2)


VERBS = [
    ("state",),
    ("watch",),
    ("do", NEW),
    ("receive", "-"),
    ("journal", "verify"),
    ("db", "status"),
    ("types", "list"),
]


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_an_absent_database_is_said_in_one_line(words: tuple[str, ...]) -> None:
    done = run(*words, "--db", GONE)
    assert done.returncode == 3
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("frobnicate",), "frobnicate"),
        (("state", "--what"), "--what"),
        (("journal",), "verify"),
        (("db", "backup"), "FILE"),
        (("watch", "--since", "soon"), "--since"),
    ],
)
def test_a_wrong_call_costs_two_and_one_line(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert done.returncode == 2, done
    assert says in done.stderr
    assert "--help" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    "words",
    [(), ("do",), ("state",), ("watch",), ("receive",), ("import",), ("replay",), ("triage",),
     ("pack", "check"), ("journal", "verify"), ("db", "upgrade"), ("db", "backup"),
     ("db", "status"), ("places", "import"), ("types", "list"), ("types", "map")],
    ids=" ".join,
)  # fmt: skip
def test_every_verb_explains_itself(words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: crt-console" in done.stdout
