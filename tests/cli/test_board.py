"""`state` and `watch` as scripts see them, on both databases."""

import json
import signal
import subprocess

import pytest

from tests.support.shell import ROOT, START, Process, dispatcher, environment, spawned, told

NEW = "new 124 Albany Ave, welfare check, p2, not answering callback:8605550142 external:X-7"
UNSAFE = "weapon firearm, violence_now none, medical none, suicide none"


def test_the_board_of_an_empty_room(database_url: str) -> None:
    shown = told("state", db=database_url)
    assert shown == {"seq": 0, "incidents": [], "units": [], "alarms": []}


def test_the_board_in_the_words_of_the_contract(database_url: str) -> None:
    with dispatcher(database_url) as ann:
        for line in ("unit add CRT 2 members:Ana, Ben languages:Spanish", "shift start crt2", NEW,
                     "take 1", "override 1 crt+police he knows us"):  # fmt: skip
            answer = ann.ask(line)
            assert answer["ok"], answer
        number = ann.ask("assign crt2 1")["incident"]
        assert ann.ask("accept 1 police desk sergeant, H26-8812")["ok"]
        seq = ann.ask("answer 1 " + UNSAFE)["seq"]
    done = spawned("state", "--json", db=database_url)
    assert (done.returncode, done.stderr) == (0, "")
    shown = json.loads(done.stdout)
    assert shown["seq"] == seq
    (incident,) = shown["incidents"]
    assert incident == {
        "number": number,
        "type": "welfare check",
        "priority": 2,
        "place": "124 Albany Ave",
        "status": "working",
        "owner": "Ann",
        "assessed": True,
        "response": incident["response"],
        "agencies": ["crt", "police"],
        "units": ["CRT2"],
        "handovers": incident["handovers"],
        "external": "X-7",
    }
    police = [h for h in incident["handovers"] if h["agency"] == "police"]
    assert {"agency": "police", "state": "accepted", "by": "desk sergeant"} in police
    assert shown["units"] == [
        {
            "call_sign": "CRT2",
            "status": "assigned",
            "incident": number,
            "members": ["Ana", "Ben"],
            "languages": ["Spanish"],
        }
    ]
    assert shown["alarms"]
    for alarm in shown["alarms"]:
        assert {"id", "kind", "subject", "since", "owner"} <= alarm.keys()
        assert alarm["subject"] in {"CRT2", number}
    assert "order" in {alarm["kind"] for alarm in shown["alarms"]}


def test_an_alarm_that_is_owned_says_by_whom(database_url: str) -> None:
    with dispatcher(database_url) as ann:
        for line in ("unit add CRT 2", "shift start crt2", "emergency crt2"):
            assert ann.ask(line)["ok"]
        (alarm,) = told("state", db=database_url)["alarms"]
        assert (alarm["kind"], alarm["subject"], alarm["owner"]) == ("emergency", "CRT2", None)
        assert ann.ask(f"ack {alarm['id']}")["ok"]
    (alarm,) = told("state", db=database_url)["alarms"]
    assert alarm["owner"] == "Ann"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_tells_what_was_and_then_what_comes(
    database_url: str, number: signal.Signals
) -> None:
    with dispatcher(database_url) as ann:
        first = ann.ask("unit add CRT 2")["seq"]
        ann.ask(NEW)
        with Process("watch", "--since", str(first), db=database_url) as watcher:
            opened = watcher.next()
            assert opened["seq"] == first + 1
            assert opened["kind"] == "CallReceived"
            assert opened["by"] == "Ann"
            assert opened["console"] == "desk-Ann"
            assert opened["incident"].endswith("-000001")
            assert opened["unit"] is None
            assert opened["at"].endswith("Z")
            last = ann.ask("crt2 oos flat tyre")["seq"]
            seen = [opened]
            while seen[-1]["seq"] < last:
                seen.append(watcher.next())
            assert [entry["seq"] for entry in seen] == list(range(first + 1, last + 1))
            assert "CRT2" in {entry["unit"] for entry in seen}
            watcher.signal(number)
            assert watcher.wait() == 0


def test_watch_hides_the_words_of_callers(sqlite_url: str) -> None:
    told("do", NEW, db=sqlite_url)
    with Process("watch", "--since", "0", db=sqlite_url) as watcher:
        line = str(watcher.next())
    assert "not answering" not in line
    assert "8605550142" not in line


def test_watch_ends_when_nobody_reads(sqlite_url: str) -> None:
    told("do", NEW, db=sqlite_url)
    watching = subprocess.Popen(
        [*START, "watch", "--since", "0"],
        cwd=ROOT,
        env=environment(sqlite_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert watching.stdout is not None
    assert watching.stdout.readline()
    watching.stdout.close()
    told("do", "note 1 one", db=sqlite_url)
    told("do", "note 1 two", db=sqlite_url)
    _, said = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert not said
