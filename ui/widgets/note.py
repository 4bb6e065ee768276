"""The field for what is said: grows with its words, Enter keeps it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui import theme
from ui.theme import state

_MOST_LINES = 4


class NoteEdit(QPlainTextEdit):
    """One to four lines; Enter sends `submitted` with the words, Shift+Enter starts a line.

    The words stay until `clear`, so that nothing is lost when keeping them fails.
    """

    submitted = Signal(str)

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.px(4))
        self.document().documentLayout().documentSizeChanged.connect(self._settle)
        state.changed.connect(self._settle)
        self._settle()

    def ask(self, placeholder: str) -> None:
        """Says what belongs here; Qt paints new words only where the old ones were uncovered."""
        if placeholder != self.placeholderText():
            self.setPlaceholderText(placeholder)
            self.viewport().update()

    def _settle(self) -> None:
        lines = max(1, min(_MOST_LINES, int(self.document().size().height())))
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(theme.px(40), lines * line + theme.px(20)))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if words := self.toPlainText().strip():
                self.submitted.emit(words)
            event.accept()
            return
        super().keyPressEvent(event)
