"""Asks that are answered by picking: one of a list, or several agencies."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crt_console.domain.words import AGENCY_NAMES
from ui import theme
from ui.dialogs.ask import Ask, AskField, Values
from ui.models.speech import sentence
from ui.widgets.answer import AnswerButton
from ui.widgets.choice_list import KEYS, Choice, ChoiceList
from ui.widgets.flow import FlowBox
from ui.widgets.keys import Act, Keys

_ROW, _LOW_ROW = 34, 30


class AskChoice(Ask):
    """A list of codes: numbers pick, 9 turns the page, letters look for a word, arrows walk.

    The answer holds `code` and the fields. `text_for` are codes that need the first field.
    """

    def __init__(
        self, title: str, choices: Mapping[str, str], primary_label: str, *, code: str = "",
        fields: Sequence[AskField | tuple[str, str, bool]] = (),
        text_for: Collection[str] = (), lead: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, primary_label, lead=lead, parent=parent)
        self._text_for = frozenset(text_for)
        self.list = ChoiceList(title, keyed=True)
        self.list.fill(tuple(Choice(key, sentence(words)) for key, words in choices.items()))
        self.list.pick_code(code)
        self.form.addWidget(self.list)
        self.line_keys.watch(self.list)
        self.add_fields(fields)
        self.list.itemSelectionChanged.connect(self._entered)
        self.list.itemDoubleClicked.connect(self.confirm)
        self.list.turned.connect(self._settle)
        self._settle()

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def values(self) -> Values:
        """The code and the fields."""
        return {"code": self.list.code(), **super().values()}

    def confirm(self) -> None:
        """On the line that says so Enter turns the page."""
        if self.list.on_more():
            self.list.turn()
            return
        super().confirm()

    def set_low(self) -> None:
        """Puts its field beside the buttons too, so that all lines can be seen."""
        super().set_low()
        for name, (_, line) in self._fields.items():
            self.fields[name].hide()
            line.setPlaceholderText(self.fields[name].title())
            self.foot.insertWidget(0, line, 1)
            self.foot.setStretch(self.foot.count() - 1, 0)
            line.setMinimumHeight(theme.px(36))
        self._settle()

    def required(self) -> Mapping[str, QWidget]:
        """A code, and words where the code alone says too little."""
        missing: dict[str, QWidget] = {} if self.list.code() else {"pick one": self.list}
        field, line = next(iter(self._fields.values()), (None, None))
        if field and line and self.list.code() in self._text_for and not line.text().strip():
            missing[field.label] = line
        return {**missing, **super().required()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        edges = self.body.contentsMargins()
        room = self.width() - edges.left() - edges.right()
        many = self.list.count() > len(KEYS) // 2
        columns = 2 if many and 2 * self.list.widest() <= room else 1
        rows = -(-self.list.count() // columns)
        tall = _LOW_ROW if self.low else _ROW
        self.list.set_columns(columns, tall)
        # A little more than the rows, or the last one of a column would go into the next.
        self.list.setFixedHeight(rows * theme.px(tall) + theme.px(8))


class _Chips(FlowBox):
    """Their numbers count while one of them has the keyboard."""

    keeps_keys = True


class AskAgencies(Ask):
    """Who should go: agencies to switch on and off with 1 to 7, and why.

    The answer holds `agencies` (joined with +) and `reason`; taking away one of `advised` needs
    a reason.
    """

    def __init__(
        self, title: str, chosen: Collection[str], primary_label: str, *,
        advised: Collection[str] = (), lead: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, primary_label, lead=lead, parent=parent)
        self._chosen, self._before = set(chosen), frozenset(chosen)
        self._advised = frozenset(advised)
        self._chips = {
            agency: AnswerButton(KEYS[number], sentence(words), height=40)
            for number, (agency, words) in enumerate(AGENCY_NAMES.items())
        }
        box = _Chips(8, 8)
        acts: dict[str, Act] = {"Return": self.confirm}
        for number, (agency, chip) in enumerate(self._chips.items()):
            acts[KEYS[number]] = partial(self._toggle, agency)
            chip.clicked.connect(partial(self._toggle, agency))
        box.fill(list(self._chips.values()))
        self.form.addWidget(box)
        self._chip_keys = Keys(acts, *self._chips.values(), parent=self)
        self.keys.watch(*self._chips.values())
        self.add_fields([AskField("reason", "Reason", optional="")])
        self._show()

    def chosen(self) -> tuple[str, ...]:
        """The agencies that are on, in the order of the chips."""
        return tuple(agency for agency in self._chips if agency in self._chosen)

    def first(self) -> QWidget:
        """The first chip."""
        return next(iter(self._chips.values()))

    def values(self) -> Values:
        """Agencies and reason."""
        return {"agencies": "+".join(self.chosen()), **super().values()}

    def required(self) -> Mapping[str, QWidget]:
        """A reason where an advised agency is taken away."""
        if self._advised <= self._chosen or self.line("reason").text().strip():
            return {}
        return {"Reason: an advised agency is taken away": self.line("reason")}

    def ready(self) -> bool:
        """Once others are chosen than before, with a reason where one is needed."""
        return self._chosen != self._before and super().ready()

    def _toggle(self, agency: str, _checked: object = None) -> None:
        self._chosen ^= {agency}
        self._entered()
        self._show()

    def _show(self) -> None:
        for agency, chip in self._chips.items():
            chip.set_chosen(chosen=agency in self._chosen)
            chip.setAccessibleName(f"{AGENCY_NAMES[agency]}{', on' * (agency in self._chosen)}")
        taken = [AGENCY_NAMES[a] for a in AGENCY_NAMES if a in self._advised - self._chosen]
        words = f"without {' and '.join(taken)}: say why" if taken else ""
        self.fields["reason"].say(words)
