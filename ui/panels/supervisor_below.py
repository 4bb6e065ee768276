"""The foot of a column of the supervisor's window: how much of which list is below what is seen."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.delegates.table_view import TableView
from ui.theme import marks
from ui.theme.text import draw
from ui.widgets.card import Card
from ui.widgets.paintable import Painted, painter_for
from ui.widgets.quiet_bar import QuietBar

FOOT = 30
_SIDES = 68  # what its edges and its arrow take of the width
Words = Callable[[int], str]  # what a part says of so many of its rows below; "" for nothing


class Below(Painted):
    """Lies over the foot of a column while something is below it; no row is shown by half."""

    def __init__(self, area: QScrollArea, colour: str) -> None:
        super().__init__("", area)
        self._area, self._colour, self._said = area, colour, ""
        self._parts: list[tuple[QWidget, Words]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)
        self.lead = "Below: "  # before what the parts say
        self.before: Callable[[], None] = lambda: None  # what has to be done before it looks
        area.verticalScrollBar().valueChanged.connect(self.settle)
        area.verticalScrollBar().rangeChanged.connect(self.soon)
        for watched in (area.viewport(), area.widget()):
            if watched is not None:
                watched.installEventFilter(self)
        self.hide()

    def count(self, part: QWidget, words: Words) -> None:
        """Says of this part too what is below."""
        self._parts.append((part, words))

    def soon(self) -> None:
        """Look once, when all that moves now has moved."""
        self._timer.start()

    def _look(self) -> None:
        self.before()
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.soon()
        return super().eventFilter(watched, event)

    def text(self) -> str:
        """What it says; "" while all can be seen."""
        return "" if self.isHidden() else self._said

    def settle(self, _at: int = 0) -> None:
        """Cover from the first line that would be cut; hidden where all is shown."""
        bar, view, page = (
            self._area.verticalScrollBar(),
            self._area.viewport(),
            self._area.widget(),
        )
        more = page is not None and _reaches(page, view)
        if isinstance(bar, QuietBar):
            bar.set_needed(needed=more or bar.value() > 0)
        if page is None or bar.value() >= bar.maximum() or not more:
            self.hide()
            return
        foot = self.y_of_foot()
        top = min(_first_cut(page, view, foot), foot)
        top = self._with_heads(top, foot)
        self._said = self._fitting(tuple(self._words(top)))
        at = view.mapTo(self._area, QPoint(0, top))
        self.setGeometry(at.x(), at.y(), view.width(), view.height() - top)
        self.setAccessibleName(self._said)
        self.show()
        self.raise_()
        self.update()

    def _with_heads(self, top: int, foot: int) -> int:
        """A list of which no row can be seen is covered from its head on: the foot names it."""
        view = self._area.viewport()
        for part, _ in self._parts:
            rows = [
                row
                for table in part.findChildren(TableView)
                if table.isVisible()
                for row in _rows(table, view)
            ]
            head = part.mapTo(view, QPoint(0, 0)).y()
            if part.isVisible() and rows and foot // 3 < head < top <= rows[0][0] + 1:
                top = head
        return top

    def _fitting(self, said: tuple[str, ...]) -> str:
        """As many lists as have room; first goes what has no number."""
        room = self._area.viewport().width() - theme.px(_SIDES)
        counted = tuple(part for part in said if any(map(str.isdecimal, part)))
        fewer = [(*counted[:many], "more") for many in range(len(counted) - 1, 0, -1)]
        for parts in (said, counted, *fewer):
            words = f"{self.lead}{' · '.join(parts)}"
            if parts and theme.width(words, "body") <= room:
                return words
        return "Below: more"

    def y_of_foot(self) -> int:
        """Where its line begins, in what is seen of the column."""
        return self._area.viewport().height() - theme.px(FOOT)

    def _words(self, top: int) -> Iterator[str]:
        """What each part says that reaches below `top`."""
        view = self._area.viewport()
        for part, words in self._parts:
            end = part.mapTo(view, QPoint(0, part.height())).y()
            if part.isVisible() and end > top:
                rows = sum(_below(table, view, top) for table in part.findChildren(TableView))
                if said := words(rows):
                    yield said

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        painter.fillRect(self.rect(), colours.colour(self._colour))
        tall = theme.px(FOOT)
        line = QRectF(0, self.height() - tall, self.width(), tall)
        line.adjust(theme.px(12), theme.px(2), -theme.px(12), -theme.px(2))
        _paint_line(painter, line, self._said)
        painter.end()


class FootLine(Painted):
    """The same line under a list that scrolls by itself."""

    def __init__(self) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(FOOT - 4))

    def tell(self, words: str) -> None:
        """Says what is below; "" takes the line away."""
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_for(self)
        _paint_line(painter, QRectF(self.rect()), self.accessibleName())
        painter.end()


def _paint_line(painter: QPainter, line: QRectF, words: str) -> None:
    colours = theme.current()
    edge = colours.edge if colours.outlined else None
    marks.rounded(painter, line, 6, colours.raised, edge)
    spot = QRectF(line.left() + theme.px(8), line.top(), theme.px(18), line.height())
    theme.paint_icon(painter, "chevron-down", spot, colours.text2, 16)
    left = spot.right() + theme.px(6)
    shown = theme.fit(words, "body", line.right() - left - theme.px(8))
    draw(painter, (left, line.center().y()), shown, "body", colours.text)


def _below(table: TableView, view: QWidget, top: int) -> int:
    """How many rows of a table cannot be seen above `top`, those it scrolls itself included."""
    end = table.viewport().mapTo(view, QPoint(0, table.viewport().height())).y()
    return sum(rect[1] > min(top, end) for rect in _rows(table, view))


def _rows(table: TableView, view: QWidget) -> Iterator[tuple[int, int]]:
    """Where each row of a table begins and ends."""
    for place in range(table.rows.rowCount()):
        rect = table.visualRect(table.rows.index(place))
        top = table.viewport().mapTo(view, rect.topLeft()).y()
        yield top, top + rect.height()


def _reaches(page: QWidget, view: QWidget) -> bool:
    """Whether anything to be read ends below what is seen, not only the margin of the column."""
    parts = [part for part in page.findChildren(QWidget) if part.isVisibleTo(page)]
    shown = [p for p in parts if isinstance(p, Painted | QAbstractButton | TableView | Card)]
    return any(p.mapTo(view, QPoint(0, p.height())).y() > view.height() for p in shown)


def _first_cut(page: QWidget, view: QWidget, foot: int) -> int:
    """Where the first line begins that reaches below `foot`: a row, a button, a line of words."""
    tops = [foot]
    for part in page.findChildren(QWidget):
        if not part.isVisibleTo(page):
            continue
        if isinstance(part, TableView):
            # Rows that the table itself scrolls out of sight are nowhere on the column.
            seen = part.viewport().mapTo(view, QPoint(0, part.viewport().height())).y()
            tops += [top for top, end in _rows(part, view) if top < foot < end <= seen]
        elif isinstance(part, Painted | QAbstractButton | Card):
            top = part.mapTo(view, QPoint(0, 0)).y()
            tops += [top] if top < foot < top + part.height() and top > foot // 2 else []
    return min(tops)
