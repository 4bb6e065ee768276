"""The foot of a list: how many rows cannot be seen, and how many of them are over."""

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.delegates.rows_view import RowsView
from ui.theme import Shape
from ui.theme.text import draw
from ui.widgets.paintable import Painted, painter_for


class ListFoot(Painted):
    """Says what a list hides beyond its edges; empty, but as tall, when it hides nothing.

    It turns red while an emergency is among that.
    """

    def __init__(self, view: RowsView, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._view, self._text, self._late, self._emergency = view, "", 0, False
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
        (above, below), now = self._view.hidden(), theme.clock.now()
        self._late = sum(1 for row in (*above, *below) if row.late(now) is not None)
        over = f"{self._late} due" if self._late else "none due"
        where = [f"{len(above)} above" if above else "", f"{len(below)} below" if below else ""]
        hidden = ", ".join(part for part in where if part)
        self._text = f"{hidden}, {over}" if above else f"{len(below)} more below, {over}"
        self._text = self._text if hidden else ""
        sides = {"above": above, "below": below}
        found = [(row, side) for side, rows in sides.items() for row in rows if row.emergency]
        self._emergency = bool(found)
        if found:
            row, side = found[0]
            rest = len(above) + len(below) - 1
            more = f" · {rest} more, {over}" if rest else ""
            self._text = f"EMERGENCY {row.name()} {side}{more}"
        self.setAccessibleName(self._text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        painter, colours = painter_for(self), theme.current()
        red = self._emergency
        painter.fillRect(self.rect(), colours.danger_fill if red else colours.raised)
        centre = self.height() / 2
        icon = QRectF(theme.px(14), 0, theme.px(18), self.height())
        if red:
            side = theme.px(18)
            spot = QRectF(theme.px(14), centre - side / 2, side, side)
            theme.paint_shape(painter, Shape.EMERGENCY, spot, ink=colours.danger_ink)
        else:
            theme.paint_icon(painter, "chevron-down", icon, colours.text2, 16)
        ink, role = (colours.danger_ink, "strong") if red else (colours.text, "body")
        left = draw(painter, (theme.px(38), centre), self._text, role, ink)
        if self._late and not red:
            side = theme.px(16)
            spot = QRectF(left + theme.px(10), centre - side / 2, side, side)
            theme.paint_shape(painter, Shape.OVER, spot)
        painter.end()
