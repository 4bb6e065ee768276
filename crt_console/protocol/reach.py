"""Which agency sets the open facts can still lead to, and which facts still matter, exactly.

The union of agencies is one function of all facts. It is kept as a decision diagram with the
agencies already certain on its edges, so that equal functions are one node and a fact that no
longer matters is not in the node's support. Answering facts only restricts the diagram.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crt_console.protocol.compiled import Term, compiled, masks
from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crt_console.protocol.pack import Pack
    from crt_console.protocol.vocabulary import Value

AGENCIES = tuple(VOCABULARY.agencies)
_BIT = {agency: 1 << at for at, agency in enumerate(AGENCIES)}


def agency_bits(agencies: frozenset[str]) -> int:
    """The set as a number, one bit an agency."""
    return sum(_BIT[a] for a in agencies)


@lru_cache(maxsize=1 << len(AGENCIES))
def agency_set(bits: int) -> frozenset[str]:
    """The number as a set."""
    return frozenset(a for a in AGENCIES if _BIT[a] & bits)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A function of the facts from `level` on; no agency is in all of its outcomes."""

    level: int
    kids: tuple[tuple[int, Node], ...]
    reach: frozenset[int]
    support: int


END = Node(-1, (), frozenset({0}), 0)
_Key = tuple[int, tuple[tuple[int, int], ...]]


class Nodes:
    """Makes nodes so that equal functions are the same node."""

    def __init__(self, base: Nodes | None = None) -> None:
        self._base = base
        self._made: dict[_Key, Node] = {}

    def make(self, level: int, kids: tuple[tuple[int, Node], ...]) -> tuple[int, Node]:
        """The agencies certain in all kids, and the node for the rest."""
        certain = -1
        for acc, _ in kids:
            certain &= acc
        first = kids[0]
        if all(acc == first[0] and node is first[1] for acc, node in kids):
            return first
        rest = tuple((acc & ~certain, node) for acc, node in kids)
        key = level, tuple((acc, id(node)) for acc, node in rest)
        found = (self._base._made.get(key) if self._base else None) or self._made.get(key)  # noqa: SLF001
        if found is None:
            support = 1 << level
            for _, node in rest:
                support |= node.support
            reach = frozenset(acc | below for acc, node in set(rest) for below in node.reach)
            found = self._made[key] = Node(level, rest, reach, support)
        return certain, found

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True, slots=True)
class _Links:
    """For settling terms quickly: which terms belong to, need or exclude each derived name."""

    terms_of: tuple[int, ...]
    needed_by: tuple[int, ...]
    blocked_by: tuple[int, ...]


class Reach:
    """The decision diagram of one pack, floor included."""

    def __init__(self, pack: Pack) -> None:
        derived, rules = _terms(pack)
        self._count = len(derived)
        self._terms = (*derived, *rules)
        by_fact = dict(masks(self._terms))
        # Facts that many terms read come first: after them, most terms are settled.
        reads = Counter(f for t in self._terms for f in t.allowed)
        self.order = tuple(sorted(by_fact, key=lambda f: (-reads[f], f)))
        self.level = {fact: at for at, fact in enumerate(self.order)}
        self._kids: list[tuple[int, ...]] = []
        self._group: list[dict[Value, int]] = []
        for fact in self.order:
            self._split(fact, by_fact[fact])
        self._link(len(pack.derived))
        self._nodes = Nodes()
        self._memo: dict[tuple[int, int, int], tuple[int, Node]] = {}
        self.root = self._start()

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
        self._weaker = [self._compare(step) for step in range(len(self.order) + 1)]

    def _compare(self, step: int) -> list[tuple[int, int]]:
        """Terms with those that, once `step` facts are known, make them superfluous."""
        left = set(self.order[step:])
        rest = [
            Term({f: v for f, v in t.allowed.items() if f in left}, t.needs, t.blocks, t.target)
            for t in self._terms
        ]
        found = []
        for a, term in enumerate(rest):
            same = (
                self._links.terms_of[term.target]
                if a < self._count
                else self._of_agency[term.target.bit_length() - 1]
            )
            mask = 0
            for b, other in enumerate(rest):
                if a != b and same >> b & 1 and _implies(term, other):
                    mask |= 1 << b
            if mask:
                found.append((1 << a, mask))
        return found

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

    def restrict(self, facts: Mapping[str, Value]) -> tuple[int, Node]:
        """The function left when these facts are known: certain agencies and the rest."""
        known: dict[int, int] = {}
        bits = 0
        for fact, value in facts.items():
            level = self.level.get(fact)
            if level is not None:
                known[level] = self._group[level][value]
                bits |= 1 << level
        certain, root = self.root
        nodes, memo = Nodes(self._nodes), dict[Node, tuple[int, Node]]()

        def walk(node: Node) -> tuple[int, Node]:
            if not node.support & bits:
                return 0, node
            found = memo.get(node)
            if found is not None:
                return found
            branch = known.get(node.level)
            if branch is not None:
                acc, kid = node.kids[branch]
                more, rest = walk(kid)
                found = acc | more, rest
            else:
                kids = []
                for acc, kid in node.kids:
                    more, rest = walk(kid)
                    kids.append((acc | more, rest))
                found = nodes.make(node.level, tuple(kids))
            memo[node] = found
            return found

        more, node = walk(root)
        return certain | more, node

    def __len__(self) -> int:
        return len(self._nodes)


def _terms(pack: Pack) -> tuple[list[Term], list[Term]]:
    """Derived terms, and rule and floor terms with one agency each, none implied by another."""
    base = compiled(pack)
    found: dict[int, list[Term]] = {bit: [] for bit in _BIT.values()}
    for term in base.rules:
        for agency in pack.rules[term.target].agencies:
            bit = _BIT[agency]
            found[bit].append(Term(term.allowed, term.needs, term.blocks, bit))
    for words in VOCABULARY.floor:
        for agency in words.needs:
            found[_BIT[agency]].append(Term(words.when, 0, 0, _BIT[agency]))
    kept = [t for terms in found.values() for t in _strongest(terms)]
    return list(base.derived), kept


def _strongest(terms: list[Term]) -> list[Term]:
    kept: list[Term] = []
    for at, term in enumerate(terms):
        others = (*kept, *terms[at + 1 :])
        if not any(_implies(term, other) for other in others):
            kept.append(term)
    return kept


def _implies(term: Term, weaker: Term) -> bool:
    return (
        weaker.needs & ~term.needs == 0
        and weaker.blocks & ~term.blocks == 0
        and all(
            fact in term.allowed and term.allowed[fact] <= values
            for fact, values in weaker.allowed.items()
        )
    )


@lru_cache(maxsize=16)
def reach_of(pack: Pack) -> Reach:
    """The pack's decision diagram, made once per pack."""
    return Reach(pack)
