"""The fields of a call that is taken by hand."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crt_console.domain.errors import Unavailable
from crt_console.domain.places import Place, looks_like_number, place_key
from crt_console.domain.words import Source
from ui import theme
from ui.models import call_form
from ui.models.desk import Desk
from ui.models.speech import sentence
from ui.widgets.choice_list import Choice
from ui.widgets.choices import Choices
from ui.widgets.field import Field
from ui.widgets.keys import Keys
from ui.widgets.lookup import LookupEdit

_LOOK_MS = 90


class CallFields(QWidget):
    """Place, number, what happens, type, language, priority, source: in this order by Tab.

    `edited` comes with every keystroke, `left` when a field loses the keyboard, `entered` from
    Enter in the last one. In a `low` window what happens has less room.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, low: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._low = desk, low
        self._found: dict[str, Place] = {}
        self._checked: dict[str, str] = {}
        self._asked = 0
        self._make_editors()
        self._lay_out()
        self._listen()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._start_look_up)

    def _make_editors(self) -> None:
        self.place = LookupEdit("Place", "124 Albany Ave · Main St & Park St · Union Station")
        self.call_back = QLineEdit()
        self.call_back.setAccessibleName("Call-back number")
        self.call_back.setMinimumHeight(theme.px(40))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("What is happening")
        self.text.setPlaceholderText("in the caller’s words")
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(theme.px(2))  # words begin where a line's do
        self.text.setFixedHeight(theme.px(56 if self._low else 78))
        self.type = LookupEdit("Type", "e.g. welfare check")
        self.language = LookupEdit("Language", "if not English")
        self.priority = Choices("Priority", tuple(self._priorities()), close=self._low)
        sources = tuple((str(n), Choice(s, sentence(s))) for n, s in enumerate(Source, 1))
        self.source = Choices("Source", sources, close=self._low)

    def _priorities(self) -> list[tuple[str, Choice]]:
        offered = call_form.PRIORITIES[-1:] + call_form.PRIORITIES[:-1]
        timers = self._desk.timers
        return [(p or "0", Choice(p, sentence(call_form.limit_words(timers, p)))) for p in offered]

    def _lay_out(self) -> None:
        self._place_field = Field("Place", self.place)
        self._call_back_field = Field("Call-back number", self.call_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8 if self._low else 10))
        column.addLayout(_row((self._place_field, 2), (self._call_back_field, 1)))
        column.addWidget(Field("What is happening", self.text))
        self._known = QVBoxLayout()
        column.addLayout(self._known)
        column.addLayout(_row((Field("Type", self.type), 2), (Field("Language", self.language), 1)))
        column.addWidget(Field("Priority, and how long it may wait", self.priority))
        column.addWidget(Field("Where the call comes from", self.source))

    def put_known(self, known: QWidget) -> None:
        """Shows what is known already below what is typed first."""
        self._known.addWidget(known)

    def editors(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        lines = (self.place, self.call_back, self.text, self.type, self.language)
        return (*lines, *self.priority.buttons(), *self.source.buttons())

    def _listen(self) -> None:
        for line in (self.place, self.call_back, self.type, self.language):
            line.textEdited.connect(self._changed)
        self.text.textChanged.connect(self._changed)
        self.priority.picked.connect(self._changed)
        self.source.picked.connect(self._changed)
        self.place.looked.connect(self._look_up)
        self.place.chosen.connect(self._take_place)
        for line, names in ((self.type, self._types), (self.language, self._languages)):
            line.looked.connect(partial(self._offer_names, line, names))
            line.chosen.connect(partial(self._take_name, line))
        for each in (self.place, self.type, self.language, self.priority):
            each.passed.connect(self.go_on)
        self.source.passed.connect(self.entered)
        Keys({"Return": self.go_on}, self.call_back, self.text, parent=self)
        for editor in self.editors():
            editor.installEventFilter(self)

    def go_on(self) -> None:
        """Moves to the next field."""
        self.focusNextChild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    # What it holds

    def values(self) -> dict[str, str]:
        """What has been entered; what was left as it stood is not there."""
        held = {
            "place": self.place.text(),
            "call_back": self.call_back.text(),
            "text": self.text.toPlainText(),
            "type": self.type.text(),
            "language": self.language.text(),
            "priority": self.priority.code(),
            "source": self.source.code() if self.source.code() != Source.E911 else "",
        }
        if self.checked():
            held |= self._checked
        return {name: value for name, value in held.items() if value}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Shows these, silently."""
        self._look.stop()
        self.blockSignals(True)
        for name in ("place", "call_back", "type", "language"):
            getattr(self, name).setText(values.get(name, ""))
        self.text.setPlainText(values.get("text", ""))
        self.priority.set_code(values.get("priority", ""))
        self.source.set_code(values.get("source") or Source.E911)
        names = ("checked", "neighbourhood", "lat", "lon")
        self._checked = {name: values[name] for name in names if name in values}
        self.blockSignals(False)
        self._remark()

    def set_read_only(self, *, on: bool) -> None:
        """Takes no keystrokes while what it holds is being saved."""
        for line in (self.place, self.call_back, self.text, self.type, self.language):
            line.setReadOnly(on)

    def checked(self) -> bool:
        """Whether the place is one of the list of places."""
        return call_form.still_checked(self._checked.get("checked", ""), self.place.text())

    def _changed(self, *_args: object) -> None:
        self._remark()
        self.edited.emit()

    def _remark(self) -> None:
        place, number = self.place.text().strip(), self.call_back.text().strip()
        if not place:
            self._place_field.say("")
        elif self.checked():
            known = ("verified", self._checked.get("neighbourhood", ""))
            self._place_field.say(" · ".join(part for part in known if part))
        else:
            self._place_field.say("not verified, kept as typed")
        odd = number and not looks_like_number(number)
        self._call_back_field.say("not a whole number" if odd else "")

    # Places

    def _look_up(self, text: str) -> None:
        if len(text.strip()) > 1:
            self._look.start()
        else:
            self._look.stop()
            self.place.fold()

    def _start_look_up(self) -> None:
        self._asked += 1
        self._desk.tasks.read(self._ask(self._asked, self.place.text()))

    async def _ask(self, asked: int, text: str) -> None:
        try:
            found = tuple(await self._desk.room.places(text))
        except Unavailable:
            found = ()  # the remark says "not verified"; the window says what is wrong
        if asked == self._asked and text == self.place.text():
            self._show_places(found)

    def _show_places(self, found: tuple[Place, ...]) -> None:
        self._found = {str(number): place for number, place in enumerate(found)}
        exact = [p for p in found if place_key(p.name) == place_key(self.place.text())]
        if exact and not self.checked():
            self._checked = call_form.place_fields(exact[0])
            self._changed()
        others = {code: p for code, p in self._found.items() if p not in exact}
        self.place.offer(tuple(Choice(code, p.name, p.neighbourhood) for code, p in others.items()))

    def _take_place(self, code: str) -> None:
        place = self._found[code]
        self._checked = call_form.place_fields(place)
        self.place.setText(place.name)
        self._changed()

    # Types and languages

    def _types(self) -> tuple[str, ...]:
        return call_form.types_known(self._desk.board, self._desk.pack)

    def _languages(self) -> tuple[str, ...]:
        return call_form.languages_known(self._desk.board)

    def _offer_names(self, line: LookupEdit, names: object, text: str) -> None:
        known = names() if callable(names) else ()
        line.offer(tuple(Choice(name, name) for name in call_form.beginning(known, text)))

    def _take_name(self, line: LookupEdit, name: str) -> None:
        line.setText(name)
        self._changed()
        self.go_on()


def _row(*fields: tuple[Field, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    for field, stretch in fields:
        row.addWidget(field, stretch)
    return row
