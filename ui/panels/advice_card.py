"""The advice card: how far it is assessed, who should go, why, and what comes next."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.models.incident_view import AdviceView, HandoverView, Stand
from ui.panels.question import QuestionBox
from ui.theme import Shape
from ui.widgets import (
    ActionButton,
    Card,
    FactChip,
    FlowBox,
    Kind,
    Line,
    Run,
    ShapeIcon,
    Standing,
    Surface,
    Tag,
    WrapLabel,
)


class AdviceCard(Card):
    """Draws an AdviceView; asks through its question box, and says what was pressed."""

    correct = Signal(str)
    accept = Signal(str)
    decline = Signal(str)
    withdraw = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED)
        self._view: AdviceView | None = None
        self.tag = Tag.not_assessed()
        self.beside = Line(Run("", "lead"))
        self.corner = Line(Run("", "body", "text2"), right=True)
        self.headline = WrapLabel("", "headline")
        self.because = WrapLabel("", "body", "text2")
        self.reason = WrapLabel("", "body")
        self.question = QuestionBox()
        self.inset = Inset()
        self.facts = FlowBox(18, 4)
        self.possible = WrapLabel("", "body", "text2")
        self.changes = FlowBox(24, 4)
        self.echo = Line(Run("", "body", "text2"))
        self.inset.accept.connect(self.accept)
        self.inset.decline.connect(self.decline)
        self.inset.withdraw.connect(self.withdraw)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.tag)
        top.addWidget(self.beside, 1)
        top.addWidget(self.corner)
        self.body.addLayout(top)
        for widget in (
            self.headline,
            self.because,
            self.reason,
            self.inset,
            self.question,
            self.echo,
            self.facts,
            self.possible,
            self.changes,
        ):
            self.body.addWidget(widget)

    def show_view(self, view: AdviceView, *, incident_id: str, again: bool) -> None:
        """Show this view of this incident."""
        self._show_question(view, incident_id, again=again)
        if view == self._view:
            return
        self._view = view
        self._show_top(view)
        self.because.set_text(view.because)
        self.because.setVisible(bool(view.because) and view.stand is not Stand.NOT_ASSESSED)
        self.reason.set_text(f"“{view.reason}”" if view.reason else "")
        self.reason.setVisible(bool(view.reason))
        self.inset.show_handovers(view)
        self.facts.fill([self._chip(f.fact, f.name, f.value, f.standing) for f in view.facts])
        self.possible.set_text(f"still possible   {view.possible}")
        self.possible.setVisible(bool(view.possible) and view.question is not None)
        lead: list[QWidget] = [Line(Run("would change it", "body", "text2"))]
        self.changes.fill(lead + [_change(c.what, c.then) for c in view.changes])
        self.changes.setVisible(bool(view.changes))

    def _show_question(self, view: AdviceView, incident_id: str, *, again: bool) -> None:
        if view.question is None:
            self.question.forget()
            self.question.hide()
        else:
            self.question.show()
            self.question.show_question(incident_id, view.question, again=again, languages=True)

    def _show_top(self, view: AdviceView) -> None:
        self.tag.copy_from(_tag(view))
        surface = {Stand.NOT_ASSESSED: Surface.DASHED, Stand.BELOW_FLOOR: Surface.DANGER}
        self.set_surface(surface.get(view.stand, Surface.RAISED))
        big = view.stand in {Stand.ASSESSED, Stand.BELOW_FLOOR, Stand.CLOSED}
        self.headline.setVisible(big)
        self.headline.set_text(view.headline)
        known = view.stand is Stand.PROVISIONAL or bool(view.agencies)
        small = f"{view.headline}, so far" if known and not big else ""
        self.beside.set_runs(Run(small, "lead"))
        self.tick()
        self.setAccessibleName(f"advice: {view.headline}. {view.because}. {view.corner}")

    def tick(self) -> None:
        """Let the corner count down to the first question's due."""
        view = self._view
        if view is None:
            return
        words = view.corner
        if view.corner_due is not None:
            left = view.corner_due - theme.clock.now()
            late = theme.over(-left) if left < 0 else f"in {theme.age(left)}"
            words = f"first question due {late}"
        self.corner.set_runs(Run(words, "body", "text2"))

    def _chip(self, fact: str, name: str, value: str, shape: Shape) -> QWidget:
        asked = shape is not Shape.NOT_ASKED
        chip = FactChip(name, value, Standing(shape), correctable=asked)
        if asked:
            chip.setToolTip("answer this again")
            chip.clicked.connect(partial(self._correct, fact))
        return chip

    def _correct(self, fact: str) -> None:
        self.correct.emit(fact)

    def say_echo(self, words: str) -> None:
        """Repeat the answer that was given, with the key that takes it back."""
        self.echo.set_runs(Run(words, "strong"), Run("Backspace takes it back", "body", "text2"))
        self.echo.setVisible(bool(words))


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


def _change(what: str, then: str) -> QWidget:
    return Line(Run(what, "body"), Run("→", "body", "text2"), Run(then, "strong"))


class Inset(Card):
    """The agencies asked, each with its clock, and what the team was ordered."""

    accept = Signal(str)
    decline = Signal(str)
    withdraw = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.INSET, across=14, down=10)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(6))
        self.body.addLayout(self._grid)
        self._waits: list[HandoverView] = []

    @property
    def first_waiting(self) -> str:
        """The agency that Y and X answer for, or an empty text."""
        return self._waits[0].agency if self._waits else ""

    def show_handovers(self, view: AdviceView) -> None:
        """Show these, and the buttons for the first that has not answered."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._waits = [h for h in view.handovers if h.waits]
        row = 0
        for handover in view.handovers:
            self._add(row, handover)
            row += 1
        if view.order_words:
            self._grid.addWidget(ShapeIcon(Shape.STAGED, 18), row, 0)
            self._grid.addWidget(WrapLabel(view.order_words, "body"), row, 1, 1, 3)
            row += 1
        if view.asked is not None:
            self._add_asked(row, view.asked.asked_by)
            row += 1
        self._grid.setColumnStretch(1, 1)
        self.setVisible(row > 0)

    def _add(self, row: int, handover: HandoverView) -> None:
        self._grid.addWidget(ShapeIcon(handover.shape, 18), row, 0)
        line = WrapLabel(f"{handover.title}: {handover.words}", "body")
        self._grid.addWidget(line, row, 1)
        if not handover.waits:
            return
        first = handover is self._waits[0]
        yes = ActionButton("Accepted by…", "Y" if first else "")
        no = ActionButton("Declined", "X" if first else "")
        yes.setAccessibleName(f"{handover.title} accepted by")
        no.setAccessibleName(f"{handover.title} declined")
        yes.clicked.connect(partial(self.accept.emit, handover.agency))
        no.clicked.connect(partial(self.decline.emit, handover.agency))
        self._grid.addWidget(yes, row, 2)
        self._grid.addWidget(no, row, 3)

    def _add_asked(self, row: int, asked_by: str) -> None:
        self._grid.addWidget(ShapeIcon(Shape.CLOCK, 18), row, 0)
        words = f"{asked_by} asked; another person has to confirm. Until then the floor stands."
        self._grid.addWidget(WrapLabel(words, "body"), row, 1)
        back = ActionButton("Take back my choice", "Z", kind=Kind.PLAIN)
        back.clicked.connect(self.withdraw)
        self._grid.addWidget(back, row, 2, 1, 2)
