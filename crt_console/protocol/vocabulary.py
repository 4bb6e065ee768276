"""The words of triage: facts, values, danger chains and response classes, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | bool
"""A fact's value: a word of the vocabulary, True, False or 'unknown'."""

UNKNOWN = "unknown"
FIRST_HELP = frozenset({"police", "ems", "fire"})
"""The agencies that may be advised before weapon and violence have been asked."""

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, slots=True)
class ResponseClass:
    """One response class: who goes, in words and as agencies."""

    says: str
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class FloorWords:
    """One line of the floor as written: `when` maps a fact to values, None meaning not asked."""

    because: str
    when: Mapping[str, frozenset[Value | None]]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name and value that triage may use."""

    facts: Mapping[str, tuple[Value, ...]]
    flags: frozenset[str]
    meanings: Mapping[str, str]
    context: frozenset[str]
    must_ask: tuple[str, ...]
    no_advice_without: tuple[str, ...]
    chains: Mapping[str, tuple[tuple[frozenset[Value], ...], ...]]
    unknown_default: Mapping[str, tuple[str, ...]]
    floor: tuple[FloorWords, ...]
    agencies: Mapping[str, str]
    responses: Mapping[str, ResponseClass]


class _RawLine(msgspec.Struct):
    because: str
    when: dict[str, list[str | bool | None]]
    needs: list[str]


class _RawFloor(msgspec.Struct):
    rules: list[_RawLine]


class _RawMust(msgspec.Struct):
    facts: list[str]
    no_advice_without: list[str]


class _RawChains(msgspec.Struct):
    chains: dict[str, list[list[list[str | bool]]]]


class _RawContext(msgspec.Struct):
    names: list[str]


class _RawResponse(msgspec.Struct):
    says: str
    agencies: list[str]


class _Raw(msgspec.Struct):
    facts: dict[str, list[str]]
    meanings: dict[str, str]
    flags: list[str]
    context: _RawContext
    must_ask: _RawMust
    danger_order: _RawChains
    unknown_default: dict[str, str | list[str]]
    floor: _RawFloor
    agencies: dict[str, str]
    responses: dict[str, _RawResponse]


def _read(path: Path) -> Vocabulary:
    raw = msgspec.json.decode(path.read_bytes(), type=_Raw)
    facts: dict[str, tuple[Value, ...]] = {name: tuple(v) for name, v in raw.facts.items()}
    facts |= dict.fromkeys(raw.flags, (True, False, UNKNOWN))
    return Vocabulary(
        facts=facts,
        flags=frozenset(raw.flags),
        meanings=raw.meanings,
        context=frozenset(raw.context.names),
        must_ask=tuple(raw.must_ask.facts),
        no_advice_without=tuple(raw.must_ask.no_advice_without),
        chains={
            fact: tuple(tuple(frozenset(step) for step in chain) for chain in chains)
            for fact, chains in raw.danger_order.chains.items()
        },
        unknown_default={
            fact: tuple(adds)
            for fact, adds in raw.unknown_default.items()
            if fact in facts and not isinstance(adds, str)
        },
        floor=tuple(
            FloorWords(
                line.because,
                {fact: frozenset(values) for fact, values in line.when.items()},
                frozenset(line.needs),
            )
            for line in raw.floor.rules
        ),
        agencies=raw.agencies,
        responses={
            name: ResponseClass(r.says, frozenset(r.agencies)) for name, r in raw.responses.items()
        },
    )


VOCABULARY = _read(RESOURCES / "vocabulary.json")


def word(value: object) -> str:
    """The value as a person writes it: yes and no for flags."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _allowed(fact: str) -> str:
    return ", ".join(word(v) for v in VOCABULARY.facts[fact])


def check_facts(facts: Mapping[str, object]) -> None:
    """Raise ValueError naming the first wrong fact or value and what is allowed."""
    for fact, value in facts.items():
        allowed = VOCABULARY.facts.get(fact)
        if allowed is None:
            msg = f"no fact is called {fact!r}; facts are: {', '.join(sorted(VOCABULARY.facts))}"
            raise ValueError(msg)
        # 1 == True in Python; a flag written as a number is a mistake, not a yes.
        if not isinstance(value, str | bool) or value not in allowed:
            msg = f"{fact} cannot be {value!r}; it is one of: {_allowed(fact)}"
            raise ValueError(msg)


def _rank(chain: tuple[frozenset[Value], ...], value: Value) -> int | None:
    return next((at for at, step in enumerate(chain) if value in step), None)


def is_harmless(fact: str, value: Value) -> bool:
    """True if the value stands at the harmless end of the fact's danger chains."""
    return any(value in chain[0] for chain in VOCABULARY.chains.get(fact, ()))


def _beats(fact: str, a: Value, b: Value) -> bool:
    for chain in VOCABULARY.chains.get(fact, ()):
        low, high = _rank(chain, b), _rank(chain, a)
        if low is not None and high is not None and high > low:
            return True
    return False


def more_dangerous(fact: str, a: Value, b: Value) -> Value:
    """The more dangerous of two reports, b being the newer, which wins when none is."""
    if UNKNOWN in (a, b):
        known = b if a == UNKNOWN else a
        return UNKNOWN if known == UNKNOWN or is_harmless(fact, known) else known
    return a if _beats(fact, a, b) else b
