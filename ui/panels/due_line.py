# ruff: noqa: PLW0108 - what the chips do is set after the line is made
"""The due line: what asks for an act now, always there so that nothing jumps."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QWidget

from ui import theme
from ui.models.desk import Desk
from ui.models.due_view import DueChip as Due
from ui.models.due_view import due_chips, emergency_place, emergency_words, next_due
from ui.theme import Shape
from ui.widgets import ActionButton, Band, DueChip, Kind, Line, Run, ShapeIcon, Tone, label
from ui.widgets.flow import empty

_GAP = 8  # between its parts
_NEXT = 200  # room kept for what comes next, so that chips stay while its words change
_LASTS = "00:00"  # room kept for the time of an emergency
_PLACE = 60  # of less of a place nothing could be told
_TIGHTEST = 950  # and this much, with words left out
_TIGHT = 1250  # the emergency's whole sentence needs this much


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
        self._wide = 0  # of all chips when they were made: their times grow
        self._chips: list[DueChip] = []
        self._since: Line | None = None  # how long the emergency lasts
        self._since_at = 0.0
        self.open_due: Callable[[Due], None] = lambda _: None
        self.have_it: Callable[[str], None] = lambda _: None
        self.send_help: Callable[[Due], None] = lambda _: None
        self.show_all: Callable[[], None] = lambda: None
        self.me: Callable[[], str] = lambda: desk.who  # whose window this is
        self._next = Line(Run("", "body", "text2"), right=True)
        self._box = QWidget()
        self._line = QHBoxLayout(self._box)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(_GAP))
        self.row.addWidget(self._box, 1)
        self.row.addWidget(self._next)
        self._next.hide()

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
        words = "" if broken or emergency else next_due(self._desk.board, now)
        self._next.set_runs(Run(words, "time", "text2"))
        self._next.setVisible(bool(words))
        key = (dues, broken, link.because, self.width() // 40, self.me(), self._ahead())
        if key == self._shown and self._wide == self._width_of_chips():
            self.tick()
            return
        self._shown = key
        self._clear()
        if emergency is not None:
            self.set_tone(Tone.EMERGENCY)
            self._show_emergency(emergency, dues)
            self.tick()
        elif broken:
            self.set_tone(Tone.BROKEN)
            self._show_broken(dues)
        else:
            self.set_tone(Tone.PLAIN)
            self._show_plain(dues)
        self._wide = self._width_of_chips()

    def _width_of_chips(self) -> int:
        return sum(chip.sizeHint().width() for chip in self._chips)

    def tick(self) -> None:
        """Let the times of the chips run."""
        for chip in self._chips:
            chip.tick()
        if self._since is not None:
            words = theme.age(theme.clock.now() - self._since_at)
            self._since.set_runs(Run(words, "age", "danger_ink"))

    def _clear(self) -> None:
        self._chips, self._since = [], None
        empty(self._line)

    def _show_plain(self, dues: tuple[Due, ...]) -> None:
        nothing = "" if dues else self._nothing()
        if dues or nothing == "nothing":
            self._line.addWidget(label(self._title, "strong", "text2"))
        if nothing:
            self._line.addWidget(ShapeIcon(Shape.CHECK))
            self._line.addWidget(label(nothing, "body", "text"))
        self._add_chips(dues)
        self._line.addStretch(1)

    def _add_chips(self, dues: tuple[Due, ...]) -> None:
        made: list[tuple[Due, DueChip]] = []
        widths: list[int] = []
        for due in dues:
            if sum(widths) > self.width():  # of three hundred only the first can be seen
                break
            made.append((due, DueChip(due.number, due.words, due.due_at)))
            widths.append(made[-1][1].sizeHint().width())
        fit = self._how_many(widths, len(dues))
        for due, chip in made[:fit]:
            chip.clicked.connect(lambda _=False, d=due: self.open_due(d))
            self._chips.append(chip)
            self._line.addWidget(chip)
        for _, chip in made[fit:]:
            chip.deleteLater()
        if fit < len(dues):
            self._line.addWidget(self._more(len(dues) - fit))

    def _ahead(self) -> int:
        """The room that what comes next takes."""
        return max(self._next.sizeHint().width(), theme.px(_NEXT))

    def _how_many(self, widths: list[int], of: int) -> int:
        """All chips if they fit, else as many as leave room to say how many more there are."""
        gap = theme.px(_GAP)
        # Of what has not been shown yet the layout does not know how wide it is.
        before = [widget for item in self._items() if (widget := item.widget()) is not None]
        taken = sum(gap + widget.sizeHint().width() for widget in before)
        room = self.width() - 2 * theme.px(16) - self.row.spacing() - self._ahead() - taken
        if len(widths) == of and sum(widths) + gap * of <= room:
            return of
        room -= self._more(of).sizeHint().width() + gap
        fit = 0
        for wide in widths:
            room -= wide + gap
            if room < 0:
                break
            fit += 1
        return max(1, fit)

    def _items(self) -> list[QLayoutItem]:
        found = (self._line.itemAt(place) for place in range(self._line.count()))
        return [item for item in found if item is not None]

    def _nothing(self) -> str:
        """What is said where nothing is due, after the title."""
        return "nothing"

    def _count(self, count: int) -> str:
        """What is said of all that is due."""
        return f"{count} due"

    def _more_words(self, count: int) -> str:
        """What is said of dues that are not shown."""
        return f"{count} more due"

    def _more(self, count: int) -> ActionButton:
        more = ActionButton(self._more_words(count), "F8")
        more.clicked.connect(lambda: self.show_all())
        return more

    def _show_emergency(self, due: Due, dues: tuple[Due, ...]) -> None:
        self._line.addWidget(ShapeIcon(Shape.EMERGENCY, 24, ink="danger_ink"))
        self._line.addWidget(label("EMERGENCY", "lead", "danger_ink"))
        # Where it is narrow, words go; the buttons keep theirs.
        tight = self.width() < theme.px(_TIGHT)
        team, where = emergency_words(self._desk.board, due, short=tight)
        self._line.addWidget(label(team, "lead", "danger_ink"))
        at = label(where, "body", "danger_ink")
        self._line.addWidget(at)
        self._since, self._since_at = Line(Run("", "age", "danger_ink")), due.due_at
        self._since.setAccessibleName("time since the emergency")
        self._line.addWidget(self._since)
        self._line.addStretch(1)
        mine_already = bool(due.owner) and due.owner == self.me()  # then help is the next act
        before = self._line.count()
        if not mine_already:
            mine = ActionButton("I have it", "F12", kind=Kind.BAND_PRIMARY)
            mine.clicked.connect(lambda: self.have_it(due.alarm_id))
            self._line.addWidget(mine)
        kind = Kind.BAND_PRIMARY if mine_already else Kind.BAND
        to = f" to {due.number}" if due.number else ""
        send = ActionButton(f"Police + EMS{to}", "F11", kind=kind)
        send.clicked.connect(lambda: self.send_help(due))
        self._line.addWidget(send)
        if self.width() < theme.px(_TIGHTEST):
            # The button beside it has the number.
            at.set_runs(Run(emergency_place(self._desk.board, due), "body", "danger_ink"))
        self._say_rest(due, len(dues) - 1, at, before)

    def _say_rest(self, due: Due, more: int, where: Line, place: int) -> None:
        """Who has it, beside the clock, and what else is due, before the buttons.

        Where there is no room, that nobody has it is said by the button alone; of the place as
        much as can be stays.
        """
        if more:
            button = ActionButton(self._more_words(more), "F8", kind=Kind.BAND)
            button.clicked.connect(lambda: self.show_all())
            self._line.insertWidget(place, button)
        owner = f"{due.owner} has it" if due.owner else "nobody has it"
        left = self._room_left() - theme.px(_GAP) - theme.width(owner, "body") - 1
        if left < 0 and not due.owner:
            left += theme.px(_GAP) + theme.width(owner, "body") + 1
            owner = ""
        if left < 0:
            left += where.sizeHint().width()
            fits = theme.fit(where.text(), "body", left) if left >= theme.px(_PLACE) else ""
            where.set_runs(Run(fits, "body", "danger_ink"))
            where.setVisible(bool(fits))
            left -= where.sizeHint().width() if fits else -theme.px(_GAP)
        if left < 0:  # a name may be cut, words may not
            owner = theme.fit(due.owner, "body", left + theme.width(owner, "body"))
        if owner:
            self._line.insertWidget(place - 1, label(owner, "body", "danger_ink"))

    def _room_left(self) -> float:
        """What the parts so far leave of the line, with room for the time to grow."""
        parts = [widget for item in self._items() if (widget := item.widget()) is not None]
        taken = sum(theme.px(_GAP) + part.sizeHint().width() for part in parts) - theme.px(_GAP)
        return self.width() - 2 * theme.px(16) - taken - theme.width(_LASTS, "age")

    def _show_broken(self, dues: tuple[Due, ...]) -> None:
        link = self._desk.link
        since = link.since.astimezone().strftime("%H:%M:%S") if link.since else ""
        title = f"Database gone since {since}" if not link.live else f"Not saving since {since}"
        self._line.addWidget(ShapeIcon(Shape.FAULT, 22))
        self._line.addWidget(label(title, "lead", "text"))
        advice = "Others cannot see what you do: say it on the radio."
        if self.width() >= theme.px(_TIGHT):
            advice = f"{advice} What you see is as of then; clocks and alarms go on."
        self._line.addWidget(label(advice, "body", "text"))
        self._line.addStretch(1)
        if dues:
            more = ActionButton(self._count(len(dues)), "F8")
            more.set_flat(flat=True)  # it leaves the hatch whole
            more.clicked.connect(lambda: self.show_all())
            self._line.addWidget(more)


def _all(desk: Desk, now: datetime) -> tuple[Due, ...]:
    return due_chips(desk.board, now, desk.who)
