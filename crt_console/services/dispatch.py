"""Sending a unit, and taking it off again."""

from datetime import datetime

from msgspec.structs import replace

from crt_console.domain.commands import AssignUnits, Outcome, ReleaseUnit
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AssignmentId, new_id
from crt_console.domain.incident import Assignment, Incident
from crt_console.domain.matching import passed_over, rank
from crt_console.domain.unit import Unit
from crt_console.domain.words import TEAM, AlarmKind, Order, UnitStatus
from crt_console.protocol.standing import is_live, missing_questions, reasoned, wanted
from crt_console.services.advise import advice_for
from crt_console.services.assess import first_questions
from crt_console.services.clocks import unit_clocks
from crt_console.services.dues import end
from crt_console.services.offers import offer_missing
from crt_console.services.outcomes import about, about_unit, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room

_NOT_THERE_YET = frozenset(
    {UnitStatus.ASSIGNED, UnitStatus.ACKNOWLEDGED, UnitStatus.ENROUTE, UnitStatus.STAGED}
)


def assign(room: Room, command: AssignUnits) -> Outcome:
    """Send units; all of them or none. Opens the hand-overs that the advice still lacks."""
    before = open_one(room, command.incident)
    units = [room.unit(ref) for ref in command.units]
    for unit in units:
        check_free(room, unit)
    _check_seen(before, units, command)
    _check_advice(room, before)
    incident = replace(
        before,
        sent_at=before.sent_at or _when(room),
        owner=before.owner or room.by,
        owner_console=before.owner_console or room.console,
        not_sent=None,
        not_sent_text=None,
    )
    ranked = rank(before, room.units(), room.at, _skills(room, before))
    for unit in units:
        _assign_one(room, incident, unit)
        room.put(incident, decisive=True)
        room.record(
            "UnitAssigned",
            incident=incident,
            unit=unit,
            passed_over=[list(pair) for pair in passed_over(unit, ranked)],
            by_radio=command.by_radio,
        )
    offer_missing(room, incident)
    incident = settle(room, before, incident, being_sent=frozenset(u.id for u in units))
    for unit in units:
        unit_clocks(room, room.unit(unit.id))
    room.record_along("DuesSet", incident=incident)
    order = room.unit(units[0].id).order
    names = ", ".join(u.call_sign for u in units)
    return replace(about(incident, order=order.value), unit=names.replace(" ", ""))


def _skills(room: Room, incident: Incident) -> tuple[str, ...]:
    return tuple(sorted(advice_for(room.pack, incident.facts).skills))


def check_free(room: Room, unit: Unit) -> None:
    """Refuse a unit that cannot be sent, with who has it and since when."""
    if unit.free:
        return
    taken = room.open_assignment(unit.id)
    if taken is not None:
        number = room.incident(taken.incident_id).number
        ago = age_words(taken.at, room.at)
        because = (
            f"{unit.call_sign} went to {number} with console {taken.console} ({taken.by}), {ago}"
        )
        raise Refused(because, by=taken.by)
    if unit.emergency_at is not None:
        because = f"{unit.call_sign} has an emergency"
        raise Refused(because)
    why = f": {unit.oos_reason}" if unit.oos_reason else ""
    because = f"{unit.call_sign} is not free ({unit.status.value}{why})"
    raise Refused(because)


def age_words(then: datetime, now: datetime) -> str:
    """Return how long ago, in words: `2 s ago`, `4 min ago`."""
    seconds = max(0, int((now - then).total_seconds()))
    return f"{seconds} s ago" if seconds < 60 else f"{seconds // 60} min ago"  # noqa: PLR2004


def _check_seen(incident: Incident, units: list[Unit], command: AssignUnits) -> None:
    looked_at = [(str(incident.id), incident.decisive, incident.number)]
    looked_at += [(str(unit.id), unit.decisive, unit.call_sign) for unit in units]
    for row_id, decisive, name in looked_at:
        seen = command.seen.get(row_id)
        if seen is not None and decisive > seen:
            because = f"{name} has changed since you looked: look again, then send"
            raise Refused(because)


def _check_advice(room: Room, incident: Incident) -> None:
    if reasoned(incident, TEAM):
        return  # the floor was checked there
    needed = wanted(incident)
    police_too = "police" in needed or is_live(room.handovers(incident.id), "police")
    if missing_questions(incident):
        if police_too:
            return
        because = f"first ask {first_questions(incident)}; or override with a reason"
        raise Refused(because)
    planned_unadvised = incident.planned and not incident.assessed and incident.override is None
    if TEAM not in needed and not planned_unadvised:
        advised = "+".join(sorted(needed)) or "nobody"
        because = (
            f"the team is not advised for {incident.number} ({advised}): "
            f"override {incident.serial} {'+'.join(['crt', *sorted(needed)])} with a reason"
        )
        raise Refused(because)


def _when(room: Room) -> datetime:
    """Return when it happened: now, or earlier where an act is entered afterwards."""
    return min(room.happened_at or room.at, room.at)


def _assign_one(room: Room, incident: Incident, unit: Unit) -> None:
    at = _when(room)
    room.put(
        Assignment(
            id=AssignmentId(new_id()),
            incident_id=incident.id,
            unit_id=unit.id,
            at=at,
            by=room.by,
            console=room.console,
        )
    )
    room.put(
        replace(
            unit,
            status=UnitStatus.ASSIGNED,
            status_at=at,
            heard_at=room.at,
            free_since=None,
            incident_id=incident.id,
            order=Order.NONE,
            order_at=at,
            told=True,
        ),
        decisive=True,
    )


def release(room: Room, command: ReleaseUnit) -> Outcome:
    """Take a unit off its incident; who is on scene still has to say when it is away."""
    unit = room.unit(command.unit)
    taken = room.open_assignment(unit.id)
    if taken is None:
        because = f"{unit.call_sign} is on no incident"
        raise Refused(because)
    before = room.incident(taken.incident_id)
    reason = room.keep(command.reason)
    freed = stand_down(room, unit, taken, reason)
    room.record("UnitReleased", incident=before, unit=freed, reason=reason)
    incident = settle(room, before, before) if before.open else before
    return about_unit(freed, incident)


def stand_down(
    room: Room, unit: Unit, taken: Assignment, reason: object = None, at: datetime | None = None
) -> Unit:
    """Close an assignment and free the unit; on scene it is clearing until it says it is free."""
    when = at or room.at
    away = unit.status in _NOT_THERE_YET or unit.status is UnitStatus.AVAILABLE
    status = UnitStatus.AVAILABLE if away else UnitStatus.CLEARING
    if unit.status in {UnitStatus.OFF, UnitStatus.OUT_OF_SERVICE}:
        status = unit.status
    room.put(replace(taken, released_at=when, release_reason=reason))
    freed = replace(
        unit,
        status=status,
        status_at=when,
        free_since=when if status is UnitStatus.AVAILABLE else None,
        incident_id=None,
        order=Order.NONE,
        order_at=when,
        told=True,
    )
    room.put(freed, decisive=True)
    end(room, AlarmKind.ORDER, unit.id)
    unit_clocks(room, freed)
    return freed
