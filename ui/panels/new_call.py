"""The New Call form: a call taken by hand, never lost, never needing the mouse."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_console.domain.commands import Outcome
from crt_console.domain.errors import Refused, Unavailable
from ui import theme
from ui.models import call_form
from ui.models.desk import Desk
from ui.models.drafts import Draft, Drafts
from ui.panels.call_fields import CallFields
from ui.panels.columns import side
from ui.panels.draft_offers import DraftOffers, ThrowAway
from ui.panels.known_here import KnownHere
from ui.widgets import ActionButton, Kind, Line, Panel, Run
from ui.widgets.field import Field
from ui.widgets.follow import FollowFocus
from ui.widgets.keys import Act, Keys
from ui.widgets.more_below import MoreBelow
from ui.widgets.quiet_bar import QuietBar
from ui.widgets.said import Said
from ui.widgets.tag import Look

_KNOWN_MS = 120
_BESIDE = 5  # between what is scrolled and the bar, which stands in the margin
SAVE_KEY, ASIDE_KEY = "Ctrl+Enter", "Esc"


class NewCall(Panel):
    """Takes the place of the incident while a call is typed; every keystroke is a draft.

    `saved` carries the id of the incident the call became part of; `closed` comes when the
    form has nothing more to show (saved, put aside or thrown away). In a `low` window it is
    laid out closer.
    """

    saved = Signal(str)
    closed = Signal()
    keeps_keys = True

    def __init__(
        self, desk: Desk, drafts: Drafts, parent: QWidget | None = None, *, low: bool = False
    ) -> None:
        super().__init__("bg", parent)
        self._low = low
        self.setAccessibleName("New call")
        self._desk, self._drafts = desk, drafts
        self._draft = Draft(started_at=desk.now())
        self._sending: asyncio.Task[Any] | None = None
        self._sent: Draft | None = None
        self._make_parts()
        self._lay_out()
        self._listen()
        self._failed(drafts.why)

    def _make_parts(self) -> None:
        self.fields = CallFields(self._desk, low=self._low)
        self.known = KnownHere(low=self._low)
        self.offers = DraftOffers(self._drafts)
        self._title = Line()
        self._aside = ActionButton("Put aside", ASIDE_KEY, kind=Kind.QUIET)
        self._save = ActionButton("Save as a new incident", SAVE_KEY, kind=Kind.PRIMARY)
        self._save.setMinimumWidth(self._save.sizeHint().width())
        self._throw = ThrowAway("Discard this call", self._throw_away)
        self.said, self._disk = Said(), Said()
        self._known_timer = QTimer(self)
        self._known_timer.setSingleShot(True)
        self._known_timer.setInterval(_KNOWN_MS)
        self._known_timer.timeout.connect(self.look)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        area = self._scrolled()
        across, beside = side(low=self._low), area.verticalScrollBar().sizeHint().width()
        beside += theme.px(_BESIDE)
        above, below = theme.px(8), theme.px(8 if self._low else 12)
        column.setContentsMargins(across, above, across - beside, below)
        column.setSpacing(theme.px(8 if self._low else 10))
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setContentsMargins(0, 0, beside, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._aside)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addWidget(self._disk)
        column.addWidget(self.said)
        foot.addWidget(self._save)
        foot.addWidget(self._throw)
        foot.addStretch(1)
        column.addLayout(foot)

    def _scrolled(self) -> QScrollArea:
        """What is typed, what is known about it, other half-typed calls."""
        self.fields.put_known(self.known)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(_BESIDE), 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.fields)
        column.addWidget(self.offers)
        column.addStretch(1)
        area = QScrollArea()
        FollowFocus(area)
        area.setVerticalScrollBar(QuietBar())
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(self.focusPolicy())
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._area, self.more = area, MoreBelow(area)
        self.more.settled.connect(self._name_below)
        return area

    def _name_below(self) -> None:
        """The first field that is covered is named there, and how many calls lie aside."""
        fields = self.fields.findChildren(Field)
        covered = [field.title() for field in fields if self.more.hides(field)][:1]
        aside = len(self.offers.offered()) if self.more.hides(self.offers) else 0
        calls = "call" if aside == 1 else "calls"
        self.more.set_next(" · ".join([*covered, *([f"{aside} {calls} put aside"] * bool(aside))]))

    def _scroll(self, pages: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _listen(self) -> None:
        self.fields.edited.connect(self._edited)
        self.fields.left.connect(self._drafts.flush)
        self.fields.entered.connect(self.save)
        self.known.add.connect(self.save)
        self.offers.go_on.connect(self.begin)
        self._drafts.failed.connect(self._failed)
        self._aside.clicked.connect(self.put_aside)
        self._save.clicked.connect(self._pressed_save)
        self._desk.changed.connect(self._board_changed)
        acts: dict[str, Act] = {"Ctrl+Return": self.save, "Esc": self._escape}
        acts |= {"PgDown": partial(self._scroll, 1), "PgUp": partial(self._scroll, -1)}
        for number in range(1, 10):
            acts[f"Alt+{number}"] = partial(self.known.take, number)
        buttons = (self._aside, self._save, self._throw)
        Keys(acts, *self.fields.editors(), *buttons, parent=self)

    # Beginning and ending

    def begin(self, draft: Draft | None = None) -> None:
        """Starts a call, or goes on with a draft; what was being typed is put aside."""
        self._drafts.flush()
        self._draft = draft or Draft(started_at=self._desk.now())
        self.fields.set_values(self._draft.fields)
        self.said.clear()
        self._throw.settle()
        self.offers.set_open(self._draft.id)
        begun = self._draft.started_at.astimezone()
        self._title.set_runs(
            Run("New call", "question"), Run(f"since {begun:%H:%M:%S}", "time", "text2")
        )
        self.look()
        self.fields.place.setFocus()

    def put_aside(self) -> None:
        """Closes the form; the draft stays and is offered again."""
        self._drafts.flush()
        self.offers.set_open("")
        self.closed.emit()

    def _escape(self) -> bool:
        lookups = (self.fields.place, self.fields.type, self.fields.language)
        if any(line.offers() for line in lookups):
            return False
        self.put_aside()
        return True

    def _throw_away(self) -> None:
        self._drafts.drop(self._draft.id)
        self._close()

    def _close(self) -> None:
        self._draft = Draft(started_at=self._desk.now())
        self.fields.set_values({})
        self.said.clear()
        self.offers.set_open("")
        self.closed.emit()

    @property
    def draft(self) -> Draft:
        """What is being typed."""
        return self._draft

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No letter acts on the incident that lies beneath; / still opens the command bar."""
        if event.text() == "/" or not (event.text() and event.text().isprintable()):
            super().keyPressEvent(event)

    # Typing

    def _edited(self) -> None:
        self._draft = replace(self._draft, fields=self.fields.values())
        self._drafts.keep(self._draft)
        self._throw.settle()
        if self._sending is None:
            self.said.clear()
        self._name_act()
        self._known_timer.start()

    def _board_changed(self) -> None:
        if self.isVisible():
            self._name_act()
            self._known_timer.start()

    def look(self) -> None:
        """Shows what is known about the place and the number."""
        place, number = self.fields.place.text(), self.fields.call_back.text()
        self.known.look(self._desk.board, place, number)
        self._name_act()

    def _name_act(self) -> None:
        link = self._desk.link
        if self._sending is not None:
            self._save.set_action("Saving…")
        elif not (link.live and link.saving):
            self._save.set_action("Kept here: no database", kind=Kind.LOCKED)
        else:
            known = self.known.count()
            words = "Save as a new incident" if known else "Save call"
            # Whether it is the same only the dispatcher can tell: neither answer stands out.
            kind = Kind.PLAIN if known or self._draft.empty else Kind.PRIMARY
            self._save.set_action(words, kind=kind)

    def _failed(self, why: str) -> None:
        if why:
            words = f"{why}. What you type is only here until you save the call."
            self._disk.say("NO DRAFT KEPT", words, Look.WARN)
        else:
            self._disk.clear()

    # Saving

    def _pressed_save(self) -> None:
        self.save()

    def save(self, into: str = "") -> None:
        """Takes the call in, as a new incident or `into` one; on failure everything stays."""
        if self._sending is not None:
            return
        if self._draft.empty:
            self.said.say("NOT SAVED", "Nothing has been typed yet.")
            return
        self._drafts.flush()
        self._sent = self._draft
        self.fields.set_read_only(on=True)
        self._sending = self._desk.do(call_form.command(self._draft, into), self._taken)
        self._name_act()
        self._sending.add_done_callback(self._ended)

    def _taken(self, outcome: Outcome) -> None:
        sent = self._sent
        if sent is None:
            return
        self._drafts.drop(sent.id)
        incident_id = outcome.incident_id or call_form.command(sent).incident_id
        if self._draft.id == sent.id:
            self._close()
        self._desk.select(incident_id)
        self.saved.emit(incident_id)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._sending = self._sent = None
        self.fields.set_read_only(on=False)
        self.look()
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Refused | Unavailable):
            self.said.say("NOT SAVED", f"{error.because} Nothing typed is lost: try again.")
        elif error is not None:
            self.said.say("NOT SAVED", "Something went wrong. Nothing typed is lost: try again.")
