"""Which agency sets the open facts can still lead to, and which facts still matter, exactly.

The union of agencies is one function of all facts. It is kept as a decision diagram with the
agencies already certain on its edges, so that equal functions are one node and a fact that no
longer matters is not in the node's support. Answering facts only restricts the diagram.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, permutations
from typing import TYPE_CHECKING

from crt_console.protocol.compiled import Term, masks
from crt_console.protocol.diagram import END, Node, Nodes, with_all
from crt_console.protocol.terms import (
    AGENCIES,
    AGENCY_BIT,
    fact_order,
    single_agency_terms,
    stricter,
)
from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crt_console.protocol.pack import Pack
    from crt_console.protocol.vocabulary import Value


_KEPT = 4096
"""Remembered states of knowledge: some hundred open incidents with their last answers."""


def agency_bits(agencies: frozenset[str]) -> int:
    """The set as a number, one bit an agency."""
    return sum(AGENCY_BIT[a] for a in agencies)


@lru_cache(maxsize=1 << len(AGENCIES))
def agency_set(bits: int) -> frozenset[str]:
    """The number as a set."""
    return frozenset(a for a in AGENCIES if AGENCY_BIT[a] & bits)


@dataclass(frozen=True, slots=True)
class _Links:
    """For settling terms quickly: which terms belong to, need or exclude each derived name."""

    terms_of: tuple[int, ...]
    needed_by: tuple[int, ...]
    blocked_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """The agency sets still possible and the facts that still matter, as bits."""

    reach: int
    support: int


class Reach:
    """The decision diagram of one pack, floor included."""

    def __init__(self, pack: Pack) -> None:
        derived, rules = single_agency_terms(pack)
        self._count = len(derived)
        self._terms = (*derived, *rules)
        by_fact = dict(masks(self._terms))
        self.order = fact_order([*derived, *rules])
        self.level = {fact: at for at, fact in enumerate(self.order)}
        self._kids: list[tuple[int, ...]] = []
        self._group: list[dict[Value, int]] = []
        for fact in self.order:
            self._split(fact, by_fact[fact])
        self._link(len(pack.derived))
        self._nodes = Nodes()
        self._memo: dict[tuple[int, int, int], tuple[int, Node]] = {}
        self._after: dict[tuple[tuple[int, int], ...], Open] = {}
        self.root = self._start()
        self._memo.clear()

    def _split(self, fact: str, states: Mapping[Value | None, int]) -> None:
        """Values that leave the same terms standing are one branch."""
        distinct = list(dict.fromkeys(states[v] for v in VOCABULARY.facts[fact]))
        self._kids.append(tuple(distinct))
        self._group.append({v: distinct.index(states[v]) for v in VOCABULARY.facts[fact]})

    def _link(self, names: int) -> None:
        bits = list(enumerate(self._terms))
        of = [sum(1 << b for b, t in bits[: self._count] if t.target == n) for n in range(names)]
        need = [sum(1 << b for b, t in bits if t.needs >> n & 1) for n in range(names)]
        block = [sum(1 << b for b, t in bits if t.blocks >> n & 1) for n in range(names)]
        self._links = _Links(tuple(of), tuple(need), tuple(block))
        self._of_agency = [
            sum(1 << b for b, t in bits[self._count :] if t.target == 1 << a)
            for a in range(len(AGENCIES))
        ]
        name_level = [-1] * names
        self._due: list[list[int]] = [[] for _ in range(len(self.order) + 1)]
        self._names_due: list[list[int]] = [[] for _ in range(len(self.order) + 1)]
        levels: list[int] = []
        for bit, term in bits:
            level = max((self.level[f] for f in term.allowed), default=-1)
            used = term.needs | term.blocks
            level = max([level, *(name_level[n] for n in range(names) if used >> n & 1)])
            levels.append(level)
            if bit < self._count:
                name_level[term.target] = max(name_level[term.target], level)
        for bit, level in enumerate(levels):
            self._due[level + 1].append(bit)
        for name, level in enumerate(name_level):
            self._names_due[level + 1].append(name)
        self._weaker = self._compare()

    def _compare(self) -> list[list[tuple[int, int]]]:
        """By number of known facts: each term with those that then make it superfluous."""
        by_step: list[dict[int, int]] = [{} for _ in range(len(self.order) + 1)]
        kinds = (range(self._count), range(self._count, len(self._terms)))
        for a, b in chain.from_iterable(permutations(kind, 2) for kind in kinds):
            step = self._implied_from(self._terms[a], self._terms[b])
            for known in range(step, len(self.order) + 1):
                by_step[known][1 << a] = by_step[known].get(1 << a, 0) | 1 << b
        return [list(found.items()) for found in by_step]

    def _implied_from(self, term: Term, weaker: Term) -> int:
        """From how many known facts on the term, still open, can only hold with the weaker."""
        never = len(self.order) + 1
        if term.target != weaker.target or weaker.needs & ~term.needs:
            return never
        if weaker.blocks & ~term.blocks:
            return never
        return max((self.level[f] + 1 for f in stricter(term, weaker)), default=0)

    def _start(self) -> tuple[int, Node]:
        alive, holding, acc = self._settle(0, (1 << len(self._terms)) - 1, 0)
        more, node = self._build(0, alive, holding)
        return acc | more, node

    def _build(self, level: int, alive: int, holding: int) -> tuple[int, Node]:
        if level == len(self.order) or not alive >> self._count:
            return 0, END
        key = level, alive, holding
        found = self._memo.get(key)
        if found is None:
            kids = []
            for mask in self._kids[level]:
                left, names, acc = self._settle(level + 1, alive & mask, holding)
                more, node = self._build(level + 1, left, names)
                kids.append((acc | more, node))
            found = self._memo[key] = self._nodes.make(level, tuple(kids))
        return found

    def _settle(self, step: int, alive: int, holding: int) -> tuple[int, int, int]:
        """Decides the terms whose facts are all known; what no longer matters is dropped."""
        acc = 0
        for bit in self._due[step]:
            if not alive >> bit & 1:
                continue
            term = self._terms[bit]
            alive &= ~(1 << bit)
            if term.needs & ~holding or term.blocks & holding:
                continue
            if bit < self._count:
                holding |= 1 << term.target
                alive &= ~(self._links.terms_of[term.target] | self._links.blocked_by[term.target])
            else:
                acc |= term.target
                alive &= ~self._of_agency[term.target.bit_length() - 1]
        for name in self._names_due[step]:
            if not holding >> name & 1:
                alive &= ~self._links.needed_by[name]
        for bit, weaker in self._weaker[step]:
            if alive & bit and alive & weaker:
                alive &= ~bit
        return self._tidy(alive, holding, acc)

    def _tidy(self, alive: int, holding: int, acc: int) -> tuple[int, int, int]:
        """Drops derived names that no living term reads, the last first."""
        links = self._links
        for name in range(len(links.terms_of) - 1, -1, -1):
            if holding >> name & 1:
                if not alive & links.needed_by[name]:
                    holding &= ~(1 << name)
            elif not alive & (links.needed_by[name] | links.blocked_by[name]):
                alive &= ~links.terms_of[name]
        return alive, holding, acc

    def after(self, facts: Mapping[str, Value]) -> Open:
        """What is left open when these facts are known."""
        # In the diagram's order and by branch, so that equal knowledge is found again.
        key = tuple(sorted(self._known(facts)))
        found = self._after.get(key)
        if found is None:
            if len(self._after) >= _KEPT:
                self._after.clear()
            certain, node = self._restricted(dict(key))
            # Only figures are kept: thousands of kept diagrams would stall the garbage collector.
            found = self._after[key] = Open(with_all(node.reach, certain), node.support)
        return found

    def restrict(self, facts: Mapping[str, Value]) -> tuple[int, Node]:
        """The function left when these facts are known: certain agencies and the rest."""
        return self._restricted(dict(self._known(facts)))

    def _restricted(self, known: dict[int, int]) -> tuple[int, Node]:
        certain, root = self.root
        more, node = _Restriction(known, self._nodes).walk(root)
        return certain | more, node

    def _known(self, facts: Mapping[str, Value]) -> list[tuple[int, int]]:
        return [
            (level, self._group[level][value])
            for fact, value in facts.items()
            if (level := self.level.get(fact)) is not None
        ]

    def branches(self, level: int) -> list[tuple[Value, int]]:
        """One value for each branch of the fact at that level."""
        first = {branch: value for value, branch in reversed(self._group[level].items())}
        return [(value, branch) for branch, value in first.items()]

    def __len__(self) -> int:
        return len(self._nodes)


class _Restriction:
    """One walk over a diagram with some branches fixed."""

    def __init__(self, known: dict[int, int], base: Nodes) -> None:
        self._known = known
        self._bits = sum(1 << level for level in known)
        self._nodes = Nodes(base)
        self._memo: dict[Node, tuple[int, Node]] = {}

    def walk(self, node: Node) -> tuple[int, Node]:
        """The agencies that become certain below this node, and the node for the rest."""
        if not node.support & self._bits:
            return 0, node
        branch = self._known.get(node.level)
        if branch is not None:
            acc, kid = node.kids[branch]
            more, rest = self._memo.get(kid) or self.walk(kid)
            found = acc | more, rest
        else:
            found = self._nodes.make(node.level, tuple(self._kids(node)))
        self._memo[node] = found
        return found

    def _kids(self, node: Node) -> list[tuple[int, Node]]:
        memo, bits = self._memo, self._bits
        kids = []
        for acc, kid in node.kids:
            if kid.support & bits:
                more, kid = memo.get(kid) or self.walk(kid)  # noqa: PLW2901 - the hot loop
                acc |= more  # noqa: PLW2901
            kids.append((acc, kid))
        return kids


@lru_cache(maxsize=16)
def reach_of(pack: Pack) -> Reach:
    """The pack's decision diagram, made once per pack."""
    return Reach(pack)
