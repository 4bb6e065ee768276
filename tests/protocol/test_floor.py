"""No advice falls below the floor, whatever the pack says."""

from __future__ import annotations

import json
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crt_console.protocol import floor
from crt_console.protocol.engine import evaluate
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import RESOURCES, VOCABULARY, Value
from tests.support.packs import CALM, floor_by_hand, small, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crt_console.protocol.pack import Pack


HOSTILE = {
    "empty": small(),
    "nobody": small(table("rules", id="nobody", response="NO_DISPATCH")),
    "team": small(table("rules", id="team", response="CRT_ALONE")),
    "standby": small(
        table("rules", id="near", response="CRT_POLICE_STANDBY", standby=True),
        "[unknown.weapon]\nadds = []\nbecause = 'hostile'\nsource = 'test'\n",
        "[unknown.medical]\nadds = []\nbecause = 'hostile'\nsource = 'test'\n",
    ),
    "hartford": load("hartford"),
}


def groups() -> list[tuple[str, ...]]:
    """The facts that share a line, directly or through another line."""
    found: list[set[str]] = []
    for line in VOCABULARY.floor:
        joined = set(line.when)
        apart = []
        for group in found:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        found = [*apart, joined]
    return [tuple(sorted(group)) for group in found]


def every(facts: tuple[str, ...]) -> Iterator[dict[str, Value]]:
    """Every state of these facts, not asked included."""
    for states in product(*((None, *VOCABULARY.facts[f]) for f in facts)):
        yield {f: s for f, s in zip(facts, states, strict=True) if s is not None}


def holds_up(pack: Pack, facts: dict[str, Value]) -> None:
    """The advice has what the floor needs, asked for openly, and never as police near."""
    needs = floor_by_hand(facts)
    for told in (facts, {**CALM, **facts}):
        advice = evaluate(pack, told, ahead=False)
        needed = floor_by_hand(told)
        assert needed <= advice.agencies, (told, advice)
        assert advice.stage == ("police" in needed), told
        assert not (advice.standby and "police" in needed), told
        assert advice.police == ("police" in advice.agencies)
        if needed:
            assert advice.response not in (None, "NO_DISPATCH"), told
    assert needs <= evaluate(pack, facts, ahead=False).agencies


def test_the_shipped_words_are_the_agreed_words() -> None:
    agreed = Path(__file__).resolve().parents[3] / "shared" / "vocabulary.json"
    if not agreed.is_file():
        pytest.skip("the agreed vocabulary is not on this machine")
    assert json.loads(agreed.read_text()) == json.loads((RESOURCES / "vocabulary.json").read_text())


def test_each_line_has_a_group() -> None:
    assert {f for g in groups() for f in g} == {f for w in VOCABULARY.floor for f in w.when}
    assert ("nature", "weapon", "weapon_access", "weapon_intent") in groups()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("group", groups(), ids="+".join)
def test_every_state_of_facts_that_share_a_line(name: str, group: tuple[str, ...]) -> None:
    for facts in every(group):
        holds_up(HOSTILE[name], facts)


def satisfying(index: int) -> list[dict[str, Value | None]]:
    """Every way to make a line hold, None meaning not asked."""
    when = VOCABULARY.floor[index].when
    return [dict(zip(when, values, strict=True)) for values in product(*when.values())]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("pair", list(combinations(range(len(VOCABULARY.floor)), 2)))
def test_every_pair_of_lines(name: str, pair: tuple[int, int]) -> None:
    for one, two in product(*map(satisfying, pair)):
        if any(one[f] != two[f] for f in one.keys() & two.keys()):
            continue
        facts = {f: v for f, v in {**one, **two}.items() if v is not None}
        assert {line.index for line in floor.holding(facts)} >= set(pair)
        holds_up(HOSTILE[name], facts)


def test_a_line_is_found_by_its_number() -> None:
    for index, words in enumerate(VOCABULARY.floor):
        assert floor.line(index) == floor.FloorLine(index, words.because, words.needs)
    for wrong in (-1, len(VOCABULARY.floor)):
        with pytest.raises(IndexError):
            floor.line(wrong)


def test_not_asked_is_not_none() -> None:
    assert floor.holding({"weapon": "firearm"})
    assert not floor.holding({"weapon": "firearm", "weapon_access": "in_building_secured"})
    assert floor.holding({"nature": "weapon_person"})
    assert not floor.holding({"nature": "weapon_person", "weapon": "none"})
    attempt = floor.holding({"suicide": "attempt_in_progress"})
    assert frozenset[str]().union(*(line.needs for line in attempt)) == {"ems", "police"}
    assert not floor.holding({})
