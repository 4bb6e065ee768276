"""Every team in one line: who they are, what they do, since when, where, until when."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, UnitStatus
from ui.models.speech import (
    STATUS_SHAPES,
    back_first,
    hm,
    number_of,
    stamp,
    status_words,
)
from ui.models.supervisor_view import place_of
from ui.theme import Shape

_NOT_HERE = {UnitStatus.OUT_OF_SERVICE: 1, UnitStatus.OFF: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A team. `since` is when its state began, `check_in` when it has to be heard again."""

    key: str
    call_sign: str
    shape: Shape
    state: str
    since: float | None
    number: str
    place: str
    check_in: float | None
    members: str
    until: str
    status: UnitStatus
    emergency: bool = False
    free: bool = False

    def spoken(self) -> str:
        """What a screen reader says."""
        members = f"with {self.members}" if self.members else ""
        until = f"until {self.until}" if self.until else ""
        parts = (self.call_sign, self.state, self.number, self.place, members, until)
        return ", ".join(part for part in parts if part)


def team_lines(board: Board, now: datetime) -> tuple[TeamLine, ...]:
    """Return all teams: emergencies, who is here by number, out of service, off duty."""
    check_ins = {
        alarm.unit_id: alarm.due_at
        for alarm in board.alarms.values()
        if alarm.kind is AlarmKind.CHECK_IN and alarm.unit_id
    }
    ordered = sorted(board.units.values(), key=_order)
    return tuple(_line(board, unit, check_ins.get(unit.id), now) for unit in ordered)


def _order(unit: Unit) -> tuple[bool, int, int, str]:
    digits = "".join(letter for letter in unit.key if letter.isdecimal())
    away = 0 if unit.incident_id else _NOT_HERE.get(unit.status, 0)
    return unit.emergency_at is None, away, int(digits or 0), unit.key


def _line(board: Board, unit: Unit, check_in: datetime | None, now: datetime) -> TeamLine:
    help_called = unit.emergency_at is not None
    off = unit.status is UnitStatus.OFF
    since = unit.emergency_at or (unit.free_since if unit.free else None) or unit.status_at
    return TeamLine(
        key=unit.id,
        call_sign=unit.call_sign,
        shape=Shape.EMERGENCY if help_called else STATUS_SHAPES[unit.status],
        state="EMERGENCY" if help_called else status_words(unit),
        since=None if off else stamp(since),
        number=number_of(board, unit.incident_id),
        place=_where(board, unit),
        check_in=stamp(check_in),
        members=", ".join(unit.members),
        until=_until(unit, now),
        status=unit.status,
        emergency=help_called,
        free=unit.free,
    )


def _where(board: Board, unit: Unit) -> str:
    if unit.incident_id is not None:
        return place_of(board, unit.incident_id)
    if unit.status is UnitStatus.OUT_OF_SERVICE:
        return back_first(unit.oos_reason)
    return unit.base or "no base given" if unit.on_shift else ""


def _until(unit: Unit, now: datetime) -> str:
    if unit.shift_ends_at is None or not unit.on_shift:
        return ""
    ends = hm(unit.shift_ends_at)
    return f"{ends} past" if unit.shift_ends_at < now else ends
