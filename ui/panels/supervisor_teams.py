"""Every team with its state, and what the supervisor does with the picked one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from crt_console.domain.commands import EndShift, ReportStatus, SetOutOfService, StartShift
from crt_console.domain.wall import next_on_wall
from crt_console.domain.words import UnitStatus
from ui import theme
from ui.delegates.table import INSET, Cell, Column
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.supervisor_teams import TeamLine, team_lines
from ui.panels.lists import as_of
from ui.panels.supervisor_acts import SupervisorActs
from ui.panels.supervisor_entry import Entry, Take
from ui.panels.supervisor_parts import MARGIN, Head, ScrollColumn, inset, stacked
from ui.theme import Shape
from ui.widgets import ActionButton, Run

_FIRST = "Pick a team first: F5, then the arrow keys."
_UNTIL, _OUT = "Shift until…", "Out of service…"
_NAMES, _ENDS = 350, 88  # two long names; what the ends of shifts take of that
_CROWDED = 12  # more teams than this, and rows get lower
Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Look:
    short: bool
    crowded: bool = False
    ends: bool = True  # whether any shift has an end that is known

    @property
    def height(self) -> float:
        return 48 if self.short else 34 if self.crowded else 46

    @property
    def columns(self) -> tuple[Column, ...]:
        return _short_columns() if self.short else _columns(self)


class TeamsPart(QWidget):
    """The teams; S, U and E act on the picked one, one entry at most is open for them."""

    def __init__(
        self, desk: Desk, acts: SupervisorActs, show: Show, *, short: bool, surface: str
    ) -> None:
        super().__init__()
        self._desk, self._acts, self._show = desk, acts, show
        self._look, self._surface = _Look(short), surface
        self.start = ActionButton("Start shift…", "S")
        self.out = ActionButton(_OUT, "U")
        self.end = ActionButton("End shift", "E")
        self._buttons = (self.start, self.out, self.end)
        for button, act in zip(self._buttons, (self._start, self._out, self._end), strict=True):
            button.clicked.connect(lambda _=False, act=act: self._with_team(act))
        self.entry = Entry()
        self.entry.closed.connect(self._back)
        self.head = Head("Teams", *self._buttons)
        self._entry_box = inset(self.entry)
        self._entry_box.hide()
        self._down = stacked(self, self.head, self._entry_box)
        self._make_table()
        self._held = False  # whether the keyboard is in here
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A key that does something is shown only where it does."""
        if now is not None and isValid(self) and now is not self.window():
            self._held = self.isAncestorOf(now)
            self._tell()

    def _make_table(self) -> None:
        self.table = Table(
            "teams", self._look.columns, height=self._look.height, surface=self._surface,
            empty="No team is known yet. On the dispatcher’s window, / and "
            "“unit add crt1 members:Vega, Long” makes one known.",
        )  # fmt: skip
        self.table.view.picked.connect(lambda _: self._tell())
        self.table.view.opened.connect(self._open)
        self._down.addWidget(self.table)

    def refresh(self) -> None:
        """Show the board as it is."""
        lines = team_lines(self._desk.board, self._desk.now())
        ends = any(line.until for line in lines)
        look = replace(self._look, crowded=len(lines) > _CROWDED, ends=ends)
        if look != self._look:
            self._look = look
            self.table.set_columns(look.columns, look.height)
        self.table.set_rows(lines)
        self._tell()

    @property
    def tall(self) -> float:
        """How tall a row is where nothing makes it taller."""
        return self._look.height

    def tick(self) -> None:
        """Let the times run."""
        self.table.view.tick()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order: the list, then what can be done with its picked team."""
        return [self.table.view, *self._buttons, *self.entry.stops()]

    def below(self, rows: int) -> str:
        """What is said of so many teams that are below what can be seen."""
        return f"{rows} {'team' if rows == 1 else 'teams'}" if rows else ""

    @property
    def team(self) -> TeamLine | None:
        """The picked team."""
        place = self.table.view.rows.place_of(self.table.view.key)
        row = self.table.view.rows.row_at(place) if place >= 0 else None
        return row if isinstance(row, TeamLine) else None

    def _tell(self) -> None:
        """Offer what can be done with the picked team; from elsewhere, say how to get here."""
        team, live = self.team, self._acts.saving
        offered = self._offered(team) if team is not None and live and self._held else ()
        instead = self._name_acts(team, offered) if team is not None and offered else ""
        for button in self._buttons:
            button.setVisible(button in offered)
        count = self.table.view.rows.rowCount()
        hint = "F5: pick a team" if count and not offered else ""
        note = hint if live else as_of(self._desk)
        self.head.tell(self._count() if count else None, note, instead=instead)

    def _count(self) -> str:
        """How many teams there are, and how many of them could go."""
        rows = [self.table.view.rows.row_at(i) for i in range(self.table.view.rows.rowCount())]
        free = sum(isinstance(row, TeamLine) and row.free for row in rows)
        return f"{len(rows)} · {free or 'none'} free"

    def _offered(self, team: TeamLine) -> tuple[ActionButton, ...]:
        """On an incident no team goes off the air or home: only its end can be put later."""
        here = team.status is not UnitStatus.OFF
        if team.number:
            return (self.start,) if here else ()
        return self._buttons if here else (self.start,)

    def _name_acts(self, team: TeamLine, offered: tuple[ActionButton, ...]) -> str:
        """In as many words as have room beside the team's name; returns the heading."""
        sign, away = team.call_sign, team.status is UnitStatus.OUT_OF_SERVICE
        self.start.set_action("Start shift…" if team.status is UnitStatus.OFF else _UNTIL)
        heading = sign
        for out, said in ((_OUT, f"{sign} picked"), (_OUT, sign), ("OOS…", sign)):
            self.out.set_action("In service" if away else out)
            room = self._room() - sum(theme.px(8) + b.sizeHint().width() for b in offered)
            heading = said
            if theme.width(heading, "lead") <= room:
                break
        for button in self._buttons:
            button.setAccessibleName(f"{button.label()}: {sign}")
        return heading

    def _room(self) -> float:
        """How wide the heading may be: what it holds must not make the column wider."""
        area = self._column()
        wide = self.width() if area is None else area.viewport().width() - 2 * theme.px(MARGIN)
        return wide - 2 * theme.px(INSET)

    def _column(self) -> ScrollColumn | None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, ScrollColumn):
            area = area.parentWidget()
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    # acts

    def press(self, key: str) -> bool:
        """Do what a letter stands for here."""
        act = {"S": self._start, "U": self._out, "E": self._end}.get(key)
        if act is not None and self._held:
            self._with_team(act)
        elif act is not None:
            self._acts.answered.emit("NO TEAM", _FIRST)
        return act is not None

    def _with_team(self, act: Callable[[], None]) -> None:
        team = self.team
        if team is None:
            self._acts.answered.emit("NO TEAM", _FIRST)
        elif team.number and act != self._start and self._acts.saving:
            because = f"{team.call_sign} is on {team.number}: it has to be released first."
            self._acts.answered.emit("NOT NOW", because)
        else:
            act()

    def _start(self) -> None:
        if (team := self.team) is not None:
            self._ask(
                f"{team.call_sign} is on shift until", "e.g. 16:00; empty when it is not known",
                lambda text: self._started(team, text), can_be_empty=True,
            )  # fmt: skip

    def _started(self, team: TeamLine, text: str) -> str:
        ends = time_of_day(text, self._desk.now()) if text else None
        if text and ends is None:
            return f"“{text}” is no time of day: write 16:00."
        done = f"{team.call_sign} is on shift" + (f" until {text}" if text else "")
        self._acts.do(StartShift(unit=team.key, ends_at=ends), done)
        return ""

    def _out(self) -> None:
        team = self.team
        if team is None or team.status is UnitStatus.OFF:
            return
        if team.status is UnitStatus.OUT_OF_SERVICE:
            back = ReportStatus(unit=team.key, status=UnitStatus.AVAILABLE)
            self._acts.do(back, f"{team.call_sign} is in service again")
            return
        self._ask(
            f"{team.call_sign} is out of service because", "e.g. meal, back 14:45",
            lambda text: self._outed(team, text),
        )  # fmt: skip

    def _outed(self, team: TeamLine, text: str) -> str:
        done = f"{team.call_sign} is out of service: {text}"
        self._acts.do(SetOutOfService(unit=team.key, reason=text), done)
        return ""

    def _end(self) -> None:
        team = self.team
        if team is not None and team.status is not UnitStatus.OFF:
            self._acts.do(EndShift(unit=team.key), f"{team.call_sign} goes home")

    def _open(self, key: str) -> None:
        unit = self._desk.board.units.get(key)
        if unit is not None and unit.incident_id is not None:
            self._show(unit.incident_id)

    def _ask(self, title: str, hint: str, take: Take, *, can_be_empty: bool = False) -> None:
        self._entry_box.show()
        self.entry.ask(title, hint, take, can_be_empty=can_be_empty)
        QTimer.singleShot(0, self, self._show_entry)  # once it has its place

    def _show_entry(self) -> None:
        """With the name of the team it is for."""
        if (column := self._column()) is not None:
            column.show_top(self.head)

    def _back(self) -> None:
        self._entry_box.hide()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


def time_of_day(text: str, now: datetime) -> datetime | None:
    """Return the next time the clock shows `16:00`, `1600` or `16`; None for anything else."""
    digits = text.strip().replace(":", "").replace(".", "")
    if not digits.isdecimal() or len(digits) > 4:  # noqa: PLR2004 - hours and minutes
        return None
    hour, minute = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))  # noqa: PLR2004
    if hour > 23 or minute > 59:  # noqa: PLR2004 - of a day
        return None
    return next_on_wall(now, hour, minute)


def _team(row: Any, _now: float) -> Cell:
    return (row.shape, Run(row.call_sign, "strong"), Run(row.state))


def _since(row: Any, now: float) -> Cell:
    return (Run("" if row.since is None else theme.age(now - row.since), "time_strong"),)


def _place(row: Any, _now: float) -> Cell:
    number = (Run(row.number, "strong", "text2"),) if row.number else ()
    return (*number, Run(row.place))


def _named_check_in(row: Any, now: float) -> Cell:
    """Below another time it says what it is."""
    mark, *time = _check_in(row, now)
    if row.check_in is None:
        return (mark,)
    if mark is Shape.OVER:
        return (mark, Run("check-in", "body", "text2"), *time)
    return (Run("check-in in", "body", "text2"), *time)


def _check_in(row: Any, now: float) -> Cell:
    if row.check_in is None:
        return (Run(" "),)
    late = now - row.check_in
    if late < 0:  # alone it would read as a time of day
        return (Run("in", "body", "text2"), Run(theme.age(-late), "time_strong"))
    return (Shape.OVER, Run(theme.over(late), "time_strong"))


def _members(row: Any, _now: float) -> Cell:
    return (Run(row.members, "body", "text2"),)


def _until(row: Any, _now: float) -> Cell:
    return (Run(row.until, "time", "text2"),)


def _nothing(_row: Any, _now: float) -> Cell:
    """The names of the column before run on below."""
    return (Run(" "),)


def _who_until(row: Any, now: float) -> Cell:
    until = (Run(f"shift until {row.until}", "body", "text2"),) if row.until else ()
    return (*until, *_members(row, now))


def _columns(look: _Look) -> tuple[Column, ...]:
    # In one low line most names are whole, and a place has the rest.
    names = (_NAMES - _ENDS if look.ends else _NAMES) if look.crowded else 0
    until = (Column("Shift until", _until, width=44, grows=True),) if look.ends else ()
    apart = () if look.crowded else (Column("", _nothing, width=8),)  # of two headings that meet
    return (
        Column("Team", _team, width=184, grows=True),
        Column("For", _since, width=56, right=True, live=True),
        *apart,
        Column("Where", _place, stretch=3),
        Column("Check-in", _check_in, width=80, right=True, live=True),
        *apart,
        Column("Members", _members, width=names),
        *until,
    )


def _short_columns() -> tuple[Column, ...]:
    return (
        Column("Team", _team, width=160, grows=True, below=_who_until, over=2),
        Column("Where", _place, below=_nothing),
        Column(
            "For",
            _since,
            width=56,
            right=True,
            live=True,
            grows=True,
            below=_named_check_in,
            back=True,
        ),
    )
