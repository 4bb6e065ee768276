"""Parts of the advice card: the agencies asked with their clocks, and what would change it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.models.incident_view import AdviceView, ChangeView, HandoverView
from ui.theme import Shape
from ui.widgets import ActionButton, Card, Line, Run, ShapeIcon, Surface, WrapLabel, label
from ui.widgets.flow import empty

_ACROSS, _ICON = 14, 18
_WIDEST = "+88:88"  # so that no button moves while it counts


class Changes(QWidget):
    """One row for each answer that would change who goes, aligned."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(2, 1)

    def show_changes(self, changes: tuple[ChangeView, ...]) -> None:
        """Show these; nothing for none."""
        empty(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for row, change in enumerate(changes):
            if not row:
                self._grid.addWidget(label("would change if", "body", "text2"), row, 0, top)
            self._grid.addWidget(label(change.what), row, 1, top)
            self._grid.addWidget(WrapLabel(f"→ {change.then}", "strong"), row, 2)
        self.setVisible(bool(changes))


class Inset(Card):
    """The agencies asked, each with its clock, and what the team was ordered.

    `small` puts the answers of an agency below it, and of a second person where they do not fit.
    """

    accept = Signal(str)
    decline = Signal(str)
    withdraw = Signal()
    agree = Signal()

    def __init__(self, *, small: bool = False) -> None:
        super().__init__(Surface.INSET, across=_ACROSS, down=10)
        self._small = small
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._rows = 0
        self._asked: tuple[int, WrapLabel, QWidget] | None = None  # row, words, answers
        self._asked_at = 0.0
        self._waits: list[HandoverView] = []
        self.answer: ActionButton | None = None  # where Y is said
        self._clocks: list[tuple[HandoverView, WrapLabel, Line | None]] = []

    @property
    def first_waiting(self) -> str:
        """The agency that Y and X answer for, or an empty text."""
        return self._waits[0].agency if self._waits else ""

    def show_handovers(self, view: AdviceView) -> None:
        """Show these, and the buttons for the first that has not answered."""
        empty(self._grid)
        self._clocks, self._rows, self._asked = [], 0, None
        self._waits, self.answer = [h for h in view.handovers if h.waits], None
        if view.asked is not None:
            self._asked_at = view.asked.asked_at.timestamp()
            self._add_asked(mine=view.mine)
        for handover in view.handovers:
            self._add(handover)
        if view.order_words:
            back, stays = "PULL BACK" in view.order_words, "stage" in view.order_words.lower()
            shape = Shape.DANGER if back else Shape.STAGED if stays else Shape.ON_THE_WAY
            self._say(shape, view.order_words)
        self.setVisible(self._rows > 0)
        self.tick()

    def tick(self) -> None:
        """Let the clocks of the agencies run."""
        now = theme.clock.now()
        if self._asked is not None:
            late = theme.over(now - self._asked_at)  # it is due as soon as it is asked
            self._asked[1].set_text(f"Second person asked, no answer yet {late}")
        for handover, words, alarm in self._clocks:
            words.set_text(handover.spoken(now))
            if alarm is not None and handover.due is not None:
                left = handover.due - now
                soon = f"alarm in {theme.age(left)}" if left > 0 else ""
                alarm.set_runs(Run(soon, "time", "text2"))

    def _say(self, shape: Shape, words: str) -> tuple[int, WrapLabel]:
        row, self._rows = self._rows, self._rows + 1
        line = WrapLabel(words, "body")
        self._grid.addWidget(ShapeIcon(shape, _ICON), row, 0)
        self._grid.addWidget(line, row, 1, 1, 2 if self._small else 1)
        return row, line

    def _add(self, handover: HandoverView) -> None:
        row, words = self._say(handover.shape, "")
        alarm = Line(Run("", "time", "text2"), right=True) if handover.waits else None
        self._clocks.append((handover, words, alarm))
        if alarm is None:
            return
        first = handover is self._waits[0]
        yes = ActionButton("Accepted by…", "Y" if first else "")
        no = ActionButton("Declined", "X" if first else "")
        yes.setAccessibleName(f"{handover.title} accepted by")
        no.setAccessibleName(f"{handover.title} declined")
        yes.clicked.connect(partial(self.accept.emit, handover.agency))
        no.clicked.connect(partial(self.decline.emit, handover.agency))
        self._beside(row, (yes, no), alarm)
        if first:
            self.answer = yes

    def _beside(self, row: int, buttons: tuple[QWidget, ...], alarm: QWidget) -> None:
        """Buttons at the end of the row, or where it is small in a row of their own."""
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        if self._small:
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
            line.addWidget(alarm)
            self._grid.addLayout(line, row + 1, 1, 1, 2)
            self._rows += 1
            return
        line.addStretch(1)
        line.addWidget(alarm)
        line.addSpacing(theme.px(4))
        for button in buttons:
            line.addWidget(button)
        self._grid.addLayout(line, row, 2)

    def _add_asked(self, *, mine: bool) -> None:
        row, line = self._say(Shape.OVER, f"Second person asked, no answer yet {_WIDEST}")
        self._rows += 1
        mine_back = "Take back" if self._small else "Take back my choice"
        back = ActionButton(mine_back if mine else "Do not agree", "Z")
        back.setAccessibleName("take back my choice" if mine else "do not agree")
        back.clicked.connect(self.withdraw)
        answers = QWidget()
        across = QHBoxLayout(answers)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(8))
        if not mine:
            agree = ActionButton("Agree…", "V")
            agree.clicked.connect(self.agree)
            across.addWidget(agree)
        across.addWidget(back)
        self._asked = (row, line, answers)
        self._place_asked()
        self._say_who(mine=mine)

    def _say_who(self, *, mine: bool) -> None:
        """Who can agree."""
        who = "A colleague" if mine else "You"
        words = WrapLabel(f"{who} or a supervisor can agree", "body", "text2")
        self._grid.addWidget(words, self._rows, 1, 1, 2)
        self._rows += 1

    def _place_asked(self) -> None:
        """The answers of a second person beside the words, below them where that is too narrow."""
        if self._asked is None:
            return
        row, line, answers = self._asked
        gaps = 2 * theme.px(_ACROSS) + theme.px(_ICON) + 2 * self._grid.horizontalSpacing()
        needed = theme.width(line.text(), "body") + answers.sizeHint().width() + gaps
        beside = needed < self.width()
        self._grid.removeWidget(line)
        self._grid.removeWidget(answers)
        self._grid.addWidget(line, row, 1, 1, 1 if beside else 2)
        if beside:
            self._grid.addWidget(answers, row, 2, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(answers, row + 1, 1, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_asked()
