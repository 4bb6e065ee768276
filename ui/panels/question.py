"""The next question: words to say, one key an answer, live after it has stood for 300 ms."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crt_console.protocol.pack import Answer, Question
from ui import theme
from ui.widgets import ActionButton, AnswerButton, Kind, WrapLabel

LIVE_AFTER_MS = 300
_COLUMNS = 3
_GAP, _LOW_GAP = 8, 6
_LOW_BETWEEN = 4  # rows: so that the last one stands clear of what lies below it
_KEYS = "123456789"
_NO_LIMIT = 16_777_215  # of a widget's width, as Qt has it
CANT_SAY, MORE = "0", "9"  # more answers than keys: 9 turns to the next of them


class QuestionBox(QWidget):
    """One question and its answers; `answered` gives the fact and the value.

    A `quiet` one may be asked but need not be: smaller, its answers in one row; `small` is for
    windows with little room, `low` for those with little height; `brief` leaves out the words to
    say, where height is scarcest.
    """

    answered = Signal(str, object)
    language_wanted = Signal()
    cancelled = Signal()
    keeps_together = True  # nobody answers what has no answers beside it

    def __init__(self, *, small: bool = False, low: bool = False) -> None:
        super().__init__()
        self._small, self._low = small, low
        self._question: Question | None = None
        self._place = ("", "")
        self._page = 0
        self._more: AnswerButton | None = None
        self._echo: QWidget | None = None
        self.live = self._aside = False
        self._seen, self._beside, self._brief = True, False, False
        self._quiet = False
        self.ask = WrapLabel("", "question")
        self.say = WrapLabel("", "lead_medium", "text2")
        self.buttons: list[AnswerButton] = []
        self.other = ActionButton("en español", "E", kind=Kind.QUIET)
        self.other.clicked.connect(self.language_wanted)
        self.leave = ActionButton("leave as it was", "Esc", kind=Kind.QUIET)
        self.leave.clicked.connect(self.cancelled)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(_LOW_GAP if low else _GAP))
        self._grid.setVerticalSpacing(theme.px(_LOW_BETWEEN if low else _GAP))
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_AFTER_MS)
        self._timer.timeout.connect(self.go_live)

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(theme.px(12))
        self._top.addWidget(self.ask, 100)  # as wide as its words where others stand beside it
        self._top.addStretch(1)
        self._top.addWidget(self.leave)
        self._top.addWidget(self.other)
        self._down = down = QVBoxLayout(self)
        down.setContentsMargins(0, theme.px(0 if self._low else 4), 0, 0)
        down.setSpacing(theme.px(0 if self._low else 2))
        down.addLayout(self._top)
        down.addWidget(self.say)
        down.addSpacing(theme.px(4))
        down.addLayout(self._grid)

    def lead_with(self, tag: QWidget) -> None:
        """Put the tag of the advice before the question: one line less where height is scarce."""
        self._top.insertWidget(0, tag)

    def hold(self, echo: QWidget) -> None:
        """Keep the line of the echo: beside the last answers where there is room, else below."""
        if echo is not self._echo or echo.parentWidget() is not self:
            self._echo = echo
            self._place_buttons()

    @property
    def title(self) -> str:
        """What it asks, or an empty text."""
        return "" if self._question is None else self.ask.text()

    @property
    def fact(self) -> str:
        """The fact that is asked, or an empty text."""
        return "" if self._question is None else self._question.fact

    def show_question(
        self, incident_id: str, question: Question, *, again: bool, quiet: bool = False,
        brief: bool = False,
    ) -> None:  # fmt: skip
        """Ask this; a question that stands already keeps its keys live."""
        place = (incident_id, f"{again} {quiet} {brief}")
        if question == self._question and self._place == place:
            return
        same = question.fact == self.fact and self._place[0] == incident_id
        still = same and self.live
        self._page = self._page if same else 0
        self._question, self._place = question, place
        self._quiet, self._brief = quiet, brief
        big = "question" if self._small or self._low else "headline"
        self.ask.set_role("strong" if quiet else big)
        self.ask.set_text(f"Also ask: {question.ask}" if quiet else question.ask)
        self.say.set_role("body" if quiet or self._small else "lead_medium")
        self.setAccessibleName(f"question: {question.ask}")
        self.say.set_text(f"say “{question.say}”" if question.say else "")
        self.say.setVisible(bool(question.say) and not self._brief)
        self._fill(question, again=again)
        if still:
            self.go_live()
        else:
            self._wait()

    def _wait(self) -> None:
        """Let no key count until it has stood for as long as it takes to read."""
        self.live = False
        if self._seen:
            self._timer.start()

    def set_seen(self, *, seen: bool) -> None:
        """While it lies where nobody sees it no key counts."""
        if seen == self._seen:
            return
        self._seen = seen
        self._timer.stop()
        if self._question is not None:
            self._wait()
            self._light()

    def forget(self) -> None:
        """Ask nothing; no key counts."""
        self._question = None
        self.live = False
        self._timer.stop()

    def _fill(self, question: Question, *, again: bool) -> None:
        if any(button.hasFocus() for button in self.buttons):
            self.setFocus()  # else Qt would hand the keyboard to some other button
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        *answers, unknown = question.answers
        pages = pages_of(tuple(answers))
        shown = pages[self._page % len(pages)]
        tall = self._tall(len(shown) + 1 + (len(pages) > 1))
        self.buttons = [
            self._button(key, answer, tall) for key, answer in zip(_KEYS, shown, strict=False)
        ]
        self._more = None
        if len(pages) > 1:
            self._more = AnswerButton(
                MORE, "More answers…", quiet=True, height=tall, close=self._low
            )
            self._more.clicked.connect(self._turn)
            self.buttons.append(self._more)
        self.buttons.append(self._button(CANT_SAY, unknown, tall))
        self.other.set_action("in English" if question.language != "en" else "en español")
        self.leave.setVisible(again)
        self._place_say()
        self._place_buttons()

    def _tall(self, answers: int) -> float:
        if self._low or self._quiet:
            return 30 if self._brief else 32
        return 36 if self._small else 46 if answers <= 2 * _COLUMNS else 38

    def _button(self, key: str, answer: Answer, tall: float) -> AnswerButton:
        urgent = not self._quiet  # what may be left out does not vie with the next act
        button = AnswerButton(key, answer.label, height=tall, close=self._low, urgent=urgent)
        button.clicked.connect(partial(self._give, answer.value))
        return button

    def _turn(self) -> None:
        """Show the next answers; their keys count after they have stood as long as any."""
        question = self._question
        if question is None or not self.live:
            return
        self._page += 1
        self._fill(question, again=self.leave.isVisibleTo(self))
        self._wait()

    def _place_buttons(self) -> None:
        columns = self._columns()
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // columns, number % columns)
            button.show()
        self._place_echo(columns)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _place_echo(self, columns: int) -> None:
        if self._echo is None or self._question is None:
            return
        row, taken = divmod(len(self.buttons), columns)
        beside = 0 < taken <= columns // 2
        spot = (row, taken, 1, columns - taken) if beside else (row + 1, 0, 1, columns)
        self._grid.removeWidget(self._echo)
        self._grid.addWidget(self._echo, *spot)

    def _place_say(self) -> None:
        """The words to say of a quiet question stand beside it where they fit."""
        say, gap = self.say.text(), self._top.spacing()
        asks = int(theme.width(self.ask.text(), self.ask.role())) + 2
        taken = sum(
            w.sizeHint().width() + gap for w in (self.leave, self.other) if w.isVisibleTo(self)
        )
        says = int(theme.width(say, self.say.role())) + 2
        beside = self._quiet and bool(say) and asks + gap + says + taken <= self.width()
        self.ask.setMaximumWidth(asks if beside else _NO_LIMIT)
        self.say.setMaximumWidth(says if beside else _NO_LIMIT)
        if beside == self._beside:
            return
        self._beside = beside
        if beside:
            self._down.removeWidget(self.say)
            self._top.insertWidget(self._top.indexOf(self.ask) + 1, self.say, 100)
        else:
            self._top.removeWidget(self.say)
            self._down.insertWidget(1, self.say)

    def _columns(self) -> int:
        """As many as fit beside each other without cutting an answer."""
        most = len(self.buttons) if self._quiet else _COLUMNS
        wide = [button.sizeHint().width() for button in self.buttons]
        gap = self._grid.horizontalSpacing()
        for columns in range(most, 1, -1):
            widest = [max(wide[at::columns], default=0) for at in range(columns)]
            if sum(widest) + gap * (columns - 1) <= self.width():
                return columns
        return 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_say()
        self._place_buttons()

    def press(self, key: str) -> bool:
        """Give the answer of this key; False where it is none. Too early, it counts for nothing."""
        button = next((b for b in self.buttons if b.key() == key), None)
        if button is None or self._question is None:
            return False
        if self.live:
            button.set_chosen(chosen=button is not self._more)
            button.click()
        return True

    def _give(self, value: str | bool) -> None:  # noqa: FBT001 - an answer, as Qt hands it over
        if not self.live or self._question is None:
            return
        self.live = False
        self.answered.emit(self._question.fact, value)

    def go_live(self) -> None:
        """Let the keys count from now on."""
        self._timer.stop()
        self.live = True
        self._light()

    def set_aside(self, *, aside: bool) -> None:
        """While something else takes the number keys, no cap is lit and it may be seen in part."""
        self._aside, self.keeps_together = aside, not aside
        self._light()

    def _light(self) -> None:
        for button in self.buttons:
            button.set_live(live=self.live and not self._aside)


def pages_of(answers: tuple[Answer, ...]) -> tuple[tuple[Answer, ...], ...]:
    """Return the answers in pages of as many as have a key; one page where they all have one."""
    if len(answers) <= len(_KEYS):
        return (answers,)
    most = len(_KEYS) - 1
    return tuple(answers[at : at + most] for at in range(0, len(answers), most))
