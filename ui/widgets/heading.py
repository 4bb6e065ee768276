"""Headings and the figures of the strip."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme.shapes import Shape
from ui.theme.text import draw, draw_right
from ui.widgets.paintable import Painted, painter_for


class SectionHeading(Painted):
    """A title with its count, and a quiet note at the right; `lead` for the title of a panel."""

    def __init__(
        self, title: str, count: int | None = None, *, note: str = "", lead: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("", parent)
        self._title, self._count, self._note, self._lead = title, count, note, lead
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_heading(title, count, note)

    def set_heading(self, title: str, count: int | None = None, note: str = "") -> None:
        """Says something else."""
        self._title, self._count, self._note = title, count, note
        shown = [title, "" if count is None else str(count), note]
        self.setAccessibleName(" ".join(part for part in shown if part))
        self.update()

    def sizeHint(self) -> QSize:
        words = theme.width(f"{self._title}  {self._count or ''}  {self._note}", "strong")
        return QSize(int(words) + theme.px(12), theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, centre = painter_for(self), theme.current(), self.height() / 2
        role, ink = ("strong", colours.text) if self._lead else ("medium", colours.text2)
        left = draw(painter, (0, centre), self._title, role, ink)
        if self._count is not None:
            at = (left + theme.px(8), centre)
            left = draw(painter, at, str(self._count), "strong", colours.text)
        if self._note:
            note = theme.fit(self._note, "body", self.width() - left - theme.px(12))
            draw_right(painter, (self.width(), centre), note, "body", colours.text2)
        painter.end()


class StripItem(Painted):
    """A figure of the strip with its word, e.g. `7 waiting`, or a shape or icon with words."""

    def __init__(
        self, value: str, word: str = "", *, shape: Shape | None = None, icon: str = "",
        role: str = "lead", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("", parent)
        self._shape, self._icon, self._role = shape, icon, role
        self._value = self._word = ""
        self.set_item(value, word)

    def set_item(self, value: str, word: str = "", *, shape: Shape | None = None) -> None:
        """Shows another figure; the shape stays unless another is given."""
        before = self.sizeHint()
        self._value, self._word, self._shape = value, word, shape or self._shape
        self.setAccessibleName(f"{value} {word}".strip())
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Shows another icon."""
        self._icon = icon
        self.update()

    def _head(self) -> int:
        if self._shape:
            return theme.px(22)
        return theme.px(26) if self._icon else 0

    def sizeHint(self) -> QSize:
        words = theme.width(self._value, self._role) + theme.width(self._word, "body")
        gap = theme.px(8) if self._value and self._word else 0
        return QSize(int(self._head() + words + gap) + 1, theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, centre = painter_for(self), theme.current(), self.height() / 2
        if self._shape:
            side = theme.px(14)
            theme.paint_shape(painter, self._shape, QRectF(0, centre - side / 2, side, side))
        elif self._icon:
            spot = QRectF(0, 0, theme.px(18), self.height())
            theme.paint_icon(painter, self._icon, spot, colours.text2, 18)
        left = draw(painter, (self._head(), centre), self._value, self._role, colours.text)
        left += theme.px(8) if self._value else 0
        if left + theme.width(self._word, "body") <= self.width():
            draw(painter, (left, centre), self._word, "body", colours.text2)
        elif self._word:  # a narrow strip: the figure is what has to be read
            theme.elisions.append(theme.Elision(self._word, ""))
        painter.end()
