"""What the rows of queue and teams share: surfaces, headings, and painting the ages alone.

The view notes which region it was asked to repaint. Where that lies within what counts by itself
(ages, bars, countdowns), only that is drawn, so a tick of the clock costs a fifth of a repaint.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.models import ROW, QueueRow, SectionRow, TeamRow
from ui.theme import Shape, marks
from ui.theme.text import draw, draw_right

_Index = QModelIndex | QPersistentModelIndex
HEADING_HEIGHT = 38
_ONE_LINE_HEIGHT = 34
_RING = 2.5
_DOT = " \N{MIDDLE DOT} "


class Density(StrEnum):
    """How much room a row has."""

    WIDE = "wide"
    MEDIUM = "medium"
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one row: on the red of an emergency everything has one ink."""

    text: QColor
    text2: QColor
    ink: QColor | None


RowT = TypeVar("RowT", QueueRow, TeamRow)


class RowPainter(ABC, Generic[RowT]):
    """Says what goes where in one kind of row."""

    heights: ClassVar[dict[Density, int]]
    end: ClassVar[int]  # from the end of the words to that of the row
    frame_end: ClassVar[int]  # and from the end of what lies behind a picked one

    def __init__(self, density: Density) -> None:
        self.density = density

    @abstractmethod
    def one_line(self, row: RowT) -> bool:
        """Whether the row is a single line at this density."""

    @abstractmethod
    def live(self, area: QRectF, row: RowT) -> QRegion:
        """The part of a row that counts by itself."""

    @abstractmethod
    def paint_still(self, painter: QPainter, area: QRectF, row: RowT, look: Look) -> None:
        """Draws what only changes with the row."""

    @abstractmethod
    def paint_live(self, painter: QPainter, area: QRectF, row: RowT, look: Look) -> None:
        """Draws what counts by itself."""

    def height(self, row: RowT) -> int:
        """The row's height as a design length."""
        return _ONE_LINE_HEIGHT if self.one_line(row) else self.heights[self.density]


class RowDelegate(QStyledItemDelegate):
    """Paints everything of a row itself, through a painter for its kind."""

    def __init__(self, rows: RowPainter[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.dirty: QRegion | None = None  # set by the view before it paints
        self.room = QRect()  # of the view, so that its foot cuts no row in the middle

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(ROW)
        tall = HEADING_HEIGHT if isinstance(row, SectionRow) else self.rows.height(row)
        return QSize(0, theme.px(tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draws one row, or only its ages where no more was asked for."""
        row, area = index.data(ROW), QRectF(option.rect)
        if self._cut(option.rect, self._first_below(index) if isinstance(row, SectionRow) else 0):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, SectionRow):
            _paint_heading(painter, area, row, self.rows.end)
        else:
            self._paint_row(painter, option, area, row)
        painter.restore()

    def _first_below(self, heading: _Index) -> int:
        """How tall the first row of a section is."""
        first = heading.sibling(heading.row() + 1, 0).data(ROW)
        return 0 if first is None else theme.px(self.rows.height(first))

    def _cut(self, area: QRect, needs: int) -> bool:
        """Whether the foot of the list would cut it, or what it needs below it.

        The foot counts what is not shown.
        """
        cut = area.top() < self.room.top() or area.bottom() + needs > self.room.bottom()
        return cut and area.height() * 2 < self.room.height()

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF, row: QueueRow | TeamRow
    ) -> None:
        inside = area.adjusted(theme.px(6), 1, -theme.px(self.rows.frame_end), -1)
        look = _surface(painter, inside, option.state, emergency=row.emergency)
        if not self._only_live(area, row):
            self.rows.paint_still(painter, area, row, look)
        self.rows.paint_live(painter, area, row, look)

    def _only_live(self, area: QRectF, row: QueueRow | TeamRow) -> bool:
        if self.dirty is None:
            return False
        asked = self.dirty.intersected(area.toAlignedRect())
        return asked.subtracted(self.rows.live(area, row)).isEmpty()


def _paint_heading(painter: QPainter, area: QRectF, row: SectionRow, end: int) -> None:
    colours, centre = theme.current(), area.bottom() - theme.px(15)
    at = (area.left() + theme.px(16), centre)
    left = draw(painter, at, row.title, "medium", colours.text2)
    draw(painter, (left + theme.px(8), centre), str(row.count), "strong", colours.text)
    if row.note:
        at = (area.right() - theme.px(end), centre)
        draw_right(painter, at, row.note, "body", colours.text2)


def _surface(
    painter: QPainter, inside: QRectF, state: QStyle.StateFlag, *, emergency: bool
) -> Look:
    """Draws what lies behind a row and says which colours go on it."""
    colours = theme.current()
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if emergency:
        marks.rounded(painter, inside, 6, colours.danger_fill, colours.danger, thick=2)
    elif selected:
        marks.rounded(painter, inside, 6, colours.sel)
    elif state & QStyle.StateFlag.State_MouseOver:
        marks.rounded(painter, inside, 6, colours.raised)
    if selected:
        _accent_bar(painter, inside, colours.danger_ink if emergency else colours.accent)
    if focused:  # a frame is there only where the keyboard is
        ring = colours.danger_ink if emergency else colours.accent
        marks.rounded(painter, inside, 6, None, ring, thick=_RING)
    if emergency:
        return Look(colours.danger_ink, colours.danger_ink, colours.danger_ink)
    return Look(colours.text, colours.text2, None)


def _accent_bar(painter: QPainter, inside: QRectF, colour: QColor) -> None:
    path = QPainterPath()
    path.addRoundedRect(inside, theme.pf(6), theme.pf(6))
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(QRectF(inside.left(), inside.top(), theme.px(4), inside.height()), colour)
    painter.restore()


def whole(rect: QRectF) -> QRect:
    """The pixels that a rectangle touches."""
    return rect.toAlignedRect()


def paint_triangle(painter: QPainter, right: float, centre: float, look: Look) -> float:
    """Draws the triangle of what is over, ending at `right`; returns where it starts."""
    side = theme.px(16)
    spot = QRectF(right - side, centre - side / 2, side, side)
    theme.paint_shape(painter, Shape.OVER, spot, look.ink)
    return spot.left()


def paint_late(painter: QPainter, at: tuple[float, float], late: float, look: Look) -> float:
    """Draws the triangle and `+2:19`, ending at a point; returns where they start."""
    left = draw_right(painter, at, theme.over(late), "time_strong", look.text)
    return paint_triangle(painter, left - theme.px(5), at[1], look)


def late_width() -> float:
    """Room kept for the triangle and its time, so that a row never shifts while it counts."""
    return theme.width("+00:00", "time_strong") + theme.px(5 + 16)


def in_parts(words: str, room: float) -> str:
    """Words of which whole parts go first where there is no room, the least needful last."""
    while _DOT in words and theme.width(words, "body") > room:
        words = words.rsplit(_DOT, 1)[0]
    return theme.fit(words, "body", room)


def at_least_when(words: str, room: float) -> str:
    """Of a countdown without room for what is counted to, the time and that it is ahead."""
    left = words.removeprefix("check-in ")
    return left if left.startswith("in ") and theme.width(words, "body") > room else words


LATE_MARK = 16  # the triangle alone, where its time has no room


def age_text(since: float | None) -> str:
    """The age to show for a start."""
    return "" if since is None else theme.age(theme.clock.now() - since)
