"""Small forms that open in place, never over the screen: a title, some fields, one act."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_console.domain.commands import Command, Outcome
from crt_console.domain.errors import Refused, Unavailable
from ui import theme
from ui.models.desk import Desk
from ui.widgets import ActionButton, Card, Kind, WrapLabel, label
from ui.widgets.card import Surface
from ui.widgets.field import Field
from ui.widgets.keys import Keys
from ui.widgets.said import Said
from ui.widgets.tag import Look

_LOW = 730  # effective height of a window below which it is laid out closer
_MOMENT_MS = 300  # the next letter of a typed word comes sooner
Values = dict[str, str]
Build = Callable[[Values], Command]


class AskField(NamedTuple):
    """A line to fill in; a tuple of the first three will do."""

    name: str
    label: str
    required: bool = False
    value: str = ""
    hint: str = ""
    optional: str = " (optional)"


class Ask(Card):
    """A question with its answer's button. Enter confirms, Esc cancels, Tab walks.

    `answered` carries what was entered as a dict; `finished` the outcome once the act that was
    given with `act_through` is done; `cancelled` that nothing is to happen.
    """

    answered = Signal(object)
    finished = Signal(object)
    cancelled = Signal()
    keeps_keys = True

    def __init__(
        self, title: str, primary_label: str, *, lead: str = "", danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(Surface.DANGER if danger else Surface.OUTLINED, parent=parent)
        self.setAccessibleName(title)
        self._primary_label = primary_label
        self._fields: dict[str, tuple[AskField, QLineEdit]] = {}
        self.fields: dict[str, Field] = {}
        self.begins_at = ""
        self._running: asyncio.Task[Any] | None = None
        self._moment = QTimer(self, singleShot=True, interval=_MOMENT_MS)
        self._given: tuple[Values, Command] | None = None
        self.body.addWidget(label(title, "lead"))
        if lead:
            self.body.addWidget(WrapLabel(lead, "body", "text2"))
        self.form = QVBoxLayout()
        self.form.setSpacing(theme.px(8))
        self.body.addLayout(self.form)
        self.said = Said()
        self.body.addWidget(self.said)
        self._kind = Kind.DANGER if danger else Kind.PRIMARY
        self._desk: Desk | None = None
        self.primary = ActionButton(primary_label, "Enter", kind=self._kind)
        self.primary.setMinimumWidth(self.primary.sizeHint().width())
        self.cancel = ActionButton("Cancel", "Esc", kind=Kind.QUIET)
        self.low = False
        self.foot = self._buttons()
        self.body.addLayout(self.foot)
        acts = {"Return": self.confirm, "Esc": self._cancel}
        self.keys = Keys({"Esc": self._cancel}, self.primary, self.cancel, parent=self)
        self.line_keys = Keys(acts, parent=self)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.primary)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.primary.clicked.connect(self.confirm)
        self.cancel.clicked.connect(self._cancel)
        return row

    def set_low(self) -> None:
        """Is laid out closer, for a window with little height."""
        self.low = True
        self.body.setContentsMargins(*(theme.px(side) for side in (12, 8, 12, 10)))
        self.body.setSpacing(theme.px(6))
        self.form.setSpacing(theme.px(6))

    def deafen(self) -> None:
        """Takes no letters for a moment: they are the rest of a word typed elsewhere."""
        where = QApplication.focusWidget()
        if where is not None and self.isAncestorOf(where):
            where.installEventFilter(self)
            self._moment.start()

    @property
    def hears(self) -> bool:
        """Whether letters count."""
        return not self._moment.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that are no letters count at once, and letters after them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.hears:
            if event.text().isalpha() or event.text() == " ":
                return True
            self._moment.stop()
        return super().eventFilter(watched, event)

    def add_fields(self, fields: Sequence[AskField | tuple[str, str, bool]]) -> None:
        """Adds lines to fill in."""
        for given in fields:
            field = AskField(*given)
            line = QLineEdit(field.value)
            line.setAccessibleName(field.label)
            line.setPlaceholderText(field.hint)
            line.setMinimumHeight(theme.px(40))
            words = field.label if field.required else f"{field.label}{field.optional}"
            self.fields[field.name] = Field(words, line)
            self.form.addWidget(self.fields[field.name])
            line.textEdited.connect(self._entered)
            self.line_keys.watch(line)
            self._fields[field.name] = (field, line)

    def line(self, name: str) -> QLineEdit:
        """The line of a field."""
        return self._fields[name][1]

    def first(self) -> QWidget:
        """What takes the keyboard when it opens."""
        return next((line for _, line in self._fields.values()), self.primary)

    def begin(self) -> None:
        """Takes the keyboard, in the field `begins_at` or the first."""
        self._name_act()
        where = self.line(self.begins_at) if self.begins_at else self.first()
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> Values:
        """What has been entered."""
        return {name: line.text().strip() for name, (_, line) in self._fields.items()}

    def required(self) -> Mapping[str, QWidget]:
        """What must not stay empty: its label and where it is entered."""
        needed = ((f, line) for f, line in self._fields.values() if f.required)
        return {field.label: line for field, line in needed if not line.text().strip()}

    def ready(self) -> bool:
        """Whether Enter does the act: only then does its button stand out."""
        return not self.required()

    def _entered(self, _what: object = None) -> None:
        self.said.clear()
        self._name_act()

    def confirm(self) -> None:
        """Hands on what was entered; goes to what is missing instead where something is."""
        if self._running is not None:
            return
        missing = self.required()
        if missing:
            name, where = next(iter(missing.items()))
            if where.hasFocus():
                self.said.say("MISSING", name, Look.WARN)
            where.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.said.clear()
        self.answered.emit(self.values())

    def _cancel(self) -> None:
        if self._running is None:
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Words typed beside the fields go into the first; no letter acts on what lies beneath."""
        line = next((line for _, line in self._fields.values()), None)
        text = event.text()
        if line is not None and text.isalpha() and line.isVisible():
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.insert(text)
        elif not (text and text.isprintable()) and event.key() != Qt.Key.Key_Backspace:
            super().keyPressEvent(event)

    # Acting

    def act_through(self, desk: Desk, build: Build) -> "Ask":
        """Turns each answer into a command and carries it out; refused, everything stays."""
        self.answered.connect(lambda values: self._act(desk, build, values))
        self._desk = desk
        desk.changed.connect(self._name_act)
        self._name_act()
        return self

    def _name_act(self, _changes: object = None) -> None:
        """Says what the button does; without a database, that nothing would be saved."""
        link = self._desk.link if self._desk is not None else None
        if self._running is not None:
            self.primary.set_action("One moment…")
        elif link is not None and not (link.live and link.saving):
            self.primary.set_action("Nothing is saved now", kind=Kind.LOCKED)
        else:
            kind = self._kind if self.ready() else Kind.PLAIN
            self.primary.set_action(self._primary_label, kind=kind)

    def _act(self, desk: Desk, build: Build, values: Values) -> None:
        try:
            command = self._command(build, values)
        except Refused as misread:
            self.said.say("NOT UNDERSTOOD", misread.because, Look.WARN)
            return
        self._running = desk.do(command, self._done)
        self._name_act()
        self._running.add_done_callback(self._ended)

    def _command(self, build: Build, values: Values) -> Command:
        """The same answer given again is the same act: what may be done already is done once."""
        if self._given is None or self._given[0] != values:
            self._given = (values, build(values))
        return self._given[1]

    def _done(self, outcome: Outcome) -> None:
        self._running = None
        self.finished.emit(outcome)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running = None
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._name_act()
        if isinstance(error, Refused):
            self._given = None  # it was answered: asking again is a new act
            self.said.say("REFUSED", error.because)
        elif isinstance(error, Unavailable):
            self.said.say("NOT DONE", error.because)
        else:
            self.said.say("NOT DONE", "Something went wrong in the console. Try again.")


class AskText(Ask):
    """Lines to fill in. Each field is (name, label, required)."""

    def __init__(
        self, title: str, fields: Sequence[AskField | tuple[str, str, bool]],
        primary_label: str, *, lead: str = "", danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, primary_label, lead=lead, danger=danger, parent=parent)
        self.add_fields(fields)


class AskHost(QWidget):
    """The place in a panel where one ask stands at a time; gives the keyboard back.

    `finished` carries the outcome of the act, `closed` comes whenever the place is empty again.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)  # what asks stays as low as it is, however much room there is
        self._ask: Ask | None = None
        self._before: QWidget | None = None
        self.hide()

    @property
    def ask(self) -> Ask | None:
        """What is asked now."""
        return self._ask

    def open(self, ask: Ask) -> None:
        """Asks this, instead of what was asked before."""
        if self._ask is None:
            self._before = QApplication.focusWidget()
        self._drop()
        self._ask = ask
        if self.window().height() / theme.state.scale < _LOW:
            ask.set_low()
        self._column.insertWidget(0, ask)
        ask.finished.connect(self._finished)
        ask.cancelled.connect(self.close_ask)
        self.show()
        ask.show()
        ask.begin()

    def close_ask(self) -> None:
        """Empties the place."""
        if self._ask is None:
            return
        had = self.isAncestorOf(QApplication.focusWidget() or self)
        self._drop()
        self.hide()
        before, self._before = self._before, None
        if had and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _finished(self, outcome: Outcome) -> None:
        self.close_ask()
        self.finished.emit(outcome)

    def _drop(self) -> None:
        if self._ask is not None:
            self._column.removeWidget(self._ask)
            self._ask.hide()
            self._ask.deleteLater()
            self._ask = None
