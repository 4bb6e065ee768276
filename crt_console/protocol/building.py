"""Builds the decision diagram of a pack: settles terms fact by fact, joining what comes out alike.

A state is the set of terms still undecided and the derived names that hold. Two ways of answering
that leave the same state have the same future, so each state is worked out once. States are kept
few by dropping every term that can no longer change an agency.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from crt_console.protocol.diagram import END, Node, Nodes
from crt_console.protocol.terms import AGENCIES, stricter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crt_console.protocol.compiled import Term


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _mask(numbers: Iterable[int]) -> int:
    return sum(1 << n for n in numbers)


class Builder:
    """One build: derived terms are the low bits of a state, single-agency terms the rest."""

    def __init__(
        self,
        derived: Sequence[Term],
        rules: Sequence[Term],
        names: int,
        levels: dict[str, int],
        branches: Sequence[tuple[int, ...]],
    ) -> None:
        self._terms = (*derived, *rules)
        self._count = len(derived)
        self._levels = levels
        self._branches = branches
        self.nodes = Nodes()
        self._memo: dict[tuple[int, int, int], tuple[int, Node]] = {}
        self._link(names)
        self._schedule(names)
        self._compare()

    def _link(self, names: int) -> None:
        """Which terms make, need or exclude each derived name, and which send each agency."""
        every, count = list(enumerate(self._terms)), self._count
        self._makes = [_mask(b for b, t in every[:count] if t.target == n) for n in range(names)]
        self._needs = [_mask(b for b, t in every if t.needs >> n & 1) for n in range(names)]
        self._blocked = [_mask(b for b, t in every if t.blocks >> n & 1) for n in range(names)]
        self._sends = {
            1 << a: _mask(b for b, t in every[count:] if t.target == 1 << a)
            for a in range(len(AGENCIES))
        }

    def _schedule(self, names: int) -> None:
        """After how many known facts each term and each derived name is decided."""
        steps = len(self._levels) + 1
        decided = [0] * names
        self._due = [0] * steps
        for bit, term in enumerate(self._terms):
            own = (self._levels[fact] + 1 for fact in term.allowed)
            read = (decided[n] for n in bits(term.needs | term.blocks))
            step = max((*own, *read), default=0)
            self._due[step] |= 1 << bit
            if bit < self._count:
                decided[term.target] = max(decided[term.target], step)
        self._names_due = [[n for n in range(names) if decided[n] == s] for s in range(steps)]

    def _compare(self) -> None:
        """After how many known facts a term makes another superfluous."""
        steps = len(self._levels) + 1
        self._weaker: list[dict[int, int]] = [{} for _ in range(steps)]
        for same in (*self._makes, *self._sends.values()):
            for a, b in permutations(bits(same), 2):
                for step in range(self._implied_from(self._terms[a], self._terms[b]), steps):
                    found = self._weaker[step]
                    found[a] = found.get(a, 0) | 1 << b
        self._comparable = [_mask(found) for found in self._weaker]

    def _implied_from(self, term: Term, weaker: Term) -> int:
        if weaker.needs & ~term.needs or weaker.blocks & ~term.blocks:
            return len(self._levels) + 1
        return max((self._levels[f] + 1 for f in stricter(term, weaker)), default=0)

    def build(self) -> tuple[int, Node]:
        """The agencies certain from the start, and the diagram of the rest."""
        alive, holding, acc = self._settle(0, (1 << len(self._terms)) - 1, 0)
        more, node = self._walk(0, alive, holding)
        return acc | more, node

    def _walk(self, level: int, alive: int, holding: int) -> tuple[int, Node]:
        if not alive >> self._count:
            return 0, END
        key = level, alive, holding
        found = self._memo.get(key)
        if found is None:
            kids = []
            for mask in self._branches[level]:
                left, names, acc = self._settle(level + 1, alive & mask, holding)
                more, node = self._walk(level + 1, left, names)
                kids.append((acc | more, node))
            found = self._memo[key] = self.nodes.make(level, tuple(kids))
        return found

    def _settle(self, step: int, alive: int, holding: int) -> tuple[int, int, int]:
        """Decides the terms whose facts are all known; what no longer matters is dropped."""
        acc = 0
        while due := alive & self._due[step]:
            low = due & -due
            alive ^= low
            term = self._terms[low.bit_length() - 1]
            if term.needs & ~holding or term.blocks & holding:
                continue
            if low >> self._count:
                acc |= term.target
                alive &= ~self._sends[term.target]
            else:
                holding |= 1 << term.target
                alive &= ~(self._makes[term.target] | self._blocked[term.target])
        for name in self._names_due[step]:
            if not holding >> name & 1:
                alive &= ~self._needs[name]
        weaker = self._weaker[step]
        for bit in bits(alive & self._comparable[step]):
            if alive & weaker[bit]:
                alive &= ~(1 << bit)
        return (*self._tidy(alive, holding), acc)

    def _tidy(self, alive: int, holding: int) -> tuple[int, int]:
        """Drops derived names that no living term reads, the last first."""
        for name in range(len(self._makes) - 1, -1, -1):
            if holding >> name & 1:
                if not alive & self._needs[name]:
                    holding &= ~(1 << name)
            elif not alive & (self._needs[name] | self._blocked[name]):
                alive &= ~self._makes[name]
        return alive, holding
