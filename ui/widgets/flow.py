"""Items side by side that go on in the next line when the row is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ui import theme


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, what stands in inner layouts included."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def replace(old: QWidget, new: QWidget) -> None:
    """Put a widget where another one stands, which goes."""
    parent = old.parentWidget()
    layout = None if parent is None else parent.layout()
    if layout is None:
        raise ValueError("what is to be replaced stands in no layout")
    layout.replaceWidget(old, new)
    old.hide()
    old.deleteLater()
    new.show()


class FlowLayout(QLayout):
    """Fills rows from the left; gaps are design lengths."""

    def __init__(self, across: float = 16, down: float = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in shown) + theme.px(self._across) * max(0, len(shown) - 1)
        return QSize(wide, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lays the items out, each in the middle of its row, and returns the height they take."""
        top = rect.y() - theme.px(self._down)
        for row in self._rows(rect.width()):
            top += theme.px(self._down)
            tall, left = max(size.height() for _, size in row), rect.x()
            for item, size in row if move else ():
                item.setGeometry(QRect(QPoint(left, top + (tall - size.height()) // 2), size))
                left += size.width() + theme.px(self._across)
            top += tall
        return max(0, top - rect.y())

    def _rows(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands in each row, with its size there."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(room, item.sizeHint().height()))
            if not rows or left + size.width() > room:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + theme.px(self._across)
        return rows


class FlowBox(QWidget):
    """A widget with a flow in it that sets its height for its width, safe in nested layouts."""

    def __init__(self, across: float = 16, down: float = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(across, down)
        self.setLayout(self.flow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, widgets: list[QWidget]) -> None:
        """Shows these instead of what was there."""
        empty(self.flow)
        for widget in widgets:
            self.flow.addWidget(widget)
            widget.show()
        self.settle()

    def settle(self) -> None:
        """Takes the height that its items need now."""
        self.setFixedHeight(self.flow.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()
