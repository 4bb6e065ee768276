# ruff: noqa: PLW0108 - what the chips do is set after the line is made
"""The due line: what asks for an act now, always there so that nothing jumps."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.models.desk import Desk
from ui.models.due_view import DueChip as Due
from ui.models.due_view import due_chips, next_due
from ui.theme import Shape
from ui.widgets import ActionButton, Band, DueChip, Kind, Line, Run, ShapeIcon, Tone, label


class DueLine(Band):
    """Chips for what is due, most urgent first; an emergency turns it into a red band."""

    def __init__(
        self,
        desk: Desk,
        *,
        title: str = "Due",
        find: Callable[[Desk, datetime], tuple[Due, ...]] | None = None,
        narrow: bool = False,
    ) -> None:
        super().__init__(height=44 if narrow else 52)
        self._desk, self._title, self._find = desk, title, find or _all
        self._narrow = narrow
        self._shown: tuple[object, ...] = ()
        self._chips: list[DueChip] = []
        self.open_due: Callable[[Due], None] = lambda _: None
        self.have_it: Callable[[str], None] = lambda _: None
        self.send_help: Callable[[Due], None] = lambda _: None
        self.show_all: Callable[[], None] = lambda: None
        self._next = Line(Run("", "body", "text2"), right=True)
        self._box = QWidget()
        self._line = QHBoxLayout(self._box)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(8))
        self.row.addWidget(self._box, 1)
        self.row.addWidget(self._next)

    @property
    def dues(self) -> tuple[Due, ...]:
        """What is due now."""
        return self._find(self._desk, self._desk.now())

    def refresh(self) -> None:
        """Show what is due; widgets are made anew only when that changed."""
        now, link = self._desk.now(), self._desk.link
        dues = self._find(self._desk, now)
        emergency = next((d for d in dues if d.emergency), None)
        broken = not link.live or not link.saving
        key = (dues, broken, link.because, self.width() // 40)
        words = "" if broken or emergency else next_due(self._desk.board, now)
        self._next.set_runs(Run(words, "body", "text2"))
        if key == self._shown:
            self.tick()
            return
        self._shown = key
        self._clear()
        if emergency is not None:
            self.set_tone(Tone.EMERGENCY)
            self._show_emergency(emergency, dues)
        elif broken:
            self.set_tone(Tone.BROKEN)
            self._show_broken(dues)
        else:
            self.set_tone(Tone.PLAIN)
            self._show_plain(dues)

    def tick(self) -> None:
        """Let the times of the chips run."""
        for chip in self._chips:
            chip.tick()

    def _clear(self) -> None:
        self._chips = []
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_plain(self, dues: tuple[Due, ...]) -> None:
        self._line.addWidget(label(self._title, "strong", "text2"))
        if not dues:
            self._line.addWidget(ShapeIcon(Shape.CHECK))
            self._line.addWidget(label("nothing", "body", "text"))
        self._add_chips(dues)
        self._line.addStretch(1)

    def _add_chips(self, dues: tuple[Due, ...]) -> None:
        room = self.width() - theme.px(420 if not self._narrow else 260)
        for place, due in enumerate(dues):
            chip = DueChip(due.number, due.words, due.due_at)
            room -= chip.sizeHint().width() + theme.px(8)
            if room < 0 and place:
                chip.deleteLater()
                self._more(len(dues) - place)
                return
            chip.clicked.connect(lambda _=False, d=due: self.open_due(d))
            self._chips.append(chip)
            self._line.addWidget(chip)

    def _more(self, count: int) -> None:
        more = ActionButton(f"{count} more due", "F8")
        more.clicked.connect(lambda: self.show_all())
        self._line.addWidget(more)

    def _show_emergency(self, due: Due, dues: tuple[Due, ...]) -> None:
        self._line.addWidget(ShapeIcon(Shape.EMERGENCY, 24, ink="danger_ink"))
        self._line.addWidget(label("EMERGENCY", "lead", "danger_ink"))
        self._line.addWidget(label(due.words, "lead", "danger_ink"))
        chip = DueChip("", "", due.due_at)
        chip.setAccessibleName("time since the emergency")
        self._line.addStretch(1)
        owner = f"{due.owner} has it" if due.owner else "nobody owns it yet"
        self._line.addWidget(label(owner, "body", "danger_ink"))
        chip.deleteLater()
        if len(dues) > 1:
            more = ActionButton(f"{len(dues) - 1} more due", "F8", kind=Kind.BAND)
            more.clicked.connect(lambda: self.show_all())
            self._line.addWidget(more)
        mine = ActionButton("I have it", "F12", kind=Kind.BAND_PRIMARY)
        mine.clicked.connect(lambda: self.have_it(due.alarm_id))
        self._line.addWidget(mine)
        send = ActionButton("Police + EMS", "F11", kind=Kind.BAND)
        send.clicked.connect(lambda: self.send_help(due))
        self._line.addWidget(send)

    def _show_broken(self, dues: tuple[Due, ...]) -> None:
        link = self._desk.link
        since = link.since.astimezone().strftime("%H:%M:%S") if link.since else ""
        title = f"Database gone since {since}" if not link.live else f"Not saving since {since}"
        self._line.addWidget(ShapeIcon(Shape.FAULT, 22))
        self._line.addWidget(label(title, "lead", "text"))
        advice = "What you see is as of then. Say it on the radio; clocks and alarms go on."
        self._line.addWidget(label(advice if not self._narrow else "", "body", "text"))
        self._line.addStretch(1)
        if dues:
            more = ActionButton(f"Due {len(dues)}", "F8")
            more.clicked.connect(lambda: self.show_all())
            self._line.addWidget(more)


def _all(desk: Desk, now: datetime) -> tuple[Due, ...]:
    return due_chips(desk.board, now, desk.who)
