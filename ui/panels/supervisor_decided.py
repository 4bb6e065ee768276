"""What was overridden or not sent lately; the journal is asked where a row lacks the time."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from crt_console.domain.board import KEPT_CLOSED, Changes
from crt_console.domain.entries import Entry
from crt_console.domain.errors import Refused, Unavailable
from ui.delegates.table import Cell, Column
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.supervisor_decided import Decided, DecidedRow, decided_rows, not_sent_unknown
from ui.panels.lists import as_of
from ui.panels.supervisor_parts import Head, stacked
from ui.panels.supervisor_today import midnight
from ui.widgets import Run


class NotSentTimes:
    """When and by whom incidents were not sent, from entries as they come, else the journal."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.known: dict[str, Decided] = {}
        self._asking = False

    def hear(self, changes: Changes) -> None:
        """Take what has just been entered."""
        for entry in changes.entries:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        if entry.kind == "NotSent" and entry.incident_id is not None:
            self.known[entry.incident_id] = Decided(entry.happened_at or entry.at, entry.by)

    def ask(self, then: Callable[[], None]) -> None:
        """Ask the journal about the rest, once at a time; `then` hears when more is known."""
        unknown = not_sent_unknown(self._desk.board, self.known)
        if unknown and not self._asking and self._desk.link.live:
            self._asking = True
            self._desk.tasks.read(self._read(unknown, then))

    async def _read(self, incident_ids: tuple[str, ...], then: Callable[[], None]) -> None:
        try:
            for incident_id in incident_ids:
                for line in await self._desk.room.timeline(incident_id):
                    self._note(line.entry)
                # Brought in by a confirmation or an import: its arrival is the best there is.
                incident = self._desk.board.incidents.get(incident_id)
                if incident is not None:
                    self.known.setdefault(incident_id, Decided(incident.opened_at, ""))
        except (Refused, Unavailable):
            return  # the next change asks again
        finally:
            self._asking = False
        then()


class DecidedPart(QWidget):
    """The list, the latest first; Enter opens the incident."""

    def __init__(
        self,
        desk: Desk,
        times: NotSentTimes,
        show: Callable[[str], None],
        *,
        short: bool,
        surface: str,
    ) -> None:
        super().__init__()
        self._desk, self._times, self._show = desk, times, show
        self.head = Head("Overridden or not sent")
        self.table = Table(
            "overridden or not sent", _short_columns() if short else _columns(),
            height=48 if short else 42, surface=surface,
            empty="Nothing was overridden or not sent.",
        )  # fmt: skip
        self.table.view.opened.connect(self._open)
        stacked(self, self.head, self.table)

    def refresh(self) -> None:
        """Show the board as it is, with the times that are known."""
        desk = self._desk
        now, day = desk.now(), midnight(desk.now())
        rows = decided_rows(desk.board, day, self._times.known)
        self.table.set_rows(rows)
        # What was closed longer ago is no longer on the board; the figures still count it.
        since = "today" if now - day < KEPT_CLOSED else f"last {KEPT_CLOSED.seconds // 3600} hours"
        self.head.tell(len(rows) or None, since if desk.link.live else as_of(desk))

    def stops(self) -> list[QWidget]:
        """What Tab reaches."""
        return [self.table.view]

    def below(self, rows: int) -> str:
        """What is said of so many decisions that are below what can be seen."""
        return f"{rows} overridden or not sent" if rows else ""

    def _open(self, key: str) -> None:
        place = self.table.view.rows.place_of(key)
        row = self.table.view.rows.row_at(place) if place >= 0 else None
        if isinstance(row, DecidedRow):
            self._show(row.incident_id)


def _at(row: Any, _now: float) -> Cell:
    return (Run(row.at, "time", "text2"),)


def _number(row: Any, _now: float) -> Cell:
    return (Run(row.number, "strong"),)


def _words(row: Any, _now: float) -> Cell:
    return (Run(row.words),)


def _who(row: Any, _now: float) -> Cell:
    return (Run(row.who or " ", "body", "text2"),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("At", _at, width=46),
        Column("Incident", _number, width=62),
        Column("What, and why", _words),
        Column("Who", _who, width=80, grows=True),
    )


def _short_columns() -> tuple[Column, ...]:
    return (
        Column("At", _at, width=46, below=_number),
        Column("What and why, who", _words, below=_who),
    )
