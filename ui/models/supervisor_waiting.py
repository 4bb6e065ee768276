"""Who waits, how long, and how much of the time they may wait is used."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.timers import Timers
from ui.models.kept_rows import KeptRows
from ui.models.queue_state import SECOND_PERSON
from ui.models.queue_view import wait_limit
from ui.models.rows import QueueRow
from ui.theme import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One waiting incident. `since` is in seconds since 1970; without `limit_s` no bar.

    The limit is that of waiting, which the strip counts; a first question stands in the dues.
    """

    key: str
    number: str
    place: str
    priority: int | None
    since: float
    limit_s: float | None
    not_assessed: bool = False
    second_person: bool = False
    emergency: bool = False

    @property
    def stands(self) -> str:
        """Why it stands above what waits longer, where that is so."""
        if self.second_person:
            return "second person"
        return "not assessed" if self.not_assessed else ""

    def used(self, now: float) -> float | None:
        """Share of the limit that is used, above 1 when over."""
        return (now - self.since) / self.limit_s if self.limit_s else None

    def late(self, now: float) -> float | None:
        """Seconds past the limit; None in time or without one."""
        over = now - self.since - (self.limit_s or 0)
        return over if self.limit_s is not None and over >= 0 else None

    def spoken(self) -> str:
        """What a screen reader says."""
        limit = f"limit {self.limit_s / 60:.0f} minutes" if self.limit_s else ""
        parts = (
            f"priority {self.priority or 'not set'}", self.number, self.place, self.stands, limit
        )  # fmt: skip
        return ", ".join(part for part in parts if part)


class WaitingLines:
    """Keeps the lines that nothing happened to."""

    def __init__(self) -> None:
        self._rows = KeptRows()
        self._lines: dict[str, tuple[QueueRow, WaitLine]] = {}

    def lines(self, board: Board, now: datetime, timers: Timers) -> tuple[WaitLine, ...]:
        """Return the incidents nobody goes to yet, in the order of the dispatcher's queue."""
        rows = self._rows.rows(board, now, timers, "")
        limits = {str(i.id): wait_limit(board, i, timers) for i in board.open_incidents}
        waiting = [row for row in rows if row.section == "waiting"]
        kept = {row.key: self._line_of(row, limits[row.key]) for row in waiting}
        self._lines = kept
        return tuple(line for _, line in kept.values())

    def _line_of(self, row: QueueRow, limit_s: float | None) -> tuple[QueueRow, WaitLine]:
        known = self._lines.get(row.key)
        return known if known is not None and known[0] is row else (row, _line(row, limit_s))


def _line(row: QueueRow, limit_s: float | None) -> WaitLine:
    return WaitLine(
        key=row.key,
        number=row.number,
        place=row.place,
        priority=row.priority,
        since=row.waiting_since or 0.0,
        limit_s=limit_s,
        not_assessed=row.state_shape is Shape.NOT_ASSESSED,
        second_person=row.state == SECOND_PERSON,
        emergency=row.emergency,
    )
