"""Short lists to pick a line from: a key, what it is called, what that means."""

from typing import NamedTuple

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import marks
from ui.theme.text import draw

_KEY = int(Qt.ItemDataRole.UserRole)
_SAYS = _KEY + 1
_CODE = _KEY + 2
_ROW = 34
_ASIDE = 54  # what a line has besides its words: the cap of its key, and edges
KEYS = "1234567890"
_WORD_MS = 1000  # letters that come sooner belong to one word
MORE = "9"  # more lines than keys: 9 turns to the next of them
_Index = QModelIndex | QPersistentModelIndex


class Choice(NamedTuple):
    """One line: `code` is what it stands for."""

    code: str
    text: str
    says: str = ""


class _Lines(QStyledItemDelegate):
    """Paints a line; the picked one has a surface and a bar, not colour alone."""

    tall: float = _ROW

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        words, says = theme.width(str(index.data()), "medium"), str(index.data(_SAYS) or "")
        beside = theme.width(says, "body") + theme.px(10) if says else 0
        return QSize(int(words + beside) + theme.px(_ASIDE), theme.px(self.tall))

    def _held(self) -> bool:
        """Whether its list has the keyboard: else numbers are typed somewhere."""
        held = self.parent()
        return isinstance(held, QWidget) and held.hasFocus()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = theme.current()
        area = QRectF(option.rect)
        picked = option.state & QStyle.StateFlag.State_Selected
        painter.save()
        if picked:
            marks.rounded(painter, area, 4, colours.sel)
            bar = QRectF(area.left(), area.top() + theme.px(4), theme.px(3), 0)
            bar.setBottom(area.bottom() - theme.px(4))
            painter.fillRect(bar, colours.text)
        left = area.left() + theme.px(12)
        key = index.data(_KEY)
        if key is not None:
            side = theme.px(marks.CAP_HEIGHT)
            spot = QRectF(left, area.center().y() - side / 2, side, side)
            if key:
                counts = self._held()
                ink, edge = (colours.text2, colours.edge) if counts else (colours.off, colours.line)
                marks.paint_cap(painter, spot, str(key), ink, edge)
            left = spot.right() + theme.px(10)
        right = area.right() - theme.px(8)
        text = theme.fit(str(index.data()), "medium", right - left)
        left = draw(painter, (left, area.center().y()), text, "medium", colours.text)
        left += theme.px(10)
        if (says := index.data(_SAYS)) and left < right - theme.px(40):
            shown = theme.fit(str(says), "body", right - left)
            draw(painter, (left, area.center().y()), shown, "body", colours.text2)
        painter.restore()


class ChoiceList(QListWidget):
    """Lines to pick from; letters look ahead.

    With `keyed` each has a key, 1 to 0; where there are more, they come in pages that 9 turns.
    """

    turned = Signal()
    keeps_keys = True

    def __init__(self, name: str, *, keyed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keyed = keyed
        self._columns = 1
        self._choices: tuple[Choice, ...] = ()
        self._page = 0
        self._typed, self._typing = "", QElapsedTimer()
        self._lines = _Lines(self)
        self.setItemDelegate(self._lines)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setViewportMargins(0, theme.px(3), 0, theme.px(1))  # caps clear of the outline
        self.itemClicked.connect(self._clicked)

    def fill(self, choices: tuple[Choice, ...]) -> None:
        """Shows these; none is picked."""
        self._choices, self._page = choices, 0
        self._show()

    def pages(self) -> tuple[tuple[Choice, ...], ...]:
        """The lines in pages of as many as have a key; one page where they all have one."""
        if not self._keyed or len(self._choices) <= len(KEYS):
            return (self._choices,)
        most = len(KEYS) - 2
        return tuple(self._choices[at : at + most] for at in range(0, len(self._choices), most))

    def _show(self) -> None:
        self.clear()
        pages = self.pages()
        for number, choice in enumerate(pages[self._page]):
            self._add(choice, KEYS[number] if self._keyed else "")
        if len(pages) > 1:
            last = self._page == len(pages) - 1
            self._add(Choice("", "Back to the first…" if last else "More…"), MORE)
        self.setCurrentRow(-1)
        self.clearSelection()

    def _add(self, choice: Choice, key: str) -> None:
        item = QListWidgetItem(choice.text)
        item.setData(_KEY, key if self._keyed else None)
        item.setData(_SAYS, choice.says)
        item.setData(_CODE, choice.code)
        words = (choice.text, choice.says, f"key {key}" if key else "")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(word for word in words if word))
        self.addItem(item)

    def turn(self) -> None:
        """Shows the next page, after the last one the first again."""
        self._show_page((self._page + 1) % len(self.pages()))

    def _show_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._show()
            self.turned.emit()

    def _clicked(self, _item: QListWidgetItem) -> None:
        if self.on_more():
            self.turn()

    def on_more(self) -> bool:
        """Whether the picked line is the one that turns the page."""
        return len(self.pages()) > 1 and bool(self.selectedItems()) and not self.code()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Picks the first line that begins with what is typed, on whichever page it is."""
        fresh = self._typing.isValid() and self._typing.elapsed() < _WORD_MS
        self._typed = self._typed + search.lower() if fresh else search.lower()
        self._typing.start()
        pages = self.pages()
        for step in range(len(pages)):
            page = (self._page + step) % len(pages)
            for row, choice in enumerate(pages[page]):
                if choice.text.lower().startswith(self._typed):
                    self._show_page(page)
                    self.pick(row)
                    return

    def code(self) -> str:
        """What the picked line stands for; "" when none is."""
        item = self.currentItem() if self.selectedItems() else None
        return str(item.data(_CODE)) if item is not None else ""

    def pick(self, row: int) -> bool:
        """Picks a line; false where there is none."""
        if not 0 <= row < self.count():
            return False
        self.setCurrentRow(row)
        return True

    def pick_code(self, code: str) -> None:
        """Picks the line that stands for this, on whichever page."""
        for number, page in enumerate(self.pages()):
            if code and any(choice.code == code for choice in page):
                self._show_page(number)
        for row, choice in enumerate(self.pages()[self._page]):
            if choice.code == code:
                self.setCurrentRow(row)

    def step(self, by: int) -> None:
        """Moves up or down; beyond the ends nothing is picked."""
        row = self.currentRow() if self.selectedItems() else (-1 if by > 0 else self.count())
        if not self.pick(row + by):
            self.setCurrentRow(-1)
            self.clearSelection()

    def widest(self) -> int:
        """How much room its longest line needs."""
        delegate, option = self.itemDelegate(), QStyleOptionViewItem()
        rows = (self.model().index(row, 0) for row in range(self.count()))
        return max((delegate.sizeHint(option, index).width() for index in rows), default=0)

    def set_columns(self, columns: int, tall: float = _ROW) -> None:
        """Stands in one column, or in several read downwards; lines are `tall` design lengths."""
        self._columns, self._lines.tall = columns, tall
        self.setWrapping(columns > 1)
        self._grid()

    def _grid(self) -> None:
        if self._columns > 1:
            self.setGridSize(
                QSize(self.viewport().width() // self._columns, theme.px(self._lines.tall))
            )
        else:
            self.setGridSize(QSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grid()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            area = QRectF(self.viewport().rect())
            rows = -(-self.count() // self._columns)  # as close to the last as to the first
            area.setHeight(min(area.height(), rows * theme.px(self._lines.tall)))
            marks.rounded(painter, area, 4, None, theme.current().accent, thick=2)
            painter.end()

    def tall(self, most: int = 8) -> int:
        """How high it is with its lines, or with `most` of them."""
        return max(1, min(self.count(), most)) * theme.px(_ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keyed and event.text() and event.text() in KEYS and self._plain(event):
            turns = event.text() == MORE and len(self.pages()) > 1
            self.turn() if turns else self.pick(KEYS.index(event.text()))
            event.accept()
            return
        super().keyPressEvent(event)

    @staticmethod
    def _plain(event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return held == Qt.KeyboardModifier.NoModifier
