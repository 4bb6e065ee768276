"""Union, headline, what was asked, and what is still possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_console.protocol.engine import agencies_for, evaluate, largest, open_facts
from crt_console.protocol.vocabulary import VOCABULARY, Value
from tests.support.packs import (
    CALM,
    asking,
    completions,
    derived,
    floor_by_hand,
    rules_by_hand,
    small,
    table,
)

if TYPE_CHECKING:
    from crt_console.protocol.pack import Pack

TEAM = table("rules", id="team", response="CRT_ALONE", when={"nature": ["welfare_check"]})
AMBULANCE = table("rules", id="ambulance", response="EMS", when={"medical": ["minor"]})
OFFICER = table("rules", id="officer", agencies=["police"], when={"unhoused": [True]}, standby=True)
WELFARE: dict[str, Value] = {**CALM, "nature": "welfare_check"}


def test_every_matching_rule_adds_and_the_first_is_the_headline() -> None:
    advice = evaluate(small(TEAM, AMBULANCE), {**WELFARE, "medical": "minor"})
    assert (advice.response, advice.rule) == ("CRT_ALONE", "team")
    assert advice.agencies == {"crt", "ems"}
    assert advice.matched == ("team", "ambulance")
    assert not advice.police
    assert evaluate(small(AMBULANCE, TEAM), {**WELFARE, "medical": "minor"}).response == "EMS"


def test_the_floor_adds_and_leaves_the_headline() -> None:
    advice = evaluate(small(TEAM), {**WELFARE, "crime": "violent"})
    assert advice.response == "CRT_ALONE"
    assert advice.agencies == {"crt", "police"}
    assert advice.stage
    assert [line.because for line in advice.floor] == ["a violent crime or domestic violence"]


def test_a_rule_of_agencies_is_never_the_headline() -> None:
    advice = evaluate(small(OFFICER, TEAM), {**WELFARE, "unhoused": True})
    assert (advice.rule, advice.response) == ("team", "CRT_ALONE")
    assert advice.agencies == {"crt", "police"}


def test_police_are_near_only_while_nothing_wants_them_there() -> None:
    pack = small(TEAM, OFFICER)
    assert evaluate(pack, {**WELFARE, "unhoused": True}).standby
    assert not evaluate(pack, {**WELFARE, "unhoused": True, "crime": "violent"}).standby
    assert not evaluate(pack, WELFARE).standby


def test_nobody_is_sent_never_heads_a_response_that_goes() -> None:
    nobody = table("rules", id="nobody", response="NO_DISPATCH")
    assert evaluate(small(nobody), CALM).response == "NO_DISPATCH"
    assert evaluate(small(nobody, TEAM), WELFARE).rule == "team"
    assert evaluate(small(nobody), {**CALM, "crime": "violent"}).response == "POLICE"


@pytest.mark.parametrize("missing", VOCABULARY.no_advice_without)
def test_without_weapon_and_violence_only_first_help_is_advised(missing: str) -> None:
    facts: dict[str, Value] = {**WELFARE, "medical": "minor", "unhoused": True}
    facts.pop(missing)
    advice = evaluate(small(TEAM, AMBULANCE, OFFICER), facts)
    assert advice.agencies == {"ems", "police"}
    assert advice.response == "EMS_POLICE"
    assert not advice.assessed
    assert advice.missing == (missing,)
    assert "team" not in advice.matched


def test_nothing_known_is_not_assessed_and_sends_nobody() -> None:
    advice = evaluate(small(TEAM), {})
    assert (advice.response, advice.rule, advice.agencies) == (None, None, frozenset())
    assert not advice.assessed
    assert advice.because == "weapon and violence have not been asked"
    assert advice.missing == VOCABULARY.must_ask


@pytest.mark.parametrize("missing", ["medical", "suicide"])
def test_without_the_other_two_the_advice_is_provisional(missing: str) -> None:
    facts = {f: v for f, v in WELFARE.items() if f != missing}
    advice = evaluate(small(TEAM), facts)
    assert advice.agencies == {"crt"}
    assert (advice.assessed, advice.ask) == (False, missing)


def test_the_four_are_asked_first_and_in_their_order() -> None:
    pack = asking(small(TEAM), "nature", "crime", *VOCABULARY.must_ask)
    facts: dict[str, Value] = {}
    asked = []
    while (fact := evaluate(pack, facts).ask) is not None:
        asked.append(fact)
        facts[fact] = CALM.get(fact, "unknown")
    assert asked == [*VOCABULARY.must_ask, "nature", "crime"]


def test_what_can_no_longer_change_the_answer_is_not_asked() -> None:
    pack = asking(small(TEAM), "weapon_access", "weapon_intent", "nature")
    assert "weapon_access" not in open_facts(pack, CALM)
    assert "weapon_access" in open_facts(pack, {**CALM, "weapon": "edged"})
    in_hand: dict[str, Value] = {"weapon": "edged", "weapon_access": "in_hand_or_on_person"}
    assert "weapon_intent" not in open_facts(pack, {**CALM, **in_hand})


def test_asked_and_unknown_is_what_the_pack_says_else_the_vocabulary() -> None:
    said = "[unknown.weapon]\nadds = ['fire']\nbecause = 'why'\nsource = 'test'\n"
    unknown: dict[str, Value] = {**WELFARE, "weapon": "unknown"}
    assert evaluate(small(TEAM, said), unknown).agencies == {"crt", "fire"}
    usual = evaluate(small(TEAM), unknown)
    assert usual.agencies == {"crt", "police"}
    assert usual.standby
    assert evaluate(small(TEAM), {**WELFARE, "medical": "unknown"}).agencies == {"crt", "ems"}


def test_what_is_derived_gives_its_reason_and_what_is_stated_outweighs_it() -> None:
    pack = small(
        derived(
            "acuity",
            [{"when": {"hearing_voices": [True]}, "because": "hears voices"}],
            value="grave",
        ),
        table(
            "rules",
            id="grave",
            response="MOBILE_CRISIS",
            when={"acuity": ["grave"]},
            because="ill: {acuity}",
        ),
    )
    seen = evaluate(pack, {**CALM, "hearing_voices": True})
    assert (seen.response, seen.because) == ("MOBILE_CRISIS", "ill: hears voices")
    assert evaluate(pack, {**CALM, "acuity": "grave"}).agencies == {"crmhc"}
    stated: dict[str, Value] = {**CALM, "hearing_voices": True, "acuity": "less_acute"}
    assert not evaluate(pack, stated).agencies


def test_wrong_words_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="colour"):
        evaluate(small(), {"colour": "red"})


def test_the_largest_class_within_the_agencies() -> None:
    assert largest(frozenset()) is None
    assert largest(frozenset({"police"})) == "POLICE"
    assert largest(frozenset({"police", "ems"})) == "EMS_POLICE"
    assert largest(frozenset({"police", "fire"})) == "POLICE_FIRE"
    assert largest(frozenset({"police", "ems", "fire"})) == "EMS_POLICE"


def test_looking_ahead_can_be_left_out() -> None:
    pack = small(TEAM)
    short, whole = evaluate(pack, WELFARE, ahead=False), evaluate(pack, WELFARE)
    assert (short.agencies, short.rule, short.possible) == (whole.agencies, whole.rule, ())


# Exactness against a slow, independent reading of rules and floor. The facts that the floor reads
# are answered, so that every completion of the rest can be tried.

PLAIN = ("age_group", "history_violence", "hearing_voices", "unhoused")
SETTLED: dict[str, Value] = {
    **CALM,
    "nature": "noise",
    "threat_to_others": "none",
    "location_type": "school",
    "crime": "none",
}
NAMES = ("one", "two", "acuity")
AGENCIES = sorted(VOCABULARY.agencies)


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for fact in draw(st.lists(st.sampled_from(PLAIN), max_size=2, unique=True)):
        values = VOCABULARY.facts[fact]
        found[fact] = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
    for name in draw(st.lists(st.sampled_from(names), max_size=1)) if names else ():
        found[name] = ["grave"] if name == "acuity" else [True]
    return found


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    tables: list[str] = []
    names: tuple[str, ...] = ()
    for name in NAMES[: draw(st.integers(0, 3))]:
        clauses = [
            {"when": draw(conditions(names)), "unless": draw(conditions(names))}
            for _ in range(draw(st.integers(1, 3)))
        ]
        value: Value = "grave" if name == "acuity" else True
        tables.append(derived(name, clauses, value=value))
        names = (*names, name)
    for at in range(draw(st.integers(1, 6))):
        sent = draw(st.lists(st.sampled_from(AGENCIES), max_size=2, unique=True))
        when, unless = draw(conditions(names)), draw(conditions(names))
        asked = draw(st.lists(st.sampled_from(PLAIN), max_size=1))
        tables.append(
            table("rules", id=f"r{at}", agencies=sent, when=when, unless=unless, asked=asked)
        )
    return asking(small(*tables), *PLAIN, "acuity")


def by_hand(pack: Pack, facts: dict[str, Value]) -> frozenset[str]:
    return frozenset(rules_by_hand(pack, facts) | floor_by_hand(facts))


@given(pack=packs(), data=st.data())
def test_advice_and_what_is_possible_are_exact(pack: Pack, data: st.DataObject) -> None:
    known = dict(SETTLED)
    for fact in data.draw(st.lists(st.sampled_from((*PLAIN, "acuity")), unique=True)):
        known[fact] = data.draw(st.sampled_from(VOCABULARY.facts[fact]))
    advice = evaluate(pack, known)
    assert advice.agencies == by_hand(pack, known) == agencies_for(pack, known)
    whole = list(completions(known, (*PLAIN, "acuity")))
    sent = {frozenset(facts.items()): by_hand(pack, facts) for facts in whole}
    assert set(advice.possible) == set(sent.values())
    assert len(advice.possible) == len(set(advice.possible))
    matters = [
        fact
        for fact in pack.facts
        if fact not in known
        and any(
            len({sent[frozenset({**facts, fact: v}.items())] for v in VOCABULARY.facts[fact]}) > 1
            for facts in whole
        )
    ]
    assert open_facts(pack, known) == matters
    assert advice.ask == next(iter(matters), None)


def test_what_the_floor_leaves_possible_is_exact() -> None:
    pack = small("[unknown.weapon]\nadds = []\nbecause = 'x'\nsource = 'y'\n", TEAM)
    facts = ("nature", "weapon", "weapon_access", "weapon_intent")
    known: dict[str, Value] = {f: v for f, v in SETTLED.items() if f not in facts}
    for more in ({}, {"weapon": "edged"}, {"weapon_access": "no"}, {"nature": "welfare_check"}):
        start = {**known, **more}
        expected = {by_hand(pack, whole) for whole in completions(start, facts)}
        assert set(evaluate(pack, start).possible) == expected
