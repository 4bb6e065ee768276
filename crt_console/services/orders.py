"""Orders to the units on an incident: go in, stage, or pull back, and the alarm until told."""

from msgspec.structs import replace

from crt_console.domain.ids import UnitId
from crt_console.domain.incident import Handover, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, Order, UnitStatus
from crt_console.protocol.standing import awaits_police, needs_of
from crt_console.services.dues import end, ring
from crt_console.store.room import Room

_STRICTNESS = {Order.NONE: 0, Order.GO: 0, Order.STAGE: 1, Order.PULL_BACK: 2}
_THERE = frozenset({UnitStatus.ONSCENE})


def required(incident: Incident, handovers: tuple[Handover, ...], status: UnitStatus) -> Order:
    """Return the order for a unit: the floor holds it back until police report the scene clear."""
    if "police" in needs_of(incident):
        return Order.PULL_BACK if status in _THERE else Order.STAGE
    if awaits_police(incident, handovers) and status not in _THERE:
        return Order.STAGE
    return Order.GO


def order_units(
    room: Room, incident: Incident, *, being_sent: frozenset[UnitId] = frozenset()
) -> None:
    """Bring the standing orders up to date; what holds a unit back rings until it is told.

    Units being sent in this very act hear their order with the assignment.
    """
    handovers = room.handovers(incident.id)
    for assignment in room.assignments(incident.id):
        unit = room.unit(assignment.unit_id)
        order = required(incident, handovers, unit.status)
        if order is not unit.order:
            _give(room, incident, unit, order, heard=unit.id in being_sent)


def _give(room: Room, incident: Incident, unit: Unit, order: Order, *, heard: bool) -> None:
    stricter = _STRICTNESS[order] > _STRICTNESS[unit.order]
    told = heard or (not stricter and order is not Order.GO)
    if unit.order is Order.NONE and order is Order.GO:
        told = True
    changed = replace(unit, order=order, order_at=room.at, told=told)
    room.put(changed, decisive=True)
    if stricter and not heard:
        ring(room, AlarmKind.ORDER, unit.id, incident=incident, unit=unit, detail=order.value)
    elif not stricter:
        end(room, AlarmKind.ORDER, unit.id)
    room.record("UnitOrdered", incident=incident, unit=unit, order=order.value, told=told)
