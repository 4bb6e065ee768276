"""Rules and floor as single-agency terms, without those that others imply, in a good order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from crt_console.protocol.compiled import Term, compiled
from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crt_console.protocol.pack import Pack
    from crt_console.protocol.vocabulary import Value

    Allowed = Mapping[str, frozenset[Value | None]]

AGENCIES = tuple(VOCABULARY.agencies)
AGENCY_BIT = {agency: 1 << at for at, agency in enumerate(AGENCIES)}
_HUB = 0.2
"""A fact that at least this share of the terms reads is decided first."""


def single_agency_terms(pack: Pack) -> tuple[list[Term], list[Term]]:
    """Derived terms, and rule and floor terms whose target is the bit of one agency."""
    base = compiled(pack)
    found: dict[int, list[Term]] = {bit: [] for bit in AGENCY_BIT.values()}
    for term in base.rules:
        for agency in pack.rules[term.target].agencies:
            found[AGENCY_BIT[agency]].append(replace(term, target=AGENCY_BIT[agency]))
    for words in VOCABULARY.floor:
        for agency in words.needs:
            found[AGENCY_BIT[agency]].append(Term(words.when, 0, 0, AGENCY_BIT[agency]))
    kept = []
    for terms in found.values():
        # Before and after: spelling out what is implied anyway would take seconds.
        spelled = [s for t in _strongest(terms) for s in _spelled_out(t, base.derived)]
        kept += _strongest(spelled)
    return list(base.derived), kept


def _strongest(terms: list[Term]) -> list[Term]:
    """Without the terms that hold only where another one holds as well."""
    kept: list[Term] = []
    for at, term in enumerate(terms):
        if not any(implies(term, other) for other in (*kept, *terms[at + 1 :])):
            kept.append(term)
    return kept


def implies(term: Term, weaker: Term) -> bool:
    """True if the weaker term holds wherever the term does."""
    if weaker.needs & ~term.needs or weaker.blocks & ~term.blocks:
        return False
    return weaker.allowed.keys() <= term.allowed.keys() and not stricter(term, weaker)


def stricter(term: Term, weaker: Term) -> list[str]:
    """The facts on which the term allows what the other does not."""
    return [
        fact
        for fact, values in weaker.allowed.items()
        if fact not in term.allowed or not term.allowed[fact] <= values
    ]


def _spelled_out(term: Term, derived: tuple[Term, ...]) -> list[Term]:
    """The term with every derived name it needs replaced by what makes that name hold."""
    if not term.needs:
        return [term]
    name = (term.needs & -term.needs).bit_length() - 1
    rest = replace(term, needs=term.needs & (term.needs - 1))
    found = []
    for part in derived:
        if part.target == name:
            both = _both(rest.allowed, part.allowed)
            if all(both.values()):
                joined = Term(both, rest.needs | part.needs, rest.blocks | part.blocks, term.target)
                found += _spelled_out(joined, derived)
    return found


def _both(one: Allowed, other: Allowed) -> Allowed:
    joined = {f: v & other.get(f, v) for f, v in one.items()}
    return joined | {f: v for f, v in other.items() if f not in one}


def fact_order(terms: list[Term]) -> tuple[str, ...]:
    """Much-read facts first, then always the fact that leaves the fewest terms half decided."""
    reads = Counter(f for t in terms for f in t.allowed)
    order = [f for f, n in reads.most_common() if n >= _HUB * len(terms)]
    left = set(reads) - set(order)
    while left:
        done = set(order)
        order.append(min(left, key=lambda f: (_opened(f, terms, done), -reads[f], f)))
        left.discard(order[-1])
    return tuple(order)


def _opened(fact: str, terms: list[Term], done: set[str]) -> int:
    """How many more terms would be half decided after this fact."""
    more = 0
    for term in terms:
        if fact in term.allowed:
            if term.allowed.keys() <= done | {fact}:
                more -= 1
            elif not term.allowed.keys() & done:
                more += 1
    return more
