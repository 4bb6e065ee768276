"""The rows of open incidents: who waits, where, what it is, and the next act."""

from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QRegion

from ui import theme
from ui.delegates.base import (
    LATE_MARK,
    Density,
    Look,
    RowDelegate,
    RowPainter,
    age_text,
    at_least_when,
    in_parts,
    late_width,
    paint_late,
    paint_triangle,
    whole,
)
from ui.models import QueueRow
from ui.models.rows import spoken
from ui.theme import marks
from ui.theme.text import draw, draw_middle, draw_right

_ONE_LINE_FROM = 440  # narrower crowded lists keep two lines, closer together
_SOURCE_FROM = 440  # and narrower ones leave source and owner to the incident
_OWNER = 96  # more of a name would leave the next act too little
_NO_BAR = 14  # of that where no bar, time or owner stands, words may have so much
_AGE = 62
_TEXT_LEFT, _SHAPE_LEFT, _STATE_LEFT = 56, 57, 80
_STATE_AT = 0.53  # where the state starts in a one-line row


class QueuePainter(RowPainter[QueueRow]):
    """Paints `QueueRow`s in two lines, or one when crowded and wide."""

    heights: ClassVar = {Density.WIDE: 60, Density.MEDIUM: 52, Density.CROWDED: 50}
    end: ClassVar = 26  # room for the bar
    frame_end: ClassVar = 4

    def __init__(self, density: Density, width: float) -> None:
        super().__init__(density)
        self.width = width

    def one_line(self, row: QueueRow) -> bool:
        del row
        return self._single()

    def _single(self) -> bool:
        return self.density is Density.CROWDED and self.width >= _ONE_LINE_FROM

    def live(self, area: QRectF, row: QueueRow) -> QRegion:
        right, first, second = self._lines(area)
        half = theme.px(12)
        region = QRegion(
            whole(QRectF(right - theme.px(_AGE), first - half, theme.px(_AGE), 2 * half))
        )
        if self.one_line(row):
            late = QRectF(right - theme.px(_AGE + 26), first - half, theme.px(26), 2 * half)
            return region.united(QRegion(whole(late)))
        if "{due}" in row.next_act:
            words = QRectF(
                area.left() + theme.px(_STATE_LEFT), second - half, area.width(), 2 * half
            )
            region = region.united(QRegion(whole(words)))
        elif room := self._late_room(area, row):
            room -= theme.px(8)
            late = QRectF(right - room, second - half, room + 1, 2 * half)
            region = region.united(QRegion(whole(late)))
        if row.limit_s:
            region = region.united(QRegion(whole(_bar(area))))
        return region

    def paint_still(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        if self.one_line(row):
            self._paint_one_line(painter, area, row, look)
            return
        right, first, second = self._lines(area)
        self._paint_number(painter, area, row, look)
        place_end = right - theme.px(_AGE)
        if row.source and area.width() >= theme.px(_SOURCE_FROM):
            at = (place_end, first)
            place_end = draw_right(painter, at, row.source, "body", look.text2) - theme.px(8)
        left = area.left() + theme.px(_TEXT_LEFT)
        place = theme.fit(row.place, "strong", place_end - left)
        draw(painter, (left, first), place, "strong", look.text)
        side = theme.px(15)
        spot = QRectF(area.left() + theme.px(_SHAPE_LEFT), second - side / 2, side, side)
        theme.paint_shape(painter, row.state_shape, spot, look.ink)
        if "{due}" not in row.next_act:
            self._paint_words(painter, area, row, look)

    def paint_live(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        right, first, _ = self._lines(area)
        now = theme.clock.now()
        one, late = self.one_line(row), row.late(now)
        role = "time_strong" if one else "age"
        draw_right(painter, (right, first), age_text(row.since()), role, look.text)
        if one:
            if late is not None:
                paint_triangle(painter, right - theme.px(_AGE + 4), first, look)
            return
        if "{due}" in row.next_act:
            self._paint_words(painter, area, row, look)
        self._paint_late(painter, area, row, look)
        filled = row.filled(now)
        if filled is not None and not row.emergency:
            marks.paint_limit(painter, _bar(area), filled, over=filled >= 1)

    def _lines(self, area: QRectF) -> tuple[float, float, float]:
        """Right end of the words, centre of the first line, centre of the second."""
        middle = area.center().y()
        right = area.right() - theme.px(self.end)
        if self._single():
            return right, middle, middle
        return right, middle - theme.px(11), middle + theme.px(12)

    def _paint_number(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        _, first, second = self._lines(area)
        side = theme.px(24 if self.density is Density.WIDE else 22)
        box = QRectF(area.left() + theme.px(18), round(first - side / 2), side, side)
        marks.paint_priority(painter, box, row.priority, look.ink)
        role = "strong" if row.unread else "body"
        colour = look.text if row.unread else look.text2
        draw_middle(painter, (box.center().x(), second), row.number, role, colour)

    def _paint_words(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        """State in bold, next act, and as much of the detail as fits; the owner at the right."""
        right, _, centre = self._lines(area)
        left, owner = area.left() + theme.px(_STATE_LEFT), owner_in(area, row)
        late = self._late_room(area, row)
        end = right - late
        if not (late or owner or row.limit_s):
            end += theme.px(_NO_BAR)
        act = _act(row, end - left - _owner_width(area, row))
        if owner:
            end = _paint_owner(painter, (end, centre), owner, look) - theme.px(8)
        state = theme.fit(row.state, "strong", end - left)
        left = draw(painter, (left, centre), state, "strong", look.text) + theme.px(8)
        # In the same words before it is late and then.
        act = act_in(act, right - theme.px(LATE_MARK + 8) - _owner_width(area, row) - left)
        more = f"{act} \N{MIDDLE DOT} {row.detail}" if act and row.detail else act or row.detail
        if theme.width(more, "body") > end - left:
            more = in_parts(act, end - left)
        draw(painter, (left, centre), more, "body", look.text2)

    def _paint_late(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        late = row.late(theme.clock.now())
        if late is None or row.emergency:
            return
        right, _, centre = self._lines(area)
        if self._late_room(area, row) > theme.px(LATE_MARK + 8):
            paint_late(painter, (right, centre), late, look)
        else:
            paint_triangle(painter, right, centre, look)

    def _late_room(self, area: QRectF, row: QueueRow) -> float:
        """Room for triangle and time; for the triangle alone where state and act need the rest."""
        if row.emergency or row.late(theme.clock.now()) is None:
            return 0.0
        room = self._lines(area)[0] - area.left() - theme.px(_STATE_LEFT) - _owner_width(area, row)
        full = late_width() + theme.px(8)
        return full if _needs(row, _act(row, 0)) <= room - full else theme.px(LATE_MARK + 8)

    def _paint_one_line(self, painter: QPainter, area: QRectF, row: QueueRow, look: Look) -> None:
        right, centre, _ = self._lines(area)
        side = theme.px(20)
        box = QRectF(area.left() + theme.px(18), round(centre - side / 2), side, side)
        marks.paint_priority(painter, box, row.priority, look.ink)
        draw(painter, (area.left() + theme.px(46), centre), row.number, "body", look.text2)
        left, middle = area.left() + theme.px(82), area.left() + area.width() * _STATE_AT
        place = theme.fit(row.place, "strong", middle - left - theme.px(8))
        draw(painter, (left, centre), place, "strong", look.text)
        mark = theme.px(14)
        spot = QRectF(middle, centre - mark / 2, mark, mark)
        theme.paint_shape(painter, row.state_shape, spot, look.ink)
        words_at = middle + theme.px(21)
        words = row.brief or row.state
        room = right - theme.px(_AGE + 26) - words_at
        draw(painter, (words_at, centre), theme.fit(words, "body", room), "body", look.text2)


def _bar(area: QRectF) -> QRectF:
    tall = area.height() - theme.px(16)
    return QRectF(area.right() - theme.px(20), area.top() + theme.px(8), theme.px(5), tall)


def _act(row: QueueRow, room: float) -> str:
    """The next act, a little shorter where its countdown would not fit."""
    now = theme.clock.now()
    act = spoken(row.next_act, row.due_at, now)
    if "in {due}" in row.next_act and _needs(row, act) > room:
        return at_least_when(act, 0)
    return act


def act_in(act: str, room: float) -> str:
    """An act as it is, or where it has no room, what is to be asked as a question."""
    if act.startswith("ask: ") and theme.width(act, "body") > room:
        return f"{act.removeprefix('ask: ')}?"
    return act


def _needs(row: QueueRow, act: str) -> float:
    """How wide state and act are together."""
    return theme.width(row.state, "strong") + theme.width(act, "body") + theme.px(8)


def owner_in(area: QRectF, row: QueueRow) -> str:
    """Whose it is, as far as it has room; in a narrow list no row says so.

    In an emergency the row says who has that; whose incident it is must not look like it.
    """
    if not row.owner or row.emergency or area.width() < theme.px(_SOURCE_FROM):
        return ""
    return theme.fit(row.owner, "body", theme.px(_OWNER))


def _owner_width(area: QRectF, row: QueueRow) -> float:
    owner = owner_in(area, row)
    return theme.width(owner, "body") + theme.px(22 + 8) if owner else 0.0


def _paint_owner(painter: QPainter, at: tuple[float, float], owner: str, look: Look) -> float:
    left = draw_right(painter, at, owner, "body", look.text2)
    side = theme.px(18)
    spot = QRectF(left - theme.px(4) - side, at[1] - side / 2, side, side)
    theme.paint_icon(painter, "user", spot, look.text2, 16)
    return spot.left()


class QueueDelegate(RowDelegate):
    """The delegate of a list of `QueueRow`s; `width` is the list's, as a design length."""

    def __init__(self, density: Density = Density.WIDE, width: float = 480) -> None:
        self._queue = QueuePainter(density, width)
        super().__init__(self._queue)

    def set_room(self, density: Density, width: float) -> bool:
        """Takes density and width; true if either is new, then the view has to `renew`."""
        rows, new = self._queue, (density, width)
        if (rows.density, rows.width) == new:
            return False
        rows.density, rows.width = new
        return True
