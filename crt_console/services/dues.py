"""Dues: putting an alarm's time into its row, raising it, moving it, ending it."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from crt_console.domain.alarm import Alarm, due_time
from crt_console.domain.commands import AcknowledgeAlarm, Outcome, RaiseAlarm
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AlarmId, new_id
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, HandoverState
from crt_console.store.room import Room

LAST_STEP = 3  # call it, send backup, tell the supervisor
SUPERVISOR_STEP = 3


def schedule(
    room: Room,
    kind: AlarmKind,
    subject: str,
    due_at: datetime,
    *,
    incident_id: str | None = None,
    unit_id: str | None = None,
    detail: str = "",
) -> None:
    """Make something due at a time; an open alarm is moved there, silent again.

    One that is due then anyway stays as it is: raised, and with whoever took it.
    """
    known = room.open_alarm(kind, subject)
    if known is not None and (known.due_at, known.detail) == (due_at, detail):
        room.put(replace(known, incident_id=incident_id or known.incident_id))
        return
    if known is None:
        known = Alarm(
            id=AlarmId(new_id()),
            kind=kind,
            subject=subject,
            incident_id=incident_id,  # type: ignore[arg-type]
            unit_id=unit_id,  # type: ignore[arg-type]
            due_at=due_at,
        )
    room.put(
        replace(
            known,
            incident_id=incident_id or known.incident_id,
            due_at=due_at,
            detail=detail,
            raised_at=None,
            next_at=None,
            step=0,
            owner=None,
            owner_console=None,
            owned_at=None,
        )
    )


def ring(
    room: Room,
    kind: AlarmKind,
    subject: str,
    *,
    incident: Incident | None = None,
    unit: Unit | None = None,
    detail: str = "",
    supervisor: bool = False,
) -> None:
    """Raise an alarm at once; one that is open already sounds anew."""
    known = room.open_alarm(kind, subject)
    if known is None:
        known = Alarm(id=AlarmId(new_id()), kind=kind, subject=subject, due_at=room.at)
    room.put(
        replace(
            known,
            incident_id=incident.id if incident else known.incident_id,
            unit_id=unit.id if unit else known.unit_id,
            detail=detail,
            due_at=room.at if known.raised_at is None else known.due_at,
            raised_at=known.raised_at or room.at,
            owner=None,
            owner_console=None,
            owned_at=None,
            supervisor=supervisor or known.supervisor,
        )
    )


def end(room: Room, kind: AlarmKind, subject: str) -> None:
    """End an alarm whose cause is gone; nothing happens where there is none."""
    known = room.open_alarm(kind, subject)
    if known is not None:
        room.put(replace(known, ended_at=room.at))


def end_all(room: Room, alarms: tuple[Alarm, ...]) -> None:
    """End these alarms."""
    for alarm in alarms:
        room.put(replace(alarm, ended_at=room.at))


def raise_alarm(room: Room, command: RaiseAlarm) -> Outcome:
    """Raise what has fallen due; refused where it was moved, ended or raised already."""
    alarm = room.alarm(command.alarm)
    when = due_time(alarm)
    if when is None or when != command.due_at or when > room.at:
        because = "that alarm was moved or has ended"
        raise Refused(because)
    step = alarm.step + 1
    stepped = alarm.kind is AlarmKind.CHECK_IN and step < LAST_STEP
    pause = timedelta(seconds=room.timers.check_in_step)
    raised = replace(
        alarm,
        raised_at=alarm.raised_at or room.at,
        step=step,
        next_at=room.at + pause if stepped else None,
        owner=None,
        owner_console=None,
        owned_at=None,
        supervisor=alarm.supervisor or step >= SUPERVISOR_STEP,
    )
    room.put(raised)
    if alarm.kind in {AlarmKind.HANDOVER, AlarmKind.BACKUP}:
        _time_out(room, alarm)
    room.record(
        "AlarmRaised",
        incident=room.incident(alarm.incident_id) if alarm.incident_id else None,
        unit=room.unit(alarm.unit_id) if alarm.unit_id else None,
        alarm=alarm.id,
        alarm_kind=alarm.kind.value,
        detail=alarm.detail,
        step=step,
    )
    return Outcome(seq=None, id=alarm.id, data={"alarm": alarm.kind.value, "step": step})


def _time_out(room: Room, alarm: Alarm) -> None:
    for handover in room.handovers(alarm.incident_id or ""):
        if handover.id == alarm.subject and handover.state is HandoverState.OFFERED:
            room.put(replace(handover, state=HandoverState.TIMED_OUT, state_at=room.at))


def acknowledge(room: Room, command: AcknowledgeAlarm) -> Outcome:
    """Own an alarm, silencing it for the room; an order's alarm ends, for its unit was told."""
    alarm = room.alarm(command.alarm)
    told = alarm.kind is AlarmKind.ORDER
    over = told or alarm.kind in {AlarmKind.OVERRIDE, AlarmKind.QUARANTINE}
    room.put(
        replace(
            alarm,
            owner=room.by,
            owner_console=room.console,
            owned_at=room.at,
            ended_at=room.at if over else None,
        )
    )
    unit = room.unit(alarm.unit_id) if alarm.unit_id else None
    if told and unit is not None:
        room.put(replace(unit, told=True))
    room.record(
        "UnitTold" if told else "AlarmOwned",
        incident=room.incident(alarm.incident_id) if alarm.incident_id else None,
        unit=unit,
        alarm=alarm.id,
        alarm_kind=alarm.kind.value,
    )
    return Outcome(seq=None, id=alarm.id, data={"alarm": alarm.kind.value, "ended": over})
