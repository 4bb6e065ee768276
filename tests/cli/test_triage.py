"""`triage` and `pack check` as scripts see them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.shell import run, spawned, told

SAFE = {"weapon": "none", "violence_now": "none", "medical": "none", "suicide": "none"}
KEYS = ["id", "response", "agencies", "police", "assessed", "rule", "because", "possible", "ask",
        "matched", "floor"]  # fmt: skip


def case(name: str, **facts: object) -> str:
    return json.dumps({"id": name, "facts": facts, "context": {"language": "Spanish"}})


def advised(*lines: str, code: int = 0) -> list[dict[str, Any]]:
    done = run("triage", "--json", "-", given="\n".join(lines))
    assert done.returncode == code, done
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_in_a_line_out_in_the_form_of_the_contract() -> None:
    (answer,) = advised(case("A", nature="welfare_check", age_group="adult", **SAFE))
    assert list(answer) == KEYS
    assert answer["id"] == "A"
    assert answer["assessed"] is True


def test_what_was_not_asked_is_not_assessed_and_the_floor_does_not_wait() -> None:
    unasked, gun = advised(case("A", nature="welfare_check"), "", case("B", weapon="firearm"))
    assert unasked["assessed"] is False
    assert unasked["ask"] in SAFE
    assert "crt" not in unasked["agencies"]
    assert gun["police"] is True
    assert gun["floor"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (case("X", weapon="sword"), "edged"),
        (case("X", gun=True), "gun"),
        (case("X", weapon=["none"]), "weapon"),
        ('{"id": "X", "facts": {}, "context": {"moon": 1}}', "moon"),
        ('{"id": "X", "facts": 7}', "facts"),
        ("{nonsense", "JSON"),
        ("[" * 100_000, ""),
    ],
)
def test_a_wrong_line_is_named_and_the_others_go_on(line: str, names: str) -> None:
    wrong, right = advised(line, case("B", **SAFE), code=1)
    assert names in wrong["error"]
    assert wrong["line"] == 1
    assert right["id"] == "B"


def test_a_file_and_a_person_who_reads(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(case("A", nature="welfare_check", **SAFE) + "\n" + case("B"))
    done = spawned("triage", str(file))
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("A: ")
    assert "not assessed" in second


def test_the_packs_of_the_product_hold() -> None:
    assert told("pack", "check", "hartford") == {"ok": True, "problems": []}


def test_a_bad_pack_says_what_and_why(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("nonsense = 1\n")
    verdict = told("pack", "check", str(bad), code=1)
    assert verdict["ok"] is False
    for problem in verdict["problems"]:
        assert list(problem) == ["kind", "rule", "because", "example"]
        assert problem["because"]


def test_an_unknown_pack_is_said_in_one_line() -> None:
    done = run("triage", "--pack", "atlantis", "-")
    assert done.returncode == 1
    assert "hartford" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_cannot_be_written_is_an_error_and_the_rest_go_on() -> None:
    half = '{"id": "\\ud800", "facts": {}}'
    deep = "[" * 100_000
    wrong, deeper, right = advised(half, deep, case("B", **SAFE), code=1)
    assert "id" in wrong["error"]
    assert deeper["line"] == 2
    assert right["id"] == "B"


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "\x00", ""])
def test_a_file_that_is_no_pack_costs_one_line(tmp_path: Path, text: str) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text(text)
    assert run("pack", "check", str(pack)).returncode == 1
    done = run("triage", "--pack", str(pack), "-", given="{}")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
