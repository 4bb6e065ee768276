"""`receive`, `import` and `replay` end to end, on both databases."""

import json
import signal
from pathlib import Path

from tests.support.shell import Process, run, told

CALL = {"external": "A-1", "at": "2026-07-29T12:00:00Z", "place": "124 Albany Ave", "type": "WELF"}
PROFILE = """
name = "tiny"
title = "three columns"
[columns]
at = "When"
external = "Id"
place = "Where"
type = "What"
[times]
zone = "America/New_York"
"""
ROWS = """Id,When,Where,What
1,2026-03-01T08:00:00,1 Main St,noise
2,2026-03-01T08:00:30,2 Main St,welfare
2,2026-03-01T08:00:30,2 Main St,welfare
3,never,3 Main St,noise
"""


def lines(*calls: object) -> str:
    return "\n".join(call if isinstance(call, str) else json.dumps(call) for call in calls)


def test_receive_counts_every_line(database_url: str) -> None:
    older = {**CALL, "at": "2026-07-29T12:00:00Z", "updated_at": "2026-07-29T11:00:00Z"}
    newer = {**CALL, "priority": 1, "updated_at": "2026-07-29T12:05:00Z"}
    given = lines(CALL, "", "{nonsense", CALL, newer, older, {"at": CALL["at"]})
    counts = told("receive", "-", db=database_url, given=given)
    assert counts["received"] == 6
    assert counts["accepted"] == 1
    assert counts["updated"] == 1
    assert counts["duplicate"] == 2
    assert counts["quarantined"] == 2
    assert sum(counts["reasons"].values()) == 2
    shown = told("state", db=database_url)
    (incident,) = shown["incidents"]
    assert incident["external"] == "A-1"
    assert incident["priority"] == 1
    assert "quarantine" in {alarm["kind"] for alarm in shown["alarms"]}


def test_a_call_typed_with_its_number_is_the_one_that_the_cad_sends(database_url: str) -> None:
    told("do", "new 124 Albany Ave, welfare check external:A-1", db=database_url)
    counts = told("receive", "-", db=database_url, given=lines({**CALL, "priority": 1}))
    assert (counts["accepted"], counts["updated"]) == (0, 1)
    (incident,) = told("state", db=database_url)["incidents"]
    assert (incident["external"], incident["priority"]) == ("A-1", 1)


def test_receive_that_follows_takes_a_line_when_it_comes(sqlite_url: str, tmp_path: Path) -> None:
    calls = tmp_path / "calls.jsonl"
    calls.write_text(lines(CALL) + "\n")
    with (
        Process("receive", str(calls), "--follow", "--json", db=sqlite_url) as receiver,
        Process("watch", "--since", "0", db=sqlite_url) as watcher,
    ):
        while watcher.next()["kind"] != "CallReceived":
            pass
        with calls.open("a") as more:
            more.write(lines({**CALL, "external": "A-2"}) + "\n")
        while watcher.next()["kind"] != "CallReceived":
            pass
        receiver.signal(signal.SIGINT)
        assert receiver.next()["received"] == 2
        assert receiver.wait() == 0


def test_import_adds_a_file_once(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(PROFILE)
    (tmp_path / "rows.csv").write_text(ROWS)
    words = ("import", str(tmp_path / "rows.csv"), "--profile", str(tmp_path / "tiny.toml"))
    done = run(*words, "--json", db=database_url)
    assert done.returncode == 0, done
    counts = json.loads(done.stdout)
    numbers = {key: counts[key] for key in ("received", "accepted", "duplicate", "quarantined")}
    assert numbers == {"received": 4, "accepted": 2, "duplicate": 1, "quarantined": 1}
    assert "updated" not in counts
    assert "4 of 4 rows, 100 %" in done.stderr
    again = json.loads(run(*words, "--json", db=database_url).stdout)
    assert (again["accepted"], again["duplicate"]) == (0, 3)


def test_replay_lets_the_calls_of_a_window_arrive_now(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(PROFILE)
    (tmp_path / "rows.csv").write_text(ROWS)
    words = ("replay", str(tmp_path / "rows.csv"), "--profile", str(tmp_path / "tiny.toml"))
    window = ("--speed", "1000", "--from", "2026-03-01T08:00:10", "--to", "2026-03-01T09:00")
    counts = told(*words, *window, db=database_url)
    assert counts["accepted"] == 1
    (incident,) = told("state", db=database_url)["incidents"]
    assert incident["place"] == "2 Main St"
    assert incident["status"] == "waiting"


def test_what_cannot_be_read_is_said_in_one_line(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(ROWS)
    rows = str(tmp_path / "rows.csv")
    for words, code, says in (
        (("import", rows, "--profile", "nowhere"), 1, "alexandria"),
        (("import", rows), 2, "--profile"),
        (("import", "nothing.csv", "--profile", "nashville"), 2, "nothing.csv"),
        (("replay", rows, "--profile", "nashville", "--from", "noon"), 2, "2024-03-01T08:00"),
        (("replay", rows, "--profile", "nashville", "--speed", "0"), 2, "--speed"),
    ):
        done = run(*words, db=sqlite_url)
        assert done.returncode == code, done
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert says in done.stderr
        assert not done.stdout
