"""The floor: what must be sent whatever any pack says, checked apart from all packs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crt_console.protocol.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class FloorLine:
    """One line of the floor that holds: why, and the agencies it needs."""

    index: int
    because: str
    needs: frozenset[str]


_LINES = tuple(FloorLine(i, w.because, w.needs) for i, w in enumerate(VOCABULARY.floor))
_WHENS = tuple(tuple(w.when.items()) for w in VOCABULARY.floor)


def line(index: int) -> FloorLine:
    """The floor's line of that number; IndexError when there is none."""
    if index < 0:
        raise IndexError(index)
    return _LINES[index]


def holding(facts: Mapping[str, object]) -> tuple[FloorLine, ...]:
    """The lines that hold for these facts; an absent fact is one that was not asked."""
    return tuple(
        found
        for found, when in zip(_LINES, _WHENS, strict=True)
        if all(facts.get(fact) in values for fact, values in when)
    )
