"""A list of rows: keys and mouse pick, the picked row stays picked while rows move."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QListView,
    QSizePolicy,
    QWidget,
)

from ui import theme
from ui.delegates.base import RowDelegate
from ui.models import QueueRow, SectionRow, SortedRows, TeamRow
from ui.models.rows import Row
from ui.theme import marks, state
from ui.widgets.quiet_bar import QuietBar

_EACH_SECOND = 60  # older ages show every other second: calmer, and half the work


class RowsView(QListView):
    """Shows `SortedRows`; `picked` comes only from a person, never from rows that move."""

    picked = Signal(str)
    opened = Signal(str)
    scrolled = Signal()

    def __init__(
        self, name: str, rows: SortedRows, delegate: RowDelegate,
        *, surface: str = "panel", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._sorted, self._delegate, self._surface = rows, delegate, surface
        self._key, self._beat = "", False
        self._late: set[str] = set()  # keys of the rows that were late at the last tick
        delegate.setParent(self)
        self.setAccessibleName(name)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self._configure()
        self._follow()
        self.renew()

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(QuietBar())
        # Always there, so that no row changes its width when one more arrives.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Fixed)  # rows are as tall at any width

    def _follow(self) -> None:
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key_at(index)))
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        for moved in (self._sorted.rowsInserted, self._sorted.rowsRemoved,
                      self._sorted.layoutChanged, self._sorted.modelReset):  # fmt: skip
            moved.connect(self._settle)
        state.changed.connect(self.renew)

    def renew(self) -> None:
        """Takes theme, scale and density anew."""
        colours = self.palette()
        colours.setColor(self.viewport().backgroundRole(), theme.current().colour(self._surface))
        self.setPalette(colours)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().setSingleStep(theme.px(30))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def select(self, key: str, *, follow: bool = True) -> None:
        """Marks a row as picked and, unless told not to follow, shows it; an unknown key: none."""
        self._key = key
        self._settle()
        if follow and (index := self._sorted.index_of(key)).isValid():
            self._show(index)

    def shows(self, key: str) -> bool:
        """Whether a row can be seen, or is not there yet."""
        index = self._sorted.index_of(key)
        return not index.isValid() or self.visualRect(index).intersects(self.viewport().rect())

    def selected(self) -> str:
        """The key of the picked row, or an empty text."""
        return self._key

    def hidden(self) -> tuple[list[QueueRow | TeamRow], list[QueueRow | TeamRow]]:
        """The rows that stand above what can be seen, and those below."""
        bottom, rows = self.viewport().height(), self._sorted.rows_from(0)
        first = self._first(lambda rect: rect.top() >= 0)
        last = self._first(lambda rect: rect.bottom() > bottom)
        return _without_headings(rows[:first]), _without_headings(rows[last:])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the picked row in view when others take of the list's room."""
        index, before = self._sorted.index_of(self._key), QRect(QPoint(0, 0), event.oldSize())
        new = not event.oldSize().isValid()  # not shown before
        seen = index.isValid() and (new or self.visualRect(index).intersects(before))
        super().resizeEvent(event)
        if seen:
            self._show(index)

    def _show(self, index: QModelIndex) -> None:
        """Scrolls there, and on to a whole row: of one cut at the top nothing is painted."""
        self.scrollTo(index)
        rect = self.visualRect(self._sorted.index(self._first(lambda rect: rect.bottom() >= 0), 0))
        if rect.top() < 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.bottom() + 1)

    def tick(self) -> None:
        """Repaints what counts by itself, and nothing else."""
        self._beat = not self._beat
        region = self.counting(young_only=not self._beat)
        if not region.isEmpty():
            self.viewport().update(region)

    def counting(self, *, young_only: bool = False) -> QRegion:
        """Where something has counted by itself since last asked; old ages may be left out."""
        region = QRegion()
        now, late = theme.clock.now(), set[str]()
        for rect, row in self._visible():
            if row.late(now) is not None:
                late.add(row.key)
            if (row.key in late) != (row.key in self._late):
                # What has just become late needs room that its words had.
                region = region.united(QRegion(rect))
            elif not young_only or _young(row):
                region = region.united(self._delegate.rows.live(QRectF(rect), row))
        self._late = late
        return region

    def _first(self, below: Callable[[QRect], bool]) -> int:
        """The first row whose place is so; they stand below each other, so halving finds it."""
        rows = range(self._sorted.rowCount())
        return bisect_left(
            rows, x=True, key=lambda number: below(self.visualRect(self._sorted.index(number, 0)))
        )

    def _visible(self) -> Iterator[tuple[QRect, QueueRow | TeamRow]]:
        """Rows that can be seen, with where they are."""
        seen = self.viewport().rect()
        for number in range(self._first(lambda rect: rect.bottom() >= 0), self._sorted.rowCount()):
            rect = self.visualRect(self._sorted.index(number, 0))
            if rect.top() > seen.bottom():
                return
            row = self._sorted.row_at(number)
            if not isinstance(row, SectionRow) and rect.intersects(seen):
                yield rect, row

    def _key_at(self, index: QModelIndex) -> str:
        row = self._sorted.row_at(index.row()) if index.isValid() else None
        return "" if row is None or isinstance(row, SectionRow) else row.key

    def _clicked(self, index: QModelIndex) -> None:
        if key := self._key_at(index):
            self._pick(key)

    def _pick(self, key: str) -> None:
        self._key = key
        self._settle()
        self.picked.emit(key)

    def _settle(self) -> None:
        """Puts the mark back on the picked row, wherever it stands now."""
        index, marks = self._sorted.index_of(self._key), self.selectionModel()
        if not index.isValid():
            marks.clear()
        elif marks.currentIndex() != index or not marks.isSelected(index):
            marks.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _to_top(self) -> None:
        """To the first row below the first heading: Qt stays put, as a heading is no row."""
        rows = self._sorted.rows_from(0)
        first = next((n for n, row in enumerate(rows) if not isinstance(row, SectionRow)), None)
        if first is not None:
            self.setCurrentIndex(self._sorted.index(first, 0))
            self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._key and not event.isAutoRepeat():
                self.opened.emit(self._key)
            return
        # Letters belong to the acts of the window, not to a search in the list.
        if event.text().isprintable() and event.text():
            event.ignore()
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_PageUp} and self.currentIndex() == before:
            self._to_top()
        key = self._key_at(self.currentIndex())
        if key and key != self._key:
            self._pick(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = event.rect() == self.viewport().rect()
        self._delegate.dirty = None if whole else event.region()
        self._delegate.room = self.viewport().rect()
        super().paintEvent(event)
        self._delegate.dirty = None
        if self.hasFocus() and not self.currentIndex().isValid():
            self._paint_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaints the row that had the keyboard; the list's own way would repaint every row."""
        QAbstractScrollArea.focusOutEvent(self, event)
        place = self.visualRect(self.currentIndex())
        self.viewport().update(place if place.isValid() else self.viewport().rect())

    def _paint_focus(self) -> None:
        """A frame, where no row is there to show that the keyboard is in this list."""
        painter = QPainter(self.viewport())
        edge = theme.pf(3)
        area = QRectF(self.viewport().rect()).adjusted(edge, edge, -edge, -edge)
        marks.rounded(painter, area, 6, None, theme.current().text, thick=2)
        painter.end()


def _without_headings(rows: list[Row]) -> list[QueueRow | TeamRow]:
    return [row for row in rows if not isinstance(row, SectionRow)]


def _young(row: QueueRow | TeamRow) -> bool:
    now = theme.clock.now()
    since, due = row.since(), row.due_at
    fresh = since is not None and now - since < _EACH_SECOND
    return fresh or (due is not None and abs(now - due) < _EACH_SECOND)
