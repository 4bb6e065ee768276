"""One line to enter something for the picked team, in place, without a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme
from ui.widgets import ActionButton, Card, FlowBox, Kind, WrapLabel
from ui.widgets.keys import Keys

Take = Callable[[str], str]


class Entry(Card):
    """Asks for a few words; what takes them returns a complaint, or "" and it closes."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(across=14, down=10)
        self._take: Take = lambda _: ""
        self._can_be_empty = False
        self.title = WrapLabel("", "strong")
        self.field = QLineEdit()
        self.field.setMinimumHeight(theme.px(36))
        self.complaint = WrapLabel("", "medium")
        self.save = ActionButton("Save", "Enter")  # plain: what she decides may be filled
        self.leave = ActionButton("Leave it", "Esc", kind=Kind.QUIET)
        buttons = FlowBox(8, 6)
        buttons.fill([self.save, self.leave])
        for part in (self.title, self.field, self.complaint, buttons):
            self.body.addWidget(part)
        self.save.clicked.connect(lambda _=False: self._give())
        self.leave.clicked.connect(lambda _=False: self.close_it())
        self._keys = Keys({"Return": self._give, "Esc": self.close_it}, self.field, parent=self)
        Keys({"Esc": self.close_it}, self.save, self.leave, parent=self)
        self.hide()

    def ask(self, title: str, hint: str, take: Take, *, can_be_empty: bool = False) -> None:
        """Opens with this question and takes the keyboard."""
        self._take, self._can_be_empty = take, can_be_empty
        self.title.set_text(title)
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(hint)
        self.field.clear()
        self._complain("")
        self.show()
        self.field.setFocus()

    def close_it(self) -> None:
        """Closes; what was typed goes."""
        self.hide()
        self.closed.emit()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.field, self.save, self.leave]

    def _give(self) -> None:
        text = self.field.text().strip()
        if not text and not self._can_be_empty:
            self._complain("Write a few words first.")
            return
        complaint = self._take(text)
        self._complain(complaint)
        if not complaint:
            self.close_it()

    def _complain(self, words: str) -> None:
        self.complaint.set_text(words)
        self.complaint.setVisible(bool(words))
