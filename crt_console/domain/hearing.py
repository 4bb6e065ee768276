"""Which alarms sound at one console, and when they sound again."""

from datetime import datetime, timedelta

from crt_console.domain.alarm import Alarm, is_loud
from crt_console.domain.board import Board
from crt_console.domain.timers import Timers
from crt_console.domain.words import AlarmKind

# What somebody else's incident still rings everywhere for, at once: a life, or another person.
_EVERYWHERE = frozenset({AlarmKind.EMERGENCY, AlarmKind.ORDER, AlarmKind.SECOND_PERSON})
# What was done at a console and the supervisor has to know: it does not ring where it was done.
_HERS = frozenset({AlarmKind.OVERRIDE, AlarmKind.NOT_SENT})


class Hearing:
    """Remembers what has sounded at this console.

    An alarm about an incident that another console has sounds there first, what is for the
    supervisor where `supervises` is set; where nobody takes it within `again_without_owner`, it
    sounds here too. An emergency is heard everywhere, however fast somebody took it.
    """

    def __init__(self, console: str, timers: Timers) -> None:
        self.supervises = False
        self._console = console
        self._without_owner = timedelta(seconds=timers.again_without_owner)
        self._silenced = timedelta(seconds=timers.again_silenced)
        self._sounded: dict[str, datetime] = {}
        self._owned: dict[str, str | None] = {}

    def sounds(self, board: Board, now: datetime) -> tuple[tuple[Alarm, bool], ...]:
        """Return the alarms that sound now, emergencies first, each with whether it is new here."""
        for gone in self._owned.keys() - board.alarms.keys():
            self._sounded.pop(gone, None)
            del self._owned[gone]
        loud = [alarm for alarm in board.alarms.values() if self._is_loud(board, alarm, now)]
        found = sorted(loud, key=lambda alarm: alarm.kind is not AlarmKind.EMERGENCY)
        told = tuple((alarm, alarm.id not in self._sounded) for alarm in found)
        self._sounded.update((alarm.id, now) for alarm in found)
        return told

    def _is_loud(self, board: Board, alarm: Alarm, now: datetime) -> bool:
        due = alarm.raised_at is not None or alarm.due_at <= now
        if not due:
            return False
        stepped = self._owned.get(alarm.id) is not None and alarm.owner is None
        self._owned[alarm.id] = alarm.owner
        if stepped:  # it went up a step: it rings anew at once
            self._sounded.pop(alarm.id, None)
        sounded = self._sounded.get(alarm.id)
        if sounded is None and alarm.kind is AlarmKind.EMERGENCY:
            return True
        if sounded is None and self._is_elsewhere(board, alarm, now):
            return False
        return is_loud(
            alarm, now, sounded, without_owner=self._without_owner, silenced=self._silenced
        )

    def _is_elsewhere(self, board: Board, alarm: Alarm, now: datetime) -> bool:
        """Whether it is for another console, which still has time to take it."""
        since = max(alarm.due_at, alarm.raised_at or alarm.due_at)
        late = now - since >= self._without_owner
        hers = alarm.supervisor or alarm.kind in _HERS
        if alarm.kind in _EVERYWHERE or late or (hers and self.supervises):
            return False
        if alarm.kind in _HERS:
            return True
        unit = board.units.get(alarm.unit_id or "")
        incident = board.incidents.get(alarm.incident_id or (unit and unit.incident_id) or "")
        owner = incident.owner_console if incident else None
        return owner is not None and owner != self._console
