"""Which dues this console raises, and when: the owner's at once, others after a look."""

import random
from collections.abc import Iterable
from datetime import datetime

from crt_console.domain.alarm import Alarm, due_time, is_due, operation_for
from crt_console.domain.board import Board
from crt_console.domain.commands import RaiseAlarm
from crt_console.domain.ids import OperationId

OTHERS_WAIT = 2.0  # seconds that the owner's console has for itself
SPREAD = 2.0  # over which the others come one by one, each looking first
AGAIN = 5.0  # an attempt that led to nothing is made again


class Dues:
    """Decides from the board alone; raising it twice is harmless, raising it 200 times is not."""

    def __init__(self, console: str, chance: random.Random | None = None) -> None:
        self._console = console
        self._chance = chance or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._turn: dict[str, float] = {}  # by operation id: when it is this console's turn

    def ready(self, board: Board, now: datetime, clock: float) -> tuple[Alarm, ...]:
        """Return what this console should raise now; `clock` is a monotonic time in seconds."""
        due = {operation_for(a): a for a in board.alarms.values() if is_due(a, now)}
        self._turn = {key: turn for key, turn in self._turn.items() if key in due}
        return tuple(self._mine(due.items(), board, clock))

    def _mine(
        self, due: Iterable[tuple[str, Alarm]], board: Board, clock: float
    ) -> Iterable[Alarm]:
        for key, alarm in due:
            turn = self._turn.setdefault(key, clock + self._wait(alarm, board))
            if clock >= turn:
                self._turn[key] = clock + AGAIN
                yield alarm

    def _wait(self, alarm: Alarm, board: Board) -> float:
        owner = owner_console(alarm, board)
        if owner == self._console:
            return 0.0
        spread = self._chance.uniform(0.0, SPREAD)
        return spread if owner is None else OTHERS_WAIT + spread


def owner_console(alarm: Alarm, board: Board) -> str | None:
    """Return the console that has the incident behind an alarm; None where nobody has."""
    unit = board.units.get(alarm.unit_id or "")
    incident_id = alarm.incident_id or (unit.incident_id if unit else None)
    incident = board.incidents.get(incident_id or "")
    return incident.owner_console if incident else alarm.owner_console


def command_for(alarm: Alarm) -> RaiseAlarm:
    """Return the command that every console would give for this due."""
    return RaiseAlarm(
        operation_id=OperationId(operation_for(alarm)),
        alarm=alarm.id,
        due_at=due_time(alarm) or alarm.due_at,
    )
