"""Holds a pack against its own promises: floor, danger chains, reasons, questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from crt_console.protocol import loader
from crt_console.protocol.compiled import compiled
from crt_console.protocol.diagram import Node, members
from crt_console.protocol.reach import agency_bits, agency_set, reach_of
from crt_console.protocol.vocabulary import FIRST_HELP, UNKNOWN, VOCABULARY, Value, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crt_console.protocol.pack import Clause, Pack
    from crt_console.protocol.reach import Reach
    from crt_console.protocol.vocabulary import FloorWords

_FIRST_HELP = agency_bits(FIRST_HELP)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a pack: its kind, the rule it lies in, why, and facts that show it."""

    kind: str
    rule: str | None
    because: str
    example: Mapping[str, Value]


def check(name_or_path: str) -> list[Problem]:
    """Every problem of the pack of that name or file, those that keep it from loading included."""
    try:
        pack = loader.load(name_or_path)
        compiled(pack)
    except ValueError as error:
        return [Problem("schema", None, str(error), {})]
    return problems(pack)


def problems(pack: Pack) -> list[Problem]:
    """Every problem found in a pack that loads."""
    return [*_unexplained(pack), *_dead(pack), *_unasked(pack), *_below_floor(pack), *_chains(pack)]


def _unexplained(pack: Pack) -> Iterator[Problem]:
    for rule in pack.rules:
        for field, text in (("because", rule.because), ("source", rule.source)):
            if not text.strip():
                yield Problem("unexplained", rule.id, f"has no {field}; add one", {})
    for derived in pack.derived:
        if not derived.source.strip() or any(not c.because.strip() for c in derived.clauses):
            yield Problem(
                "unexplained", derived.name, "every clause needs a because, and a source", {}
            )


def _dead(pack: Pack) -> Iterator[Problem]:
    for term in compiled(pack).rules:
        empty = [fact for fact, states in term.allowed.items() if not states]
        if empty or term.needs & term.blocks:
            what = empty[0] if empty else "a derived name"
            because = f"can never match: {what} must be and must not be the same"
            yield Problem("dead", pack.rules[term.target].id, because, {})


def _unasked(pack: Pack) -> Iterator[Problem]:
    asked = set(pack.facts)
    for fact in VOCABULARY.must_ask:
        if fact not in asked:
            yield Problem("question", None, f"{fact} must be asked; add a question for it", {})
    names = {d.name for d in pack.derived}
    clauses = [(r.id, r.clause) for r in pack.rules]
    clauses += [(d.name, c) for d in pack.derived for c in d.clauses]
    for where, clause in clauses:
        for fact in _facts(clause):
            if fact not in asked and fact not in names:
                asked.add(fact)
                yield Problem("question", where, f"reads {fact}, which has no question", {})


def _facts(clause: Clause) -> Iterable[str]:
    return (fact for fact, _ in (*clause.when, *clause.unless))


def _below_floor(pack: Pack) -> Iterator[Problem]:
    """Where the pack's own rules would send less than a line of the floor, were it not there."""
    form = compiled(pack)
    for line in VOCABULARY.floor:
        for facts in _holding(line):
            _, _, matched = form.settle(form.alive(facts))
            sent = frozenset[str]().union(*(pack.rules[i].agencies for i in matched))
            if not line.needs <= sent:
                lacks = ", ".join(sorted(line.needs - sent))
                because = f"{line.because}: no rule sends {lacks}; the floor will, so say it here"
                yield Problem("floor", None, because, facts)
                break


def _holding(line: FloorWords) -> Iterator[dict[str, Value]]:
    """Every way in which the line's facts can be known and make it hold."""
    known = [[v for v in sorted(vs, key=str) if v is not None] for vs in line.when.values()]
    for values in product(*known):
        yield dict(zip(line.when, values, strict=True))


def _chains(pack: Pack) -> Iterator[Problem]:
    """Where more danger takes police, ems or fire away; exact over fully answered facts."""
    reach = reach_of(pack)
    exempt = {(e.fact, e.value) for e in pack.exemptions}
    for fact, low, high in _steps():
        if fact not in reach.level or (fact, high) in exempt:
            continue
        found = _Loss(reach).find({fact: low}, {fact: high})
        if found is not None:
            lost, facts = found
            because = (
                f"{fact} from {word(low)} to {word(high)} takes away {', '.join(sorted(lost))}; "
                "mend the rule, or declare an exemption with its argument"
            )
            yield Problem("danger", None, because, {**facts, fact: high})


def _steps() -> Iterator[tuple[str, Value, Value]]:
    """Each step up a danger chain, and from each harmless value to unknown."""
    for fact, chains in VOCABULARY.chains.items():
        for chain in chains:
            for below, above in pairwise(chain):
                for low, high in product(sorted(below, key=str), sorted(above, key=str)):
                    yield fact, low, high
            for low in sorted(chain[0], key=str):
                yield fact, low, UNKNOWN


class _Loss:
    """Looks for facts under which one diagram sends first help that the other does not."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._seen: set[tuple[Node, Node, int]] = set()

    def find(
        self, low: Mapping[str, Value], high: Mapping[str, Value]
    ) -> tuple[frozenset[str], dict[str, Value]] | None:
        """What is lost from low to high, and the other facts under which it is."""
        (had, one), (has, two) = self._reach.restrict(low), self._reach.restrict(high)
        return self._walk(had, one, has, two)

    def _walk(
        self, had: int, one: Node, has: int, two: Node
    ) -> tuple[frozenset[str], dict[str, Value]] | None:
        could = had
        for bits in members(one.reach):
            could |= bits
        if one is two:  # the rest is the same: only what was certain before can be lost
            could = had
        wanted = could & ~has & _FIRST_HELP
        if not wanted or (one, two, wanted) in self._seen:
            return None
        if one.level < 0 and two.level < 0:
            return agency_set(wanted), {}
        self._seen.add((one, two, wanted))
        return self._branch(had, one, has, two)

    def _branch(
        self, had: int, one: Node, has: int, two: Node
    ) -> tuple[frozenset[str], dict[str, Value]] | None:
        level = min(n.level for n in (one, two) if n.level >= 0)
        for value, branch in self._reach.branches(level):
            more_had, kid_one = one.kids[branch] if one.level == level else (0, one)
            more_has, kid_two = two.kids[branch] if two.level == level else (0, two)
            found = self._walk(had | more_had, kid_one, has | more_has, kid_two)
            if found is not None:
                return found[0], {self._reach.order[level]: value, **found[1]}
        return None
