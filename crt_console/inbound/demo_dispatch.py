"""The other dispatchers of the made-up day: they take, ask, send, ring back and close."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.commands import (
    AcknowledgeAlarm,
    AddNote,
    AnswerFacts,
    AssignUnits,
    CheckIn,
    CloseIncident,
    Command,
    Confirm,
    Deny,
    MarkNotSent,
    MarkUnreachable,
    OfferHandover,
    OverrideAdvice,
    ReceiveCall,
    RecordRingBack,
    TakeIncident,
    TellUnit,
)
from crt_console.domain.incident import FactValue, Incident
from crt_console.domain.matching import rank
from crt_console.domain.words import (
    TEAM,
    AlarmKind,
    HandoverState,
    IncidentStatus,
    Order,
    UnitStatus,
)
from crt_console.inbound.demo_day import Day, Story
from crt_console.inbound.demo_field import FEW_FREE, free_teams
from crt_console.inbound.demo_pace import Act, Pace, same
from crt_console.protocol.standing import needs_of, wanted

_AT_ONCE = 2  # facts that one breath of a caller answers
_CONFIRMED = 0.6  # of what a second person is asked
_ON_THE_WAY = frozenset({UnitStatus.ENROUTE, UnitStatus.STAGED, UnitStatus.ONSCENE})
_Rule = Callable[[Board, Incident, Story], Command | None]


@dataclass(slots=True)
class Dispatchers:
    """They act on what they own and on what nobody took; never on what `me` has touched."""

    day: Day
    pace: Pace
    names: tuple[str, str]
    me: str
    _noted: set[str] = field(default_factory=set)
    _sending: bool = False

    def acts(self, board: Board, now: datetime) -> Iterator[Act]:
        """Yield what they do now: one act at most for each incident, one team at most."""
        self._sending = False
        for incident in sorted(board.open_incidents, key=lambda i: i.arrived_at):
            story = self.day.story_of(board, incident)
            if story is None or self._hands_off(board, incident):
                continue
            act = self._next(board, incident, story, now)
            if act is not None:
                yield act

    def _hands_off(self, board: Board, incident: Incident) -> bool:
        """Whether it is somebody's at a window: the owner's, or who has answered or sent there."""
        if incident.owner is not None and incident.owner not in self.names:
            return True
        said = {answer.by for answer in board.answers_of(incident.id)}
        sent = {taken.by for taken in board.assignments_of(incident.id)}
        asked = {handover.by for handover in board.handovers_of(incident.id)}
        return any(same(name, self.me) for name in said | sent | asked)

    def _next(self, board: Board, incident: Incident, story: Story, now: datetime) -> Act | None:
        who = incident.owner
        if who is None:
            takes = self.names[self.pace.chance(incident.number, "who") < 0.5]  # noqa: PLR2004
            patient = self.pace.ripe(25, 100, incident.number, "take")
            return Act(TakeIncident(incident=incident.id), takes) if patient else None
        if board.asked_of(incident.id):
            return self._second_person(board, incident, who)
        rules: tuple[_Rule, ...] = (
            self._dues,
            self._note,
            self._second_call,
            self._ask,
            self._choose,
            lambda b, i, s: self._send(b, i, s, now),
            self._hand_over,
            self._close,
        )
        for rule in rules:
            command = rule(board, incident, story)
            if command is not None:
                return Act(command, who)
        return None

    def _second_person(self, board: Board, incident: Incident, who: str) -> Act | None:
        asked = board.asked_of(incident.id)[0]
        if not self.pace.ripe(30, 80, incident.number, asked.action):
            return None
        other = next(name for name in self.names if name != who)
        agrees = self.pace.chance(incident.number, "agrees") < _CONFIRMED
        return Act((Confirm if agrees else Deny)(confirmation=asked.id), other)

    # what is due

    def _dues(self, board: Board, incident: Incident, _: Story) -> Command | None:
        for alarm in board.alarms_of(incident.id):
            command = self._due(board, incident, alarm) if alarm.raised else None
            if command is not None:
                return command
        for taken in board.assignments_of(incident.id):
            unit = board.units[taken.unit_id]
            untold = not unit.told and unit.order is not Order.NONE
            if untold and self.pace.ripe(8, 20, incident.number, unit.key, unit.order):
                return TellUnit(unit=unit.id)
        return None

    def _due(self, board: Board, incident: Incident, alarm: Alarm) -> Command | None:
        key = (incident.number, alarm.kind)
        unit = board.units.get(alarm.unit_id or "")
        if alarm.kind is AlarmKind.RING_BACK and self.pace.ripe(35, 80, *key):
            return RecordRingBack(incident=incident.id, text="No answer, left a message")
        if alarm.kind is AlarmKind.WAITING and self.pace.ripe(25, 60, *key):
            return RecordRingBack(incident=incident.id, text="Still the same, waits for the team")
        if alarm.kind is AlarmKind.CHECK_IN and unit is not None and self.pace.ripe(25, 60, *key):
            return CheckIn(units=(unit.id,))
        if alarm.owner is None and self.pace.ripe(10, 25, *key, "mine"):
            return AcknowledgeAlarm(alarm=alarm.id)
        return None

    # what is said

    def _note(self, _: Board, incident: Incident, story: Story) -> Command | None:
        if not story.note or incident.id in self._noted or not incident.facts:
            return None
        if not self.pace.ripe(40, 90, incident.number, "note"):
            return None
        self._noted.add(incident.id)
        return AddNote(incident=incident.id, text=story.note)

    def _second_call(self, board: Board, incident: Incident, story: Story) -> Command | None:
        waits = not story.later or _on_the_way(board, incident)
        if not story.again or len(board.calls_of(incident.id)) > 1 or not waits:
            return None
        if not self.pace.ripe(30, 70, incident.number, "again"):
            return None
        return ReceiveCall(incident=incident.id, source=story.source, text=story.again)

    def _ask(self, board: Board, incident: Incident, story: Story) -> Command | None:
        given = [fact for fact in story.facts if fact in incident.facts]
        if story.lost is not None and len(given) >= story.lost and not incident.unreachable:
            gone = self.pace.ripe(8, 20, incident.number, "gone")
            return MarkUnreachable(incident=incident.id) if gone else None
        answers = self._open(board, incident, story)[:_AT_ONCE]
        if answers and self.pace.ripe(6, 15, incident.number, "asks", len(given)):
            return AnswerFacts(incident=incident.id, answers=tuple(answers))
        return None

    def _open(self, board: Board, incident: Incident, story: Story) -> list[tuple[str, FactValue]]:
        """Return what the caller has still to say."""
        if incident.unreachable:
            return []
        told = [(f, v) for f, v in story.facts.items() if f not in incident.facts]
        if story.lost is not None:
            return told[: story.lost]
        second = len(board.calls_of(incident.id)) > 1 or not story.again
        if told or not second or not _on_the_way(board, incident):
            return told
        return [(f, v) for f, v in story.later.items() if incident.facts.get(f) != v]

    # what is decided

    def _ready(self, incident: Incident, story: Story) -> bool:
        """Whether the first round of questions is over."""
        return incident.unreachable or story.facts.keys() <= incident.facts.keys()

    def _choose(self, board: Board, incident: Incident, story: Story) -> Command | None:
        fresh = incident.override is None and incident.not_sent is None
        if not fresh or not self._ready(incident, story) or board.assignments_of(incident.id):
            return None
        before = any(c.incident_id == incident.id for c in board.confirmations.values())
        if story.choice and not before and self.pace.ripe(8, 20, incident.number, "chooses"):
            choice = story.choice
            return OverrideAdvice(
                incident=incident.id, agencies=choice.agencies, reason=choice.reason
            )
        if story.not_sent and self.pace.ripe(10, 25, incident.number, "not sent"):
            return MarkNotSent(incident=incident.id, reason=story.not_sent)
        return None

    def _send(
        self, board: Board, incident: Incident, story: Story, now: datetime
    ) -> Command | None:
        over = incident.on_scene_at is not None or incident.not_sent is not None
        if over or story.not_sent or board.assignments_of(incident.id):
            return None
        needed = wanted(incident)
        team = TEAM in needed or (incident.source.planned and not needed)
        enough = free_teams(board) >= FEW_FREE and not self._sending
        if not team or not enough or not self._ready(incident, story):
            return None
        if not self.pace.ripe(8, 25, incident.number, "sends"):
            return None
        self._sending = True
        best = rank(incident, board.units.values(), now)[0].unit
        seen = {incident.id: incident.decisive, best.id: best.decisive}
        return AssignUnits(units=(best.id,), incident=incident.id, seen=seen)

    def _hand_over(self, board: Board, incident: Incident, story: Story) -> Command | None:
        """Ask who is needed and was not asked, or said no."""
        needed = wanted(incident)
        alone = TEAM not in needed or board.assignments_of(incident.id)
        floor = needs_of(incident)
        if not (floor or (alone and self._ready(incident, story))) or incident.not_sent:
            return None
        live = {h.agency for h in board.handovers_of(incident.id) if h.state.live}
        for agency in sorted((needed if alone else floor) - {TEAM} - live):
            if self.pace.ripe(10, 30, incident.number, "offers", agency):
                return OfferHandover(incident=incident.id, agency=agency)
        return None

    def _close(self, board: Board, incident: Incident, story: Story) -> Command | None:
        yes = {
            h.agency
            for h in board.handovers_of(incident.id)
            if h.state is HandoverState.ACCEPTED and not h.standby and h.scene_clear_at is None
        }
        if board.assignments_of(incident.id) or not needs_of(incident) <= yes:
            return None
        nobody = not wanted(incident) and not incident.source.planned
        quick = incident.status in {IncidentStatus.RESULT, IncidentStatus.NOT_SENT} or nobody
        if not quick and incident.status is not IncidentStatus.WORKING:
            return None
        if not self._ready(incident, story):
            return None
        low, high = (15.0, 45.0) if quick else (60.0, 150.0)
        if not self.pace.ripe(low, high, incident.number, "closes"):
            return None
        return CloseIncident(incident=incident.id, disposition=story.ends, text=story.said)


def _on_the_way(board: Board, incident: Incident) -> bool:
    taken = board.assignments_of(incident.id)
    return any(board.units[a.unit_id].status in _ON_THE_WAY for a in taken)
