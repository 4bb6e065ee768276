"""The foot of a list: how many rows cannot be seen, on which side, how many of them are over."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.delegates.rows_view import RowsView
from ui.models import QueueRow, TeamRow
from ui.theme import Shape
from ui.theme.text import draw
from ui.widgets.paintable import Painted, painter_for

_ICON, _TEXT, _GAP = 14, 38, 12  # where icon and words begin; between two sides
_DOT = " \N{MIDDLE DOT} "
_Rows = Sequence[QueueRow | TeamRow]


class Hidden(NamedTuple):
    """What cannot be seen; `emergency` is the row that calls for help, which nothing else counts.

    `above` and `below` are how many rows and how many of them are due.
    """

    above: tuple[int, int] = (0, 0)
    below: tuple[int, int] = (0, 0)
    emergency: str = ""

    @property
    def due(self) -> int:
        """How many are due on both sides."""
        return self.above[1] + self.below[1]

    def sides(self) -> tuple[tuple[str, str], ...]:
        """A chevron, and what it points at."""
        up, down = ("chevron-up", _side(*self.above, "above")), _below(self)
        shown = [part for part in (up, down) if part[1]]
        if shown and not self.due:
            shown[-1] = (shown[-1][0], f"{shown[-1][1]}{_DOT if len(shown) > 1 else ', '}none due")
        return tuple(shown)

    def says(self) -> tuple[str, ...]:
        """All of it in words; of an emergency also what is left out where there is no room."""
        if not self.emergency:
            return (_DOT.join(words for _, words in self.sides()),)
        rest, due = self.above[0] + self.below[0], f", {self.due} due" if self.due else ""
        title = f"EMERGENCY {self.emergency}"
        where = ((self.above[0], "above"), (self.below[0], "below"))
        more = {side: "more " if title.endswith(side) else "" for _, side in where}
        sides = ", ".join(f"{count} {more[side]}{side}" for count, side in where if count)
        if not rest:
            return (title,)
        return f"{title}{_DOT}{sides}{due}", f"{title}{_DOT}{rest} more{due}", title


def _side(count: int, due: int, where: str) -> str:
    words = f"{count} {where}" if count else ""
    return f"{words}, {due} due" if due else words


def _below(hidden: Hidden) -> tuple[str, str]:
    return "chevron-down", _side(*hidden.below, "below" if hidden.above[0] else "more below")


def hidden_of(above: _Rows, below: _Rows, now: float) -> Hidden:
    """Count what is hidden on both sides."""
    sides = (("above", above), ("below", below))
    found = [(row, side) for side, rows in sides for row in rows if row.emergency]
    first, side = found[0] if found else (None, "")

    def count(rows: _Rows) -> tuple[int, int]:
        rest = [row.late(now) is not None for row in rows if row is not first]
        return len(rest), sum(rest)

    return Hidden(count(above), count(below), f"{first.name()} {side}" if first else "")


class ListFoot(Painted):
    """Says what a list hides beyond its edges; empty, but as tall, when it hides nothing.

    It turns red while an emergency is among that.
    """

    def __init__(self, view: RowsView, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._view, self._hidden = view, Hidden()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=0)  # what comes together: once
        self._timer.timeout.connect(self.count)
        bar = view.verticalScrollBar()
        for moved in (
            view.scrolled, view.model().rowsInserted, view.model().rowsRemoved, bar.rangeChanged
        ):  # fmt: skip
            moved.connect(self._soon)

    def _soon(self, *_: object) -> None:
        self._timer.start()

    def count(self) -> None:
        """Counts again."""
        self._timer.stop()
        hidden = hidden_of(*self._view.hidden(), theme.clock.now())
        if hidden != self._hidden:
            self._hidden = hidden
            self.setAccessibleName(hidden.says()[0])
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.accessibleName():
            return
        painter = painter_for(self)
        if self._hidden.emergency:
            self._paint_red(painter)
        else:
            self._paint_sides(painter)
        painter.end()

    def _paint_red(self, painter: QPainter) -> None:
        colours, centre, side = theme.current(), self.height() / 2, theme.px(18)
        painter.fillRect(self.rect(), colours.danger_fill)
        spot = QRectF(theme.px(_ICON), centre - side / 2, side, side)
        theme.paint_shape(painter, Shape.EMERGENCY, spot, ink=colours.danger_ink)
        room = self.width() - theme.px(_TEXT) - theme.px(8)
        says = self._hidden.says()
        words = next((w for w in says if theme.width(w, "strong") <= room), says[-1])
        draw(painter, (theme.px(_TEXT), centre), words, "strong", colours.danger_ink)

    def _paint_sides(self, painter: QPainter) -> None:
        colours, centre, left = theme.current(), self.height() / 2, float(theme.px(_ICON))
        painter.fillRect(self.rect(), colours.raised)
        if colours.outlined:  # or it would look like one more row
            painter.fillRect(QRectF(0, 0, self.width(), theme.pf(1)), colours.edge)
        for chevron, words in self._hidden.sides():
            icon = QRectF(left, 0, theme.px(18), self.height())
            theme.paint_icon(painter, chevron, icon, colours.text2, 16)
            left += theme.px(_TEXT - _ICON)
            left = draw(painter, (left, centre), words, "body", colours.text) + theme.px(_GAP)
            if words.endswith(" due") and self._hidden.due:
                side = theme.px(16)
                spot = QRectF(left - theme.px(4), centre - side / 2, side, side)
                theme.paint_shape(painter, Shape.OVER, spot)
                left = spot.right() + theme.px(_GAP)
