"""All keys and commands on one sheet over the window: F1."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crt_console.domain.grammar import HELP
from ui import theme
from ui.actions import KEYS, Key
from ui.theme import marks
from ui.widgets import ActionButton, KeyCap, Kind, Line, Run, WrapLabel, label
from ui.widgets.keys import Keys
from ui.widgets.paintable import frame, painter_for

_TWO_COLUMNS = 1100
_CAPS = 140


class KeysOverlay(QWidget):
    """Lies over its window until Esc or F1; arrows and Page keys scroll; `closed` when it goes.

    `keys` are those of its window, `commands` their forms and what they do; there may be none.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        keys: Sequence[Key] = KEYS,
        commands: Sequence[tuple[str, str]] = HELP,
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
        self._area.fill(
            *self._content, wide=self._window.width() / theme.state.scale >= _TWO_COLUMNS
        )
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
        self.verticalScrollBar().setSingleStep(theme.px(32))
        self.viewport().setAutoFillBackground(False)

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

    def fill(self, keys: Sequence[Key], commands: Sequence[tuple[str, str]], *, wide: bool) -> None:
        """Shows keys and commands, side by side where there is room."""
        inside = QWidget()
        box = QHBoxLayout(inside) if wide else QVBoxLayout(inside)
        box.setContentsMargins(0, 0, theme.px(12), 0)
        box.setSpacing(theme.px(32))
        parts = (
            [_keys(keys), _commands(commands)] if commands else [_keys(h) for h in _halves(keys)]
        )
        for part in parts:
            box.addLayout(part, 1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turns it on


def _halves(keys: Sequence[Key]) -> tuple[Sequence[Key], Sequence[Key]]:
    """Keys in two parts about as long; keys that count in one place stay together."""
    starts = [i for i in range(1, len(keys)) if keys[i].where != keys[i - 1].where]
    middle = min(starts, key=lambda start: abs(start - len(keys) / 2))
    return keys[:middle], keys[middle:]


def _keys(keys: Sequence[Key]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(6))
    for where, group in groupby(keys, key=lambda key: key.where):
        column.addWidget(label(where[0].upper() + where[1:], "strong"))
        for key in group:
            column.addLayout(_key(key))
        column.addSpacing(theme.px(8))
    column.addStretch(1)
    return column


def _key(key: Key) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    cap = QWidget()
    cap.setFixedWidth(theme.px(_CAPS))
    inside = QHBoxLayout(cap)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(KeyCap(key.key))
    inside.addStretch(1)
    row.addWidget(cap)
    row.addWidget(WrapLabel(key.what), 1)
    return row


def _commands(commands: Sequence[tuple[str, str]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label("Commands, in the bar and in the shell", "strong"))
    for form, says in commands:
        column.addWidget(WrapLabel(form, "medium"))
        column.addWidget(WrapLabel(says, "body", "text2"))
        column.addSpacing(theme.px(6))
    column.addStretch(1)
    return column
