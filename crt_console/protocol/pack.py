"""A protocol pack: a city's triage policy as immutable data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from crt_console.protocol.vocabulary import Value

Condition = tuple[tuple[str, frozenset["Value"]], ...]
"""Facts with the values they may have; all of them must hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: the value it stands for and a label of at most 18 letters."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """How a fact is asked: short for the screen, in full to say aloud, and its answers.

    The last answer is always 'unknown' and has key 0. `only_if` limits who is asked.
    """

    fact: str
    ask: str
    say: str
    answers: tuple[Answer, ...]
    language: str = "en"
    only_if: Condition = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Holds when every fact of `when` has a listed value and none of `unless` has."""

    when: Condition
    unless: Condition
    because: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A name, or a fact's value, that holds when any of its clauses does."""

    name: str
    value: Value
    clauses: tuple[Clause, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of policy; every rule that matches adds its agencies."""

    id: str
    clause: Clause
    response: str | None
    agencies: frozenset[str]
    standby: bool
    skills: frozenset[str]
    source: str
    asked: frozenset[str] = frozenset()

    @property
    def because(self) -> str:
        """Why, in a dispatcher's words; {why} stands for the derived reason that held."""
        return self.clause.because


@dataclass(frozen=True, slots=True)
class Switch:
    """A choice on which cities differ."""

    name: str
    value: bool
    default: bool
    says: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Open on these weekdays (Monday is 0) from `start` until before `end`, local time."""

    days: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Provider:
    """Who answers for an agency; no hours means round the clock, no areas everywhere."""

    agency: str
    name: str
    phone: str
    hours: tuple[OpenHours, ...]
    areas: frozenset[str]
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """What is offered, in order, when an advised agency cannot go for one of these reasons."""

    agency: str
    reasons: frozenset[str]
    then: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """A declared departure from the danger chains, with its argument."""

    fact: str
    value: Value
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A whole policy, compared by identity so that compiled forms can be kept for it."""

    id: str
    name: str
    version: str
    about: str
    facts: Mapping[str, Question]
    wording: Mapping[str, Mapping[str, str]]
    derived: tuple[Derived, ...]
    rules: tuple[Rule, ...]
    switches: Mapping[str, Switch]
    providers: tuple[Provider, ...]
    areas: Mapping[str, str]
    fallbacks: tuple[Fallback, ...]
    priorities: Mapping[str, int]
    skills: Mapping[str, frozenset[str]]
    exemptions: tuple[Exemption, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
