"""The rows of teams: shape and word, incident, how long, and why it ranks where it does."""

from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QRegion

from ui import theme
from ui.delegates.base import (
    Density,
    Look,
    RowDelegate,
    RowPainter,
    age_text,
    at_least_when,
    in_parts,
    late_width,
    paint_late,
    whole,
)
from ui.models import TeamRow
from ui.models.rows import spoken
from ui.theme.text import draw, draw_right

_ONE_LINE_FROM = 400  # narrower crowded lists keep two lines
_AGE = 66
_TEXT_LEFT = 46


class TeamPainter(RowPainter[TeamRow]):
    """Paints `TeamRow`s in two lines; when crowded only free teams keep both."""

    heights: ClassVar = {Density.WIDE: 60, Density.MEDIUM: 52, Density.CROWDED: 50}
    end: ClassVar = 9  # where the cards above end
    frame_end: ClassVar = 2

    def __init__(self, density: Density, width: float) -> None:
        super().__init__(density)
        self.width = width

    def one_line(self, row: TeamRow) -> bool:
        crowded = self.density is Density.CROWDED and self.width >= _ONE_LINE_FROM
        return crowded and row.section != "free" and not row.emergency

    def live(self, area: QRectF, row: TeamRow) -> QRegion:
        right, first, second = self._lines(area, row)
        half = theme.px(12)
        age = QRectF(right - theme.px(_AGE), first - half, theme.px(_AGE), 2 * half)
        region = QRegion(whole(age))
        if self._counts(row):
            left = area.left() + theme.px(_TEXT_LEFT)
            words = QRectF(left, second - half, right - left + 1, 2 * half)
            region = region.united(QRegion(whole(words)))
        return region

    def paint_still(self, painter: QPainter, area: QRectF, row: TeamRow, look: Look) -> None:
        right, first, _ = self._lines(area, row)
        side = theme.px(18)
        spot = QRectF(area.left() + theme.px(16), first - side / 2, side, side)
        theme.paint_shape(painter, row.shape, spot, look.ink)
        if not self._counts(row) or not self.one_line(row):
            left = self._paint_head(painter, area, row, look)
            if self.one_line(row):
                room = right - theme.px(_AGE) - left
                words = in_parts(self._second(row), room)
                draw(painter, (left, first), words, "body", look.text2)
        if not self._counts(row) and not self.one_line(row):
            self._paint_second(painter, area, row, look)

    def paint_live(self, painter: QPainter, area: QRectF, row: TeamRow, look: Look) -> None:
        right, first, _ = self._lines(area, row)
        role = "time_strong" if self.one_line(row) else "age"
        draw_right(painter, (right, first), age_text(row.since()), role, look.text)
        if not self._counts(row):
            return
        if not self.one_line(row):
            self._paint_second(painter, area, row, look)
            return
        left = self._paint_head(painter, area, row, look)
        end = right - theme.px(_AGE)
        late = row.late(theme.clock.now())
        if late is not None:
            end = paint_late(painter, (end, first), late, look) - theme.px(6)
        words = theme.fit(at_least_when(self._second(row), end - left), "body", end - left)
        draw(painter, (left, first), words, "body", look.text2)

    def _lines(self, area: QRectF, row: TeamRow) -> tuple[float, float, float]:
        middle, right = area.center().y(), area.right() - theme.px(self.end)
        if self.one_line(row):
            return right, middle, middle
        return right, middle - theme.px(12), middle + theme.px(12)

    def _counts(self, row: TeamRow) -> bool:
        """Whether the words change by themselves."""
        late = row.late(theme.clock.now()) is not None
        return late or "{due}" in (row.brief if self.one_line(row) else row.reason or row.detail)

    def _second(self, row: TeamRow) -> str:
        words = row.brief if self.one_line(row) else row.reason or row.detail
        return spoken(words, row.due_at, theme.clock.now())

    def _paint_head(self, painter: QPainter, area: QRectF, row: TeamRow, look: Look) -> float:
        """Call sign, state and incident; returns where more may follow."""
        right, centre, _ = self._lines(area, row)
        gap, left = theme.px(10), area.left() + theme.px(_TEXT_LEFT)
        end = right - theme.px(_AGE)
        left = draw(painter, (left, centre), row.call_sign, "strong", look.text) + gap
        state = theme.fit(row.state, "body", end - left)
        left = draw(painter, (left, centre), state, "body", look.text) + gap
        if not row.incident:
            return left
        incident = theme.fit(row.incident, "strong", end - left)
        return draw(painter, (left, centre), incident, "strong", look.text2) + theme.px(6)

    def _paint_second(self, painter: QPainter, area: QRectF, row: TeamRow, look: Look) -> None:
        right, _, centre = self._lines(area, row)
        late, left = row.late(theme.clock.now()), area.left() + theme.px(_TEXT_LEFT)
        if late is not None:
            paint_late(painter, (right, centre), late, look)
            right -= late_width() + theme.px(8)
        words = self._second(row)
        if row.place and not row.reason:
            both = f"{row.place} \N{MIDDLE DOT} {words}" if words else row.place
            words = both if theme.width(both, "body") <= right - left or not words else words
        draw(painter, (left, centre), in_parts(words, right - left), "body", look.text2)


class TeamDelegate(RowDelegate):
    """The delegate of a list of `TeamRow`s; `width` is the list's, as a design length."""

    def __init__(self, density: Density = Density.WIDE, width: float = 440) -> None:
        self._teams = TeamPainter(density, width)
        super().__init__(self._teams)

    def set_room(self, density: Density, width: float) -> bool:
        """Takes density and width; true if either is new, then the view has to `renew`."""
        rows, new = self._teams, (density, width)
        if (rows.density, rows.width) == new:
            return False
        rows.density, rows.width = new
        return True
