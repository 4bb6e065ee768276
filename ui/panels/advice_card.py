"""The advice card: how far it is assessed, who should go, why, and what comes next."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.models.incident_view import AdviceView, FactView, Stand
from ui.panels.advice_parts import Changes, Inset
from ui.panels.columns import is_flat
from ui.panels.question import QuestionBox
from ui.theme import Shape
from ui.widgets import Card, FactChip, FlowBox, Line, Run, Standing, Surface, Tag, WrapLabel

_ASKING = frozenset({Stand.NOT_ASSESSED, Stand.PROVISIONAL})  # the question comes first


class AdviceCard(Card):
    """Draws an AdviceView; asks through its question box, and says what was pressed."""

    correct = Signal(str)
    accept = Signal(str)
    decline = Signal(str)
    withdraw = Signal()
    agree = Signal()

    def __init__(self, *, narrow: bool = False, small: bool = False, low: bool = False) -> None:
        super().__init__(Surface.RAISED, across=10 if low else 20, down=8 if low else 14)
        self._narrow, self._small, self._low = narrow, small, low
        self._order: tuple[QWidget, ...] = ()
        self._view: AdviceView | None = None
        self.tag = Tag.not_assessed()
        self.top = QWidget()
        self.beside = WrapLabel("", "lead")  # agencies are never cut
        self.corner = Line(Run("", "body", "text2"), right=True)
        self.headline = WrapLabel("", "question" if small else "headline")
        self.because = WrapLabel("", "body", "text2")
        self.reason = WrapLabel("", "body")
        self.question = QuestionBox(small=narrow, low=low)
        self.inset = Inset(small=small)
        self.dangers, self.facts = FlowBox(18, 4), FlowBox(18, 4)
        self.possible = WrapLabel("", "body", "text2")
        self.changes = Changes()
        self.echo = Line(Run("", "body", "text2"))
        self.inset.accept.connect(self.accept)
        self.inset.decline.connect(self.decline)
        self.inset.withdraw.connect(self.withdraw)
        self.inset.agree.connect(self.agree)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.px(6 if self._low else 8 if self._small else 10))
        self._top = QHBoxLayout(self.top)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(theme.px(12))
        self._top.addWidget(self.tag)
        self._top.addWidget(self.beside, 1)
        self._top.addWidget(self.corner)
        # Where height is scarce tag, inset or the age above says it.
        self.corner.setVisible(not self._low)
        self._arrange(quiet=False)

    def _arrange(self, *, quiet: bool, asks: bool = False, floor: bool = False) -> None:
        """Put the question where it belongs: first where there is little room, last when quiet."""
        top, why = (self.top, self.headline, self.dangers), (self.because, self.reason, self.inset)
        known = (self.facts, self.possible, self.changes)
        order: tuple[QWidget, ...] = (*top, *why, self.question, *known)
        if self._low:
            order = self._low_order(asks=asks, floor=floor)
        elif quiet:
            order = (*top, *why, *known, self.question)
        elif self._narrow:
            order = (*top, self.question, *why, *known)
        if order == self._order:
            return
        for widget in self._order:
            self.body.removeWidget(widget)
        self._order = order
        for widget in order:
            self.body.addWidget(widget)

    def _low_order(self, *, asks: bool, floor: bool) -> tuple[QWidget, ...]:
        """Where height is scarce the tag shares a line: with the question, or with the advice."""
        rest = (self.facts, self.possible, self.changes)
        known: tuple[QWidget, ...] = (self.inset, self.reason, self.because, *rest)
        if floor:  # what the choice is against comes before who may allow it
            known = (self.because, self.inset, self.reason, *rest)
        if asks:
            self.question.lead_with(self.tag)
            return (self.dangers, self.question, self.top, *known, self.headline)
        self._top.insertWidget(0, self.tag)
        return (self.top, self.dangers, *known, self.question, self.headline)

    def show_view(self, view: AdviceView, *, incident_id: str, again: bool) -> None:
        """Show this view of this incident."""
        # Without it nobody is advised: then it is no question that may be left out.
        quiet = view.stand not in _ASKING and not again and bool(view.agencies)
        asks = not quiet and view.question is not None
        self._arrange(quiet=quiet, asks=asks, floor=view.stand is Stand.BELOW_FLOOR)
        self._show_question(view, incident_id, again=again, quiet=quiet)
        if view == self._view:
            return
        self._view = view
        self._show_top(view)
        self._show_facts(view, apart=self._low and asks)
        self.reason.set_text(f"Reason: “{view.reason}”" if view.reason else "")
        self.reason.setVisible(bool(view.reason))
        self.inset.show_handovers(view)
        self.possible.set_text(f"still possible   {view.possible}")
        self.possible.setVisible(bool(view.possible) and view.question is not None)
        self.changes.show_changes(view.changes[: 2 if self._small else None])
        self._keep_echo()

    def _show_facts(self, view: AdviceView, *, apart: bool) -> None:
        """What is dangerous stands before all else, why who goes beside it or `apart`."""
        dangers = [self._chip(f) for f in view.facts if f.standing is Shape.DANGER]
        why = view.because if view.stand is not Stand.NOT_ASSESSED else ""
        beside = bool(dangers and why) and not apart
        self.dangers.fill([*dangers, *([WrapLabel(why, "body", "text2")] if beside else [])])
        self.dangers.setVisible(bool(dangers))
        self.because.set_text(why)
        self.because.setVisible(bool(why) and not beside)
        self.facts.fill([self._chip(f) for f in view.facts if f.standing is not Shape.DANGER])

    def _show_question(
        self, view: AdviceView, incident_id: str, *, again: bool, quiet: bool
    ) -> None:
        if view.question is None:
            self.question.forget()
            self.question.hide()
            self.body.insertWidget(self.body.indexOf(self.question) + 1, self.echo)
            return
        crowded = any(f.standing is Shape.DANGER for f in view.facts) and is_flat(self.window())
        self.question.show()
        self.question.show_question(
            incident_id, view.question, again=again, quiet=quiet, brief=self._low and crowded
        )
        self.question.hold(self.echo)

    def _show_top(self, view: AdviceView) -> None:
        self.tag.copy_from(_tag(view))
        surface = {Stand.NOT_ASSESSED: Surface.DASHED, Stand.BELOW_FLOOR: Surface.DANGER}
        self.set_surface(surface.get(view.stand, Surface.RAISED))
        big = view.stand in {Stand.ASSESSED, Stand.BELOW_FLOOR, Stand.CLOSED}
        self.headline.setVisible(big and not self._low)
        self.headline.set_text(view.headline)
        known = view.stand is Stand.PROVISIONAL or bool(view.agencies)
        so_far = ", so far" if view.agencies else ""
        small = f"{view.headline}{so_far}" if known and not big else ""
        self.beside.set_text(view.headline if big and self._low else small)
        self.top.setVisible(not self._low or bool(self.beside.text()))
        self.tick()
        self.setAccessibleName(f"advice: {view.headline}. {view.because}. {view.corner}")

    def tick(self) -> None:
        """Let the corner count down to the first question's due."""
        view = self._view
        if view is None:
            return
        words = view.corner_brief if self._narrow or self._small else view.corner
        if view.corner_due is not None:
            left = view.corner_due - theme.clock.now()
            late = theme.over(-left) if left < 0 else f"in {theme.age(left)}"
            words = f"first question due {late}"
        self.corner.set_runs(Run(words, "time", "text2"))
        self.inset.tick()

    def _chip(self, fact: FactView) -> QWidget:
        asked = fact.standing is not Shape.NOT_ASKED
        chip = FactChip(fact.name, fact.value, Standing(fact.standing), correctable=asked)
        if asked:
            chip.setToolTip("answer this again")
            chip.clicked.connect(partial(self._correct, fact.fact))
        return chip

    def _correct(self, fact: str) -> None:
        self.correct.emit(fact)

    def say_echo(self, words: str) -> None:
        """Repeat the answer that was given, with the key that takes it back."""
        back = "Backspace takes it back" if words else ""
        self.echo.set_runs(Run(words, "strong"), Run(back, "body", "text2"))
        self._keep_echo()

    def _keep_echo(self) -> None:
        """Its line stays while answers are given, so that nothing jumps when one is."""
        self.echo.setVisible(self.asks or bool(self.echo.text()))

    @property
    def so_far(self) -> str:
        """What is advised while questions are open, in few words; "" for nothing yet."""
        return "" if self._view is None else self._view.so_far

    @property
    def asks(self) -> bool:
        """Whether the question comes before the advice."""
        return self._view is not None and self._view.stand in _ASKING


def _tag(view: AdviceView) -> Tag:
    if view.stand is Stand.NOT_ASSESSED:
        return Tag.not_assessed()
    if view.stand is Stand.PROVISIONAL:
        return Tag.provisional(view.asked_count)
    if view.stand is Stand.BELOW_FLOOR:
        return Tag.below_floor()
    tag = Tag.assessed(view.shape)
    if view.override or view.stand is Stand.CLOSED:
        text = "CLOSED" if view.stand is Stand.CLOSED else "DECIDED OTHERWISE"
        tag = Tag(text, shape=view.shape)
    return tag
