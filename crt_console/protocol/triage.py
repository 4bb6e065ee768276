"""One line of the `triage` verb: facts in, advice out, as JSON values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crt_console.protocol.engine import evaluate
from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from crt_console.protocol.pack import Pack


def triage_line(pack: Pack, raw: bytes | str | dict[str, Any]) -> dict[str, object]:
    """The advice for one line, decoded or not; ValueError names the wrong name or value.

    `context` is checked and then left alone: it is never part of eligibility.
    """
    case = raw if isinstance(raw, dict) else _object(raw)
    facts = _table(case, "facts")
    for name in _table(case, "context"):
        if name not in VOCABULARY.context:
            known = ", ".join(sorted(VOCABULARY.context))
            msg = f"no context is called {name!r}; context names are: {known}"
            raise ValueError(msg)
    advice = evaluate(pack, facts)
    return {
        "id": case.get("id"),
        "response": advice.response,
        "agencies": sorted(advice.agencies),
        "police": advice.police,
        "assessed": advice.assessed,
        "rule": advice.rule,
        "because": advice.because,
        "possible": [sorted(agencies) for agencies in advice.possible],
        "ask": advice.ask,
        "matched": list(advice.matched),
        "floor": [line.because for line in advice.floor],
    }


def _object(raw: bytes | str) -> dict[str, Any]:
    try:
        case = json.loads(raw)
    except ValueError as error:
        msg = f"not a JSON object: {error}"
        raise ValueError(msg) from error
    if not isinstance(case, dict):
        msg = 'a line must be a JSON object with "id" and "facts"'
        raise ValueError(msg)  # noqa: TRY004 - callers catch one kind of error
    return case


def _table(case: dict[str, Any], name: str) -> dict[str, Any]:
    found = case.get(name, {})
    if not isinstance(found, dict):
        msg = f'"{name}" must be an object of names and values, not {found!r}'
        raise ValueError(msg)  # noqa: TRY004 - callers catch one kind of error
    return found
