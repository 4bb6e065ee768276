"""The next question: words to say, one key an answer, live after it has stood for 300 ms."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crt_console.protocol.pack import Question
from ui import theme
from ui.widgets import ActionButton, AnswerButton, Kind, WrapLabel

LIVE_AFTER_MS = 300
_COLUMNS = 3
_LEAST = 190  # design length: narrower than this, answers stand in fewer columns


class QuestionBox(QWidget):
    """One question and its answers; `answered` gives the fact and the value."""

    answered = Signal(str, object)
    language_wanted = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._place = ("", "")
        self.live = False
        self.ask = WrapLabel("", "question")
        self.say = WrapLabel("", "body", "text2")
        self.buttons: list[AnswerButton] = []
        self.other = ActionButton("en español", "E", kind=Kind.QUIET)
        self.other.clicked.connect(self.language_wanted)
        self.leave = ActionButton("leave as it was", "Esc", kind=Kind.QUIET)
        self.leave.clicked.connect(self.cancelled)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.px(8))
        for widget in (self.ask, self.say):
            down.addWidget(widget)
        down.addLayout(self._grid)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_AFTER_MS)
        self._timer.timeout.connect(self._go_live)

    @property
    def fact(self) -> str:
        """The fact that is asked, or an empty text."""
        return "" if self._question is None else self._question.fact

    def show_question(
        self, incident_id: str, question: Question, *, again: bool, languages: bool
    ) -> None:
        """Ask this; a question that stands already keeps its keys live."""
        if question is self._question and self._place == (incident_id, str(again)):
            return
        same = self._question is not None and question.fact == self.fact
        still = same and self._place[0] == incident_id and self.live
        self._question, self._place = question, (incident_id, str(again))
        self.ask.set_text(question.ask)
        self.say.set_text(f"say “{question.say}”" if question.say else "")
        self.say.setVisible(bool(question.say))
        self._fill(question, again=again, languages=languages)
        if still:
            self._go_live()
        else:
            self.live = False
            self._timer.start()

    def forget(self) -> None:
        """Ask nothing; no key counts."""
        self._question = None
        self.live = False
        self._timer.stop()

    def _fill(self, question: Question, *, again: bool, languages: bool) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, answer in enumerate(question.answers):
            last = number == len(question.answers) - 1
            key = "0" if last else key_for(number)
            button = AnswerButton(key, answer.label, height=_tall(len(question.answers)))
            button.clicked.connect(partial(self._give, answer.value))
            self.buttons.append(button)
        self.other.set_action("in English" if question.language != "en" else "en español")
        self.other.setVisible(languages)
        self.leave.setVisible(again)
        self._place_buttons()

    def _place_buttons(self) -> None:
        columns = max(1, min(_COLUMNS, self.width() // theme.px(_LEAST)))
        shown = [*self.buttons, self.other, self.leave]
        for number, button in enumerate(shown):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for button in self.buttons:
            button.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def press(self, key: str) -> bool:
        """Give the answer of this key; False where it is none. Too early, it counts for nothing."""
        button = next((b for b in self.buttons if b.key() == key), None)
        if button is None or self._question is None:
            return False
        if self.live:
            button.set_chosen(chosen=True)
            button.click()
        return True

    def _give(self, value: str | bool) -> None:  # noqa: FBT001 - an answer, as Qt hands it over
        if not self.live or self._question is None:
            return
        self.live = False
        self.answered.emit(self._question.fact, value)

    def _go_live(self) -> None:
        self.live = True
        for button in self.buttons:
            button.set_live(live=True)


def _tall(answers: int) -> float:
    return 46 if answers <= 2 * _COLUMNS else 38


def key_for(number: int) -> str:
    """Return the key of an answer: 1 to 9, then letters that nothing else uses."""
    return "123456789"[number] if number < 9 else "QWUIJKLZB"[number - 9]  # noqa: PLR2004
