"""The head of the selected incident: number, age, place, call-back, owner, cautions."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crt_console.domain.incident import Incident
from crt_console.domain.words import IncidentStatus
from ui import theme
from ui.models.caution_view import CautionRow, caution_rows
from ui.models.desk import Desk
from ui.models.incident_view import clock_words, first_question_due
from ui.models.speech import place_words, sentence, short, source_words, what
from ui.theme import Shape
from ui.widgets import (
    ActionButton,
    Card,
    Icon,
    Kind,
    Line,
    PriorityBox,
    Run,
    ShapeIcon,
    Surface,
    WrapLabel,
    label,
)
from ui.widgets.flow import empty


class IncidentHead(QWidget):
    """Who called from where, how long ago, and what to be careful of."""

    ring_back = Signal()
    take = Signal()

    def __init__(self, desk: Desk, *, small: bool = False, low: bool = False) -> None:
        super().__init__()
        self._desk, self._small, self._low = desk, small or low, low
        self.priority = PriorityBox(None)
        self.name = Line(Run("", "lead"))
        self.age = Line(Run("", "clock"), right=True)
        self.place = WrapLabel("", "lead" if low else "question")
        self.where = Line(Run("", "body", "text2"))
        self.pin = Icon("map-pin-check")
        self.call = Line(Run("", "strong"))
        self.ring = ActionButton("ring back", "C", kind=Kind.QUIET)
        self.owner = Line(Run("", "body", "text2"), right=True)
        self.mine = ActionButton("Take it", "G", kind=Kind.QUIET)
        self.cautions = QWidget()  # stands below, apart: in a low window it scrolls
        self.cautions.hide()
        self._cautions = QVBoxLayout(self.cautions)
        self._cautions.setContentsMargins(0, 0, 0, 0)
        self._cautions.setSpacing(theme.px(6))
        self._shown: tuple[CautionRow, ...] = ()
        for button in (self.ring, self.mine):
            button.set_flat(flat=True)
        self.call.setMinimumHeight(self.mine.sizeHint().height())  # with a button or without one
        self._lay_out()
        self.ring.clicked.connect(self.ring_back)
        self.mine.clicked.connect(self.take)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.px(0 if self._low else 4 if self._small else 6))
        if self._low:
            self._lay_low(down)
            return
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, third):
            row.setSpacing(theme.px(10))
            down.addLayout(row)
        first.addWidget(self.priority)
        first.addWidget(self.name, 1)
        first.addWidget(self.age)
        second.addWidget(self.place, 1)  # as wide as its words at most
        second.addWidget(self.where)
        second.addWidget(self.pin)
        second.addStretch()
        third.addWidget(Icon("phone"))
        third.addWidget(self.call)
        third.addWidget(self.ring)
        third.addStretch(1)
        third.addWidget(self.owner)
        third.addWidget(self.mine)

    def _lay_low(self, down: QVBoxLayout) -> None:
        """Two lines: where and how long, who and what; the queue has the neighbourhood's room."""
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.px(8))
            down.addLayout(row)
        first.addWidget(self.priority)
        first.addWidget(self.name)
        first.addWidget(self.place, 100)  # as wide as its words at most
        first.addWidget(self.where)
        first.addWidget(self.pin)
        first.addStretch(1)
        first.addWidget(self.age)
        second.addWidget(Icon("phone"))
        second.addWidget(self.call)
        second.addWidget(self.ring)
        second.addStretch(1)
        second.addWidget(self.owner)
        second.addWidget(self.mine)

    def show_incident(self, incident: Incident) -> None:
        """Show this incident as the board has it."""
        board, now = self._desk.board, self._desk.now()
        self.priority.set_priority(incident.priority)
        flag = "no type given" if not incident.type else "not in our list of types"
        kind = sentence(what(board, incident)) or "no type yet"
        note = flag if incident.type_unmapped and incident.external else ""
        whole = (
            Run(incident.number, "lead"),
            Run(kind, "lead", "text2"),
            Run(note, "body", "text2"),
        )
        self.name.set_runs(*((Run(short(incident), "lead", "text2"),) if self._low else whole))
        place = place_words(board, incident)
        self.place.set_text(place)
        self.place.setMaximumWidth(int(theme.width(place, self.place.role())) + 2)
        missing = "" if board.text(incident.place) else "ask where; O corrects the place"
        unverified = "" if incident.place_verified else missing or "place not in our list"
        where = incident.neighbourhood or unverified
        self.where.set_runs(Run(where, "body", "text2"))
        self.where.setVisible(bool(unverified if self._low else where))
        found = "map-pin-check" if incident.place_verified else "map-pin-off"
        self.pin.set_icon(found, name="place found" if incident.place_verified else unverified)
        self._show_call(incident)
        self._show_owner(incident)
        self._show_cautions(caution_rows(board, incident, now))
        self.tick(incident, now)

    def _show_call(self, incident: Incident) -> None:
        board = self._desk.board
        calls = board.calls_of(incident.id)
        number = board.text(incident.call_back)
        relation = incident.facts.get("caller_relation")
        said = [
            "" if relation in {None, "unknown"} else str(relation).replace("_", " "),
            incident.language,
            source_words(incident.source),
            f"{len(calls)} calls" if len(calls) > 1 else "",
            f"theirs: {incident.external}" if incident.external else "",
            sentence(what(board, incident)) if self._low else "",
        ]
        self.call.set_runs(
            Run(number or "no number", "strong"),
            Run(" · ".join(part for part in said if part), "body", "text2"),
        )
        self.ring.setVisible(incident.open and bool(number))

    def _show_owner(self, incident: Incident) -> None:
        mine = incident.owner == self._desk.who
        words = "yours" if mine else _whose(incident.owner)
        self.owner.set_runs(Run(words, "body", "text2"))
        # That nobody has it is never shortened; a long name may be.
        self.owner.setMinimumWidth(0 if incident.owner else self.owner.sizeHint().width())
        link = self._desk.link
        self.mine.setVisible(incident.open and not mine and link.live and link.saving)

    def _show_cautions(self, rows: tuple[CautionRow, ...]) -> None:
        if rows == self._shown:
            return
        self._shown = rows
        empty(self._cautions)
        for row in rows:
            self._cautions.addWidget(_caution_card(row, small=self._small, low=self._low))
        self.show_cautions(shown=True)

    def show_cautions(self, *, shown: bool) -> None:
        """Show what to be careful of, where there is anything, or make room for an ask."""
        self.cautions.setVisible(shown and bool(self._shown))

    def tick(self, incident: Incident, now: datetime) -> None:
        """Let the age run."""
        waits = incident.status is IncidentStatus.WAITING and incident.waiting_since
        since = incident.waiting_since if waits and incident.waiting_since else incident.arrived_at
        seconds = (now - since).total_seconds()
        limit = self._desk.timers.limit(incident.priority).total_seconds()
        over = bool(waits) and seconds > limit
        words = theme.over(seconds - limit) if over else clock_words(incident, limit)
        if first := first_question_due(self._desk.board, incident):
            words = f"of {theme.age(first - since.timestamp())}"
        self.age.set_runs(
            Run(theme.age(seconds), "clock"), Run(words, "strong" if over else "body", "text2")
        )
        self.age.setAccessibleName(f"incident {short(incident)} age {theme.age(seconds)} {words}")


def _caution_card(row: CautionRow, *, small: bool, low: bool) -> Card:
    card = Card(Surface.OUTLINED, across=10 if low else 12, down=4 if low else 8)
    line = QHBoxLayout()
    line.setSpacing(theme.px(6 if low else 10))
    line.addWidget(ShapeIcon(Shape.OVER, 18))
    line.addWidget(label("Caution", "strong"))
    line.addWidget(WrapLabel(row.text, "body"), 1)
    line.addWidget(label(row.brief if small else row.source, "body", "text2", right=True))
    card.body.addLayout(line)
    card.setAccessibleName(f"caution: {row.text}, {row.source}")
    return card


def _whose(owner: str | None) -> str:
    return f"{owner}’s" if owner else "nobody has it"
