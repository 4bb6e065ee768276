"""Teams and agencies of the shift: they report and answer, most in time and some late."""

import asyncio
from collections.abc import Iterator
from time import monotonic

from crt_console.domain.commands import (
    AcceptHandover,
    CallBackup,
    CheckIn,
    ClearScene,
    Command,
    DeclareEmergency,
    DeclineHandover,
    ReportStatus,
)
from crt_console.domain.incident import ORDERS_THAT_HOLD_BACK, Handover, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import Basis, HandoverState, Order, UnitStatus
from crt_console.protocol.standing import needs_of
from tests.faults.shift_part import LOOK, Part, arguments, take_part

# Travel and visit as published for mobile crisis teams (median 14 and 22 minutes).
_NEXT: dict[UnitStatus, tuple[UnitStatus, float, float]] = {
    UnitStatus.ASSIGNED: (UnitStatus.ACKNOWLEDGED, 15, 60),
    UnitStatus.ACKNOWLEDGED: (UnitStatus.ENROUTE, 30, 120),
    UnitStatus.ENROUTE: (UnitStatus.ONSCENE, 360, 1500),
    UnitStatus.STAGED: (UnitStatus.ONSCENE, 20, 60),
    UnitStatus.TRANSPORTING: (UnitStatus.AT_DESTINATION, 480, 900),
    UnitStatus.AT_DESTINATION: (UnitStatus.AVAILABLE, 300, 600),
    UnitStatus.CLEARING: (UnitStatus.AVAILABLE, 180, 480),
}
_LATE, _LATE_FACTOR = 0.1, 3.0
_VISIT = (600, 2400)
_HEARD = (420, 560)  # a team that says by itself that it is well
_SILENT = 0.3  # of teams, until they are called
_DECLINES = 0.1
_SLOW = 0.12  # agencies that answer after their time
_BACKUP, _EMERGENCY, _TRANSPORT = 0.12, 0.05, 0.12
_LISTENS = frozenset(
    {UnitStatus.STAGED, UnitStatus.ONSCENE, UnitStatus.TRANSPORTING, UnitStatus.CLEARING}
)


class Field:
    """Decides from the board what teams and agencies say now."""

    def __init__(self, part: Part) -> None:
        self.part, self.pace = part, part.pace
        self._called: set[str] = set()

    async def run(self) -> None:
        """Speak until the end."""
        while not self.part.ended.is_set():
            self.pace.begin(monotonic())
            for command, by in list(self.acts()):
                await self.part.do(command, by=by)
            await self.part.sleep(LOOK)

    def acts(self) -> Iterator[tuple[Command, str]]:
        """Yield what is said on radio and telephone now."""
        board = self.part.board
        for unit in board.units.values():
            incident = board.incidents.get(unit.incident_id or "")
            command = self._team(unit, incident)
            if command is not None:
                yield command, unit.call_sign
        for incident in board.open_incidents:
            for handover in board.handovers_of(incident.id):
                command = self._agency(incident, handover)
                if command is not None:
                    yield command, f"{handover.agency} desk"

    def _team(self, unit: Unit, incident: Incident | None) -> Command | None:
        if unit.emergency_at is not None:
            return None
        number = incident.number if incident else ""
        heard = self._heard(unit, number)
        if heard is not None or (incident is None and unit.status is not UnitStatus.CLEARING):
            return heard
        if incident is not None and unit.status is UnitStatus.ONSCENE:
            return self._visit(unit, incident)
        following = _NEXT.get(unit.status)
        held = unit.order in ORDERS_THAT_HOLD_BACK
        if following is None or (held and unit.status is UnitStatus.STAGED) or not unit.told:
            return None
        status, low, high = following
        if held and status is UnitStatus.ONSCENE:
            status = UnitStatus.STAGED
        key = (unit.key, number, unit.status)
        if self.pace.chance(*key, "late") < _LATE:
            low, high = low * _LATE_FACTOR, high * _LATE_FACTOR
        return (
            ReportStatus(unit=unit.id, status=status) if self.pace.ripe(low, high, *key) else None
        )

    def _heard(self, unit: Unit, number: str) -> Command | None:
        """Return the word of a team that it is well, a while after it was last heard."""
        key = (unit.key, number, unit.heard_at)
        if unit.status not in _LISTENS or self.pace.chance(unit.key, number, "silent") < _SILENT:
            return None
        return CheckIn(units=(unit.id,)) if self.pace.ripe(*_HEARD, *key) else None

    def _visit(self, unit: Unit, incident: Incident) -> Command | None:
        key = (unit.key, incident.number)
        if unit.order is Order.PULL_BACK:
            heard = unit.told and self.pace.ripe(15, 40, *key, "out")
            return ReportStatus(unit=unit.id, status=UnitStatus.STAGED) if heard else None
        if self._once(incident, "emergency", _EMERGENCY) and self.pace.ripe(
            200, 400, *key, "danger"
        ):
            self._called.add(f"{incident.number} emergency")
            return DeclareEmergency(unit=unit.id)
        if self._once(incident, "backup", _BACKUP) and self.pace.ripe(150, 300, *key, "backup"):
            self._called.add(f"{incident.number} backup")
            return CallBackup(unit=unit.id, agency="ems")
        if not self.pace.ripe(*_VISIT, *key, "done"):
            return None
        rides = self.pace.chance(*key, "rides") < _TRANSPORT
        return ReportStatus(
            unit=unit.id, status=UnitStatus.TRANSPORTING if rides else UnitStatus.CLEARING
        )

    def _once(self, incident: Incident, what: str, share: float) -> bool:
        new = f"{incident.number} {what}" not in self._called
        return new and self.pace.chance(incident.number, what) < share

    def _agency(self, incident: Incident, handover: Handover) -> Command | None:
        if handover.state is HandoverState.OFFERED:
            return self._answer(incident, handover)
        there = handover.agency == "police" and handover.state is HandoverState.ACCEPTED
        if not there or handover.standby or handover.scene_clear_at is not None:
            return None
        held = "police" in needs_of(incident) and self.part.board.assignments_of(incident.id)
        if held and self.pace.ripe(300, 600, handover.id, "clear"):
            return ClearScene(incident=incident.id, name="Sgt. Hall")
        return None

    def _answer(self, incident: Incident, handover: Handover) -> Command | None:
        key = handover.id
        slow = self.pace.chance(key, "slow") < _SLOW
        low, high = (130, 200) if slow else (15, 50)
        if not self.pace.ripe(low, high, key, "answers"):
            return None
        advised = handover.basis is Basis.ADVICE
        if advised and self.pace.chance(key, "no") < _DECLINES:
            return DeclineHandover(
                incident=incident.id, agency=handover.agency, reason="nobody free"
            )
        return AcceptHandover(
            incident=incident.id, agency=handover.agency, name="desk", number=key[:6]
        )


async def work(part: Part) -> None:
    """Play teams and agencies."""
    await Field(part).run()


if __name__ == "__main__":
    asyncio.run(take_part(arguments(__doc__), work, dues=False))
