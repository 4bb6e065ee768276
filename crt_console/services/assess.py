"""Answers: what was asked, what was said, what was taken back."""

from dataclasses import replace

from crt_console.domain.commands import AnswerFacts, MarkUnreachable, Outcome, UndoAnswer
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AnswerId, new_id
from crt_console.domain.incident import Answer, FactValue, Incident
from crt_console.domain.words import AlarmKind, Basis, HandoverState
from crt_console.protocol.standing import is_live, missing_questions
from crt_console.protocol.vocabulary import VOCABULARY, check_facts
from crt_console.services.dues import ring
from crt_console.services.offers import offer
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room


def answer(room: Room, command: AnswerFacts) -> Outcome:
    """Take answers to facts; refused where a name or value is not a word of triage."""
    before = open_one(room, command.incident)
    try:
        check_facts(dict(command.answers))
    except ValueError as error:
        raise Refused(str(error)) from error
    incident = put_answers(room, before, command.answers)
    room.put(incident, decisive=True)
    room.record(
        "AnswerGiven",
        incident=incident,
        answers=[[fact, value] for fact, value in command.answers],
        corrects=[fact for fact, _ in command.answers if fact in before.facts],
    )
    if dict(command.answers).get("officer_on_scene_requests") is True:
        _officer_is_there(room, incident)
    anew = [fact for fact, _ in command.answers]
    return about(settle(room, before, incident, anew=anew))


def put_answers(
    room: Room, incident: Incident, answers: tuple[tuple[str, FactValue], ...]
) -> Incident:
    """Stage the answer rows and return the incident with its facts."""
    ordinal = max((a.ordinal for a in room.answers(incident.id)), default=0)
    for number, (fact, value) in enumerate(answers, start=ordinal + 1):
        room.put(
            Answer(
                id=AnswerId(new_id()),
                incident_id=incident.id,
                ordinal=number,
                fact=fact,
                value=value,
                at=room.happened_at or room.at,
                by=room.by,
                operation_id=room.operation_id,
                before={fact: incident.facts[fact]} if fact in incident.facts else {},
                held_before=incident.held,
                cleared_before=incident.cleared,
                police_clear_before=incident.police_clear,
            )
        )
        incident = replace(incident, facts={**incident.facts, fact: value})
    return incident


def _officer_is_there(room: Room, incident: Incident) -> None:
    if is_live(room.handovers(incident.id), "police"):
        return
    handover = offer(room, incident, "police", basis=Basis.ON_SCENE)
    name = room.keep("officer on scene")
    accepted = replace(handover, state=HandoverState.ACCEPTED, state_at=room.at, accepted_by=name)
    room.put(accepted)
    room.record("HandoverAccepted", incident=incident, handover=handover.id, agency="police")


def undo(room: Room, command: UndoAnswer) -> Outcome:
    """Take back the last answers: those of one act, on this incident or by this person."""
    last = _last(room, command)
    before = open_one(room, last.incident_id)
    together = [
        a
        for a in room.answers(before.id)
        if a.operation_id == last.operation_id and a.undone_at is None
    ]
    facts = dict(before.facts)
    for given in sorted(together, key=lambda a: -a.ordinal):
        facts.pop(given.fact, None)
        facts.update(given.before)
        room.put(replace(given, undone_at=room.at))
    incident = replace(before, facts=facts)
    first = min(together, key=lambda a: a.ordinal)
    if not room.sent_anyone(before.id):
        incident = replace(
            incident,
            held=first.held_before,
            cleared=first.cleared_before,
            police_clear=first.police_clear_before,
        )
    room.put(incident, decisive=True)
    room.record("AnswerUndone", incident=incident, facts=[a.fact for a in together])
    return about(settle(room, before, incident), undone=", ".join(a.fact for a in together))


def _last(room: Room, command: UndoAnswer) -> Answer:
    if command.incident is None:
        last = room.last_answer_by(room.by)
    else:
        incident = room.incident(command.incident)
        standing = [a for a in room.answers(incident.id) if a.undone_at is None]
        last = max(standing, key=lambda a: a.ordinal, default=None)
    if last is None:
        because = "there is no answer to take back"
        raise Refused(because)
    return last


def unreachable(room: Room, command: MarkUnreachable) -> Outcome:
    """Set what could not be asked to unknown and make a ring-back due; nothing is blocked."""
    before = open_one(room, command.incident)
    facts = [f for f in VOCABULARY.must_ask if f not in before.facts]
    incident = put_answers(room, before, tuple((fact, "unknown") for fact in facts))
    incident = replace(incident, unreachable=True)
    room.put(incident, decisive=True)
    ring_back_due(room, incident)
    room.record("CallerLost", incident=incident, could_not_ask=facts)
    return about(settle(room, before, incident, anew=facts))


def ring_back_due(room: Room, incident: Incident) -> None:
    """Make a ring-back due now."""
    ring(room, AlarmKind.RING_BACK, incident.id, incident=incident)


def first_questions(incident: Incident) -> str:
    """Return the words for what has to be asked first, empty where nothing has."""
    return ", ".join(f.removesuffix("_now") for f in missing_questions(incident))
