"""One dispatcher of the shift: what is due first, then new calls, then the next act on the own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from time import monotonic
from typing import Any

from crt_console.domain.alarm import Alarm
from crt_console.domain.commands import (
    AcknowledgeAlarm,
    CallBackup,
    CheckIn,
    ClearEmergency,
    Command,
    Confirm,
    Deny,
    OfferHandover,
    RecordRingBack,
    TakeIncident,
    TellUnit,
)
from crt_console.domain.hearing import Hearing
from crt_console.domain.incident import Incident
from crt_console.domain.words import AlarmKind, HandoverState
from crt_console.protocol.standing import is_live
from tests.faults.shift_call import Working
from tests.faults.shift_part import LOOK, Part, arguments, take_part

DESKS = 6
_SUPERVISORS = frozenset({AlarmKind.OVERRIDE, AlarmKind.QUARANTINE})
_ANSWERS = 0.85  # of teams called for a check-in, the first time
_AWAY = 240.0  # seconds of the day in which the supervisor has not answered
_ACT = (4.0, 9.0)  # seconds of the day that an act takes
_REST_AFTER, _REST = 60, (60.0, 180.0)  # acts, and seconds of the day
_LISTEN = 0.1


class Desk:
    """A dispatcher's judgement; `ears` count what rings at this console."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.number: int = part.options.number
        self.name: str = part.options.name
        self.pace = part.pace
        self.working = Working(part)
        self.done_since_rest = 0
        self.rung: Counter[str] = Counter()
        self._hearing = Hearing(f"desk {self.number}", part.timers)
        self._hearing.supervises = self.number == 0

    async def run(self) -> None:
        """Work until the end."""
        listening = asyncio.create_task(self._listen())
        while not self.part.ended.is_set():
            self.pace.begin(monotonic())
            if self.done_since_rest >= _REST_AFTER:  # a colleague at the door
                self.done_since_rest = 0
                await self.part.takes(*_REST)
            command = self.next()
            if command is None:
                await self.part.sleep(LOOK)
                continue
            await self.part.do(command)
            self.done_since_rest += 1
            await self.part.takes(*_ACT)
        await listening

    async def _listen(self) -> None:
        while not self.part.ended.is_set():
            found = self._hearing.sounds(self.part.board, self.part.console.now())
            self.rung.update(alarm.kind.value for alarm, new in found if new)
            await self.part.sleep(_LISTEN)

    def next(self) -> Command | None:
        """Return what this dispatcher does now."""
        for alarm in self.part.board.raised:
            if self._is_mine(alarm):
                command = self._due(alarm)
                if command is not None:
                    return command
        untold = self._untold()
        if untold is not None:
            return untold
        open_ones = sorted(self.part.board.open_incidents, key=_urgency)
        for incident in open_ones:
            if incident.owner is None and self._is_my_turn(incident):
                return TakeIncident(incident=incident.id)
        for incident in open_ones:
            if incident.owner == self.name:
                command = self.working.next(incident)
                if command is not None:
                    return command
        return None

    # whose it is

    def _is_my_turn(self, incident: Incident) -> bool:
        """Whether I take a new call: every sixth at once, another's when it is left."""
        if incident.serial % DESKS == self.number:
            return True
        away = (self.number - incident.serial) % DESKS
        return self.pace.ripe(20 + 5 * away, 20 + 5 * away, incident.id, "left")

    def _is_mine(self, alarm: Alarm) -> bool:
        if alarm.kind in _SUPERVISORS:
            return self.number == 0
        incident = self._incident(alarm)
        if alarm.kind is AlarmKind.SECOND_PERSON:
            asked = self.part.board.confirmations.get(alarm.subject)
            away = self.pace.ripe(_AWAY, _AWAY, alarm.subject, "the supervisor is away")
            nearest = f"desk {(self.number - 1) % DESKS}"
            return away and asked is not None and asked.console == nearest
        if incident is None or incident.owner is None:
            turn = incident.serial if incident else 0
            return turn % DESKS == self.number
        return incident.owner == self.name

    def _incident(self, alarm: Alarm) -> Incident | None:
        board = self.part.board
        unit = board.units.get(alarm.unit_id or "")
        return board.incidents.get(alarm.incident_id or (unit and unit.incident_id) or "")

    # what is due

    def _due(self, alarm: Alarm) -> Command | None:
        incident = self._incident(alarm)
        if alarm.kind is AlarmKind.SECOND_PERSON:
            agrees = self.pace.chance(alarm.subject, "agrees") < 0.6
            return (Confirm if agrees else Deny)(confirmation=alarm.subject)
        if alarm.kind is AlarmKind.ORDER and alarm.unit_id:
            return TellUnit(unit=alarm.unit_id)
        if alarm.owner is None and alarm.kind not in {AlarmKind.FIRST_QUESTION, AlarmKind.WAITING}:
            return AcknowledgeAlarm(alarm=alarm.id)
        if incident is None:
            return None
        return self._act(alarm, incident)

    def _act(self, alarm: Alarm, incident: Incident) -> Command | None:  # noqa: PLR0911
        kind, unit = alarm.kind, alarm.unit_id
        if kind is AlarmKind.CHECK_IN and unit:
            answers = alarm.step > 1 or self.pace.chance(alarm.id, "answers") < _ANSWERS
            return CheckIn(units=(unit,)) if answers else None
        if kind is AlarmKind.EMERGENCY and unit:
            return self._emergency(unit, incident)
        if kind is AlarmKind.BACKUP and unit and self._refused(alarm, incident):
            return CallBackup(unit=unit, agency=alarm.detail, urgent=True)
        if kind in {AlarmKind.HANDOVER, AlarmKind.FLOOR_AGENCY} and self._refused(alarm, incident):
            return OfferHandover(incident=incident.id, agency=alarm.detail)
        if kind is AlarmKind.FIRST_QUESTION:
            owned = incident.owner == self.name
            return None if owned else TakeIncident(incident=incident.id)
        if kind in {AlarmKind.RING_BACK, AlarmKind.WAITING}:
            return RecordRingBack(incident=incident.id, text="Called again, still the same")
        return None

    def _refused(self, alarm: Alarm, incident: Incident) -> bool:
        return not is_live(self.part.board.handovers_of(incident.id), alarm.detail)

    def _emergency(self, unit: str, incident: Incident) -> Command | None:
        handovers = self.part.board.handovers_of(incident.id)
        for agency in ("police", "ems"):
            if not is_live(handovers, agency):
                return OfferHandover(incident=incident.id, agency=agency)
        there = any(h.agency == "police" and h.state is HandoverState.ACCEPTED for h in handovers)
        if there and self.pace.ripe(240, 360, unit, incident.id, "safe"):
            return ClearEmergency(unit=unit, reason="heard on the radio: police are with them")
        return None

    def _untold(self) -> Command | None:
        """Return the telling of an order that needs no alarm: the team may go in."""
        board = self.part.board
        for unit in board.units.values():
            incident = board.incidents.get(unit.incident_id or "")
            if not unit.told and incident and incident.owner == self.name:
                return TellUnit(unit=unit.id)
        return None


def _urgency(incident: Incident) -> tuple[bool, bool, int, float]:
    since = incident.waiting_since or incident.arrived_at
    return not incident.held, not incident.unasked, incident.priority or 2, since.timestamp()


def work(part: Part) -> Awaitable[None]:
    """Be a dispatcher."""
    desk = Desk(part)
    plain = part.report

    def report() -> dict[str, Any]:
        return {**plain(), "rung": dict(desk.rung)}

    part.report = report  # type: ignore[method-assign]
    return desk.run()


if __name__ == "__main__":
    asyncio.run(take_part(arguments(__doc__), work))
