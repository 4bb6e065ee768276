"""Every team with its state, and what the supervisor does with the picked one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crt_console.domain.commands import EndShift, ReportStatus, SetOutOfService, StartShift
from crt_console.domain.words import UnitStatus
from ui import theme
from ui.delegates.table import Cell, Column
from ui.delegates.table_view import Table
from ui.models.desk import Desk
from ui.models.supervisor_teams import TeamLine, team_lines
from ui.panels.lists import as_of
from ui.panels.supervisor_acts import SupervisorActs
from ui.panels.supervisor_entry import Entry
from ui.panels.supervisor_parts import Head, inset, stacked
from ui.theme import Shape
from ui.widgets import ActionButton, FlowBox, Run

_CROWDED = 12  # more teams than this, and rows get lower
Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Look:
    short: bool
    crowded: bool = False

    @property
    def height(self) -> float:
        if self.short:
            return 48
        return 34 if self.crowded else 46


class TeamsPart(QWidget):
    """The teams; S, U and E act on the picked one, one entry at most is open for them."""

    def __init__(
        self, desk: Desk, acts: SupervisorActs, show: Show, *, short: bool, surface: str
    ) -> None:
        super().__init__()
        self._desk, self._acts, self._show = desk, acts, show
        self._look, self._surface = _Look(short), surface
        self.start = ActionButton("Start shift…", "S")
        self.out = ActionButton("Out of service…", "U")
        self.end = ActionButton("End shift", "E")
        self._buttons = (self.start, self.out, self.end)
        for button, act in zip(self._buttons, (self._start, self._out, self._end), strict=True):
            button.clicked.connect(lambda _=False, act=act: self._with_team(act))
        self.entry = Entry()
        self.entry.closed.connect(self._back)
        self._down = stacked(self)
        if short:
            self.head = Head("Teams")
            row = FlowBox(8, 6)
            row.fill(list(self._buttons))
            self._down.addWidget(self.head)
            self._down.addWidget(inset(row))
        else:
            self.head = Head("Teams", *self._buttons)
            self._down.addWidget(self.head)
        self._down.addWidget(inset(self.entry))
        self._down.setSpacing(theme.px(6))
        self._make_table()

    def _make_table(self) -> None:
        columns = _short_columns() if self._look.short else _columns()
        self.table = Table(
            "teams", columns, height=self._look.height, surface=self._surface,
            empty="No team is known yet. On the dispatcher's window, / and "
            "“unit add crt1 members:Vega, Long” makes one known.",
        )  # fmt: skip
        self.table.view.picked.connect(lambda _: self._tell())
        self.table.view.opened.connect(self._open)
        self._down.addWidget(self.table)

    def refresh(self) -> None:
        """Show the board as it is."""
        lines = team_lines(self._desk.board, self._desk.now())
        look = _Look(self._look.short, crowded=len(lines) > _CROWDED)
        if look != self._look:
            self._look = look
            self.table.set_height(look.height)
        self.table.set_rows(lines)
        note = "" if self._desk.link.live else as_of(self._desk)
        self.head.tell(len(lines) if look.crowded else None, note)
        self._tell()

    def tick(self) -> None:
        """Let the times run."""
        self.table.view.tick()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [*self._buttons, *self.entry.stops(), self.table.view]

    @property
    def team(self) -> TeamLine | None:
        """The picked team."""
        place = self.table.view.rows.place_of(self.table.view.key)
        row = self.table.view.rows.row_at(place) if place >= 0 else None
        return row if isinstance(row, TeamLine) else None

    def _tell(self) -> None:
        """Let the buttons say what they would do with the picked team."""
        team = self.team
        away = team is not None and team.status is UnitStatus.OUT_OF_SERVICE
        here = team is None or team.status is not UnitStatus.OFF
        self.start.set_action("Shift until…" if team and here else "Start shift…")
        self.out.set_action("In service" if away else "Out of service…")
        for button in self._buttons:
            button.setEnabled(here or button is self.start)
            whom = f"{button.label()}: {team.call_sign}" if team else f"{button.label()}: no team"
            button.setAccessibleName(whom)

    # acts

    def press(self, key: str) -> bool:
        """Do what a letter stands for here."""
        act = {"S": self._start, "U": self._out, "E": self._end}.get(key)
        if act is not None:
            self._with_team(act)
        return act is not None

    def _with_team(self, act: Callable[[], None]) -> None:
        if self.team is None:
            self._acts.answered.emit("NO TEAM", "Pick a team first: F5, then the arrow keys.")
        else:
            act()

    def _start(self) -> None:
        if (team := self.team) is not None:
            self.entry.ask(
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
        self.entry.ask(
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

    def _back(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


def time_of_day(text: str, now: datetime) -> datetime | None:
    """Return the next time the clock shows `16:00`, `1600` or `16`; None for anything else."""
    digits = text.strip().replace(":", "").replace(".", "")
    if not digits.isdecimal() or len(digits) > 4:  # noqa: PLR2004 - hours and minutes
        return None
    hour, minute = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))  # noqa: PLR2004
    if hour > 23 or minute > 59:  # noqa: PLR2004 - of a day
        return None
    local = now.astimezone()
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)


def _team(row: Any, _now: float) -> Cell:
    return (row.shape, Run(row.call_sign, "strong"), Run(row.state))


def _since(row: Any, now: float) -> Cell:
    return (Run("" if row.since is None else theme.age(now - row.since), "time_strong"),)


def _where(row: Any, now: float) -> Cell:
    """Where it is, with the members below; who is nowhere shows the members at once."""
    return _place(row, now) if row.number or row.place else _members(row, now)


def _with_whom(row: Any, now: float) -> Cell:
    return _members(row, now) if row.number or row.place else (Run(" "),)


def _place(row: Any, _now: float) -> Cell:
    number = (Run(row.number, "strong", "text2"),) if row.number else ()
    return (*number, Run(row.place))


def _check_in(row: Any, now: float) -> Cell:
    if row.check_in is None:
        return (Run(" "),)
    late = now - row.check_in
    if late < 0:
        return (Run(theme.age(-late), "time_strong"),)
    return (Shape.OVER, Run(theme.over(late), "time_strong"))


def _members(row: Any, _now: float) -> Cell:
    return (Run(row.members, "body", "text2"),)


def _until(row: Any, _now: float) -> Cell:
    return (Run(row.until, "time", "text2"),)


def _until_words(row: Any, _now: float) -> Cell:
    return (Run(f"until {row.until}" if row.until else " ", "body", "text2"),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("Team", _team, width=184),
        Column("For", _since, width=56, right=True, live=True),
        Column("Incident", _place, stretch=3),
        Column("Check-in", _check_in, width=74, right=True, live=True),
        Column("Members", _members, stretch=1.7),
        Column("Until", _until, width=50),
    )


def _short_columns() -> tuple[Column, ...]:
    return (
        Column("Team, until", _team, width=178, below=_until_words),
        Column("Incident, members", _where, below=_with_whom),
        Column("For, check-in", _since, width=96, right=True, live=True, below=_check_in),
    )
