"""What a unit reports: never refused; skipped steps and contradictions are written down."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from crt_console.domain.commands import CheckIn, Outcome, ReportStatus, TellUnit
from crt_console.domain.errors import Refused
from crt_console.domain.incident import ORDERS_THAT_HOLD_BACK, Assignment, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, Order, UnitStatus
from crt_console.services.clocks import check_in_clock, unit_clocks
from crt_console.services.dispatch import stand_down
from crt_console.services.dues import end, ring
from crt_console.services.outcomes import about_unit, when
from crt_console.services.settle import settle
from crt_console.store.room import Room

_STEPS: tuple[tuple[UnitStatus, str], ...] = (
    (UnitStatus.ACKNOWLEDGED, "acknowledged_at"),
    (UnitStatus.ENROUTE, "enroute_at"),
    (UnitStatus.STAGED, "staged_at"),
    (UnitStatus.ONSCENE, "on_scene_at"),
    (UnitStatus.CLEARING, "clearing_at"),
)
_STAMP = dict(_STEPS)
_NEEDS_INCIDENT = frozenset(
    {
        UnitStatus.ASSIGNED,
        UnitStatus.ACKNOWLEDGED,
        UnitStatus.ENROUTE,
        UnitStatus.STAGED,
        UnitStatus.ONSCENE,
        UnitStatus.TRANSPORTING,
        UnitStatus.AT_DESTINATION,
    }
)
_NOT_WITH_INCIDENT = frozenset({UnitStatus.OUT_OF_SERVICE, UnitStatus.OFF})
_OPTIONAL = frozenset({UnitStatus.STAGED, UnitStatus.CLEARING})


def report(room: Room, command: ReportStatus) -> Outcome:
    """Take a status as reported; a report about the past fills its stamp and moves nothing back."""
    unit = room.unit(command.unit)
    at = when(room)
    taken = room.open_assignment(unit.id)
    before = room.incident(taken.incident_id) if taken else None
    skipped: list[str] = []
    if taken is not None:
        taken, skipped = _stamped(taken, command.status, at)
    late = at < unit.status_at and command.status is not unit.status
    after = unit if late else _moved(room, replace(unit, status_at=at), command.status, taken)
    if taken is not None and room.open_assignment(unit.id) is not None:
        room.put(taken)
    room.put(replace(after, heard_at=room.at), decisive=after.free != unit.free)
    query = "" if late else _contradiction(unit, command.status, before)
    room.record(
        "UnitReported",
        incident=before,
        unit=after,
        status=command.status.value,
        not_reported=skipped,
        late=late,
        query=query,
    )
    after = room.unit(unit.id)
    unit_clocks(room, after)
    _order_kept(room, after, command.status)
    if query:
        ring(room, AlarmKind.STATUS, unit.id, incident=before, unit=after, detail=query)
    if before is not None and before.open:
        settle(room, before, _incident_stamps(before, command.status, at))
    room.record_along("DuesSet", incident=before, unit=after)
    return about_unit(room.unit(unit.id), before, query=query or None)


def _stamped(taken: Assignment, status: UnitStatus, at: datetime) -> tuple[Assignment, list[str]]:
    column = _STAMP.get(status)
    if column is None:
        return taken, []
    skipped: list[str] = []
    for step, name in _STEPS:
        if step is status:
            break
        if getattr(taken, name) is not None:
            skipped = []  # what lies before it was entered when it was reported
        elif step not in _OPTIONAL:
            skipped.append(step.value)
    if getattr(taken, column) is not None:
        return taken, skipped
    stamp: dict[str, Any] = {column: at}
    return replace(taken, **stamp), skipped


def _moved(room: Room, unit: Unit, status: UnitStatus, taken: Assignment | None) -> Unit:
    """Return the unit in its new status, reported at `unit.status_at`."""
    at = unit.status_at
    if status is UnitStatus.AVAILABLE:
        freed = replace(unit, status=status)
        if taken is not None:
            freed = stand_down(room, freed, taken, at=at)
        since = unit.free_since if unit.free else at
        return replace(freed, status_at=at, free_since=since, oos_reason="")
    moved = replace(unit, status=status, free_since=None)
    if status is UnitStatus.ONSCENE and taken is not None:
        return _at_the_scene(moved, room.incident(taken.incident_id))
    return moved


def _at_the_scene(unit: Unit, incident: Incident) -> Unit:
    if incident.lat is None:
        return unit
    return replace(
        unit,
        lat=incident.lat,
        lon=incident.lon,
        position_at=unit.status_at,
        position_basis="scene",
    )


def _contradiction(unit: Unit, status: UnitStatus, incident: Incident | None) -> str:
    if incident is None and status in _NEEDS_INCIDENT:
        return f"reports {status.value}, but is on no incident"
    if incident is not None and status in _NOT_WITH_INCIDENT:
        return f"reports {status.value}, but is on {incident.number}"
    if status is UnitStatus.ONSCENE and unit.order in ORDERS_THAT_HOLD_BACK:
        return f"reports on scene, but was ordered to {unit.order.value}"
    return ""


def _order_kept(room: Room, unit: Unit, status: UnitStatus) -> None:
    """End the order's alarm where the unit shows that it was heard."""
    away = status in {UnitStatus.STAGED, UnitStatus.CLEARING, UnitStatus.TRANSPORTING}
    if away and room.open_alarm(AlarmKind.ORDER, unit.id) is not None:
        end(room, AlarmKind.ORDER, unit.id)
        room.put(replace(room.unit(unit.id), told=True))


def _incident_stamps(incident: Incident, status: UnitStatus, at: datetime) -> Incident:
    if status is UnitStatus.ONSCENE and incident.on_scene_at is None:
        return replace(incident, on_scene_at=at)
    return incident


def check_in(room: Room, command: CheckIn) -> Outcome:
    """Note that units were heard and are well; their check-in runs anew."""
    if command.units == ("all",):
        units = [u for u in room.units() if u.incident_id is not None]
    else:
        units = [room.unit(ref) for ref in command.units]
    if not units:
        because = "no unit is on an incident"
        raise Refused(because)
    for unit in units:
        heard = replace(unit, heard_at=room.at)
        room.put(heard)
        check_in_clock(room, heard)
        incident = room.incident(unit.incident_id) if unit.incident_id else None
        room.record("UnitCheckedIn", incident=incident, unit=unit)
    return about_unit(units[0], checked_in=len(units))


def tell(room: Room, command: TellUnit) -> Outcome:
    """Note that the standing order was passed on to the unit."""
    unit = room.unit(command.unit)
    if unit.order is Order.NONE:
        because = f"{unit.call_sign} has no order to be told"
        raise Refused(because)
    told = replace(unit, told=True)
    end(room, AlarmKind.ORDER, unit.id)
    room.put(told)
    incident = room.incident(unit.incident_id) if unit.incident_id else None
    room.record("UnitTold", incident=incident, unit=told, order=unit.order.value)
    return about_unit(told, incident)
