"""The foot of the incident: a note while one is written, and what happened one key away."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.panels.kept_note import KeptNote
from ui.widgets import ActionButton, KeyCap, Kind, NoteEdit


class NoteFoot(QWidget):
    """The line for what is said; in a `low` window it is there only while it is used."""

    happened_wanted = Signal()

    def __init__(self, desk: Desk, drafts: Drafts | None, *, low: bool = False) -> None:
        super().__init__()
        self._low = low
        self.note = NoteEdit("note", "")
        self.happened = ActionButton("what happened", "T", kind=Kind.QUIET)
        self.happened.clicked.connect(self.happened_wanted)
        self.happened.hide()
        self._kept = KeptNote(self.note, desk, drafts, self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(8))
        across.addWidget(self.note, 1)
        across.addWidget(KeyCap("N"))
        across.addWidget(self.happened)
        self.note.installEventFilter(self)
        self.note.textChanged.connect(self._settle)
        self._settle()

    def turn_to(self, incident_id: str) -> None:
        """Show the half-typed note of another incident."""
        self._kept.turn_to(incident_id)

    def write(self, words: str = "") -> None:
        """Take the keyboard, with these words already typed."""
        self.show()
        self.note.setFocus()
        if words:
            self.note.insertPlainText(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let it go when the keyboard does."""
        if event.type() == QEvent.Type.FocusOut:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        used = self.note.hasFocus() or bool(self.note.toPlainText())
        self.setVisible(used or not self._low)
