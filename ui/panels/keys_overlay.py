"""All keys and commands on one sheet over the window: F1."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

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
from ui.actions import COMMANDS, KEYS, Key
from ui.theme import marks
from ui.widgets import ActionButton, KeyCap, Kind, Line, Run, WrapLabel, label
from ui.widgets.keys import Keys
from ui.widgets.more_below import MoreBelow
from ui.widgets.paintable import frame, painter_for

_COLUMN = 420  # a column is at least so wide
_LINES = 12  # and no column is begun for less
_TOGETHER = 6  # a kind of so few lines is not parted
_STEP = 32  # what an arrow scrolls
_BOTH = 1.5  # a command stands above what it does


class KeysOverlay(QWidget):
    """Lies over its window until Esc or F1; arrows and Page keys scroll; `closed` when it goes.

    `keys` are those of its window, `commands` examples of lines and what they do, if any.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        keys: Sequence[Key] = KEYS,
        commands: Sequence[tuple[str, str]] = COMMANDS,
    ) -> None:
        super().__init__(window)
        self._title = "All keys and commands" if commands else "All keys of this window"
        self._content = tuple(keys), tuple(commands)
        self.setAccessibleName(self._title)
        self._window = window
        self._before: QWidget | None = None
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
        head.addWidget(Line(Run(self._title, "question")), 1)
        head.addWidget(self._close)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def open(self) -> None:
        """Shows itself and takes the keyboard."""
        self._before = QApplication.focusWidget()
        self._fit(self._window)
        self._area.fill(*self._content, most=int(self._window.width() / theme.px(_COLUMN)))
        self.show()
        self.raise_()
        self._area.setFocus(Qt.FocusReason.PopupFocusReason)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page ends above what the foot covers, so that no line is passed over."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        by = pages.get(Qt.Key(event.key()), 0)
        if not by:
            super().keyPressEvent(event)
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * max(theme.px(_STEP), self.height() - theme.px(3 * _STEP)))

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

    def fill(self, keys: Sequence[Key], commands: Sequence[tuple[str, str]], *, most: int) -> None:
        """Shows keys, then commands, in up to `most` columns about as long as each other."""
        lines = [_Line(key.where, key.what, key=key.key) for key in keys]
        lines += [_Line("in the command bar, after F2", *both) for both in commands]
        caps = max(theme.px(12) + int(marks.cap_width(key.key)) for key in keys)
        inside = QWidget()
        box = QHBoxLayout(inside)
        box.setContentsMargins(theme.px(4), theme.px(4), theme.px(16), theme.px(4))
        box.setSpacing(theme.px(32))
        for part in _columns(lines, most):
            box.addLayout(_column(part, caps), 1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on


class _Line(NamedTuple):
    """A key or a command, and where it counts."""

    where: str
    words: str
    says: str = ""
    key: str = ""

    @property
    def tall(self) -> float:
        """How much of a column it takes, in lines of keys."""
        return _BOTH if self.says else 1


def _columns(lines: Sequence[_Line], most: int) -> list[list[_Line]]:
    """The lines in columns, each about as long as the others; few lines of a kind stay together."""
    total = sum(line.tall for line in lines)
    count = max(1, min(most, int(total / _LINES)))
    columns: list[list[_Line]] = [[] for _ in range(count)]
    before = 0.0
    for _, found in groupby(lines, key=lambda line: line.where):
        group = list(found)
        tall = sum(line.tall for line in group)
        middle = before + tall / 2
        for line in group:
            at = middle if tall <= _TOGETHER else before
            columns[min(count - 1, int(at * count / total))].append(line)
            before += line.tall
    return [column for column in columns if column]


def _column(lines: Sequence[_Line], caps: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(6))
    where = ""
    for line in lines:
        if line.where != where:
            column.addSpacing(theme.px(8) if where else 0)
            where = line.where
            column.addWidget(label(where[0].upper() + where[1:], "strong"))
        if line.key:
            column.addLayout(_key(line, caps))
        else:
            column.addWidget(_Command(line))
    column.addStretch(1)
    return column


def _key(line: _Line, caps: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    cap = QWidget()
    cap.setFixedWidth(caps)
    inside = QHBoxLayout(cap)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(KeyCap(line.key))
    inside.addStretch(1)
    row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(WrapLabel(line.words), 1)
    return row


class _Command(QWidget):
    """A line as it is typed, and below it what it does."""

    def __init__(self, line: _Line) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(WrapLabel(line.words, "medium"))
        column.addWidget(WrapLabel(line.says, "body", "text2"))
