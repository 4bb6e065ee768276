"""The figures of today, each with what it is a share of; what they mean on demand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.wall import begin_of
from ui.delegates.table import Bar, Cell, Column
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.figures_view import FiguresLike, figure_rows, time_rows
from ui.models.table_rows import Listed
from ui.panels.lists import as_of
from ui.panels.supervisor_parts import Head, inset, stacked
from ui.widgets import ActionButton, Card, Kind, Run, WrapLabel

_AT_MOST_EVERY_MS = 2000
_MEANINGS = (
    ("Received", "incidents that came in since midnight; imported and linked ones do not count"),
    ("Not assessed", "weapon or violence was never asked"),
    ("Team advised", "the advice names the community team, alone or with others"),
    ("Sent", "a team was assigned at least once; a share of those the team was advised for"),
    ("Not sent", "somebody decided that no team goes, with the reason"),
    ("Overridden", "somebody decided on other agencies than advised"),
    ("Half within", "half of them took no longer"),
    ("9 in 10 within", "nine of ten took no longer; shown from ten on"),
    ("Call to sent", "from the call to the first team assigned"),
    ("Call to on scene", "from the call to a team that is there"),
)  # fmt: skip


def midnight(now: datetime) -> datetime:
    """Return when this day began on the room's clock."""
    return begin_of(now.astimezone().date())


class FiguresReader(QObject):
    """Reads the figures after changes, at most every two seconds, while somebody can see them."""

    came = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = self._reading = False
        self.figures: FiguresLike | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AT_MOST_EVERY_MS)
        self._rest.timeout.connect(self._again)

    def want(self) -> None:
        """Something has changed: read now, or as soon as the last reading is two seconds old."""
        self._wanted = True
        if not self._rest.isActive() and not self._reading:
            self._read()

    def _again(self) -> None:
        window = self.parent()
        seen = not isinstance(window, QWidget) or window.isVisible()
        if self._wanted and not self._reading and seen:
            self._read()

    def _read(self) -> None:
        if not self._desk.link.live:
            return  # the change that brings the database back asks again
        self._wanted, self._reading = False, True
        self._rest.start()
        self._desk.tasks.read(self._fetch())

    async def _fetch(self) -> None:
        try:
            self.figures = await self._desk.room.figures(midnight(self._desk.now()))
        except (Refused, Unavailable):
            return
        finally:
            self._reading = False
        self.came.emit(self.figures)


class TodayPart(QWidget):
    """Counts with their base, two times with their n, and D for what is counted."""

    def __init__(self, desk: Desk, reader: FiguresReader, *, short: bool, surface: str) -> None:
        super().__init__()
        self._desk, self._reader, self._short = desk, reader, short
        self._define = "explain"
        self.defined = ActionButton(self._define, "D", kind=Kind.QUIET)
        self.defined.setAccessibleName("definitions of the figures")
        self.defined.clicked.connect(lambda _=False: self.define())
        self.head = Head("Today", self.defined)
        self.counts = Table(
            "figures of today", _count_columns(short=short), height=32, surface=surface,
            lines=False, empty="The figures have not been read yet.",
        )  # fmt: skip
        self.times = Table(
            "times of today", _time_columns(short=short), height=36, surface=surface,
            empty="No team was sent yet today.",
        )  # fmt: skip
        self.times.hide()  # until the figures are read
        self.meaning = _meaning()
        stacked(self, self.head, self.counts, self.times, inset(self.meaning), gap=8)

    def refresh(self) -> None:
        """Show the figures as they were read last."""
        self.head.tell(note="" if self._desk.link.live else as_of(self._desk))
        figures = self._reader.figures
        if figures is None:
            return
        since = midnight(self._desk.now())
        self.counts.set_rows(
            tuple(
                Listed(row.label, row, f"{row.label} {row.value}, {row.base}".strip(", "))
                for row in figure_rows(figures, since)
            )
        )
        self.times.show()
        self.times.set_rows(
            tuple(
                Listed(row.label, row, f"{row.label}: half within {row.half}, nine in ten "
                       f"within {row.nine_in_ten}, of {row.n}")
                for row in (time_rows(figures) if figures.sent else ())
            )
        )  # fmt: skip

    def define(self) -> None:
        """Show what the figures mean, or hide it again."""
        self.meaning.setVisible(self.meaning.isHidden())
        self.defined.set_action("hide" if self.defining else self._define)
        self.defined.setAccessibleName("definitions of the figures")

    @property
    def defining(self) -> bool:
        """Whether the definitions are open."""
        return not self.meaning.isHidden()

    def below(self, rows: int) -> str:
        """What is said of so many figures that are below what can be seen."""
        every = self.counts.view.rows.rowCount() + self.times.view.rows.rowCount()
        if rows:
            return "Today" if rows == every else f"{rows} more figures"
        return "what they mean" if self.defining else ""

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.defined, self.counts.view, self.times.view]


def _meaning() -> Card:
    card = Card(across=12, down=10)
    for term, meaning in _MEANINGS:
        card.body.addWidget(WrapLabel(f"{term}: {meaning}."))
    card.setAccessibleName("what the figures mean")
    card.hide()
    return card


def _label(row: Any, _now: float) -> Cell:
    indent = "     " if row.value.indented else ""
    ink = "text2" if row.value.indented else "text"
    return (Run(f"{indent}{row.value.label}", "body", ink),)


def _value(row: Any, _now: float) -> Cell:
    role = "body" if row.value.indented else "age"
    return (Run(row.value.value, role),)


def _share(row: Any, _now: float) -> Cell:
    return (Bar(row.value.share),) if row.value.share else ()  # none of anything has no bar


def _base(row: Any, _now: float) -> Cell:
    return (Run(row.value.base, "body", "text2"),)


def _count_columns(*, short: bool) -> tuple[Column, ...]:
    bar = () if short else (Column("", _share, width=64),)
    return (
        Column("", _label),
        Column("", _value, width=36, right=True),
        *bar,
        Column("", _base, width=92, grows=True),
    )


def _time(name: str) -> Callable[[Any, float], Cell]:
    return lambda row, _now: (Run(getattr(row.value, name), "time_strong"),)


def _time_label(row: Any, _now: float) -> Cell:
    return (Run(row.value.label),)


def _count(row: Any, _now: float) -> Cell:
    return (Run(row.value.n, "body", "text2"),)


def _time_columns(*, short: bool) -> tuple[Column, ...]:
    return (
        Column("Took at most" if short else "", _time_label),
        Column("half" if short else "half within", _time("half"), width=56, right=True, grows=True),
        Column("9 in 10" if short else "9 in 10 within", _time("nine_in_ten"), width=60,
               right=True, grows=True),
        Column("of", _count, width=36, right=True),
    )  # fmt: skip
