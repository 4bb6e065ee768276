"""What the screen says: headline, question, what would change it, who can go now."""

from __future__ import annotations

from datetime import datetime

import pytest

from crt_console.domain.words import NOT_SENT_REASONS
from crt_console.protocol.engine import evaluate
from crt_console.protocol.guidance import (
    availability,
    headline,
    label,
    next_question,
    question,
    would_change,
)
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import Value
from tests.support.packs import CALM

PACK = load("hartford")
CRISIS: dict[str, Value] = {**CALM, "nature": "mental_health_crisis"}
TUESDAY_NOON = datetime(2026, 1, 13, 12, 0)  # noqa: DTZ001 - local time, as on the wall
TUESDAY_NIGHT = datetime(2026, 1, 13, 19, 0)  # noqa: DTZ001 - the same
SUNDAY_NOON = datetime(2026, 1, 11, 12, 0)  # noqa: DTZ001 - the same


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Community team alone"),
        ({"weapon": "unknown"}, "Community team + police near"),
        ({"violence_now": "threat"}, "Community team + police"),
        ({"medical": "injury"}, "Community team + EMS"),
        ({"medical": "overdose"}, "EMS"),
        ({"medical": "overdose", "violence_now": "threat"}, "EMS + police"),
        ({"location_type": "height_or_water"}, "Fire + police"),
        ({"age_group": "minor"}, "Youth crisis alone"),
        ({"acuity": "grave", "violence_now": "threat"}, "Mobile crisis + police"),
        ({"caller_accepts_phone_support": True}, "Transfer to 988 or 2-1-1"),
        ({"nature": "other", "behavioural_health_nexus": False}, "Nobody is sent"),
        ({"nature": "other"}, "No advice yet"),
    ],
)
def test_the_headline_says_who_goes(more: dict[str, Value], said: str) -> None:
    assert headline(evaluate(PACK, {**CRISIS, **more})) == said


def test_what_holds_for_two_reasons_is_said_once() -> None:
    said = evaluate(PACK, {**CRISIS, "suicide": "attempt_in_progress"}).because
    assert said == "a suicide attempt is under way"


def test_the_headline_of_what_nobody_assessed() -> None:
    assert headline(evaluate(PACK, {"nature": "noise"})) == "Not assessed"
    assert headline(evaluate(PACK, {"weapon": "firearm"})) == "Police"


def test_a_question_is_said_in_the_callers_language_else_in_english() -> None:
    assert question(PACK, "weapon").say.startswith("Does anyone")
    spanish = question(PACK, "weapon", "es")
    assert (spanish.language, spanish.say[0]) == ("es", "¿")
    assert question(PACK, "weapon", "pl").language == "en"
    with pytest.raises(KeyError):
        question(PACK, "cooperative")


def test_the_next_question_is_the_one_advice_asks_for() -> None:
    asked = next_question(PACK, evaluate(PACK, {}), "es")
    assert asked is not None
    assert (asked.fact, asked.language) == ("medical", "es")


def test_a_label_is_the_packs_else_the_word() -> None:
    assert label(PACK, "weapon", "firearm") == "Gun"
    assert label(PACK, "weapon", "unknown") == "Can’t say"
    assert label(PACK, "cooperative", value=True) == "yes"
    assert label(PACK, "medical", "none") == "nothing wrong"
    assert label(PACK, "suicide", "intent_with_means_police") == "intent and means"
    assert label(PACK, "medical", "severe_symptoms") == "severe symptoms"


def test_what_would_change_it_is_true_short_and_danger_first() -> None:
    advice = evaluate(PACK, CRISIS)
    changes = would_change(PACK, CRISIS, advice)
    assert 0 < len(changes) <= 6
    assert "police" in changes[0].adds
    for change in changes:
        after = evaluate(PACK, {**CRISIS, change.fact: change.value}).agencies
        assert after == (advice.agencies | change.adds) - change.removes
        assert change.adds | change.removes
    assert would_change(PACK, CRISIS, advice, most=2) == changes[:2]


def test_nothing_changes_what_is_settled() -> None:
    settled: dict[str, Value] = {}
    settled.update(dict.fromkeys(PACK.facts, "unknown"))
    settled["medical"] = "overdose"
    assert would_change(PACK, settled, evaluate(PACK, settled)) == ()


@pytest.mark.parametrize(
    ("when", "area", "free", "reason"),
    [
        (TUESDAY_NOON, "hartford", True, None),
        (TUESDAY_NOON, None, True, None),
        (TUESDAY_NOON, "hartford", False, "no_team_free"),
        (TUESDAY_NIGHT, "hartford", True, "off_hours"),
        (SUNDAY_NOON, "hartford", True, "off_hours"),
        (TUESDAY_NOON, "west_hartford", True, "out_of_area"),
    ],
)
def test_whether_the_team_can_go(
    when: datetime,
    area: str | None,
    free: bool,  # noqa: FBT001
    reason: str | None,
) -> None:
    advice = evaluate(PACK, CRISIS)
    found = availability(PACK, advice, when, area, free)
    assert (found.available, found.reason, found.agency) == (reason is None, reason, "crt")
    assert found.fallback == (() if reason is None else ("crmhc", "line", "police"))
    assert reason is None or reason in NOT_SENT_REASONS


def test_others_answer_day_and_night() -> None:
    for more in ({"age_group": "minor"}, {"acuity": "grave"}):
        advice = evaluate(PACK, {**CRISIS, **more})
        assert availability(PACK, advice, SUNDAY_NOON, "hartford", False).available


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({**CALM, "weapon": "firearm"}, "weapon"),
        ({**CALM, "violence_now": "assault_or_combative"}, "violence"),
        ({**CALM, "medical": "overdose"}, "medical"),
        ({**CALM, "crime": "domestic_violence"}, "crime"),
        ({"nature": "noise"}, "could_not_triage"),
        ({**CALM, "nature": "noise"}, "other"),
    ],
)
def test_why_no_team_is_advised(facts: dict[str, Value], reason: str) -> None:
    advice = evaluate(PACK, facts)
    found = availability(PACK, advice, TUESDAY_NOON, "hartford", True, facts)
    assert (found.available, found.reason, found.agency) == (False, reason, None)
    assert found.reason in NOT_SENT_REASONS
