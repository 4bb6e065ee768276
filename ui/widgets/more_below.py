"""The foot of a scrolled area: what would be cut in the middle is covered, and said to be there."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from ui import theme
from ui.theme import marks
from ui.theme.text import draw
from ui.widgets.field import Field
from ui.widgets.paintable import Painted, painter_for

_FOOT = 26  # height of the line that says so
_CAP = 20  # as tall as its line lets it be
_WORDS = "more below"


class MoreBelow(Painted):
    """Lies over the foot of `area` while something is below it; no line of text is shown by half.

    `key` is the cap of the key that scrolls there; `colour` the surface the area lies on.
    """

    def __init__(self, area: QScrollArea, *, key: str = "PgDn", colour: str = "bg") -> None:
        super().__init__("", area)
        self._area, self._key, self._colour = area, key, colour
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self.settle)
        bar.rangeChanged.connect(self._soon)
        area.viewport().installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.settle)
        self.hide()

    def _soon(self) -> None:
        """Once, when all that moves now has moved."""
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._soon()
        return super().eventFilter(watched, event)

    def settle(self, _at: int = 0) -> None:
        """Cover from the first thing that would be cut, or nothing where all is shown."""
        bar, view, inside = (
            self._area.verticalScrollBar(),
            self._area.viewport(),
            self._area.widget(),
        )
        if inside is None or bar.value() >= bar.maximum():
            self.setAccessibleName("")
            self.hide()
            return
        foot = view.height() - theme.px(_FOOT)
        top = _first_cut(inside, view, foot)
        at = view.mapTo(self._area, QPoint(0, top))
        self.setGeometry(at.x(), at.y(), view.width(), view.height() - top)
        self.setAccessibleName(_WORDS)
        self.show()
        self.raise_()

    def covers(self, widget: QWidget) -> bool:
        """Whether it lies over some of this widget."""
        if not self.isVisible():
            return False
        under = widget.mapTo(self._area, QPoint(0, 0)).y() + widget.height()
        return under > self.y()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        painter.fillRect(self.rect(), colours.colour(self._colour))
        tall = theme.px(_FOOT)
        line = QRectF(0, self.height() - tall, self.width(), tall)
        marks.rounded(painter, line, 6, colours.panel)
        centre = line.center().y()
        spot = QRectF(theme.px(10), line.top(), theme.px(18), line.height())
        theme.paint_icon(painter, "chevron-down", spot, colours.text2, 16)
        left = draw(painter, (theme.px(34), centre), _WORDS, "body", colours.text)
        wide, cap = marks.cap_width(self._key), theme.px(_CAP)
        spot = QRectF(left + theme.px(10), int(centre - cap / 2), wide, cap)
        marks.paint_cap(painter, spot, self._key, colours.text2, colours.edge, thick=1.25)
        painter.end()


def _first_cut(inside: QWidget, view: QWidget, foot: int) -> int:
    """Where the first thing begins that reaches below `foot`; `foot` where that is all there is."""
    spans = []
    for part in inside.findChildren(QWidget):
        if part.isVisibleTo(inside) and _whole(part):
            top = part.mapTo(view, QPoint(0, 0)).y()
            spans.append((top, top + part.height()))
    tops = [foot]
    while True:  # what is beside the first thing may be cut by its top in turn
        cut = [top for top, end in spans if top < tops[-1] < end]
        if not cut or min(cut) <= foot // 2:
            break
        tops.append(min(cut))
    return tops[-1] if not cut else tops[min(1, len(tops) - 1)]


def _whole(part: QWidget) -> bool:
    """Words, buttons, fields with their label are whole or not; what only holds them may be cut."""
    return isinstance(part, Painted | QAbstractButton | Field) or not part.children()
