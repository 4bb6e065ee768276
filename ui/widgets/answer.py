"""The answers of a question: a number to press and a few words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.shapes import Shape
from ui.theme.text import draw, draw_middle
from ui.widgets.button import Button
from ui.widgets.paintable import frame, painter_for

_GAP = 8  # between cap and words


class AnswerButton(Button):
    """A cap that turns to the accent once its key counts, and up to 18 letters.

    `quiet` is for what is no answer, e.g. the question in another language; `close` sets cap and
    words closer to the edges.
    """

    def __init__(
        self, key: str, label: str, *, quiet: bool = False, height: float = 46,
        close: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(label, parent)
        self._key, self._label, self._quiet, self._tall = key, label, quiet, height
        self._side = 4 if close else 10
        self._live = self._chosen = False
        self.setAccessibleDescription(f"key {key}")

    def set_live(self, *, live: bool) -> None:
        """Whether the key counts already."""
        self._live = live
        self.update()

    def live(self) -> bool:
        """Whether the key counts."""
        return self._live

    def set_chosen(self, *, chosen: bool) -> None:
        """Marks the answer that was given."""
        self._chosen = chosen
        self.setAccessibleDescription("chosen" if chosen else f"key {self._key}")
        self.update()

    def key(self) -> str:
        """The key that gives this answer."""
        return self._key

    def sizeHint(self) -> QSize:
        words = theme.width(self._label, "body")
        return QSize(int(words) + theme.px(2 * self._side + 26 + _GAP), theme.px(self._tall))

    def minimumSizeHint(self) -> QSize:
        """As wide as its words: an answer is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = painter_for(self), theme.current(), frame(self)
        lit = self.hasFocus() or self._chosen or self.underMouse()
        edge = None if self._quiet else colours.edge
        fill = colours.sel if lit else None
        if self.hasFocus():
            marks.rounded(painter, area, 6, fill, colours.text, thick=2.5)
        else:
            marks.rounded(painter, area, 6, fill, edge, thick=1.25)
        side = theme.px(26)
        spot = QRectF(theme.px(self._side), (area.height() - side) // 2, side, side)
        self._paint_cap(painter, spot)
        ink = colours.text2 if self._quiet else colours.text
        left = spot.right() + theme.px(_GAP)
        shown = theme.fit(self._label, "body", area.width() - left - theme.px(2))
        draw(painter, (left, area.height() / 2), shown, "body", ink)
        painter.end()

    def _paint_cap(self, painter: QPainter, spot: QRectF) -> None:
        colours = theme.current()
        if self._chosen:
            theme.paint_shape(painter, Shape.CHECK, spot.adjusted(4, 4, -4, -4))
        elif self._live and not self._quiet:
            marks.rounded(painter, spot, 5, None, colours.accent, thick=2)
            at = (spot.center().x(), spot.center().y())
            draw_middle(painter, at, self._key, "mark", colours.text)
        else:
            marks.paint_cap(painter, spot, self._key, colours.text2, colours.edge)
