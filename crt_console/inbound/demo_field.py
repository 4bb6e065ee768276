"""What happens out there in the made-up day: teams report, other agencies answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crt_console.domain.board import Board
from crt_console.domain.commands import (
    CallBackup,
    ClearScene,
    DeclineHandover,
    EndShift,
    ReportStatus,
    StartShift,
)
from crt_console.domain.incident import ORDERS_THAT_HOLD_BACK, Handover, Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import Basis, HandoverState, Order, UnitStatus
from crt_console.inbound.demo_day import Day, Story
from crt_console.inbound.demo_pace import Act, Pace
from crt_console.inbound.demo_seed import accepted
from crt_console.protocol.standing import needs_of

FEW_FREE = 2  # with fewer free teams somebody has to come free soon
MANY_FREE = 5
_DECLINES = 0.08  # of what no floor asks for
_QUIET = (960.0, 1080.0)  # long enough that a check-in falls due
_HEARS_IT = (50.0, 95.0)  # from police, where nobody tells a staged team that it may go in
_STAYS = (100.0, 260.0)
_NEXT: dict[UnitStatus, tuple[UnitStatus, float, float]] = {
    UnitStatus.ASSIGNED: (UnitStatus.ACKNOWLEDGED, 6, 20),
    UnitStatus.ACKNOWLEDGED: (UnitStatus.ENROUTE, 6, 20),
    UnitStatus.ENROUTE: (UnitStatus.ONSCENE, 60, 180),
    UnitStatus.STAGED: (UnitStatus.ONSCENE, 8, 25),
    UnitStatus.TRANSPORTING: (UnitStatus.AT_DESTINATION, 60, 150),
    UnitStatus.AT_DESTINATION: (UnitStatus.AVAILABLE, 40, 90),
    UnitStatus.CLEARING: (UnitStatus.AVAILABLE, 25, 70),
}
_NEARLY_DONE = (
    UnitStatus.CLEARING,
    UnitStatus.AT_DESTINATION,
    UnitStatus.TRANSPORTING,
    UnitStatus.ONSCENE,
    UnitStatus.ENROUTE,
)


def free_teams(board: Board) -> int:
    """Return how many teams could be sent now."""
    return sum(unit.free for unit in board.units.values())


@dataclass(frozen=True, slots=True)
class Field:
    """Teams and agencies; they act on every incident, for they answer whoever asked them."""

    day: Day
    pace: Pace
    supervisor: str

    def acts(self, board: Board) -> Iterator[Act]:
        """Yield what is said on radio and telephone now."""
        hurried = self._hurried(board)
        for unit in sorted(board.units.values(), key=lambda u: u.key):
            act = self._team(board, unit, hurry=unit is hurried)
            if act is not None:
                yield act
        for incident in board.open_incidents:
            yield from self._agencies(board, incident)
        yield from self._reserve(board)

    # teams

    def _hurried(self, board: Board) -> Unit | None:
        """Return the team that comes free soonest, where too few are free."""
        if free_teams(board) >= FEW_FREE:
            return None
        busy = [u for u in board.units.values() if u.status in _NEARLY_DONE and not u.emergency_at]
        return min(busy, key=lambda u: (_NEARLY_DONE.index(u.status), u.key), default=None)

    def _team(self, board: Board, unit: Unit, *, hurry: bool) -> Act | None:
        incident = board.incidents.get(unit.incident_id or "")
        if unit.emergency_at is not None:
            return None
        if unit.status is UnitStatus.OUT_OF_SERVICE:
            return self._back_from_meal(unit)
        if incident is not None and unit.status is UnitStatus.ONSCENE:
            return self._at_the_scene(board, unit, incident, hurry=hurry)
        following = _following(unit)
        if following is None:
            return None
        status, low, high = following
        key = (unit.key, incident.number if incident else "", unit.status, unit.told)
        return _report(unit, status) if self.pace.ripe(low, high, *key, hurry=hurry) else None

    def _back_from_meal(self, unit: Unit) -> Act | None:
        meal = self.day.evening.out_of_service.get(unit.call_sign) == unit.oos_reason
        if meal and self.pace.ripe(150, 240, unit.key, "meal"):
            return _report(unit, UnitStatus.AVAILABLE)
        return None

    def _at_the_scene(
        self, board: Board, unit: Unit, incident: Incident, *, hurry: bool
    ) -> Act | None:
        story = self.day.story_of(board, incident)
        key = (unit.key, incident.number)
        if unit.order is Order.PULL_BACK:
            heard = unit.told and self.pace.ripe(8, 20, *key, "out again")
            return _report(unit, UnitStatus.STAGED) if heard else None
        if story is not None and story.backup and not _backup(board, incident):
            if self.pace.ripe(30, 60, *key, "backup"):
                return Act(CallBackup(unit=unit.id, agency=story.backup), unit.call_sign)
            return None
        low, high = _STAYS
        if story is not None and (story.quiet or story.stays):
            low, high = _QUIET if story.quiet else (story.stays or low, story.stays or high)
        if not self.pace.ripe(low, high, *key, "done", hurry=hurry):
            return None
        ride = story is not None and story.transport
        return _report(unit, UnitStatus.TRANSPORTING if ride else UnitStatus.CLEARING)

    def _reserve(self, board: Board) -> Iterator[Act]:
        """Let a reserve team begin when few are free, and go home when many are."""
        free, reserves = free_teams(board), {t.call_sign for t in self.day.teams if t.reserve}
        for unit in sorted(board.units.values(), key=lambda u: u.key):
            if unit.call_sign not in reserves:
                continue
            if free < FEW_FREE and unit.status is UnitStatus.OFF:
                if not free or self.pace.ripe(10, 20, unit.key, "begins"):
                    yield Act(StartShift(unit=unit.id), self.supervisor)
            elif free > MANY_FREE and unit.free and self.pace.ripe(90, 150, unit.key, "ends"):
                yield Act(EndShift(unit=unit.id), self.supervisor)

    # agencies

    def _agencies(self, board: Board, incident: Incident) -> Iterator[Act]:
        story = self.day.story_of(board, incident)
        for handover in board.handovers_of(incident.id):
            if handover.state is HandoverState.OFFERED:
                act = self._answer(board, incident, handover, story)
                if act is not None:
                    yield act
            elif self._has_cleared(incident, handover):
                name = board.text(handover.accepted_by) or "police"
                yield Act(ClearScene(incident=incident.id, name=name), _desk(handover.agency))

    def _answer(
        self, board: Board, incident: Incident, handover: Handover, story: Story | None
    ) -> Act | None:
        agency = handover.agency
        earlier = _earlier(board, handover)
        key = (incident.number, agency, earlier)
        if not self.pace.ripe(20, 55, *key, "answers"):
            return None
        chance = self.pace.chance(*key, "says")
        no = (story is not None and story.declines == agency) or (
            handover.basis is Basis.ADVICE and chance < _DECLINES
        )
        if no and not earlier:
            reason = self.day.agencies[agency].no
            declined = DeclineHandover(incident=incident.id, agency=agency, reason=reason)
            return Act(declined, _desk(agency))
        return Act(accepted(self.day, incident.id, agency, chance), _desk(agency))

    def _has_cleared(self, incident: Incident, handover: Handover) -> bool:
        """Whether police, who are there by now, report a scene clear that is held for them."""
        there = handover.agency == "police" and handover.state is HandoverState.ACCEPTED
        held = "police" in needs_of(incident)
        return (
            there
            and held
            and not handover.standby
            and handover.scene_clear_at is None
            and self.pace.ripe(70, 150, incident.number, "clear")
        )


def _following(unit: Unit) -> tuple[UnitStatus, float, float] | None:
    """Return what a team reports next and how long that takes; None where it stays."""
    if unit.incident_id is None and unit.status is not UnitStatus.CLEARING:
        return None
    held_back = unit.order in ORDERS_THAT_HOLD_BACK
    if unit.status is UnitStatus.STAGED and held_back:
        return None
    if unit.status is UnitStatus.STAGED and not unit.told:
        return UnitStatus.ONSCENE, *_HEARS_IT
    following = _NEXT.get(unit.status)
    if following is not None and following[0] is UnitStatus.ONSCENE and held_back:
        return UnitStatus.STAGED, *following[1:]
    return following


def _report(unit: Unit, status: UnitStatus) -> Act:
    return Act(ReportStatus(unit=unit.id, status=status), unit.call_sign)


def _desk(agency: str) -> str:
    return f"{agency} desk"


def _all(board: Board, incident_id: str) -> Iterable[Handover]:
    return (h for h in board.tables["handovers"].values() if h.incident_id == incident_id)


def _earlier(board: Board, handover: Handover) -> int:
    """Return how often this agency was asked for this incident before."""
    same = (h for h in _all(board, handover.incident_id) if h.agency == handover.agency)
    return sum(h.offered_at < handover.offered_at for h in same)


def _backup(board: Board, incident: Incident) -> bool:
    return any(h.basis is Basis.BACKUP for h in _all(board, incident.id))
