"""The middle column: the selected incident, its advice, what happened, and notes."""

import asyncio
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from crt_console.domain.commands import (
    AnswerFacts,
    Deny,
    MarkUnreachable,
    TakeIncident,
    UndoAnswer,
)
from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.incident import FactValue, Incident
from crt_console.protocol.guidance import label
from ui import theme
from ui.dialogs import acts
from ui.dialogs.ask import Ask, AskHost
from ui.dialogs.ask_choice import AskChoice
from ui.dialogs.others import Make, others_for
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.models.incident_view import AdviceView, advice_view
from ui.models.speech import fact_word, sentence, short
from ui.models.timeline_view import timeline_rows
from ui.panels.advice_card import AdviceCard
from ui.panels.columns import side
from ui.panels.incident_head import IncidentHead
from ui.panels.note_foot import NoteFoot
from ui.panels.timeline import Timeline
from ui.widgets import Panel, WrapLabel
from ui.widgets.follow import FollowFocus
from ui.widgets.more_below import MoreBelow
from ui.widgets.quiet_bar import QuietBar
from ui.widgets.wrap import words_tall

_ROWS_FIRST_MS = 30  # queue and teams are painted before the timeline is read
_BEHIND_KEY = 760  # effective height of the window below which what happened waits behind T
_HAPPENED = 130  # its heading and some three rows
_BEGINNING = 100  # of the advice: less than that of it is not shown below an ask
_FIRST_LINE = 26  # the middle of it: that of the heading of the queue
_BESIDE = 5  # between what is scrolled and the bar, which stands in the margin


class IncidentPanel(Panel):
    """Draws the selected incident; answers are shown at once and saved behind.

    In a `low` window number, place and age stay above what is scrolled.
    """

    asking = Signal()  # an ask was opened or has gone

    def __init__(
        self, desk: Desk, drafts: Drafts | None = None, *, narrow: bool = False,
        small: bool = False, low: bool = False,
    ) -> None:  # fmt: skip
        super().__init__("bg")
        self._desk, self._small, self._low = desk, small, low
        self._pending: dict[str, dict[str, FactValue]] = {}
        self._again: dict[str, str] = {}
        self._language = "en"
        self._asked_for = ""
        self._timeline_of = ("", -1)
        self.reading = QTimer(self, singleShot=True, interval=_ROWS_FIRST_MS)
        self.reading.timeout.connect(self._read)
        self.head = IncidentHead(desk, small=small, low=low)
        self.card = AdviceCard(narrow=narrow, small=small, low=low)
        self.timeline = Timeline(desk.who)
        self.foot = NoteFoot(desk, drafts, low=low)
        self.note = self.foot.note
        self.foot.happened_wanted.connect(self.show_timeline)
        self._hidden = self._told = False
        self.foot.turn_to(desk.incident_id)
        self.empty = WrapLabel("", "lead", "text2")
        self.asks = AskHost()  # opens above the advice
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._down = down = QVBoxLayout(inside)
        self.area = QScrollArea()
        self.area.setVerticalScrollBar(QuietBar())
        bar = theme.px(_BESIDE) + self.area.verticalScrollBar().sizeHint().width()
        down.setContentsMargins(0, 0, theme.px(_BESIDE), 0)
        down.setSpacing(theme.px(8 if self._low else 12))
        if not self._low:
            down.addWidget(self.head)
        down.addWidget(self.head.cautions)
        down.addWidget(self.asks)
        down.addWidget(self.card)
        down.addWidget(self.timeline, 100)
        down.addStretch(1)  # where what happened is hidden nothing else grows taller
        FollowFocus(self.area)
        self.more = MoreBelow(self.area, key="Ctrl+↓")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        inside.setMinimumWidth(0)
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        across, (above, below) = side(low=self._low), (6, 4) if self._low else (10, 12)
        column.setContentsMargins(across, theme.px(above), across - bar, theme.px(below))
        column.setSpacing(theme.px(6 if self._low else 10))
        if self._low:
            self.head.setContentsMargins(0, 0, bar, 0)
            column.addWidget(self.head)
        column.addWidget(self.area, 1)
        self.foot.setContentsMargins(0, 0, bar, 0)  # so that it ends where the card ends
        column.addWidget(self.foot)
        nothing = QWidget()
        middle = QVBoxLayout(nothing)
        above = theme.px(_FIRST_LINE) - words_tall("N", "lead", across) // 2
        middle.setContentsMargins(across, above, across, across)
        middle.addWidget(self.empty)
        middle.addStretch(1)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(nothing)
        self.stack.addWidget(self._full)

    def _connect(self) -> None:
        self.card.question.answered.connect(self.answer)
        self.card.question.language_wanted.connect(self.other_language)
        self.card.question.cancelled.connect(self.leave_question)
        self.card.correct.connect(self.ask_again)
        self.card.accept.connect(lambda agency: self.act(acts.accept_handover, agency))
        self.card.decline.connect(lambda agency: self.act(acts.decline_handover, agency))
        self.card.withdraw.connect(self.withdraw)
        self.card.agree.connect(lambda: self.act(acts.agree_below))
        self.head.ring_back.connect(lambda: self.act(acts.record_ring_back))
        self.head.take.connect(self.take)
        self.asks.closed.connect(self.asking)
        self.asking.connect(self._make_room)
        self.more.settled.connect(self._settled)
        self._desk.selected.connect(self._opened)

    # what is shown

    def refresh(self) -> None:
        """Show the board as it is."""
        incident = self._desk.incident
        if incident is None:
            count = len(self._desk.board.open_incidents)
            words = (
                "Nothing is selected. F4 goes to the queue."
                if count
                else "No calls wait. F3 takes a call, / a command, F1 shows all keys."
            )
            self.empty.set_text(words)
            self.stack.setCurrentIndex(0)
            return
        self.stack.setCurrentIndex(1)
        self._forget_saved(incident)
        more = "" if self._small else ". While you type, answers are Alt + number."
        self.note.ask(f"Note on {short(incident)}: what is said{more}")
        self.head.show_incident(incident)
        view = self.view(incident)
        again = self._again.get(incident.id, "")
        self.card.show_view(view, incident_id=incident.id, again=bool(again))
        self._read_timeline(incident)

    def view(self, incident: Incident) -> AdviceView:
        """Return the advice as it is drawn, answers on their way included."""
        return advice_view(
            self._desk.board,
            incident,
            self._desk.pack,
            self._desk.now(),
            pending=self._pending.get(incident.id, {}),
            me=self._desk.who,
            again=self._again.get(incident.id, ""),
            language=self._language,
        )

    def tick(self) -> None:
        """Let the ages run."""
        incident = self._desk.incident
        if incident is not None:
            self.head.tick(incident, self._desk.now())
            self.card.tick()

    def _opened(self, incident_id: str) -> None:
        self.asks.close_ask()
        self.foot.turn_to(incident_id)
        self.card.say_echo("")
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def _forget_saved(self, incident: Incident) -> None:
        pending = self._pending.get(incident.id, {})
        for fact in [f for f, v in pending.items() if incident.facts.get(f) == v]:
            del pending[fact]

    def _settled(self) -> None:
        """What comes next below is named; nobody answers a question unseen."""
        self._fit_timeline()
        if self.card.isHidden() and self.area.verticalScrollBar().maximum():
            self.head.show_cautions(shown=False)  # never half of one above an ask
        question, more = self.card.question, self.more
        hidden = question.isVisibleTo(self.card) and more.hides(question)
        question.set_seen(seen=not hidden)
        happened = more.hides(self.timeline.heading) and not more.covers(self.card)
        answer = self.card.inset.answer
        comes = question.title if hidden else "What happened" if happened else ""
        if answer is not None and answer.isVisibleTo(self.card) and more.hides(answer):
            comes = "Accepted Y · Declined X"
        # Where the question has the room, what is advised so far is named.
        advised = self.card.so_far if more.hides(self.card.top) else ""
        more.set_next(advised or comes)

    # answers

    def press(self, key: str) -> bool:
        """Take a key as an answer; False where no question has that key."""
        return self.stack.currentIndex() == 1 and self.card.question.press(key)

    def answer(self, fact: str, value: FactValue) -> None:
        """Answer a fact: the next question stands at once, the answer is saved behind."""
        incident = self._desk.incident
        if incident is None:
            return
        self._pending.setdefault(incident.id, {})[fact] = value
        self._again.pop(incident.id, None)
        words = "can’t say" if value == "unknown" else label(self._desk.pack, fact, value)
        self.card.say_echo(f"{sentence(fact_word(fact))}: {words}")
        self.refresh()
        self._desk.tasks.start(self._save(incident.id, fact, value))

    async def _save(self, incident_id: str, fact: str, value: FactValue) -> None:
        try:
            await self._desk.room.do(AnswerFacts(incident=incident_id, answers=((fact, value),)))
        except (Refused, Unavailable):
            self._pending.get(incident_id, {}).pop(fact, None)
            self.card.say_echo("")
            self.refresh()
            raise

    def undo(self) -> None:
        """Take back the last answer of this incident."""
        incident = self._desk.incident
        if incident is not None:
            self.card.say_echo("")
            self._desk.do(UndoAnswer(incident=incident.id))

    def ask_again(self, fact: str) -> None:
        """Ask an answered fact again, to correct it."""
        if self._desk.incident is not None:
            self._again[self._desk.incident.id] = fact
            self.refresh()

    def leave_question(self) -> None:
        """Leave an answer as it was."""
        if self._desk.incident is not None:
            self._again.pop(self._desk.incident.id, None)
            self.refresh()

    def other_language(self) -> None:
        """Show the question in Spanish, or in English again."""
        self._language = "en" if self._language == "es" else "es"
        self.refresh()

    def caller_lost(self) -> None:
        """The caller is gone: what was not asked becomes unknown, and a ring-back is due."""
        if self._desk.incident is not None:
            self._desk.do(MarkUnreachable(incident=self._desk.incident.id))

    # other acts

    def act(self, make: Any, *more: Any) -> None:
        """Open an ask about the selected incident above the advice."""
        incident = self._desk.incident
        ask = None if incident is None else make(self._desk, incident.id, *more)
        if ask is not None:
            self.open_ask(ask)

    def open_ask(self, ask: Ask) -> None:
        """Show an ask card, in place of one that is open."""
        self.asks.open(ask)
        self.asking.emit()
        # Once it has its height; at once it would be shown in part.
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.asks))

    def turn_page(self, *, down: bool) -> None:
        """Most of a page further down, or back up."""
        bar = self.area.verticalScrollBar()
        step = int(self.area.viewport().height() * 0.7)
        bar.setValue(self.more.whole_from(bar.value() + (step if down else -step)))

    def _make_room(self) -> None:
        """An ask takes the number keys, and the room below it where the advice cannot begin."""
        asked = self.asks.ask is not None
        self.card.question.set_aside(aside=asked)
        self._fit_timeline()
        self.head.show_cautions(shown=True)
        self.card.setVisible(not asked)  # its height is no part of what is measured next
        self.card.setVisible(not asked or self._room_below() >= theme.px(_BEGINNING))

    def _room_below(self) -> int:
        view, down = self.area.viewport(), self._down
        wraps = down.hasHeightForWidth()
        needs = down.heightForWidth(view.width()) if wraps else down.sizeHint().height()
        return view.height() - needs

    def open_other(self) -> None:
        """Offer every act on the incident that has no button."""
        incident = self._desk.incident
        if incident is None:
            return
        choices = {name: words for name, (words, _) in self._others(incident).items()}
        ask = AskChoice(f"What else for {short(incident)}?", choices, "Go on")
        ask.answered.connect(lambda values: self._other(incident, values["code"]))
        self.open_ask(ask)

    def _others(self, incident: Incident) -> dict[str, tuple[str, Make]]:
        return others_for(self._desk.board, incident)

    def _other(self, incident: Incident, name: str) -> None:
        _, make = self._others(incident)[name]
        made = make(self._desk, incident.id)
        if isinstance(made, Ask):
            self.open_ask(made)
        else:
            self.asks.close_ask()

    def take(self) -> None:
        """Own the selected incident."""
        if self._desk.incident is not None:
            self._desk.do(TakeIncident(incident=self._desk.incident.id))

    def withdraw(self) -> None:
        """Take back the choice that waits for a second person."""
        incident = self._desk.incident
        if incident is not None:
            for asked in self._desk.board.asked_of(incident.id):
                self._desk.do(Deny(confirmation=asked.id))

    # the timeline

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_timeline()

    def _fit_timeline(self) -> None:
        """In a low window what happened waits behind its key where the card leaves no room."""
        low = self.window().height() / theme.state.scale < _BEHIND_KEY
        left = self.area.viewport().height() - self.card.geometry().bottom()
        self._hidden = low and left < theme.px(_HAPPENED)
        self.foot.happened.setVisible(self._hidden)
        shown = self._told or not self._hidden
        self.timeline.setVisible(shown and self.asks.ask is None)

    def show_timeline(self) -> None:
        """T: in a low window show what happened or hide it, else show all steps or what matters."""
        self._fit_timeline()
        if not self._hidden:
            self.timeline.toggle()
            return
        self._told = not self._told
        self._fit_timeline()
        if self._told:
            QTimer.singleShot(0, self, self._turn_to_timeline)

    def _turn_to_timeline(self) -> None:
        self.area.verticalScrollBar().setValue(self.timeline.y())

    def _read_timeline(self, incident: Incident) -> None:
        last = max([incident.changed, *(e.changed for e in self._desk.board.calls_of(incident.id))])
        key = (incident.id, max(last, self._desk.heard.get(incident.id, 0)))
        if key == self._timeline_of:
            return
        self._timeline_of = key
        self.reading.start()

    def _read(self) -> None:
        self._desk.tasks.read(self._fetch(self._timeline_of[0]))

    async def _fetch(self, incident_id: str) -> None:
        try:
            lines = await self._desk.room.timeline(incident_id)
        except (Unavailable, asyncio.CancelledError):
            self._timeline_of = ("", -1)
            return
        if isValid(self) and incident_id == self._desk.incident_id:
            self.timeline.show_rows(timeline_rows(lines, self._desk.board, self._desk.pack))
