"""Lines of the triage verb, and the published cases the pack is held against."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crt_console.protocol.loader import load
from crt_console.protocol.triage import triage_line
from crt_console.protocol.vocabulary import VOCABULARY

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "triage_examples.jsonl"
TEAMS = {"crt", "crmhc", "youth", "line"}
FIELDS = {
    "id",
    "response",
    "agencies",
    "police",
    "assessed",
    "rule",
    "because",
    "possible",
    "ask",
    "matched",
    "floor",
}


@cache
def cases() -> list[dict[str, Any]]:
    if not CASES.is_file():
        pytest.skip("the published cases are not on this machine")
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line]


def answer(facts: dict[str, Any]) -> dict[str, Any]:
    return triage_line(load("hartford"), json.dumps({"id": "x", "facts": facts}))


def acceptable(case: dict[str, Any], got: dict[str, Any]) -> bool:
    """Listed, or a listed answer's agencies with EMS, fire, and police where not ruled out."""
    free = {"ems", "fire"} | ({"police"} if case["police_expected"] != "no" else set())
    sent = set(got["agencies"])
    listed = [set(VOCABULARY.responses[name].agencies) for name in case["acceptable"]]
    return got["response"] in case["acceptable"] or any(
        who <= sent and sent - who <= free for who in listed
    )


def test_no_agency_a_case_requires_is_missing() -> None:
    for case in cases():
        got = answer(case["facts"])
        if case["police_expected"] == "yes":
            assert got["police"], case["id"]
        if all("ems" in VOCABULARY.responses[name].agencies for name in case["acceptable"]):
            assert "ems" in got["agencies"], case["id"]


def test_nine_in_ten_are_acceptable_and_spare_the_police() -> None:
    fits = [acceptable(case, answer(case["facts"])) for case in cases()]
    spared = [
        not answer(case["facts"])["police"] for case in cases() if case["police_expected"] == "no"
    ]
    assert sum(fits) >= 0.9 * len(fits)
    assert sum(spared) >= 0.9 * len(spared)


def test_what_was_only_assumed_is_not_assessed_and_sends_no_team() -> None:
    for case in cases():
        facts = {f: v for f, v in case["facts"].items() if f not in case["assumed"]}
        got = answer(facts)
        assert not got["assessed"], case["id"]
        if not {"weapon", "violence_now"} <= facts.keys():
            assert not TEAMS & set(got["agencies"]), case["id"]


def test_a_line_has_exactly_the_agreed_fields() -> None:
    line = b'{"id": 7, "facts": {"weapon": "firearm"}, "context": {"language": "es"}}'
    got = triage_line(load("hartford"), line)
    assert got.keys() == FIELDS
    assert (got["id"], got["agencies"], got["response"]) == (7, ["police"], "POLICE")
    assert got["ask"] == "medical"
    assert got["floor"] == [
        "a firearm that is not known to be locked away",
        "a weapon in reach or nobody knows where, and intent stated or not known",
    ]
    json.dumps(got)


def test_context_is_never_part_of_eligibility() -> None:
    facts = {"nature": "welfare_check", "weapon": "none", "violence_now": "none"}
    full = {"team_available": False, "local_time": "03:00", "language": "es", "emd_code": "25A1"}
    with_context = {"id": 1, "facts": facts, "context": full}
    pack = load("hartford")
    assert triage_line(pack, json.dumps(with_context)) == triage_line(
        pack, {"id": 1, "facts": facts}
    )


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"facts": {"wepon": "none"}}', "wepon"),
        ('{"facts": {"weapon": "sword"}}', "sword"),
        ('{"facts": {"weapon": null}}', "weapon"),
        ('{"facts": {"unhoused": 1}}', "unhoused"),
        ('{"facts": []}', "facts"),
        ('{"facts": {}, "context": {"moon": "full"}}', "moon"),
        ("[1]", "object"),
        ("{", "JSON"),
        (b"\xff", "JSON"),
    ],
)
def test_what_is_wrong_is_named(line: str | bytes, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        triage_line(load("hartford"), line)
