"""Warnings about an incident's place or number, as they stand above its advice."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.ids import CautionId
from crt_console.domain.incident import Caution, Incident
from ui.models.alike import cautions_about, same_place
from ui.models.speech import dotted


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionRow:
    """One warning: what it says, whether about the place or the number, who says so, until when.

    `brief` is the source where there is little room.
    """

    id: CautionId
    text: str
    about: str
    source: str
    brief: str


def caution_rows(board: Board, incident: Incident, now: datetime) -> tuple[CautionRow, ...]:
    """Return the warnings that hold now for an incident's place and numbers, newest first."""
    place = board.text(incident.place)
    numbers = [incident.call_back, *(call.call_back for call in board.calls_of(incident.id))]
    found: dict[str, Caution] = {}
    for number in dict.fromkeys([*numbers, None]):
        found |= {c.id: c for c in cautions_about(board, place, board.text(number))}
    live = [c for c in found.values() if c.until is None or c.until > now]
    newest = sorted(live, key=lambda c: (c.at, c.id), reverse=True)
    return tuple(_row(board, caution, place) for caution in newest)


def _row(board: Board, caution: Caution, place: str) -> CautionRow:
    about = board.text(caution.about)
    said = day(caution.at)
    until = f"until {day(caution.until)}" if caution.until else ""
    return CautionRow(
        id=caution.id,
        text=board.text(caution.text),
        about="place" if same_place(place, about) else "number",
        source=dotted(f"by {caution.author}, {said}", until),
        brief=dotted(f"by {caution.author}", until or said),
    )


def day(at: datetime) -> str:
    """Return the day as it is said, `Oct 15`."""
    local = at.astimezone()
    return f"{local:%b} {local.day}"
