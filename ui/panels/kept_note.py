"""The half-typed note of each incident: there again when its incident is, also after a crash."""

from PySide6.QtCore import QEvent, QObject

from crt_console.domain.commands import AddNote
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.widgets.note import NoteEdit


class KeptNote(QObject):
    """Ties the note's line to the open incident; Enter writes it down, once.

    Without `drafts` half-typed notes live as long as the panel does.
    """

    def __init__(self, note: NoteEdit, desk: Desk, drafts: Drafts | None, parent: QObject) -> None:
        super().__init__(parent)
        self._note, self._desk, self._drafts = note, desk, drafts
        self._about = ""
        self._sending: set[tuple[str, str]] = set()
        self._typed: dict[str, str] = {}
        note.textChanged.connect(self._keep)
        note.submitted.connect(self._write_down)
        note.installEventFilter(self)

    def turn_to(self, incident_id: str) -> None:
        """Shows the half-typed note of another incident."""
        self._about = incident_id
        kept = self._drafts.note(incident_id) if self._drafts is not None else ""
        text = self._typed.get(incident_id, kept)
        if text != self._note.toPlainText():
            self._note.setPlainText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps at once what was typed when the keyboard goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut and self._drafts is not None:
            self._drafts.flush()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        text = self._note.toPlainText()
        if not self._about or text == self._typed.get(self._about, ""):
            return
        self._typed[self._about] = text
        if self._drafts is not None:
            self._drafts.keep_note(self._about, text, self._desk.now())

    def _write_down(self, text: str) -> None:
        about, given = self._about, (self._about, text)
        if not about or given in self._sending:
            return
        self._sending.add(given)
        task = self._desk.do(
            AddNote(incident=about, text=text.strip()), lambda _: self._written(about, text)
        )
        task.add_done_callback(lambda _: self._sending.discard(given))

    def _written(self, about: str, text: str) -> None:
        """Forget the words that are written down, unless more was typed meanwhile."""
        if self._typed.get(about, "").strip() != text.strip():
            return
        self._typed.pop(about, None)
        if self._drafts is not None:
            self._drafts.drop_note(about)
        if self._about == about:
            self._note.clear()
