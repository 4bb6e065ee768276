"""`do`: one dispatcher in one process, each line answered at once, on both databases."""

import json
import signal

import pytest

from tests.support.shell import Process, dispatcher, run, spawned, told

SAFE = "weapon none, violence_now none, medical none, suicide none"
NEW = "new 124 Albany Ave, welfare check, p2, not answering the door callback:8605550142"


def ok(answer: dict[str, object]) -> dict[str, object]:
    assert answer["ok"] is True, answer
    return answer


def test_a_call_from_ring_to_close(database_url: str) -> None:
    with dispatcher(database_url) as ann:
        ok(ann.ask("unit add CRT 2 members:Ana Ruiz, Ben Cole languages:Spanish, Polish"))
        ok(ann.ask("shift start crt 2"))
        new = ok(ann.ask(NEW))
        number = new["incident"]
        assert str(number).endswith("-000001")
        assert isinstance(new["seq"], int)
        ok(ann.ask(f"answer {number} {SAFE}"))
        ok(ann.ask("override 1 crt known to the team"))
        ok(ann.ask("assign crt 2 1"))
        for status in ("acknowledged", "enroute", "on scene", "clearing"):
            assert ok(ann.ask(f"crt2 {status}"))["unit"] == "CRT2"
        ok(ann.ask("crt2 available"))
        ok(ann.ask("close 1 helped, drank tea"))
        shown = ok(ann.ask("show 1"))
        assert shown["status"] == "closed"
        assert shown["disposition"] == "helped"
        assert shown["disposition_text"] == "drank tea"
        assert ann.end() == 0


def test_each_kind_of_no_has_its_form_and_ends_nothing(database_url: str) -> None:
    with dispatcher(database_url) as ann:
        for line, kind in (
            ("frobnicate", "refused"),
            ("take 99", "unknown"),
            ("show crt9", "unknown"),
            ("crt9 enroute", "unknown"),
            ("unit add CRT 2", None),
            ("told crt2", "refused"),
        ):
            answer = ann.ask(line)
            assert answer["ok"] is (kind is None), answer
            if kind is not None:
                assert answer["kind"] == kind
                assert answer["because"]
                assert answer["by"] is None
        ok(ann.ask(NEW))
        assert ann.end() == 1


def test_what_names_no_command_changes_nothing(database_url: str) -> None:
    told("do", NEW, db=database_url)
    before = told("state", db=database_url)
    refused = told("do", "answer 1 weapon sword", db=database_url, code=1)
    assert "edged" in refused["because"]
    assert told("state", db=database_url) == before


def test_two_dispatchers_and_one_team(database_url: str) -> None:
    with dispatcher(database_url, "Ann") as ann, dispatcher(database_url, "Bob") as bob:
        for line in ("unit add CRT 2", "shift start crt2", NEW, "new 9 Park St, noise"):
            ok(ann.ask(line))
        for number in (1, 2):
            ok(ann.ask(f"answer {number} {SAFE}"))
            ok(ann.ask(f"override {number} crt known to the team"))
        ok(bob.ask("show crt2"))
        ann.send("assign crt2 1")
        bob.send("assign crt2 2")
        answers = {"Ann": ann.next(), "Bob": bob.next()}
        losers = [name for name, answer in answers.items() if not answer["ok"]]
        assert len(losers) == 1, answers
        assert answers[losers[0]]["kind"] == "refused"
        assert answers[losers[0]]["by"] == ({"Ann", "Bob"} - set(losers)).pop()
    assert told("journal", "verify", db=database_url)["ok"] is True


def test_show_reads_what_others_have_done_since(database_url: str) -> None:
    with dispatcher(database_url, "Ann") as ann, dispatcher(database_url, "Bob") as bob:
        ok(ann.ask(NEW))
        ok(bob.ask("answer 1 weapon firearm, weapon_access in_hand_or_on_person"))
        shown = ok(ann.ask("show 1"))
        assert shown["facts"] == {"weapon": "firearm", "weapon_access": "in_hand_or_on_person"}
        assert "police" in shown["agencies"]  # type: ignore[operator]
        assert shown["advice"]["assessed"] is False  # type: ignore[index]
        kinds = [line["kind"] for line in shown["timeline"]]  # type: ignore[attr-defined]
        assert kinds.index("CallReceived") < kinds.index("AnswerGiven")


def test_below_the_floor_a_second_person_confirms(database_url: str) -> None:
    with dispatcher(database_url, "Ann") as ann, dispatcher(database_url, "Bob") as bob:
        ok(ann.ask(NEW))
        ok(ann.ask("answer 1 weapon firearm, violence_now none, medical none, suicide none"))
        asked = ann.ask("override 1 crt he is my uncle")
        assert asked["ok"] is False
        assert asked["kind"] == "confirm"
        assert asked["because"]
        assert ann.ask(f"confirm {asked['id']}")["kind"] == "refused"
        ok(bob.ask(f"confirm {asked['id']}"))
        assert ok(ann.ask("show 1"))["override"]["agencies"] == ["crt"]  # type: ignore[index]
        assert ann.end() == 1
        assert bob.end() == 0


def test_blank_lines_are_no_commands_and_letters_may_be_broken(sqlite_url: str) -> None:
    with dispatcher(sqlite_url) as ann:
        ann.send("\n   \n")
        ok(ann.ask(NEW))
        ok(ann.ask("note 1 café \U0001f600 \x00 done"))
        assert ann.end() == 0


def test_show_of_a_team(database_url: str) -> None:
    told("do", "unit add CRT 2 members:Ana languages:Spanish", db=database_url)
    shown = told("do", "show", "crt", "2", db=database_url)
    assert shown["ok"] is True
    assert shown["call_sign"] == "CRT2"
    assert shown["members"] == ["Ana"]
    assert shown["status"] == "available"


def test_for_a_person_an_answer_is_a_line_and_a_mistake_a_line_on_stderr(sqlite_url: str) -> None:
    done = run("do", NEW, db=sqlite_url)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    wrong = run("do", "take", "x", db=sqlite_url)
    assert wrong.returncode == 1
    assert not wrong.stdout
    assert len(wrong.stderr.splitlines()) == 1
    assert "an incident number" in wrong.stderr


def test_who_and_where_stand_in_every_entry(sqlite_url: str) -> None:
    told("do", "--as", "Zoe", "--console", "desk-9", NEW, db=sqlite_url)
    (line,) = told("do", "show 1", db=sqlite_url)["timeline"][:1]
    assert (line["by"], line["console"]) == ("Zoe", "desk-9")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_dispatcher_who_is_interrupted_ends(sqlite_url: str, number: signal.Signals) -> None:
    with Process("do", "--json", db=sqlite_url) as ann:
        ok(ann.ask(NEW))
        ann.signal(number)
        assert ann.wait() != 0


def test_without_a_database_the_code_says_so() -> None:
    done = spawned("do", "--json", NEW, db="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 3
    assert json.loads(done.stdout)["kind"] == "unavailable"
    assert len(done.stderr.splitlines()) == 1
