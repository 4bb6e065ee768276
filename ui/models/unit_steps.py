"""What a team may report next, and what else it may report."""

from crt_console.domain.unit import Unit
from crt_console.domain.words import Order, UnitStatus

# As they follow each other, with the words of an act and its key.
STATUSES = (
    (UnitStatus.ACKNOWLEDGED, "acknowledged", "K"),
    (UnitStatus.ENROUTE, "on the way", "W"),
    (UnitStatus.STAGED, "staged", "S"),
    (UnitStatus.ONSCENE, "on scene", "D"),
    (UnitStatus.TRANSPORTING, "transporting", "V"),
    (UnitStatus.AT_DESTINATION, "at destination", "J"),
    (UnitStatus.CLEARING, "clearing", "L"),
    (UnitStatus.AVAILABLE, "free", "F"),
)
_NEXT = {
    UnitStatus.ASSIGNED: UnitStatus.ENROUTE,
    UnitStatus.ACKNOWLEDGED: UnitStatus.ENROUTE,
    UnitStatus.ENROUTE: UnitStatus.ONSCENE,
    UnitStatus.STAGED: UnitStatus.ONSCENE,
    UnitStatus.ONSCENE: UnitStatus.CLEARING,
    UnitStatus.TRANSPORTING: UnitStatus.AT_DESTINATION,
    UnitStatus.AT_DESTINATION: UnitStatus.CLEARING,
    UnitStatus.CLEARING: UnitStatus.AVAILABLE,
    UnitStatus.OUT_OF_SERVICE: UnitStatus.AVAILABLE,
}


def following(unit: Unit) -> UnitStatus | None:
    """Return the status that comes next: who has to stage does so before it is on scene."""
    if unit.status is UnitStatus.ENROUTE and unit.order is Order.STAGE:
        return UnitStatus.STAGED
    return _NEXT.get(unit.status)


def others(unit: Unit) -> tuple[UnitStatus, ...]:
    """Return what a team on an incident may report beside what comes next."""
    if unit.incident_id is None:
        return ()
    left_out = {following(unit), unit.status}
    if unit.status is not UnitStatus.ASSIGNED:  # who is on the way already has acknowledged
        left_out.add(UnitStatus.ACKNOWLEDGED)
    return tuple(status for status, _, _ in STATUSES if status not in left_out)
