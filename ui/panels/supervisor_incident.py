"""The incident the supervisor has opened, for reading, in her own window."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_console.domain.errors import Refused, Unavailable
from ui import theme
from ui.models.desk import Desk
from ui.models.speech import dotted
from ui.models.supervisor_incident import Section, SeenIncident, SeenLine, seen_incident
from ui.models.timeline_view import TimelineRow, timeline_rows
from ui.panels.supervisor_parts import HEAD, ScrollColumn, inset, stacked
from ui.panels.timeline import Timeline
from ui.widgets import (
    ActionButton,
    Card,
    Kind,
    Line,
    Panel,
    PriorityBox,
    Run,
    ShapeIcon,
    Surface,
    Tag,
    WrapLabel,
    label,
)
from ui.widgets.flow import empty
from ui.widgets.keys import Keys

_STEP = 48  # of an arrow key
_LEFT, _TOP, _MARK = 10, 14, 3  # the line that shows the keyboard is here


class IncidentPart(ScrollColumn):
    """Lies where the teams are until `left`; nothing she reads here changes anything elsewhere."""

    left = Signal()

    def __init__(self, desk: Desk, surface: str) -> None:
        super().__init__(surface)
        self._desk, self.key = desk, ""
        self._shown: SeenIncident | None = None
        self._read_at = ("", -1)
        self._times: list[tuple[Line, float]] = []
        self.back = ActionButton("Back", "Esc", kind=Kind.QUIET)
        self.back.setAccessibleName("back to the teams")
        self.back.clicked.connect(self.left)
        self.priority, self.title = PriorityBox(None), Line(Run("", "lead"))
        self.age = Line(Run("", "clock"), right=True)
        self.place = WrapLabel("", "question")
        self.about = WrapLabel("", "body", "text2")
        self.timeline = Timeline("")
        self.timeline.more.set_key("A")
        page, whole = QWidget(), QWidget()
        self._down = stacked(page, gap=6)
        head = row_of(self.priority, self.title, None, self.age, self.back)
        head.setFixedHeight(theme.px(HEAD))
        stacked(whole, self.place, self.about, page, self.timeline, gap=8)
        everything = QWidget()
        stacked(everything, inset(head), inset(whole), gap=8)
        self.fill(everything)
        self.count(whole, lambda _: f"more about {self._shown.number if self._shown else 'it'}")
        acts = {
            "Esc": self.left.emit,
            "Up": lambda: self._turn(-theme.px(_STEP)), "Down": lambda: self._turn(theme.px(_STEP)),
            "PgUp": lambda: self._turn(-self._most()), "PgDown": lambda: self._turn(self._most()),
        }  # fmt: skip
        # The keyboard rests on what is read, a line beside it; a button would look like an act.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark = Panel("accent", self)
        self._mark.hide()
        Keys(acts, self, self.back, self.timeline.more, parent=self)

    # what is shown

    def open(self, incident_id: str) -> None:
        """Shows this incident from its top."""
        if incident_id != self.key:
            self.key = incident_id
            self.timeline.show_rows(())
        self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Show the board as it is."""
        board, now = self._desk.board, self._desk.now()
        incident = board.incidents.get(self.key)
        if incident is None:
            return
        seen = seen_incident(board, incident, self._desk.pack, now)
        if seen != self._shown:
            self._shown = seen
            self._fill(seen)
        self.tick()
        self._read_timeline()

    def tick(self) -> None:
        """Let the times run."""
        if self._shown is None:
            return
        now = theme.clock.now()
        lasts = Run(self._shown.lasts, "body", "text2")
        self.age.set_runs(lasts, Run(theme.age(now - self._shown.since), "clock"))
        for line, due_at in self._times:
            late = now - due_at
            if late >= 0:
                line.set_runs(Run(theme.over(late), "time_strong"))
            else:
                to_come = Run(theme.age(-late), "time_strong")
                line.set_runs(Run("in", "body", "text2"), to_come)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self, self.back, self.timeline.more]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = theme.px(_TOP)
        self._mark.setGeometry(theme.px(_LEFT), top, theme.px(_MARK), self.height() - 2 * top)

    def _turn(self, step: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)

    def _most(self) -> int:
        return int(self.viewport().height() * 0.7)

    def _fill(self, seen: SeenIncident) -> None:
        self.setAccessibleName(f"incident {seen.number}, {seen.kind}, {seen.place}")
        self.priority.set_priority(seen.priority)
        self.title.set_runs(Run(seen.number, "lead"), Run(seen.kind, "lead", "text2"))
        self.place.set_text(seen.place)
        self.about.set_text(dotted(seen.where, seen.call, seen.owner))
        self._times = []
        empty(self._down)
        self._down.addWidget(_advice(seen))
        for section in seen.sections:
            self._add_section(section)

    def _add_section(self, section: Section) -> None:
        self._down.addSpacing(theme.px(4))
        self._down.addWidget(label(section.title, "strong", "text2"))
        for line in section.lines:
            self._down.addWidget(self._line(line))

    def _line(self, line: SeenLine) -> QWidget:
        parts: list[QWidget | None] = [ShapeIcon(line.shape), WrapLabel(line.words)]
        if line.due_at is not None:
            time = Line(Run("", "time_strong"), right=True)
            self._times.append((time, line.due_at))
            parts.append(time)
        return row_of(*parts, wide=1)

    # what happened

    def _read_timeline(self) -> None:
        """Read when something about it has been entered since it was read last."""
        board = self._desk.board
        calls = max((call.changed for call in board.calls_of(self.key)), default=0)
        last = max(board.incidents[self.key].changed, calls, self._desk.heard.get(self.key, 0))
        wanted = (self.key, last)
        if wanted != self._read_at and self._desk.link.live:
            self._read_at = wanted
            self._desk.tasks.read(self._read(self.key))

    async def _read(self, incident_id: str) -> None:
        try:
            lines: Any = await self._desk.room.timeline(incident_id)
        except (Refused, Unavailable):
            self._read_at = ("", -1)  # the next change asks again
            return
        if incident_id == self.key:
            rows: tuple[TimelineRow, ...] = timeline_rows(lines, self._desk.board, self._desk.pack)
            self.timeline.show_rows(rows)


def _advice(seen: SeenIncident) -> QWidget:
    card = Card(Surface.RAISED, across=14, down=12)
    card.body.addWidget(row_of(Tag(seen.stand), None))
    card.body.addWidget(WrapLabel(seen.headline, "lead"))
    for words in (seen.because, seen.reason):
        if words:
            card.body.addWidget(WrapLabel(words))
    card.setAccessibleName(f"advice: {seen.headline}. {seen.because}")
    return card


def row_of(*parts: QWidget | None, wide: int = -1) -> QWidget:
    """Parts beside each other; None is what stretches, or the part at `wide`."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(10))
    for place, part in enumerate(parts):
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, 1 if place == wide else 0)
    return box
