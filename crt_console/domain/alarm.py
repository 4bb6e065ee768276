"""Alarms: a due time in a row; raised once, owned by one person, loud while nobody acts."""

from datetime import datetime, timedelta

from msgspec import Struct

from crt_console.domain.ids import AlarmId, IncidentId, UnitId, derived_id
from crt_console.domain.words import AlarmKind

URGENCY: tuple[AlarmKind, ...] = (
    AlarmKind.EMERGENCY,
    AlarmKind.ORDER,
    AlarmKind.BACKUP,
    AlarmKind.FLOOR_AGENCY,
    AlarmKind.CHECK_IN,
    AlarmKind.HANDOVER,
    AlarmKind.SECOND_PERSON,
    AlarmKind.FIRST_QUESTION,
    AlarmKind.RING_BACK,
    AlarmKind.WAITING,
    AlarmKind.STATUS,
    AlarmKind.QUARANTINE,
    AlarmKind.OVERRIDE,
    AlarmKind.NOT_SENT,
)


class Alarm(Struct, frozen=True, gc=False):
    """Something due. `subject` is what it is about; `raised_at` stays empty until it falls due."""

    id: AlarmId
    kind: AlarmKind
    subject: str
    due_at: datetime
    incident_id: IncidentId | None = None
    unit_id: UnitId | None = None
    detail: str = ""
    step: int = 0
    next_at: datetime | None = None  # when the next step falls due, once raised
    raised_at: datetime | None = None
    owner: str | None = None
    owner_console: str | None = None
    owned_at: datetime | None = None
    ended_at: datetime | None = None
    supervisor: bool = False
    changed: int = 0

    @property
    def open(self) -> bool:
        """Whether its cause lasts."""
        return self.ended_at is None

    @property
    def raised(self) -> bool:
        """Whether it is due and in the room."""
        return self.ended_at is None and self.raised_at is not None


def is_due(alarm: Alarm, now: datetime) -> bool:
    """Return whether somebody has to raise it now: first time, or its next step."""
    when = due_time(alarm)
    return when is not None and when <= now


def due_time(alarm: Alarm) -> datetime | None:
    """Return when it falls due next; None where nothing more comes."""
    if alarm.ended_at is not None:
        return None
    return alarm.due_at if alarm.raised_at is None else alarm.next_at


def operation_for(alarm: Alarm) -> str:
    """Return the operation id that every console derives for raising this due."""
    return derived_id("raise", alarm.id, alarm.step, due_time(alarm))


def is_loud(
    alarm: Alarm,
    now: datetime,
    sounded_at: datetime | None,
    *,
    without_owner: timedelta,
    silenced: timedelta,
) -> bool:
    """Return whether it should sound now, given when this console last sounded it.

    Without an owner it sounds again after `without_owner`, with one after `silenced`.
    """
    if alarm.ended_at is not None or (alarm.raised_at is None and alarm.due_at > now):
        return False
    if sounded_at is None:
        return alarm.owner is None
    if alarm.owner is None:
        return now - sounded_at >= without_owner
    owned = alarm.owned_at or sounded_at
    return now - max(owned, sounded_at) >= silenced


def by_urgency(alarm: Alarm) -> tuple[int, datetime]:
    """Return the sort key of the due line: kind first, then the longest due."""
    return URGENCY.index(alarm.kind), alarm.due_at
