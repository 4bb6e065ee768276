"""Short lists to pick a line from: a key, what it is called, what that means."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
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
KEYS = "1234567890"
_Index = QModelIndex | QPersistentModelIndex


class Choice(NamedTuple):
    """One line: `code` is what it stands for."""

    code: str
    text: str
    says: str = ""


class _Lines(QStyledItemDelegate):
    """Paints a line; the picked one has a surface and a bar, not colour alone."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        words = theme.width(str(index.data()), "medium")
        says = theme.width(str(index.data(_SAYS) or ""), "body")
        return QSize(int(words + says) + theme.px(72), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = theme.current()
        area = QRectF(option.rect)
        picked = option.state & QStyle.StateFlag.State_Selected
        painter.save()
        if picked:
            marks.rounded(painter, area, 4, colours.sel)
            bar = QRectF(area.left(), area.top() + theme.px(4), theme.px(3), 0)
            bar.setBottom(area.bottom() - theme.px(4))
            painter.fillRect(bar, colours.accent)
        left = area.left() + theme.px(12)
        key = index.data(_KEY)
        if key is not None:
            side = theme.px(marks.CAP_HEIGHT)
            spot = QRectF(left, area.center().y() - side / 2, side, side)
            if key:
                marks.paint_cap(painter, spot, str(key), colours.text2, colours.edge)
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
    """Lines to pick from. With `keyed` the first ten have the keys 1 to 0; letters look ahead."""

    def __init__(self, name: str, *, keyed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keyed = keyed
        self._columns = 1
        self.setItemDelegate(_Lines(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)

    def fill(self, choices: tuple[Choice, ...]) -> None:
        """Shows these; none is picked."""
        self.clear()
        for number, choice in enumerate(choices):
            item = QListWidgetItem(choice.text)
            key = KEYS[number] if self._keyed and number < len(KEYS) else ""
            item.setData(_KEY, key if self._keyed else None)
            item.setData(_SAYS, choice.says)
            item.setData(_CODE, choice.code)
            words = (choice.text, choice.says, f"key {key}" if key else "")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(word for word in words if word)
            )
            self.addItem(item)
        self.setCurrentRow(-1)
        self.clearSelection()

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
        """Picks the line that stands for this."""
        for row in range(self.count()):
            if self.item(row).data(_CODE) == code:
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

    def set_columns(self, columns: int) -> None:
        """Stands in one column, or in several that are read downwards."""
        self._columns = columns
        self.setWrapping(columns > 1)
        self._grid()

    def _grid(self) -> None:
        if self._columns > 1:
            self.setGridSize(QSize(self.viewport().width() // self._columns, theme.px(_ROW)))
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
            marks.rounded(painter, area, 4, None, theme.current().accent, thick=2)
            painter.end()

    def tall(self, most: int = 8) -> int:
        """How high it is with its lines, or with `most` of them."""
        return max(1, min(self.count(), most)) * theme.px(_ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keyed and event.text() and event.text() in KEYS and self._plain(event):
            self.pick(KEYS.index(event.text()))
            event.accept()
            return
        super().keyPressEvent(event)

    @staticmethod
    def _plain(event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return held == Qt.KeyboardModifier.NoModifier
