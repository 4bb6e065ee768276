"""The answers of a question: a number to press and a few words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.shapes import Shape
from ui.theme.text import draw, draw_middle
from ui.widgets import live_keys
from ui.widgets.button import Button
from ui.widgets.paintable import frame, painter_for

_GAP, _CLOSE_GAP = 8, 6  # between cap and words
_CAP, _CLOSE_CAP = 26, 24
_SIDE, _CLOSE_SIDE = 10, 4  # from the left edge to the cap
_RIGHT = 10  # from the words to the right edge, at the least
_CLOSE_RIGHT = 8
_CHECK, _CHECK_RIGHT = 14, 22  # where the check has a place of its own


class AnswerButton(Button):
    """A cap that turns to the accent once its key counts, and up to 18 letters.

    `quiet` is for what is no answer, e.g. the question in another language; `close` sets cap and
    words closer to the edges; one that is not `urgent` keeps a plain cap when its key counts. One
    that `switches` keeps its cap when it is chosen, as its key takes it back: the check is behind.
    """

    def __init__(
        self, key: str, label: str, *, quiet: bool = False, height: float = 46,
        close: bool = False, urgent: bool = True, switches: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(label, parent)
        self._key, self._label, self._quiet, self._tall = key, label, quiet, height
        self._urgent, self._switches = urgent, switches
        self._side, self._cap, self._gap, self._right = (
            (_CLOSE_SIDE, _CLOSE_CAP, _CLOSE_GAP, _CLOSE_RIGHT)
            if close
            else (_SIDE, _CAP, _GAP, _RIGHT)
        )
        if switches:
            self._right = _CHECK_RIGHT
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
        around = self._side + self._cap + self._gap + self._right
        return QSize(int(words) + theme.px(around), theme.px(self._tall))

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
        side = theme.px(self._cap)
        spot = QRectF(theme.px(self._side), (area.height() - side) // 2, side, side)
        self._paint_cap(painter, spot)
        ink = colours.text2 if self._quiet else colours.text
        left = spot.right() + theme.px(self._gap)
        shown = theme.fit(self._label, "body", area.width() - left - theme.px(2))
        end = draw(painter, (left, area.height() / 2), shown, "body", ink)
        if self._switches and self._chosen:
            side = theme.px(_CHECK)
            at = QRectF(end + theme.px(4), (area.height() - side) / 2, side, side)
            theme.paint_shape(painter, Shape.CHECK, at)
        painter.end()

    def _paint_cap(self, painter: QPainter, spot: QRectF) -> None:
        colours, counts = theme.current(), live_keys.counts(self, self._key)
        if self._chosen and not self._switches:
            theme.paint_shape(painter, Shape.CHECK, spot.adjusted(4, 4, -4, -4))
        elif self._live and counts and not self._quiet:
            edge = colours.accent if self._urgent else colours.edge
            marks.rounded(painter, spot, 5, None, edge, thick=2 if self._urgent else 1.25)
            at = (spot.center().x(), spot.center().y())
            draw_middle(painter, at, self._key, "mark", colours.text)
        else:
            ink, edge = (colours.text2, colours.edge) if counts else (colours.off, colours.line)
            marks.paint_cap(painter, spot, self._key, ink, edge)
