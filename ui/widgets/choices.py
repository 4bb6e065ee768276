"""A few answers side by side of which one holds; one stop of the Tab key."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.answer import AnswerButton
from ui.widgets.choice_list import Choice
from ui.widgets.flow import FlowBox
from ui.widgets.keys import Act, Keys


class Choices(FlowBox):
    """Answers with the keys 1, 2, 3…; arrows walk, a key or Space picks, `passed` is Enter.

    With `close` they need less width. `picked` carries the code when a person picks; `set_code`
    is silent.
    """

    picked = Signal(str)
    passed = Signal()
    keeps_keys = True

    def __init__(
        self, name: str, choices: tuple[tuple[str, Choice], ...], parent: QWidget | None = None,
        *, close: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(6, 6, parent)
        self.setAccessibleName(name)
        self._codes = [choice.code for _key, choice in choices]
        self._buttons = [_button(name, key, choice, close=close) for key, choice in choices]
        acts: dict[str, Act] = {
            "Right": partial(self._walk, 1), "Down": partial(self._walk, 1),
            "Left": partial(self._walk, -1), "Up": partial(self._walk, -1),
            "Return": self.passed.emit,
        }  # fmt: skip
        for (key, choice), button in zip(choices, self._buttons, strict=True):
            pick = partial(self._pick, choice.code)
            button.clicked.connect(pick)
            acts[key] = pick
        self._keys = Keys(acts, *self._buttons, parent=self)
        self.fill(list(self._buttons))
        self._code = self._codes[0]
        self.set_code(self._code)

    def code(self) -> str:
        """The answer that holds."""
        return self._code

    def set_code(self, code: str) -> None:
        """Lets this answer hold; an unknown one changes nothing."""
        if code not in self._codes:
            return
        self._code = code
        for own, button in zip(self._codes, self._buttons, strict=True):
            button.set_chosen(chosen=own == code)
            policy = Qt.FocusPolicy.StrongFocus if own == code else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self.setFocusProxy(self._held())

    def buttons(self) -> tuple[AnswerButton, ...]:
        """Its buttons in order."""
        return tuple(self._buttons)

    def _held(self) -> AnswerButton:
        return self._buttons[self._codes.index(self._code)]

    def _pick(self, code: str, _checked: object = None) -> None:
        had = any(button.hasFocus() for button in self._buttons)
        self.set_code(code)
        if had:
            self._held().setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(code)

    def _walk(self, by: int) -> None:
        at = self._codes.index(self._code) + by
        self._pick(self._codes[at % len(self._codes)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._held().setFocus(event.reason())


def _button(name: str, key: str, choice: Choice, *, close: bool) -> AnswerButton:
    button = AnswerButton(key, choice.text, height=38, close=close)
    button.setAccessibleName(f"{name}: {choice.text}")
    return button
