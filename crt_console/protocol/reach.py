"""Which agency sets the open facts can still lead to, and which facts still matter, exactly.

The union of agencies is one function of all facts. It is kept as a decision diagram with the
agencies already certain on its edges, so that equal functions are one node and a fact that no
longer matters is not in the node's support. Answering facts only restricts the diagram.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crt_console.protocol.building import Builder
from crt_console.protocol.compiled import masks
from crt_console.protocol.diagram import Node, Nodes, with_all
from crt_console.protocol.terms import (
    AGENCIES,
    AGENCY_BIT,
    fact_order,
    single_agency_terms,
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
class Open:
    """The agency sets still possible and the facts that still matter, as bits."""

    reach: int
    support: int


class Reach:
    """The decision diagram of one pack, floor included."""

    def __init__(self, pack: Pack) -> None:
        derived, rules = single_agency_terms(pack)
        by_fact = dict(masks((*derived, *rules)))
        self.order = fact_order([*derived, *rules])
        self.level = {fact: at for at, fact in enumerate(self.order)}
        self._branches: list[tuple[int, ...]] = []
        self._group: list[dict[Value, int]] = []
        for fact in self.order:
            self._split(fact, by_fact[fact])
        builder = Builder(derived, rules, len(pack.derived), self.level, self._branches)
        self.root = builder.build()
        self._nodes = builder.nodes
        self._after: dict[tuple[tuple[int, int], ...], Open] = {}

    def _split(self, fact: str, states: Mapping[Value | None, int]) -> None:
        """Values that leave the same terms standing are one branch."""
        distinct = list(dict.fromkeys(states[v] for v in VOCABULARY.facts[fact]))
        self._branches.append(tuple(distinct))
        self._group.append({v: distinct.index(states[v]) for v in VOCABULARY.facts[fact]})

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
