"""Advice from facts: the union of all matched rules and the floor, with a headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crt_console.protocol import floor as floors
from crt_console.protocol.compiled import compiled
from crt_console.protocol.diagram import members
from crt_console.protocol.reach import agency_set, reach_of
from crt_console.protocol.terms import AGENCIES
from crt_console.protocol.vocabulary import FIRST_HELP, VOCABULARY, check_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crt_console.protocol.floor import FloorLine
    from crt_console.protocol.pack import Condition, Pack, Rule
    from crt_console.protocol.vocabulary import Value

NOT_ASSESSED = "weapon and violence have not been asked"
NO_RULE = "no rule of the pack speaks about this yet"


@dataclass(frozen=True, slots=True)
class Advice:
    """Who should go for these facts, and why; availability is judged apart from it."""

    response: str | None
    agencies: frozenset[str]
    police: bool
    assessed: bool
    rule: str | None
    because: str
    matched: tuple[str, ...]
    floor: tuple[FloorLine, ...]
    ask: str | None
    possible: tuple[frozenset[str], ...]
    standby: bool
    missing: tuple[str, ...]
    stage: bool
    skills: frozenset[str]
    safe_to_advise: bool
    """Weapon and violence have been asked, so that teams may be advised."""


def evaluate(pack: Pack, facts: Mapping[str, Value], *, ahead: bool = True) -> Advice:
    """The advice for these facts; an absent fact was not asked. ValueError for wrong words.

    Without `ahead`, what is still possible and the next question are left out: a write, which
    holds a lock, needs neither.
    """
    check_facts(facts)
    form = compiled(pack)
    _, why, indexes = form.settle(form.alive(facts))
    matched = [pack.rules[i] for i in indexes]
    lines = floors.holding(facts)
    advisable = all(f in facts for f in VOCABULARY.no_advice_without)
    if not advisable:
        matched = [r for r in matched if r.agencies & FIRST_HELP]
    agencies = _union(matched, lines)
    if not advisable:
        agencies &= FIRST_HELP
    head = _headline(matched, agencies, advisable=advisable)
    missing = tuple(f for f in VOCABULARY.must_ask if f not in facts)
    possible, ask = _open(pack, facts, missing) if ahead else ((), None)
    return Advice(
        response=head.response if head and advisable else largest(agencies),
        agencies=agencies,
        police="police" in agencies,
        assessed=not missing,
        rule=head.id if head else None,
        because=_because(form.words(head.because, why) if head else "", lines, advisable),
        matched=tuple(r.id for r in matched if r.agencies or r.response),
        floor=lines,
        ask=ask,
        possible=possible,
        standby=_standby(matched, lines, agencies),
        missing=missing,
        stage=any("police" in line.needs for line in lines),
        skills=_skills(pack, matched, agencies),
        safe_to_advise=advisable,
    )


def _union(matched: list[Rule], lines: tuple[FloorLine, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(r.agencies for r in matched), *(f.needs for f in lines))


def _headline(matched: list[Rule], agencies: frozenset[str], *, advisable: bool) -> Rule | None:
    """The first matched rule with a class; "nobody is sent" never heads a response that goes."""
    if not advisable:
        return matched[0] if matched else None
    for rule in matched:
        if rule.response is not None and (rule.agencies or not agencies):
            return rule
    return None


def largest(agencies: frozenset[str]) -> str | None:
    """The largest response class within the agencies, None when nobody goes."""
    fitting = [
        name for name, c in VOCABULARY.responses.items() if c.agencies and c.agencies <= agencies
    ]
    return max(fitting, key=lambda n: len(VOCABULARY.responses[n].agencies), default=None)


def _because(head: str, lines: tuple[FloorLine, ...], advisable: bool) -> str:  # noqa: FBT001
    if head:
        return head
    if lines:
        return "; ".join(line.because for line in lines)
    return NO_RULE if advisable else NOT_ASSESSED


def _standby(matched: list[Rule], lines: tuple[FloorLine, ...], agencies: frozenset[str]) -> bool:
    if "police" not in agencies or any("police" in line.needs for line in lines):
        return False
    return all(r.standby for r in matched if "police" in r.agencies)


def _skills(pack: Pack, matched: list[Rule], agencies: frozenset[str]) -> frozenset[str]:
    by_agency = (pack.skills.get(a, frozenset[str]()) for a in agencies)
    return frozenset[str]().union(*by_agency, *(r.skills for r in matched))


def _open(
    pack: Pack, facts: Mapping[str, Value], missing: tuple[str, ...]
) -> tuple[tuple[frozenset[str], ...], str | None]:
    """The agency sets still possible, and the next question."""
    reach = reach_of(pack)
    certain, node = reach.restrict(facts)
    sets = sorted((agency_set(certain | bits) for bits in members(node.reach)), key=_set_order)
    if missing:
        return tuple(sets), missing[0]
    for fact, question in pack.facts.items():
        level = reach.level.get(fact)
        open_fact = level is not None and fact not in facts and node.support >> level & 1
        if open_fact and holds(question.only_if, facts):
            return tuple(sets), fact
    return tuple(sets), None


def holds(condition: Condition, facts: Mapping[str, Value]) -> bool:
    """True if every fact of the condition has one of its values."""
    return all(facts.get(fact) in values for fact, values in condition)


def _set_order(agencies: frozenset[str]) -> tuple[int, tuple[int, ...]]:
    return len(agencies), tuple(i for i, a in enumerate(AGENCIES) if a in agencies)
