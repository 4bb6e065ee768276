"""Asks that are answered by picking: one of a list, or several agencies."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crt_console.domain.words import AGENCY_NAMES
from ui import theme
from ui.dialogs.ask import Ask, AskField, Values
from ui.models.speech import sentence
from ui.theme import marks
from ui.widgets.answer import AnswerButton
from ui.widgets.choice_list import KEYS, Choice, ChoiceList
from ui.widgets.flow import FlowBox
from ui.widgets.keys import Act, Keys
from ui.widgets.paintable import frame, painter_for

_ROW, _LOW_ROW = 34, 30
_FRAME = 4  # between the frame and what is in it
_NEEDED = "needed where somebody advised is left out"


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


class _Chips(QWidget):
    """Switches with a key each, which count while it has the keyboard: then it has a frame."""

    keeps_keys = True

    def __init__(self, name: str, chips: Sequence[AnswerButton]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box, down = FlowBox(4, 6), QVBoxLayout(self)
        for chip in chips:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.fill(list(chips))
        edge = theme.px(_FRAME)
        down.setContentsMargins(edge, edge, edge, edge)
        down.addWidget(box)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = painter_for(self)
            marks.rounded(painter, frame(self), 4, None, theme.current().accent, thick=2)
            painter.end()


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
            agency: AnswerButton(
                KEYS[number], sentence(words), height=36, close=True, switches=True
            )
            for number, (agency, words) in enumerate(AGENCY_NAMES.items())
        }
        self._box = _Chips("who should go, 1 to 7", tuple(self._chips.values()))
        acts: dict[str, Act] = {"Return": self.confirm}
        for number, (agency, chip) in enumerate(self._chips.items()):
            acts[KEYS[number]] = partial(self._toggle, agency)
            chip.clicked.connect(partial(self._toggle, agency))
        self.form.addWidget(self._box)
        self._chip_keys = Keys(acts, self._box, parent=self)
        self.keys.watch(self._box)
        self.add_fields([AskField("reason", "Reason", optional="")])
        self._show()

    def chosen(self) -> tuple[str, ...]:
        """The agencies that are on, in the order of the chips."""
        return tuple(agency for agency in self._chips if agency in self._chosen)

    def first(self) -> QWidget:
        """The agencies."""
        return self._box

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
        self._box.setAccessibleDescription(
            f"on: {', '.join(AGENCY_NAMES[a] for a in self.chosen())}"
        )
        words = f"needed: without {' and '.join(taken)}" if taken else _NEEDED
        self.fields["reason"].say(words)
