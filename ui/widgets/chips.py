"""Chips: what is known about a fact, and what is due."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.shapes import Shape
from ui.theme.text import draw
from ui.widgets.button import Button
from ui.widgets.paintable import frame, painter_for


class Standing(StrEnum):
    """Where a fact stands; the value is the shape beside it."""

    HARMLESS = Shape.CHECK
    DANGER = Shape.DANGER
    CANT_SAY = Shape.CANT_SAY
    NOT_ASKED = Shape.NOT_ASKED


class FactChip(Button):
    """A fact and its value; with `correctable` it can be clicked to answer again."""

    def __init__(
        self, fact: str, value: str, standing: Standing, *, correctable: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"{fact}: {value}", parent)
        self._fact, self._value, self._standing = fact, value, standing
        if not correctable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        words = theme.width(self._fact, "body") + theme.width(self._value, "strong")
        return QSize(int(words) + 1 + theme.px(22 + 6 + 4), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """As wide as its words: a fact is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = painter_for(self), theme.current(), frame(self)
        if self.hasFocus():
            marks.rounded(painter, area, 5, colours.sel, colours.text, thick=2)
        elif self.underMouse():
            marks.rounded(painter, area, 5, colours.sel)
        side, centre = theme.px(15), area.height() / 2
        spot = QRectF(theme.px(2), centre - side / 2, side, side)
        theme.paint_shape(painter, Shape(self._standing.value), spot)
        asked = self._standing is not Standing.NOT_ASKED
        left = draw(painter, (theme.px(24), centre), self._fact, "body", colours.text2)
        role = "strong" if asked else "body"
        draw(painter, (left + theme.px(6), centre), self._value, role, colours.text)
        painter.end()


class DueChip(Button):
    """Something due on an incident: amber edge and triangle once over, and by how much.

    `due_at` is in seconds since 1970; the chip counts by itself when `tick` is called.
    """

    def __init__(self, ref: str, text: str, due_at: float, parent: QWidget | None = None) -> None:
        super().__init__(f"due: {ref} {text}", parent)
        self._ref, self._text, self._due_at = ref, text, due_at

    def tick(self) -> None:
        """Repaints the time."""
        self.update()

    def _time(self) -> str:
        late = theme.clock.now() - self._due_at
        return theme.over(late) if late >= 0 else theme.age(-late)

    def _head(self) -> float:
        return theme.px(12 + 16 + 8)

    def sizeHint(self) -> QSize:
        words = theme.width(self._ref, "strong") + theme.width(self._text, "body")
        time = max(theme.width(self._time(), "time_strong"), theme.width("+00:00", "time_strong"))
        gaps = theme.px(8 + 12 + 12)
        return QSize(int(self._head() + words + time) + gaps, theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """As wide as its words: a due is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = painter_for(self), theme.current(), frame(self)
        late = theme.clock.now() >= self._due_at
        fill = colours.sel if self.underMouse() or self.hasFocus() else colours.raised
        edge = colours.warn if late else colours.edge
        marks.rounded(painter, area, 6, fill, edge, thick=2 if late else 1.25)
        if self.hasFocus():
            inner = area.adjusted(*(theme.pf(g) for g in (3, 3, -3, -3)))
            marks.rounded(painter, inner, 4, None, colours.text, thick=2)
        side, centre = theme.px(16), area.height() / 2
        spot = QRectF(theme.px(12), centre - side / 2, side, side)
        theme.paint_shape(painter, Shape.OVER if late else Shape.CLOCK, spot)
        left = draw(painter, (self._head(), centre), self._ref, "strong", colours.text)
        left = draw(painter, (left + theme.px(8), centre), self._text, "body", colours.text)
        at = (left + theme.px(12), centre)
        draw(painter, at, self._time(), "time_strong", colours.text)
        painter.end()
