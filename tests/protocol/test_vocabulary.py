"""The words of triage are checked by name, and the worse of two reports is kept."""

from __future__ import annotations

import pytest

from crt_console.protocol.vocabulary import (
    VOCABULARY,
    Value,
    check_facts,
    is_harmless,
    more_dangerous,
)


def test_a_wrong_fact_is_named_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"'weapons'.*weapon,"):
        check_facts({"weapons": "none"})


@pytest.mark.parametrize("value", ["knife", True, None, 1, ["none"]])
def test_a_wrong_value_is_named_with_what_is_allowed(value: object) -> None:
    with pytest.raises(ValueError, match=r"weapon cannot be .*firearm"):
        check_facts({"weapon": value})


@pytest.mark.parametrize("value", [1, 0, "yes", "true", None])
def test_a_flag_is_true_false_or_unknown_and_nothing_like_it(value: object) -> None:
    with pytest.raises(ValueError, match="unhoused"):
        check_facts({"unhoused": value})


def test_every_word_of_the_vocabulary_passes() -> None:
    for fact, values in VOCABULARY.facts.items():
        assert "unknown" in values
        for value in values:
            check_facts({fact: value})


@pytest.mark.parametrize(
    ("fact", "older", "newer", "kept"),
    [
        ("weapon", "firearm", "none", "firearm"),
        ("weapon", "none", "edged", "edged"),
        ("weapon", "edged", "unknown_type", "unknown_type"),
        ("weapon", "unknown", "none", "unknown"),
        ("weapon", "none", "unknown", "unknown"),
        ("weapon", "edged", "unknown", "edged"),
        ("weapon", "unknown", "edged", "edged"),
        ("suicide", "attempt_in_progress", "attempt_or_ingestion_occurred", "attempt_in_progress"),
        (
            "suicide",
            "intent_or_plan",
            "attempt_or_ingestion_occurred",
            "attempt_or_ingestion_occurred",
        ),
        ("scene_info_sufficient", False, True, False),
        ("in_traffic", True, False, True),
        ("nature", "noise", "suicidal", "suicidal"),
        ("age_group", "minor", "unknown", "minor"),
        ("unhoused", True, False, False),
        ("weapon", "unknown", "unknown", "unknown"),
    ],
)
def test_the_more_dangerous_report_is_kept(
    fact: str, older: Value, newer: Value, kept: Value
) -> None:
    assert more_dangerous(fact, older, newer) == kept


def test_harmless_is_the_safe_end_of_a_chain_only() -> None:
    assert is_harmless("scene_info_sufficient", True)
    assert is_harmless("medical", "none_reported")
    assert not is_harmless("medical", "minor")
    assert not is_harmless("nature", "noise")
