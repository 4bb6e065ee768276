"""Tables as tuples of columns: what each says of a row, and how a row of them is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.models import ROW
from ui.theme import Shape, marks
from ui.theme.text import draw
from ui.widgets.line import Run
from ui.widgets.marks import MARK_AT

_Index = QModelIndex | QPersistentModelIndex
INSET = 10  # from the edge of a row to its first and last word
GAP = 12  # between columns
_WORD_GAP = 7  # between the pieces of a cell
_BACK = 80  # how far before its column a second line may begin
_LIFT = 11  # from the middle of a row to the middle of either of two lines


class Bar(NamedTuple):
    """A lying bar: towards a limit that a mark shows, or a plain share of something."""

    share: float
    limit: bool = False


class Box(NamedTuple):
    """A priority."""

    priority: int | None


class Fixed(NamedTuple):
    """Words that take this design length at least, so that what follows begins where it does."""

    run: Run
    width: float


Piece = Run | Shape | Bar | Box | Fixed
Cell = tuple[Piece, ...]
Says = Callable[[Any, float], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says of a row at a time (seconds since 1970); `below` in a second line.

    `width` is a design length; a column that `grows` is as wide as its words at least. One
    without a width gets what they need and its `stretch` of what is left, or its share of what
    there is. The second line runs on over `over` columns, or begins `back` before its own where
    its words need that; `live` columns count by themselves.
    """

    title: str
    says: Says
    width: float = 0
    stretch: float = 1
    right: bool = False
    live: bool = False
    grows: bool = False
    below: Says | None = None
    over: int = 1
    back: bool = False

    @property
    def yields(self) -> bool:
        """Whether its words decide how wide it is."""
        return self.grows or not self.width


Needs = Sequence[float]  # how wide the words of each column are


def spans(columns: Sequence[Column], room: float, needs: Needs = ()) -> list[tuple[float, float]]:
    """Return where each column starts and ends in a row `room` pixels wide."""
    inset, gap = theme.px(INSET), theme.px(GAP)
    free = room - gap * (len(columns) - 1) - 2 * inset
    left, found = float(inset), []
    for wide in _widths(columns, free, needs or [0.0] * len(columns)):
        found.append((left, left + wide))
        left += wide + gap
    return found


def _widths(columns: Sequence[Column], free: float, needs: Needs) -> list[float]:
    """As wide as the words; what is over goes to those without a width, what lacks is shared."""
    wanted = [
        max(theme.px(c.width), need) if c.yields else theme.px(c.width)
        for c, need in zip(columns, needs, strict=True)
    ]
    spare = free - sum(wanted)
    if spare >= 0:
        parts = sum(c.stretch for c in columns if not c.width) or 1
        return [
            wide if c.width else wide + spare * c.stretch / parts
            for c, wide in zip(columns, wanted, strict=True)
        ]
    kept = sum(wide for c, wide in zip(columns, wanted, strict=True) if c.width)
    most = _most([w for c, w in zip(columns, wanted, strict=True) if not c.width], free - kept)
    return [w if c.width else min(w, most) for c, w in zip(columns, wanted, strict=True)]


def _most(wanted: Sequence[float], room: float) -> float:
    """How wide the widest may be, so that all together have room; the narrow keep theirs."""
    left, ordered = max(0.0, room), sorted(wanted)
    for place, wide in enumerate(ordered):
        share = left / (len(ordered) - place)
        if wide >= share:
            return share
        left -= wide
    return left


def needs_of(columns: Sequence[Column], rows: Sequence[Any], now: float) -> tuple[float, ...]:
    """Return how wide the words of each column are; bars take what they get."""
    return tuple(
        max((_need(c, row, now) for row in rows), default=0.0) if c.yields else 0.0 for c in columns
    )


def _need(column: Column, row: Any, now: float) -> float:
    lines = [column.says(row, now)]
    if column.below is not None and column.over == 1 and not column.back:
        lines.append(column.below(row, now))
    wide = max(_cell_wide(cell) for cell in lines)
    return max(wide, theme.width(column.title, "body")) + 1


def _cell_wide(cell: Cell) -> float:
    words = [piece for piece in cell if not isinstance(piece, Bar)]
    return sum(_wide(piece) for piece in words) + theme.px(_WORD_GAP) * max(0, len(words) - 1)


class TableDelegate(QStyledItemDelegate):
    """Paints a row of columns, and of a row that only counts, the columns that count."""

    def __init__(
        self,
        columns: Sequence[Column],
        height: float,
        *,
        lines: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.height, self.lines = tuple(columns), height, lines
        self.needs: Needs = ()  # set by the table: how wide its words are
        self.dirty: QRegion | None = None  # set by the view while it paints

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, theme.px(self.height))

    def spans(self, room: float) -> list[tuple[float, float]]:
        """Where each column starts and ends in a row `room` pixels wide."""
        return spans(self.columns, room, self.needs)

    def live(self, area: QRectF) -> QRegion:
        """The part of a row that counts by itself."""
        region = QRegion()
        for column, (start, end) in zip(self.columns, self.spans(area.width()), strict=True):
            if column.live:
                first = start - 1 - (theme.px(_BACK) if column.back else 0)
                spot = QRectF(area.left() + first, area.top(), end - first + 1, area.height())
                region = region.united(QRegion(spot.toAlignedRect()))
        return region

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draws what was asked for of one row."""
        row, area, now = index.data(ROW), QRectF(option.rect), theme.clock.now()
        red = bool(getattr(row, "emergency", False))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._surface(painter, area, option.state, red=red)
        ink = theme.current().danger_ink if red else None
        found = self.spans(area.width())
        for place, (column, (start, end)) in enumerate(zip(self.columns, found, strict=True)):
            first, last = self._second(found, place, (row, now))
            room = QRectF(area.left() + start, area.top(), end - start, area.height())
            whole = QRectF(area.left() + first, area.top(), last - first, area.height())
            if self.dirty is None or self.dirty.intersects(room.united(whole).toAlignedRect()):
                _paint_column(painter, column, (room, whole), (row, now), ink)
        painter.restore()

    def _second(
        self, found: list[tuple[float, float]], place: int, seen: tuple[Any, float]
    ) -> tuple[float, float]:
        """From where to where the second line of a column may go in this row."""
        column, (start, end) = self.columns[place], found[place]
        if column.back and column.below:
            need = min(_cell_wide(column.below(*seen)), end - start + theme.px(_BACK))
            return min(start, end - need), end
        after = place + column.over
        end = found[after - 1][1]
        beside = self.columns[after] if after < len(self.columns) else column
        if beside.back and beside.below:
            end = min(end, found[after][1] - _cell_wide(beside.below(*seen)) - theme.px(GAP))
        return start, end

    def _surface(
        self, painter: QPainter, area: QRectF, state: QStyle.StateFlag, *, red: bool
    ) -> None:
        colours, inside = theme.current(), area.adjusted(0, 1, 0, -1)
        picked = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if red:
            marks.rounded(painter, inside, 6, colours.danger_fill, colours.danger, thick=2)
        elif picked:
            marks.rounded(painter, inside, 6, colours.sel)
            bar = QRectF(inside.left(), inside.top() + 6, theme.px(3), inside.height() - 12)
            marks.rounded(painter, bar, 1.5, colours.edge)
        elif state & QStyle.StateFlag.State_MouseOver:
            marks.rounded(painter, inside, 6, colours.raised)
        elif self.lines:
            inset = theme.px(INSET)
            rule = QRectF(area.left() + inset, area.bottom() - 1, area.width() - 2 * inset, 1)
            painter.fillRect(rule, colours.line)
        if focused:  # a frame is there only where the keyboard is
            marks.rounded(painter, inside, 6, None, colours.accent, thick=2)
        if focused and red:  # on the red a ring of its ink too, for edges are red or white there
            gap = theme.pf(2)
            within = inside.adjusted(gap, gap, -gap, -gap)
            marks.rounded(painter, within, 5, None, colours.danger_ink, thick=2)


def _paint_column(
    painter: QPainter,
    column: Column,
    rooms: tuple[QRectF, QRectF],
    seen: tuple[Any, float],
    ink: QColor | None,
) -> None:
    room, whole = rooms
    middle, lift = room.center().y(), theme.px(_LIFT)
    second = column.below(*seen) if column.below else ()
    first = middle - lift if second else middle
    paint_cell(painter, column.says(*seen), (room, first), ink, right=column.right)
    if second:
        paint_cell(painter, second, (whole, middle + lift), ink, right=column.right)


def paint_cell(
    painter: QPainter,
    cell: Cell,
    at: tuple[QRectF, float],
    ink: QColor | None = None,
    *,
    right: bool = False,
) -> None:
    """Draws the pieces of a cell beside each other within a room, centred on a height."""
    room, centre = at
    gap = theme.px(_WORD_GAP)
    left = room.left()
    if right:
        left = max(left, room.right() - _cell_wide(cell))
    for piece in cell:
        left = _paint(painter, piece, (left, centre, room.right()), ink) + gap


def _wide(piece: Piece) -> float:
    if isinstance(piece, Run):
        return theme.width(piece.text, piece.role)
    if isinstance(piece, Fixed):
        return max(theme.px(piece.width), _wide(piece.run))
    return theme.px(22 if isinstance(piece, Box) else 16)


def _paint(
    painter: QPainter, piece: Piece, at: tuple[float, float, float], ink: QColor | None
) -> float:
    left, centre, end = at
    if isinstance(piece, Fixed):
        return max(left + theme.px(piece.width), _paint(painter, piece.run, at, ink))
    if isinstance(piece, Run):
        shown = theme.fit(piece.text, piece.role, end - left) if piece.text else ""
        return draw(
            painter, (left, centre), shown, piece.role, ink or theme.current().colour(piece.colour)
        )
    if isinstance(piece, Bar):
        _paint_bar(painter, piece, QRectF(left, centre - theme.px(9), end - left, theme.px(18)))
        return end
    if isinstance(piece, Box):
        side = theme.px(22)
        marks.paint_priority(
            painter, QRectF(left, round(centre - side / 2), side, side), piece.priority, ink
        )
        return left + side
    side = theme.px(16)
    theme.paint_shape(painter, piece, QRectF(left, centre - side / 2, side, side), ink)
    return left + side


def _paint_bar(painter: QPainter, bar: Bar, spot: QRectF) -> None:
    tall = theme.px(8)
    lying = QRectF(spot.left(), spot.center().y() - tall / 2, spot.width(), tall)
    over = bar.limit and bar.share >= 1
    marks.paint_limit(painter, lying, bar.share * (MARK_AT if bar.limit else 1), over=over)
    if bar.limit:
        at = round(spot.left() + spot.width() * MARK_AT)
        painter.fillRect(QRectF(at, spot.top(), theme.px(2), spot.height()), theme.current().text)
