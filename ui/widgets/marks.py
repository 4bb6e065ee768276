"""Small marks as widgets: shapes, icons, key caps, priority boxes and limit bars."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.shapes import Shape
from ui.widgets import live_keys
from ui.widgets.paintable import Painted, frame, painter_for


class ShapeIcon(Painted):
    """A shape of the screen's alphabet; `ink` names the colour it takes on a fill."""

    def __init__(
        self, shape: Shape, size: float = 16, *, ink: str = "", name: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name or shape.replace("_", " "), parent)
        self._shape, self._size, self._ink = shape, size, ink

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        ink = theme.current().colour(self._ink) if self._ink else None
        theme.paint_shape(painter, self._shape, frame(self), ink)
        painter.end()


class Icon(Painted):
    """A line icon in the colour of a token."""

    def __init__(
        self, icon: str, colour: str = "text2", *, size: float = 18, name: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name or icon.replace("-", " "), parent)
        self._icon, self._colour, self._size = icon, colour, size

    def set_icon(self, icon: str, colour: str | None = None, name: str = "") -> None:
        """Shows another icon."""
        self._icon, self._colour = icon, colour or self._colour
        self.setAccessibleName(name or icon.replace("-", " "))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        colour = theme.current().colour(self._colour)
        theme.paint_icon(painter, self._icon, frame(self), colour, self._size)
        painter.end()


class KeyCap(Painted):
    """The cap of a key, e.g. F3, P or Enter."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(f"key {key}", parent)
        self._key = key

    def sizeHint(self) -> QSize:
        return QSize(marks.cap_width(self._key), theme.px(marks.CAP_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        counts = live_keys.counts(self, self._key)
        ink, edge = (colours.text2, colours.edge) if counts else (colours.off, colours.line)
        marks.paint_cap(painter, frame(self), self._key, ink, edge)
        painter.end()


class PriorityBox(Painted):
    """The priority of an incident: 1 filled, 2 outlined, 3 thin, dashed when nobody set it."""

    def __init__(self, priority: int | None, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._priority: int | None = None
        self.set_priority(priority)

    def set_priority(self, priority: int | None) -> None:
        """Shows another priority."""
        self._priority = priority
        self.setAccessibleName(f"priority {priority}" if priority else "no priority yet")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(24), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        marks.paint_priority(painter, frame(self), self._priority)
        painter.end()


MARK_AT = 0.7  # where a lying bar marks its limit, so that what lies beyond still shows


class LimitBar(Painted):
    """A bar that fills towards a limit; lying bars go on past a mark at the limit."""

    def __init__(
        self, *, lying: bool = False, length: float = 44, name: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, parent)
        self._lying, self._length = lying, length
        self._fraction = 0.0

    def set_fraction(self, fraction: float) -> None:
        """How much of the limit is used; above 1 it is over."""
        self._fraction = fraction
        self.setAccessibleDescription(f"{round(fraction * 100)} % of the limit")
        self.update()

    def sizeHint(self) -> QSize:
        if self._lying:
            return QSize(theme.px(self._length), theme.px(18))
        return QSize(theme.px(5), theme.px(self._length))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, over = painter_for(self), self._fraction > 1
        if self._lying:
            bar = QRectF(0, (self.height() - theme.px(8)) / 2, self.width(), theme.px(8))
            marks.paint_limit(painter, bar, self._fraction * MARK_AT, over=over)
            at = round(self.width() * MARK_AT)
            mark = QRectF(at, 0, theme.px(2), self.height())
            painter.fillRect(mark, theme.current().text)
        else:
            marks.paint_limit(painter, frame(self), self._fraction, over=over)
        painter.end()
