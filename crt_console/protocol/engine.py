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

TEAMS = ("crt", "crmhc", "youth", "line")
"""Who goes, or talks, instead of police; one of them at most in a sound pack."""
NOT_ASSESSED = {
    ("weapon", "violence_now"): "weapon and violence have not been asked",
    ("weapon",): "weapon has not been asked",
    ("violence_now",): "violence has not been asked",
}
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
    reasons: tuple[str, ...]
    """Why each of the matched rules says so, in the same order."""
    floor: tuple[FloorLine, ...]
    ask: str | None
    possible: tuple[frozenset[str], ...]
    standby: bool
    missing: tuple[str, ...]
    stage: bool
    skills: frozenset[str]
    safe_to_advise: bool
    """Weapon and violence have been asked, so that teams may be advised."""


@dataclass(frozen=True, slots=True)
class _Match:
    """What matches now: rules, floor lines and the agencies they add up to."""

    rules: tuple[Rule, ...]
    why: list[int]
    lines: tuple[FloorLine, ...]
    agencies: frozenset[str]
    advisable: bool


def _match(pack: Pack, facts: Mapping[str, Value]) -> _Match:
    form = compiled(pack)
    _, why, indexes = form.settle(form.alive(facts))
    rules = tuple(pack.rules[i] for i in indexes)
    lines = floors.holding(facts)
    advisable = all(f in facts for f in VOCABULARY.no_advice_without)
    agencies = _union(rules, lines)
    if not advisable:
        rules = tuple(r for r in rules if r.agencies & FIRST_HELP)
        agencies &= FIRST_HELP
    return _Match(rules, why, lines, agencies, advisable)


def agencies_for(pack: Pack, facts: Mapping[str, Value]) -> frozenset[str]:
    """The agencies that `evaluate` would advise, without what is still possible."""
    return _match(pack, facts).agencies


def evaluate(pack: Pack, facts: Mapping[str, Value], *, ahead: bool = True) -> Advice:
    """The advice for these facts; an absent fact was not asked. ValueError for wrong words.

    Without `ahead`, what is still possible and the next question are left out: a write, which
    holds the room's lock, needs neither.
    """
    check_facts(facts)
    match = _match(pack, facts)
    head = _headline(match)
    missing = tuple(f for f in VOCABULARY.must_ask if f not in facts)
    possible, ask = _open(pack, facts, missing) if ahead else ((), None)
    words = compiled(pack).words
    spoken = [r for r in match.rules if r.agencies or r.response]
    return Advice(
        response=head.response if head and match.advisable else largest(match.agencies),
        agencies=match.agencies,
        police="police" in match.agencies,
        assessed=not missing,
        rule=head.id if head else None,
        because=words(head.because, match.why) if head else _because_without_rule(match, missing),
        matched=tuple(r.id for r in spoken),
        reasons=tuple(words(r.because, match.why) for r in spoken),
        floor=match.lines,
        ask=ask,
        possible=possible,
        standby=_standby(match),
        missing=missing,
        stage=any("police" in line.needs for line in match.lines),
        skills=_skills(pack, match),
        safe_to_advise=match.advisable,
    )


def _union(rules: tuple[Rule, ...], lines: tuple[FloorLine, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(r.agencies for r in rules), *(f.needs for f in lines))


def _headline(match: _Match) -> Rule | None:
    """The first matched rule with a class; "nobody is sent" never heads a response that goes."""
    if not match.advisable:
        return match.rules[0] if match.rules else None
    for rule in match.rules:
        if rule.response is not None and (rule.agencies or not match.agencies):
            return rule
    return None


def largest(agencies: frozenset[str]) -> str | None:
    """The largest response class within the agencies, None when nobody goes."""
    fitting = [
        name for name, c in VOCABULARY.responses.items() if c.agencies and c.agencies <= agencies
    ]
    return max(fitting, key=lambda n: len(VOCABULARY.responses[n].agencies), default=None)


def _because_without_rule(match: _Match, missing: tuple[str, ...]) -> str:
    if match.lines:
        return "; ".join(line.because for line in match.lines)
    if match.advisable:
        return NO_RULE
    return NOT_ASSESSED[tuple(f for f in missing if f in VOCABULARY.no_advice_without)]


def _standby(match: _Match) -> bool:
    """True if police wait near: nothing that asks for them wants them on the scene."""
    if "police" not in match.agencies or any("police" in line.needs for line in match.lines):
        return False
    return all(r.standby for r in match.rules if "police" in r.agencies)


def _skills(pack: Pack, match: _Match) -> frozenset[str]:
    by_agency = (pack.skills.get(a, frozenset[str]()) for a in match.agencies)
    return frozenset[str]().union(*by_agency, *(r.skills for r in match.rules))


def _open(
    pack: Pack, facts: Mapping[str, Value], missing: tuple[str, ...]
) -> tuple[tuple[frozenset[str], ...], str | None]:
    """The agency sets still possible, and the next question."""
    sets = sorted(map(agency_set, members(reach_of(pack).after(facts).reach)), key=_set_order)
    if missing:
        return tuple(sets), missing[0]
    return tuple(sets), next(
        (f for f in open_facts(pack, facts) if holds(pack.facts[f].only_if, facts)), None
    )


def prepare(pack: Pack) -> None:
    """Makes now, in any thread, what the first look ahead would otherwise wait for (0.3 s)."""
    reach_of(pack)


def open_facts(pack: Pack, facts: Mapping[str, Value]) -> list[str]:
    """The unanswered facts with a question, in its order, that can still change the agencies."""
    reach = reach_of(pack)
    support = reach.after(facts).support
    return [
        fact
        for fact in pack.facts
        if fact not in facts and fact in reach.level and support >> reach.level[fact] & 1
    ]


def holds(condition: Condition, facts: Mapping[str, Value]) -> bool:
    """True if every fact of the condition has one of its values."""
    return all(facts.get(fact) in values for fact, values in condition)


def _set_order(agencies: frozenset[str]) -> tuple[int, tuple[int, ...]]:
    return len(agencies), tuple(i for i, a in enumerate(AGENCIES) if a in agencies)
