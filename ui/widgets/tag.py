"""Tags: the word for where an assessment stands, with its shape."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import marks
from ui.theme.shapes import Shape, asked
from ui.theme.text import draw
from ui.widgets.paintable import Painted, frame, painter_for


class Look(StrEnum):
    """How a tag is filled."""

    OUTLINED = "outlined"
    WARN = "warn"
    DANGER = "danger"
    DASHED = "dashed"


class Tag(Painted):
    """A few words in capitals with a shape."""

    def __init__(
        self, text: str, look: Look = Look.OUTLINED, shape: Shape | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._text, self._look, self._shape = text, look, shape

    @classmethod
    def not_assessed(cls) -> "Tag":
        """Weapon or violence has not been asked."""
        return cls("NOT ASSESSED", Look.WARN, Shape.NOT_ASSESSED)

    @classmethod
    def provisional(cls, count: int) -> "Tag":
        """`count` of the four have been asked."""
        return cls("PROVISIONAL", Look.OUTLINED, asked(count))

    @classmethod
    def assessed(cls, shape: Shape = Shape.TEAM_ALONE) -> "Tag":
        """All four have been asked; the shape says who goes."""
        return cls("ASSESSED", Look.OUTLINED, shape)

    @classmethod
    def below_floor(cls, text: str = "BELOW THE FLOOR") -> "Tag":
        """A person chose less than the floor sends."""
        return cls(text, Look.DANGER, Shape.REFUSED)

    @classmethod
    def practice(cls) -> "Tag":
        """Nothing on this screen is a real emergency yet."""
        return cls("PRACTICE", Look.DASHED)

    def set_tag(self, text: str, look: Look, shape: Shape | None) -> None:
        """Says something else."""
        self._text, self._look, self._shape = text, look, shape
        self.setAccessibleName(text)
        self.renew()

    def copy_from(self, other: "Tag") -> None:
        """Says what another tag says."""
        self.set_tag(other._text, other._look, other._shape)  # noqa: SLF001  its own class

    def _lead(self) -> int:
        return theme.px(34 if self._shape else 10)

    def sizeHint(self) -> QSize:
        wide = self._lead() + theme.width(self._text, "strong") + theme.px(10)
        return QSize(int(wide) + 1, theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = painter_for(self), theme.current(), frame(self)
        ink, on = colours.text, None
        match self._look:
            case Look.WARN:
                ink = on = colours.warn_ink
                marks.rounded(painter, area, 5, colours.warn_fill)
            case Look.DANGER:
                ink = on = colours.danger_ink
                marks.rounded(painter, area, 5, colours.danger_fill)
            case Look.DASHED:
                marks.rounded(painter, area, 5, None, colours.edge, thick=1.5, dashed=True)
            case Look.OUTLINED:
                marks.rounded(painter, area, 5, None, colours.edge, thick=1.5)
        if self._shape:
            side = theme.px(16)
            spot = QRectF(theme.px(10), (area.height() - side) / 2, side, side)
            theme.paint_shape(painter, self._shape, spot, on)
        draw(painter, (self._lead(), area.height() / 2), self._text, "strong", ink)
        painter.end()
