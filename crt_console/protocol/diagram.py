"""Nodes of a decision diagram over facts, made so that equal functions are one node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A function of the facts from `level` on; no agency is in all of its outcomes.

    `kids` has, for each branch, the agencies it makes certain and the node for the rest. In
    `reach` bit n stands for the agency set n (itself a number, one bit an agency).
    """

    level: int
    kids: tuple[tuple[int, Node], ...]
    reach: int
    support: int


END = Node(-1, (), 1, 0)
_KEPT = 50_000
"""Remembered unions; at about 200 bytes each, 10 MB."""
Key = tuple[int, tuple[tuple[int, "Node"], ...]]


class Nodes:
    """Makes nodes; those of `base` are known too, so that a restriction can share them."""

    def __init__(self, base: Nodes | None = None) -> None:
        self._made: dict[Key, Node] = {}
        self._base: dict[Key, Node] = base._made if base else {}  # noqa: SLF001 - another of its kind

    def make(self, level: int, kids: tuple[tuple[int, Node], ...]) -> tuple[int, Node]:
        """The agencies certain in all kids, and the node for the rest."""
        certain, first = kids[0]
        same = True
        for acc, node in kids:
            if node is not first or acc != kids[0][0]:
                same = False
            certain &= acc
        if same:
            return kids[0]
        rest = tuple([(acc & ~certain, node) for acc, node in kids]) if certain else kids
        key = level, rest
        found = self._base.get(key) or self._made.get(key)
        if found is None:
            found = self._made[key] = _node(level, rest)
        return certain, found

    def __len__(self) -> int:
        return len(self._made)


def _node(level: int, kids: tuple[tuple[int, Node], ...]) -> Node:
    support, reach = 1 << level, 0
    for acc, node in kids:
        support |= node.support
        reach |= with_all(node.reach, acc)
    return Node(level, kids, reach, support)


_WITH_ALL: dict[tuple[int, int], int] = {}


def with_all(reach: int, acc: int) -> int:
    """The sets of `reach`, each with the agencies of `acc` added."""
    if not acc:
        return reach
    found = _WITH_ALL.get((reach, acc))
    if found is None:
        found = 0
        for bits in members(reach):
            found |= 1 << (bits | acc)
        if len(_WITH_ALL) > _KEPT:
            _WITH_ALL.clear()
        _WITH_ALL[reach, acc] = found
    return found


def members(reach: int) -> list[int]:
    """The agency sets whose bits are in `reach`."""
    found = []
    while reach:
        low = reach & -reach
        found.append(low.bit_length() - 1)
        reach ^= low
    return found
