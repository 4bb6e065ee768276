"""What the screen says about an advice: headline, next question, what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crt_console.domain.words import AGENCY_NAMES
from crt_console.protocol.availability import Availability, availability
from crt_console.protocol.engine import TEAMS, agencies_for, holds, open_facts
from crt_console.protocol.vocabulary import FIRST_HELP, UNKNOWN, VOCABULARY, Value, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crt_console.protocol.engine import Advice
    from crt_console.protocol.pack import Pack, Question

_NAMES = {**AGENCY_NAMES, "line": "transfer to 988 or 2-1-1"}
# What no question offers but a line, an import or a pack may enter, where its name says too little.
_PLAIN = {
    ("medical", "none"): "nothing wrong",
    ("medical", "ingestion_overdose_conscious"): "overdose, awake",
    ("suicide", "intent_with_means_police"): "intent and means",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One answer and what it would add to the advised agencies and remove from them."""

    fact: str
    value: Value
    adds: frozenset[str]
    removes: frozenset[str]


def headline(advice: Advice) -> str:
    """Who goes, in plain words; it speaks of the agencies, which are what counts."""
    if not advice.agencies:
        return _nobody(advice)
    going = [a for a in (*TEAMS, "ems", "fire", "police") if a in advice.agencies]
    names = [_NAMES[a] for a in going]
    if advice.standby:
        names[-1] = "police near"
    if len(names) == 1 and going[0] in ("crt", "crmhc", "youth"):
        names.append("alone")
        return " ".join(names).capitalize()
    said = " + ".join(names)
    return said[0].upper() + said[1:]


def _nobody(advice: Advice) -> str:
    if not advice.safe_to_advise:
        return "Not assessed"
    return "Nobody is sent" if advice.response else "No advice yet"


def question(pack: Pack, fact: str, language: str = "en") -> Question:
    """The fact's question with words to say in that language, else in English; KeyError if none."""
    found = pack.facts[fact]
    said = pack.wording[fact].get(language)
    return found if said is None else replace(found, say=said, language=language)


def label(pack: Pack, fact: str, value: Value) -> str:
    """The short label of an answer, else the value in plain words."""
    found = pack.facts.get(fact)
    for answer in found.answers if found else ():
        if answer.value == value:
            return answer.label
    return _PLAIN.get((fact, str(value))) or word(value).replace("_", " ")


def would_change(
    pack: Pack, facts: Mapping[str, Value], advice: Advice, most: int = 6
) -> tuple[Change, ...]:
    """The few single answers that would change the advice, danger first, then as asked.

    Of one question's answers with the same effect only the first is named.
    """
    return _changes(pack, frozenset(facts.items()), advice.agencies)[:most]


@lru_cache(maxsize=512)
def _changes(
    pack: Pack, known: frozenset[tuple[str, Value]], agencies: frozenset[str]
) -> tuple[Change, ...]:
    """All of them; a screen asks again for the same facts whenever anything in the room changes."""
    facts = dict(known)
    found: dict[tuple[str, frozenset[str], frozenset[str]], Change] = {}
    for fact in open_facts(pack, facts):
        if not holds(pack.facts[fact].only_if, facts):
            continue
        for answer in pack.facts[fact].answers:
            after = agencies_for(pack, {**facts, fact: answer.value})
            adds, removes = after - agencies, agencies - after
            if adds or removes:
                change = Change(fact, answer.value, adds, removes)
                found.setdefault((fact, adds, removes), change)
    ranked = sorted(found.values(), key=_danger)
    return tuple(_one_each(ranked))


def _danger(change: Change) -> tuple[int, int, bool]:
    """Police and other first help added come first, the plainest of them ahead of can't say."""
    rank = 0 if "police" in change.adds else 1 if change.adds & FIRST_HELP else 2
    return rank, -len(change.adds & FIRST_HELP), change.value == UNKNOWN


def _one_each(ranked: list[Change]) -> list[Change]:
    """Each question's weightiest change first, then the rest."""
    first: dict[str, Change] = {}
    for change in ranked:
        first.setdefault(change.fact, change)
    rest = [c for c in ranked if c is not first[c.fact]]
    return [*first.values(), *rest]


def next_question(pack: Pack, advice: Advice, language: str = "en") -> Question | None:
    """The question to ask now, None when no answer can change the advice."""
    if advice.ask is None or advice.ask not in pack.facts:
        return None
    return question(pack, advice.ask, language)


def must_ask_state(facts: Mapping[str, Value]) -> tuple[tuple[str, Value | None], ...]:
    """The four must-ask facts with their answers, None where not asked."""
    return tuple((f, facts.get(f)) for f in VOCABULARY.must_ask)


__all__ = [
    "Availability",
    "Change",
    "availability",
    "headline",
    "label",
    "must_ask_state",
    "next_question",
    "question",
    "would_change",
]
