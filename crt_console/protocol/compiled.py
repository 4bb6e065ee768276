"""A pack as bit masks: each clause is a bit that every answered fact keeps or clears."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from crt_console.protocol.vocabulary import UNKNOWN, VOCABULARY, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crt_console.protocol.pack import Clause, Condition, Pack

_JOIN = "; "
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Term:
    """One clause: the states it allows each fact, and the derived names it needs or excludes.

    `target` is the derived name (as a number) or the rule (as an index) it makes true.
    """

    allowed: Mapping[str, frozenset[Value | None]]
    needs: int
    blocks: int
    target: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the engine runs: masks by fact and state, terms of derived names, terms of rules."""

    names: tuple[str, ...]
    derived: tuple[Term, ...]
    rules: tuple[Term, ...]
    masks: tuple[tuple[str, Mapping[Value | None, int]], ...]
    full: int
    becauses: Mapping[str, int] = field(default_factory=dict)

    def alive(self, facts: Mapping[str, Value]) -> int:
        """The terms whose facts all hold; derived terms are the low bits."""
        mask = self.full
        for fact, states in self.masks:
            mask &= states[facts.get(fact)]
        return mask

    def settle(self, alive: int) -> tuple[int, list[int], list[int]]:
        """The derived names that hold, their holding terms, and the rules that match."""
        holding, why = 0, []
        for bit, term in enumerate(self.derived):
            if alive >> bit & 1 and _holds(term, holding):
                holding |= 1 << term.target
                why.append(bit)
        rest = alive >> len(self.derived)
        matched = [t.target for bit, t in enumerate(self.rules) if rest >> bit & 1]
        return holding, why, [r for r in matched if _holds(self.rules[r], holding)]

    def words(self, because: str, why: list[int]) -> str:
        """The reason with each {derived name} replaced by what made it hold; nothing twice."""
        if "{" not in because:
            return because

        def reasons(match: re.Match[str]) -> str:
            index = self.becauses[match.group(1)]
            found = [self.derived[b].because for b in why if self.derived[b].target == index]
            return _JOIN.join(self.words(w, why) for w in found if w)

        return _JOIN.join(dict.fromkeys(_PLACE.sub(reasons, because).split(_JOIN)))


def _holds(term: Term, holding: int) -> bool:
    return term.needs & ~holding == 0 and term.blocks & holding == 0


def states(fact: str) -> frozenset[Value | None]:
    """Every state of a fact: its values and None, not asked."""
    return frozenset({*VOCABULARY.facts[fact], None})


class _Compiler:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._index = {d.name: at for at, d in enumerate(pack.derived)}

    def run(self) -> Compiled:
        derived = tuple(self._derived())
        rules = tuple(
            self._term(r.clause, at, asked=r.asked) for at, r in enumerate(self._pack.rules)
        )
        terms = (*derived, *rules)
        return Compiled(
            names=tuple(self._index),
            derived=derived,
            rules=rules,
            masks=masks(terms),
            full=(1 << len(terms)) - 1,
            becauses=self._index,
        )

    def _derived(self) -> Iterator[Term]:
        for at, derived in enumerate(self._pack.derived):
            stated = derived.name in VOCABULARY.facts
            if stated:
                yield Term({derived.name: frozenset({derived.value})}, 0, 0, at, "it was stated")
            for clause in derived.clauses:
                term = self._term(clause, at)
                # What somebody stated outweighs what was worked out.
                extra = {derived.name: frozenset({None, UNKNOWN})} if stated else {}
                yield Term({**term.allowed, **extra}, term.needs, term.blocks, at, clause.because)

    def _term(self, clause: Clause, target: int, asked: frozenset[str] = frozenset()) -> Term:
        when, needs = self._split(clause.when)
        unless, blocks = self._split(clause.unless)
        allowed = {fact: frozenset[Value | None](values) for fact, values in when.items()}
        for fact, values in unless.items():
            allowed[fact] = allowed.get(fact, states(fact)) - values
        for fact in sorted(asked):
            allowed[fact] = allowed.get(fact, states(fact)) - {None}
        return Term(allowed, needs, blocks, target)

    def _split(self, condition: Condition) -> tuple[dict[str, frozenset[Value]], int]:
        """The condition on facts as stated, and the derived names in it as bits."""
        plain: dict[str, frozenset[Value]] = {}
        derived = 0
        for fact, values in condition:
            at = self._index.get(fact)
            if at is None or self._pack.derived[at].value not in values:
                plain[fact] = plain.get(fact, values) | values
            elif len(values) == 1:
                derived |= 1 << at
            else:
                msg = f"{fact} is derived: list {self._pack.derived[at].value!r} by itself"
                raise ValueError(msg)
        return plain, derived


def masks(terms: tuple[Term, ...]) -> tuple[tuple[str, Mapping[Value | None, int]], ...]:
    """For each fact that some term reads: which terms each of its states leaves standing."""
    facts = dict.fromkeys(fact for term in terms for fact in term.allowed)
    return tuple(
        (
            fact,
            {
                state: sum(
                    1 << bit
                    for bit, term in enumerate(terms)
                    if state in term.allowed.get(fact, (state,))
                )
                for state in states(fact)
            },
        )
        for fact in facts
    )


@lru_cache(maxsize=16)
def compiled(pack: Pack) -> Compiled:
    """The pack's compiled form, made once per pack; ValueError if it contradicts itself."""
    return _Compiler(pack).run()
