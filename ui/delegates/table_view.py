"""A table on the screen: titles, rows that keys and mouse pick, and words where it is empty."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.delegates.table import Column, TableDelegate, needs_of, paint_cell
from ui.models.table_rows import Keyed, TableRows
from ui.widgets.line import Run
from ui.widgets.paintable import Painted, painter_for
from ui.widgets.quiet_bar import QuietBar
from ui.widgets.wrap import WrapLabel

_HEAD = 54  # the title of the list above its table, and what is above that
_BESIDE = 36  # more than the line that says what is below


class TableView(QListView):
    """The rows of a table; `picked` comes only from a person, never from rows that move."""

    picked = Signal(str)
    opened = Signal(str)
    scrolled = Signal()

    def __init__(self, name: str, delegate: TableDelegate, surface: str) -> None:
        super().__init__()
        self.rows = TableRows(self)
        self._delegate, self._surface, self._key = delegate, surface, ""
        self._bar: QuietBar | None = None
        delegate.setParent(self)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(delegate)
        self._configure()
        for moved in (self.rows.rowsInserted, self.rows.rowsRemoved, self.rows.rowsMoved):
            moved.connect(self._settle)
        self.clicked.connect(lambda index: self.pick(self._key_at(index)))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key_at(index)))
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        colours = self.palette()
        colours.setColor(self.viewport().backgroundRole(), theme.current().colour(self._surface))
        self.setPalette(colours)
        self.viewport().setAutoFillBackground(True)

    @property
    def key(self) -> str:
        """The key of the picked row; "" where none is."""
        return self._key if self.rows.place_of(self._key) >= 0 else ""

    def pick(self, key: str) -> None:
        """Picks a row as a person does."""
        if key:
            self.mark(key)
            self.picked.emit(key)

    def mark(self, key: str) -> None:
        """Shows a row as picked; an unknown key shows none."""
        self._key = key
        self._settle()
        self._reveal()

    def _settle(self) -> None:
        """Puts the mark back on the picked row; a row that went takes its mark with it."""
        place, marks = self.rows.place_of(self._key), self.selectionModel()
        if place < 0:
            marks.clear()
            return
        index = self.rows.index(place)
        if marks.currentIndex() != index or not marks.isSelected(index):
            marks.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _reveal(self) -> None:
        """Lets the column around the table scroll to the picked row; to the first with its head."""
        rect, holder = self.visualRect(self.currentIndex()), self.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        page = holder.widget() if isinstance(holder, QScrollArea) else None
        if isinstance(holder, QScrollArea) and page is not None and rect.isValid():
            first, table = self.currentIndex().row() == 0, self.parentWidget()
            spot = self.viewport().mapTo(page, QPoint(0, rect.top())).y()
            top = spot - theme.px(_BESIDE)
            if first and table is not None:
                top = table.mapTo(page, QPoint(0, 0)).y() - theme.px(_HEAD)
            lowest = spot + rect.height() + theme.px(_BESIDE) - holder.viewport().height()
            bar = holder.verticalScrollBar()
            bar.setValue(max(min(bar.value(), top), lowest))

    def _key_at(self, index: QModelIndex) -> str:
        return self.rows.row_at(index.row()).key if index.isValid() else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.key and not by_mouse and self.rows.rowCount():
            self.pick(self.rows.row_at(0).key)
        elif not by_mouse:
            self._reveal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.key and not event.isAutoRepeat():
                self.opened.emit(self.key)
            return
        # Letters belong to the acts of the window, not to a search in the table.
        if event.text().isprintable() and event.text():
            event.ignore()
            return
        super().keyPressEvent(event)
        key = self._key_at(self.currentIndex())
        if key and key != self._key:
            self.pick(key)

    def set_height(self, height: float) -> None:
        """Takes another height for its rows."""
        self._delegate.height = height
        self.scheduleDelayedItemsLayout()

    def tick(self) -> None:
        """Repaints what counts by itself, and nothing else."""
        region, seen = QRegion(), self.viewport().visibleRegion().boundingRect()
        above = seen.top() - theme.px(self._delegate.height)
        for place in range(self._first_below(above), self.rows.rowCount()):
            rect = self.visualRect(self.rows.index(place))
            if rect.top() > seen.bottom():
                break
            region = region.united(self._delegate.live(QRectF(rect)))
        if not region.isEmpty():
            self.viewport().update(region)

    def below(self) -> list[Keyed]:
        """The rows that stand below what can be seen."""
        rows, first = self.rows, self._first_below(self.viewport().height())
        return [rows.row_at(place) for place in range(first, rows.rowCount())]

    def _first_below(self, edge: int) -> int:
        """The first row whose middle is below; they stand in order, so halving finds it."""

        def below(place: int) -> bool:
            return self.visualRect(self.rows.index(place)).center().y() > edge

        return bisect_left(range(self.rows.rowCount()), x=True, key=below)

    def scrolls(self) -> None:
        """Has a bar of its own beside the words, whose right edge stays where it is."""
        inner, bar = self.verticalScrollBar(), QuietBar(self)
        inner.setSingleStep(theme.px(30))
        inner.rangeChanged.connect(bar.setRange)
        inner.rangeChanged.connect(lambda _, most: bar.setVisible(most > 0))
        inner.rangeChanged.connect(lambda *_: bar.setPageStep(inner.pageStep()))
        inner.valueChanged.connect(bar.setValue)
        bar.valueChanged.connect(inner.setValue)
        bar.hide()
        self._bar = bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._bar is not None:
            wide = self._bar.sizeHint().width()
            self._bar.setGeometry(self.width() - wide, 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.dirty = event.region()
        super().paintEvent(event)
        self._delegate.dirty = None

    def viewportEvent(self, event: QEvent) -> bool:
        """Like any list, but the wheel goes to the column when nothing scrolls here."""
        if event.type() == QEvent.Type.Wheel and self.verticalScrollBar().maximum() == 0:
            event.ignore()
            return False
        return super().viewportEvent(event)


class _Titles(Painted):
    """The names of the columns above the rows."""

    def __init__(self, delegate: TableDelegate) -> None:
        super().__init__("")
        self._delegate = delegate
        self.rename()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(30))

    def rename(self) -> None:
        """Says which columns there are now."""
        titles = (column.title for column in self._delegate.columns if column.title)
        self.setAccessibleName(", ".join(titles))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, columns = painter_for(self), self._delegate.columns
        found = self._delegate.spans(float(self.width()))
        for column, (start, end) in zip(columns, found, strict=True):
            room = QRectF(start, 0, end - start, self.height())
            cell = (Run(column.title, "body", "text2"),)
            paint_cell(painter, cell, (room, self.height() / 2), right=column.right)
        if self._delegate.lines and found:
            left, right = found[0][0], found[-1][1]
            rule = QRectF(left, self.height() - 1, right - left, 1)
            painter.fillRect(rule, theme.current().line)
        painter.end()


class Table(QWidget):
    """Titles and rows, as tall as they need; `view` is what has the keyboard."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        height: float,
        surface: str = "bg",
        lines: bool = True,
        empty: str = "",
    ) -> None:
        super().__init__()
        self._height, self._most = height, 0
        self._delegate = TableDelegate(columns, height, lines=lines)
        self.view = TableView(name, self._delegate, surface)
        self.titles = _Titles(self._delegate)
        self._titled = any(column.title for column in columns)
        self.empty = WrapLabel(empty, "body", "text2")
        pad = QWidget()
        inner = QVBoxLayout(pad)
        inner.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        inner.addWidget(self.empty)
        self._pad = pad
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for part in (self.titles, pad, self.view):
            down.addWidget(part)
        self.set_rows(())

    def set_rows(self, rows: Sequence[Keyed]) -> None:
        """Shows these rows."""
        needs = needs_of(self._delegate.columns, rows, theme.clock.now())
        if needs != self._delegate.needs:
            self._delegate.needs = needs
            self.view.viewport().update()
            self.titles.update()
        self.view.rows.set_rows(rows)
        self._pad.setVisible(not rows and bool(self.empty.text()))
        self.view.setVisible(bool(rows))
        self.titles.setVisible(self._titled and bool(rows))
        self._settle()

    def set_columns(self, columns: Sequence[Column], height: float) -> None:
        """Takes other columns and another height for its rows, before the next rows."""
        self._height = height
        self._delegate.columns, self._delegate.needs = tuple(columns), ()
        self.titles.rename()
        self.view.set_height(height)
        self._settle()

    def set_height(self, height: float) -> None:
        """Takes another height for its rows."""
        if height != self._height:
            self._height = height
            self.view.set_height(height)
            self._settle()

    def show_most(self, most: int) -> None:
        """Shows no more than so many rows at a time; 0 for all."""
        if most != self._most:
            self._most = most
            self._settle()

    def _settle(self) -> None:
        count = self.view.rows.rowCount()
        shown = min(count, self._most) if self._most else count
        self.view.setFixedHeight(max(1, shown * theme.px(self._height)))
