"""All keys and commands on one sheet over the window: F1."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.actions import COMMANDS, KEYS, Example, Key
from ui.panels.keys_sheet import Sheet, groups_of, page_widget
from ui.theme import marks
from ui.widgets import ActionButton, Kind, Line, Run
from ui.widgets.keys import Keys
from ui.widgets.more_below import MoreBelow
from ui.widgets.paintable import frame, painter_for

_COLUMN = 300  # a column is at least so wide
_STEP = 32  # what an arrow scrolls


class KeysOverlay(QWidget):
    """Lies over its window until Esc or F1; arrows and Page keys scroll; `closed` when it goes.

    `keys` are those of its window, `commands` examples of lines and what they do, if any.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        keys: Sequence[Key] = KEYS,
        commands: Sequence[Example] = COMMANDS,
    ) -> None:
        super().__init__(window)
        self._title = "All keys and commands" if commands else "All keys of this window"
        self._content = tuple(keys), tuple(commands)
        self.setAccessibleName(self._title)
        self._window = window
        self._before: QWidget | None = None
        self._head = Line()
        self._area = _Sheet()
        self._close = ActionButton("Close", "Esc", kind=Kind.QUIET)
        self._close.clicked.connect(self.leave)
        self._lay_out()
        acts = {"Esc": self.leave, "F1": self.leave, "Return": self.leave}
        acts |= {"Home": partial(self._to, 0), "End": partial(self._to, 1_000_000)}
        Keys(acts, self._area, self._close, parent=self)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(side) for side in (24, 16, 24, 16)))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._close)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def open(self) -> None:
        """Shows itself and takes the keyboard."""
        self._before = QApplication.focusWidget()
        self._fit(self._window)
        self.show()
        self.raise_()
        self._fill()
        self._area.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        below = self._area.fill(*self._content)
        self._head.set_runs(Run(self._title, "question"), Run(below, "body", "text2"))

    def leave(self) -> None:
        """Goes away; the keyboard is where it was."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def _to(self, value: int) -> None:
        self._area.verticalScrollBar().setValue(value)

    def _fit(self, window: QWidget) -> None:
        self.setGeometry(window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as its window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._fit(watched)
            if self.isVisible():
                self._fill()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._to(0)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's names
        """Tab stays on the sheet: what lies beneath cannot be seen."""
        (self._close if self._area.hasFocus() else self._area).setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = painter_for(self), theme.current()
        painter.fillRect(frame(self), colours.panel)
        if self._area.hasFocus():
            edge = theme.px(6)
            area = QRectF(self._area.geometry().adjusted(-edge, -edge, edge, edge))
            marks.rounded(painter, area, 6, None, colours.text, thick=2)
        painter.end()


class _Sheet(QScrollArea):
    """The lists themselves; takes the keyboard to be scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Keys, then commands; arrows scroll")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(theme.px(_STEP))
        self.viewport().setAutoFillBackground(False)
        self.foot = MoreBelow(self, colour="panel")
        self.page = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page is what is above the foot, so that no line is passed over."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        by = pages.get(Qt.Key(event.key()), 0)
        if not by:
            super().keyPressEvent(event)
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * self.page)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint_frame()

    def _repaint_frame(self) -> None:
        overlay = self.parentWidget()
        if overlay is not None:
            overlay.update()

    def fill(self, keys: Sequence[Key], commands: Sequence[Example]) -> str:
        """Shows keys, then commands, in pages; returns what is not on the first."""
        side = theme.px(4)
        room = self.viewport().size()
        wide = room.width() - 3 * side - self.verticalScrollBar().sizeHint().width()
        most = max(1, int(wide / theme.px(_COLUMN)))
        self.page = room.height() - self.foot.height_of()
        sheet = Sheet(groups_of(keys, commands), wide, self.page - side, most)
        count, pages = sheet.pages()
        inside = QWidget()
        down = QVBoxLayout(inside)
        down.setContentsMargins(side, 0, 2 * side, 0)
        down.setSpacing(0)
        for number, page in enumerate(pages, 1):
            widget = page_widget(page, sheet.each(count))
            widget.setFixedHeight(room.height() if number == len(pages) else self.page)
            down.addWidget(widget)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on
        first = {group.where for column in pages[0] for group in column}
        left = (("more keys", keys), ("the commands", commands))
        words = [name for name, lines in left if any(one.where not in first for one in lines)]
        return f"{' and '.join(words)} are below" if words else ""
