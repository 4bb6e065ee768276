"""Surfaces: panels have no boxes, cards are told apart by their surface or a meaningful edge."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import marks
from ui.widgets.paintable import frame, painter_for


class Surface(StrEnum):
    """How a card stands out."""

    RAISED = "raised"
    STILL = "still"  # raised, but with nothing to do in it
    INSET = "inset"
    OUTLINED = "outlined"
    DASHED = "dashed"
    DANGER = "danger"


class Card(QWidget):
    """A rounded surface with `body`, a column to put things in."""

    def __init__(
        self, surface: Surface = Surface.RAISED, *, across: float = 20, down: float = 14,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._surface = surface
        self.body = QVBoxLayout(self)
        wide, tall = theme.px(across), theme.px(down)
        self.body.setContentsMargins(wide, tall, wide, tall)
        self.body.setSpacing(theme.px(8))

    def set_surface(self, surface: Surface) -> None:
        """Stands out in another way."""
        self._surface = surface
        self.update()

    def surface(self) -> Surface:
        """How it stands out now."""
        return self._surface

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        self.paint_surface(painter, frame(self))
        painter.end()

    def paint_surface(self, painter: QPainter, area: QRectF) -> None:
        """Paint the card without what is in it, there."""
        colours = theme.current()
        edge, thick = None, 1.0
        fill = colours.raised
        match self._surface:
            case Surface.DASHED:
                edge, thick = colours.warn, 2.0
            case Surface.DANGER:
                edge, thick = colours.danger, 2.0
            case Surface.OUTLINED:
                fill, edge, thick = colours.panel, colours.edge, 1.5
            case Surface.INSET:
                fill = colours.sel
            case Surface.RAISED:
                edge, thick = (colours.edge, 2.0) if colours.outlined else (None, 1.0)
            case Surface.STILL:
                edge = colours.line if colours.outlined else None
        dashed = self._surface is Surface.DASHED
        marks.rounded(painter, area, 8, fill, edge, thick=thick, dashed=dashed)


class Panel(QWidget):
    """A plain area in one colour of the theme, e.g. `panel` or `bg`."""

    def __init__(self, colour: str = "panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_surface(self, colour: str) -> None:
        """Takes another colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.fillRect(event.rect(), theme.current().colour(self._colour))
        painter.end()


class Tone(StrEnum):
    """What a band across the window says."""

    PLAIN = "plain"
    EMERGENCY = "emergency"
    BROKEN = "broken"


class Band(QWidget):
    """A line across the window with `row` in it: red for an emergency, hatched when broken."""

    def __init__(
        self, tone: Tone = Tone.PLAIN, *, height: float = 52, colour: str = "bg",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tone, self._colour = tone, colour
        self.setFixedHeight(theme.px(height))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.row.setSpacing(theme.px(12))

    def set_tone(self, tone: Tone) -> None:
        """Says something else."""
        self._tone = tone
        self.update()

    def tone(self) -> Tone:
        """What it says now."""
        return self._tone

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = painter_for(self), theme.current(), frame(self)
        painter.fillRect(area, colours.colour(self._colour))
        if self._tone is Tone.EMERGENCY:
            painter.fillRect(area, colours.danger)
            painter.fillRect(area.adjusted(0, theme.px(2), 0, -theme.px(2)), colours.danger_fill)
        elif self._tone is Tone.BROKEN:
            stripe = theme.px(5)
            painter.fillRect(area, colours.panel)
            for top in (0.0, area.height() - stripe):
                strip = type(area)(0, top, area.width(), stripe)
                marks.paint_hatch(painter, strip, colours.warn, colours.bg)
        painter.end()
