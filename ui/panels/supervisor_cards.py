"""Cards above the supervisor's lists: who she is, what she has to decide, what she must know."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui import theme
from ui.models.supervisor_view import AskView, ToldView
from ui.theme import Shape
from ui.widgets import (
    ActionButton,
    Card,
    FlowBox,
    Kind,
    Line,
    Run,
    Surface,
    Tag,
    WrapLabel,
)
from ui.widgets.tag import Look

Act = Callable[[], object]
KEY_AFTER_S = 0.3  # a key counts only for a card that can have been seen


class NameCard(Card):
    """Asks who sits at this window; `given` carries the name."""

    given = Signal(str)

    def __init__(self, typed: str = "") -> None:
        super().__init__(Surface.OUTLINED, across=16, down=12)
        self.field = QLineEdit(typed)
        self.field.setAccessibleName("your name")
        self.field.setPlaceholderText("Your name")
        self.field.setMaxLength(60)
        self.field.setMinimumHeight(theme.px(38))
        self.button = ActionButton("This is me", "Enter", kind=Kind.PRIMARY)
        self.body.addWidget(WrapLabel("Who is at this window?", "question"))
        why = "What you decide is entered under your name, not the dispatcher’s."
        self.body.addWidget(WrapLabel(why, "body", "text2"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.field.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)

    def _give(self) -> None:
        if name := self.field.text().strip():
            self.given.emit(name)
        else:
            self.field.setFocus()


class AskCard(Card):
    """One choice below the floor: who, what, why, and her yes or no; the first has the keys."""

    def __init__(
        self, view: AskView, acts: tuple[Act, Act, Act], *, lead: bool, short: bool
    ) -> None:
        super().__init__(Surface.DANGER, across=16, down=8 if short else 14)
        self.body.setSpacing(theme.px(6 if short else 8))
        self._short = short
        self.view, self.lead, self.saving = view, lead, view.saving
        self.setAccessibleName(f"second person needed: {view.title}")
        self._shown_at = theme.clock.now()
        self._age = Line(Run("", "clock"), right=True)
        self._age.setAccessibleName("waits for")
        no, yes, show = acts
        self.show_it = _opens(view.number, "O" if lead else "", show)
        self._head()
        self._words()
        self.no = self._button(view.safe, "N" if lead else "", no, primary=lead)
        self.yes = self._button(view.unsafe, "Y" if lead else "", yes, locked=bool(view.locked))
        self._foot()
        self.tick()

    def _head(self) -> None:
        top = QHBoxLayout()
        top.addWidget(Tag("SECOND PERSON NEEDED", Look.DANGER, Shape.REFUSED))
        top.addStretch(1)
        top.addWidget(self._age)
        self.body.addLayout(top)

    def _words(self) -> None:
        self.body.addWidget(WrapLabel(self.view.title, "lead" if self._short else "question"))
        self.body.addWidget(_place(self.view.place, self.show_it))
        self.body.addWidget(WrapLabel(self.view.because))
        self.body.addWidget(WrapLabel(f"Their reason: {self.view.reason}", "medium"))

    def _button(
        self, words: str, key: str, act: Act, *, primary: bool = False, locked: bool = False
    ) -> ActionButton:
        kind = Kind.PRIMARY if primary else Kind.PLAIN
        locked = locked or self.view.shut
        button = ActionButton(words, key, kind=Kind.LOCKED if locked else kind)
        if button.kind() is Kind.LOCKED:
            button.setAccessibleDescription(self.view.locked)
        button.clicked.connect(lambda _=False: act())
        return button

    def _foot(self) -> None:
        if self.view.locked:
            self.body.addWidget(WrapLabel(self.view.locked, "medium"))
        for button in (self.no, self.yes):
            button.setParent(self)
            button.hide()  # an answer that cannot be saved is not offered; the card says why
        if self.saving:
            flow = FlowBox(8, 8)
            flow.fill([self.no, self.yes])
            self.body.addWidget(flow)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order; no answers while none can be saved."""
        return [self.no, self.yes, self.show_it] if self.saving else [self.show_it]

    def press(self, key: str) -> bool:
        """Do what a letter stands for; false where it stands for nothing here, or not yet."""
        buttons = {"N": self.no, "Y": self.yes, "O": self.show_it}
        button = buttons.get(key)
        if button is None:
            return False
        if theme.clock.now() - self._shown_at >= KEY_AFTER_S or key == "O":
            button.click()
        return True

    def tick(self) -> None:
        """Let its clock run."""
        waited = theme.age(theme.clock.now() - self.view.asked_at)
        self._age.set_runs(Run(waited, "clock"))


class ToldCard(Card):
    """Something she has to know of: what, by whom, why; one act takes it off the screen."""

    def __init__(self, view: ToldView, acts: tuple[Act, Act], *, lead: bool, saving: bool) -> None:
        super().__init__(Surface.OUTLINED, across=16, down=12)
        self.view, self.lead, self.saving = view, lead, saving
        self.setAccessibleName(f"you should know: {view.number} {view.title}")
        self._age = Line(Run("", "age"), right=True)
        top = QHBoxLayout()
        top.addWidget(Tag("YOU SHOULD KNOW", Look.WARN, Shape.OVER))
        top.addStretch(1)
        top.addWidget(self._age)
        self.body.addLayout(top)
        title = f"{view.number}: {view.title}" if view.number else view.title
        self.body.addWidget(WrapLabel(title, "lead"))
        seen, show = acts
        if view.number:
            self.show_it = _opens(view.number, "", show)
            self.body.addWidget(_place(view.place, self.show_it))
        for words, role in ((view.detail, "body"), (view.reason, "medium")):
            if words:
                self.body.addWidget(WrapLabel(words, role))
        kind = Kind.PLAIN if saving else Kind.LOCKED
        act = view.act if saving else f"{view.act}: cannot be saved"
        self.seen = ActionButton(act, "K" if lead else "", kind=kind)
        self.seen.clicked.connect(lambda _=False: seen())
        flow = FlowBox(8, 8)
        flow.fill([self.seen])
        self.body.addWidget(flow)
        self.tick()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.seen, self.show_it] if self.view.number else [self.seen]

    def press(self, key: str) -> bool:
        """Do what a letter stands for."""
        if key == "K":
            self.seen.click()
        return key == "K"

    def tick(self) -> None:
        """Let its clock run."""
        self._age.set_runs(Run(theme.age(theme.clock.now() - self.view.at), "age"))


def _opens(number: str, key: str, show: Act) -> ActionButton:
    button = ActionButton(f"Open {number}", key, kind=Kind.QUIET)
    button.set_flat(flat=True)
    button.clicked.connect(lambda _=False: show())
    return button


def _place(words: str, show_it: ActionButton) -> QWidget:
    """Where it is, and beside it the way there."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(WrapLabel(words, "strong"), 1)
    row.addWidget(show_it)
    return box
