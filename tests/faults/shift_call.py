"""How a dispatcher of the shift works on one call, from the first question to its end."""

from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.commands import (
    AddNote,
    AnswerFacts,
    AssignUnits,
    CloseIncident,
    Command,
    MarkNotSent,
    MarkUnreachable,
    OfferHandover,
    OverrideAdvice,
    UndoAnswer,
)
from crt_console.domain.incident import Incident
from crt_console.domain.matching import rank
from crt_console.domain.words import TEAM, HandoverState, IncidentStatus, UnitStatus
from crt_console.protocol.availability import not_sent_reason
from crt_console.protocol.engine import evaluate
from crt_console.protocol.standing import is_live, missing_questions, needs_of, wanted
from tests.faults.shift_part import Part
from tests.faults.shift_story import Story, story_of

_MOST_QUESTIONS = 9
_PATIENCE = 0.7  # of the limit: after that nobody waits any longer for a team


class Working:
    """Knows the next act for an incident of one's own; None where it takes its course."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._once: set[tuple[str, str]] = set()

    def next(self, incident: Incident) -> Command | None:
        """Return the next act."""
        board, now = self.part.board, self.part.console.now()
        if board.asked_of(incident.id):
            return None  # a second person decides
        story = story_of(incident.number, incident.type)
        for rule in (self._help, self._ask, self._lose, self._slip, self._note, self._learn,
                     self._choose, self._hand_over, self._close):  # fmt: skip
            command = rule(board, incident, story)
            if command is not None:
                return command
        return self._send(board, incident, now)

    def _first(self, incident: Incident, what: str) -> bool:
        """Whether this is done for the first time."""
        if (incident.id, what) in self._once:
            return False
        self._once.add((incident.id, what))
        return True

    def _help(self, board: Board, incident: Incident, _: Story) -> Command | None:
        """Ask who is needed whatever else is said, before the next question."""
        handovers = board.handovers_of(incident.id)
        for agency in sorted(needs_of(incident)):
            if not is_live(handovers, agency, floor=True) and incident.not_sent is None:
                return OfferHandover(incident=incident.id, agency=agency)
        return None

    # asking

    def _open(self, incident: Incident) -> str | None:
        """Return the fact to ask now."""
        if incident.unreachable or incident.not_sent is not None:
            return None
        if "nature" not in incident.facts:
            return "weapon" if "weapon" not in incident.facts else "nature"
        if len(incident.facts) >= _MOST_QUESTIONS and not missing_questions(incident):
            return None
        return evaluate(self.part.pack, incident.facts).ask

    def _ask(self, _: Board, incident: Incident, story: Story) -> Command | None:
        fact = self._open(incident)
        if fact is None or incident.on_scene_at is not None:
            return None
        if story.lost and len(incident.facts) > 1:
            return None
        return AnswerFacts(incident=incident.id, answers=((fact, story.says(fact)),))

    def _lose(self, _: Board, incident: Incident, story: Story) -> Command | None:
        lost = story.lost and not incident.unreachable and incident.facts
        return MarkUnreachable(incident=incident.id) if lost else None

    def _slip(self, _: Board, incident: Incident, story: Story) -> Command | None:
        fresh = story.slip and not missing_questions(incident) and incident.sent_at is None
        return UndoAnswer(incident=incident.id) if fresh and self._first(incident, "slip") else None

    def _note(self, _: Board, incident: Incident, story: Story) -> Command | None:
        if story.note and incident.assessed and self._first(incident, "note"):
            return AddNote(incident=incident.id, text="Side door, the bell does not work")
        return None

    def _learn(self, board: Board, incident: Incident, story: Story) -> Command | None:
        units = [board.units[a.unit_id] for a in board.assignments_of(incident.id)]
        there = any(u.status is UnitStatus.ONSCENE for u in units)
        if story.later and there and self._first(incident, "later"):
            return AnswerFacts(incident=incident.id, answers=tuple(story.later.items()))
        return None

    # deciding

    def _choose(self, board: Board, incident: Incident, story: Story) -> Command | None:
        fresh = incident.override is None and incident.sent_at is None and incident.assessed
        agencies = set(wanted(incident))
        below = story.alone and fresh and "police" in needs_of(incident)
        if below and not board.assignments_of(incident.id) and self._first(incident, "alone"):
            return OverrideAdvice(
                incident=incident.id, agencies=(TEAM,), reason="We know this family: it is calm"
            )
        if not story.choice or not fresh or not agencies or board.assignments_of(incident.id):
            return None
        chosen = agencies | {"police"} if story.choice == "more" else agencies - {"police", "ems"}
        if chosen in ({TEAM} - agencies, agencies, set()) or not self._first(incident, "choice"):
            return None
        return OverrideAdvice(
            incident=incident.id, agencies=tuple(sorted(chosen)), reason="Caller is known to us"
        )

    def _hand_over(self, board: Board, incident: Incident, _: Story) -> Command | None:
        needed, handovers = wanted(incident), board.handovers_of(incident.id)
        team = TEAM in needed and incident.not_sent is None and incident.on_scene_at is None
        if incident.not_sent is not None and incident.not_sent != "no_team_free":
            return None
        if team and not board.assignments_of(incident.id):
            return None  # sending the team asks the others too
        asked = {h.agency for h in handovers}
        for agency in sorted(needed - {TEAM}):
            if not is_live(handovers, agency) and agency not in asked:
                return OfferHandover(incident=incident.id, agency=agency)
        return None

    def _send(self, board: Board, incident: Incident, now: datetime) -> Command | None:
        if incident.status is not IncidentStatus.WAITING or incident.not_sent is not None:
            return None
        needed = wanted(incident)
        if not needed and incident.assessed:
            reason = not_sent_reason(evaluate(self.part.pack, incident.facts), incident.facts)
            return MarkNotSent(incident=incident.id, reason=reason, text="Given the right number")
        if TEAM not in needed or board.assignments_of(incident.id):
            return None
        best = rank(incident, board.units.values(), now)[0].unit
        if best.free:
            seen = {incident.id: incident.decisive, best.id: best.decisive}
            return AssignUnits(units=(best.id,), incident=incident.id, seen=seen)
        waited = now - (incident.waiting_since or now)
        limit = self.part.timers.limit(incident.priority)
        if waited > limit * _PATIENCE and self._first(incident, "no team"):
            return MarkNotSent(incident=incident.id, reason="no_team_free", text="All teams out")
        return None

    # ending

    def _close(self, board: Board, incident: Incident, _: Story) -> Command | None:
        if board.assignments_of(incident.id) or not self._over(board, incident):
            return None
        if not self.part.pace.ripe(30, 90, incident.id, "closes"):
            return None
        asked = sum(c.incident_id == incident.id for c in board.confirmations.values())
        key = f"close {asked}"  # denied below the floor: ask again after a while
        if asked and not self.part.pace.ripe(120, 240, incident.id, key):
            return None
        return CloseIncident(incident=incident.id, disposition=_disposition(board, incident))

    def _over(self, board: Board, incident: Incident) -> bool:
        handovers = board.handovers_of(incident.id)
        if incident.status in {IncidentStatus.RESULT, IncidentStatus.NOT_SENT}:
            return all(h.state is not HandoverState.OFFERED for h in handovers)
        yes = {h.agency for h in handovers if h.state is HandoverState.ACCEPTED}
        return incident.status is IncidentStatus.WORKING and wanted(incident) - {TEAM} <= yes


def _disposition(board: Board, incident: Incident) -> str:
    if incident.on_scene_at is not None:
        return "helped"
    if incident.not_sent is not None:
        return "not_sent"
    handovers = board.handovers_of(incident.id)
    agencies = {h.agency for h in handovers if h.state is HandoverState.ACCEPTED}
    if "ems" in agencies:
        return "handed_to_ems"
    return "handed_to_police" if "police" in agencies else "by_phone"
