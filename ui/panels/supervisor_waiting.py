"""Who waits, against the time they may wait."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.delegates.table import Bar, Box, Cell, Column, Fixed
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.supervisor_waiting import WaitingLines, WaitLine
from ui.panels.lists import as_of
from ui.panels.supervisor_below import FootLine
from ui.panels.supervisor_parts import Head, stacked
from ui.theme import Shape
from ui.widgets import Run

_FEWEST = 8
_TALL = 48
_NUMBER = 30  # so that all bars begin where the others do


class WaitingPart(QWidget):
    """Waiting incidents with bars towards their limit; a foot counts what is below."""

    def __init__(self, desk: Desk, show: Callable[[str], None], *, surface: str) -> None:
        super().__init__()
        self._desk, self._lines = desk, WaitingLines()
        self.head = Head("Waiting")
        self.table = Table(
            "waiting against the limit", _columns(), height=_TALL, surface=surface, lines=False,
            empty="Nobody waits.",
        )  # fmt: skip
        self.table.view.scrolls()
        self.table.view.opened.connect(show)
        self.table.view.scrolled.connect(self._count)
        self.foot = FootLine()
        stacked(self, self.head, self.table, self.foot)

    def refresh(self) -> None:
        """Show the board as it is."""
        desk = self._desk
        lines = self._lines.lines(desk.board, desk.now(), desk.timers)
        self.table.set_rows(lines)
        self.head.tell(len(lines) or None, "" if desk.link.live else as_of(desk))
        self._count()

    def fit(self, room: float) -> None:
        """Show as many rows as have room in so many pixels; every row where that is too few."""
        tall, count = theme.px(_TALL), self.table.view.rows.rowCount()
        most = int((room - self._foot_height()) // tall)
        self.table.show_most(most if most >= _FEWEST and count * tall > room else 0)
        QTimer.singleShot(0, self, self._count)  # once the table is as tall as that

    def show_all(self) -> None:
        """Show every row: the column around it scrolls."""
        self.table.show_most(0)
        self._count()

    def rows_height(self) -> int:
        """How tall the rows are now, with their foot."""
        if not self.table.view.rows.rowCount():
            return 0
        foot = 0 if self.foot.isHidden() else self._foot_height()
        return self.table.view.height() + foot

    def _foot_height(self) -> int:
        return self.foot.height() + theme.px(4)

    def tick(self) -> None:
        """Let the times run."""
        self.table.view.tick()
        self._count()

    def stops(self) -> list[QWidget]:
        """What Tab reaches."""
        return [self.table.view]

    def below(self, rows: int) -> str:
        """What is said of so many who are below what can be seen, those over the limit apart."""
        view, now = self.table.view, theme.clock.now()
        count = view.rows.rowCount()
        last = [view.rows.row_at(place) for place in range(count - rows, count)]
        late = sum(row.late(now) is not None for row in last if isinstance(row, WaitLine))
        return _many(rows, late) if rows else ""

    def _count(self) -> None:
        below = [row for row in self.table.view.below() if isinstance(row, WaitLine)]
        now = theme.clock.now()
        late = sum(row.late(now) is not None for row in below)
        self.foot.tell(f"Below: {_many(len(below), late)}" if below else "")


def _many(rows: int, late: int) -> str:
    return f"{rows} waiting, {late} over" if late else f"{rows} waiting"


def _box(row: Any, _now: float) -> Cell:
    return (Box(row.priority),)


def _place(row: Any, _now: float) -> Cell:
    return (Run(row.place, "strong"),)


def _bar(row: Any, now: float) -> Cell:
    if row.stands:  # what its dashed box means, or why it comes first
        return (Run(row.stands, "body", "text2"),)
    used = row.used(now)
    return () if used is None else (Bar(used, limit=True),)


def _number_and_bar(row: Any, now: float) -> Cell:
    return (Fixed(Run(row.number, "body", "text2"), _NUMBER), *_bar(row, now))


def _late(row: Any, now: float) -> Cell:
    late = row.late(now)
    return () if late is None else (Shape.OVER, Run(theme.over(late), "time_strong"))


def _age(row: Any, now: float) -> Cell:
    return (Run(theme.age(now - row.since), "age"),)


def _limit(row: Any, now: float) -> Cell:
    late = _late(row, now)
    if late or row.limit_s is None:
        return late or (Run(" "),)
    return (Run(f"of {theme.age(row.limit_s)}", "time", "text2"),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("", _box, width=24),
        Column("", _place, below=_number_and_bar, live=True),
        Column("", _age, width=80, right=True, live=True, below=_limit),
    )
