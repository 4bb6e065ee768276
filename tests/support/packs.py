"""Small packs and a second, slow reading of them, for the tests of the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from crt_console.protocol.loader import parse
from crt_console.protocol.pack import Answer, Question
from crt_console.protocol.vocabulary import RESOURCES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crt_console.protocol.pack import Pack
    from crt_console.protocol.vocabulary import Value

HEAD = 'name = "small"\nversion = "1"\nabout = "for tests"\n'
CALM: dict[str, Value] = {
    "medical": "alert",
    "weapon": "none",
    "violence_now": "none",
    "suicide": "none",
}


def toml(value: object) -> str:
    """The value as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    return json.dumps(value)


def table(header: str, **fields: object) -> str:
    """One table, with the reason and source that every rule must have."""
    explained = {"because": "for the test", "source": "test", **fields}
    return f"[[{header}]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in explained.items())


def derived(name: str, clauses: list[dict[str, Any]], **fields: object) -> str:
    """One derived name."""
    parts = [{"because": f"{name} clause", **clause} for clause in clauses]
    rows = {"name": name, "source": "test", "any": parts, **fields}
    return "[[derived]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in rows.items())


def small(*tables: str) -> Pack:
    """A pack of these tables, without questions."""
    return parse(HEAD + ("\n".join(tables) if tables else "rules = []\n"), "small")


def asking(pack: Pack, *facts: str) -> Pack:
    """The same pack with a question for each of these facts."""
    questions = {
        fact: Question(
            fact, fact, fact, tuple(Answer(v, str(v)[:18]) for v in VOCABULARY.facts[fact])
        )
        for fact in facts
    }
    return replace(pack, facts=questions, wording={f: {"en": f} for f in facts})


def completions(known: Mapping[str, Value], facts: Iterable[str]) -> Iterator[dict[str, Value]]:
    """Every way to answer these facts where they are open."""
    left = [f for f in facts if f not in known]
    for values in product(*(VOCABULARY.facts[f] for f in left)):
        yield {**known, **dict(zip(left, values, strict=True))}


def floor_by_hand(facts: Mapping[str, object]) -> set[str]:
    """What the floor needs, read straight from the shipped file."""
    needs: set[str] = set()
    for line in _shipped_floor():
        if all(facts.get(fact) in values for fact, values in line["when"].items()):
            needs |= set(line["needs"])
    return needs


@cache
def _shipped_floor() -> list[dict[str, Any]]:
    text = (RESOURCES / "vocabulary.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["floor"]["rules"]
    return found


def rules_by_hand(pack: Pack, facts: Mapping[str, Value]) -> set[str]:
    """The union of the pack's matching rules, clause by clause as the pack's words say."""
    holding: set[str] = set()

    def has(fact: str, values: frozenset[Value]) -> bool:
        name = next((d for d in pack.derived if d.name == fact), None)
        if name is not None and name.value in values:
            return fact in holding
        return fact in facts and facts[fact] in values

    for name in pack.derived:
        stated = facts.get(name.name)
        open_to_it = stated in (None, "unknown")
        found = any(
            all(has(f, v) for f, v in c.when) and not any(has(f, v) for f, v in c.unless)
            for c in name.clauses
        )
        if (open_to_it and found) or (stated is not None and stated == name.value):
            holding.add(name.name)
    sent: set[str] = set()
    for rule in pack.rules:
        clause = rule.clause
        if (
            all(has(f, v) for f, v in clause.when)
            and not any(has(f, v) for f, v in clause.unless)
            and all(f in facts for f in rule.asked)
        ):
            sent |= rule.agencies
    return sent
