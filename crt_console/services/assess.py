"""Answers: what was asked, what was said, what was taken back."""

from msgspec.structs import replace

from crt_console.domain.commands import AnswerFacts, MarkUnreachable, Outcome, UndoAnswer
from crt_console.domain.errors import Refused
from crt_console.domain.ids import AnswerId, new_id
from crt_console.domain.incident import Answer, FactValue, Handover, Incident
from crt_console.domain.words import AlarmKind, Basis, HandoverState
from crt_console.protocol.standing import missing_questions
from crt_console.protocol.vocabulary import VOCABULARY, check_facts
from crt_console.services.dues import end, ring
from crt_console.services.offers import offer
from crt_console.services.outcomes import about, open_one
from crt_console.services.settle import settle
from crt_console.store.room import Room

OFFICER = "officer_on_scene_requests"
_OFFICER_WORDS = "officer on scene"


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
    officer = dict(command.answers).get(OFFICER)
    if officer is True:
        _officer_is_there(room, incident)
    elif officer is not None:
        officer_left(room, incident)
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
    for known in room.handovers(incident.id):
        if known.agency == "police" and known.state.live and not known.standby:
            _by_officer(room, incident, known)
            return
    handover = offer(room, incident, "police", basis=Basis.ON_SCENE)
    _by_officer(room, incident, handover)


def _by_officer(room: Room, incident: Incident, handover: Handover) -> None:
    if handover.state is HandoverState.ACCEPTED:
        return
    name = room.keep(_OFFICER_WORDS)
    accepted = replace(handover, state=HandoverState.ACCEPTED, state_at=room.at, accepted_by=name)
    room.put(accepted)
    end(room, AlarmKind.HANDOVER, handover.id)
    room.record("HandoverAccepted", incident=incident, handover=handover.id, agency="police")


def officer_left(room: Room, incident: Incident) -> None:
    """End what stood for an officer who, it turns out, is not there: police have to be asked."""
    for known in room.handovers(incident.id):
        if known.agency != "police" or known.state is not HandoverState.ACCEPTED:
            continue
        if known.basis is Basis.ON_SCENE:
            room.put(replace(known, state=HandoverState.ENDED, state_at=room.at))
            room.record("OffersEnded", incident=incident, agencies=["police"])
        elif room.text(known.accepted_by) == _OFFICER_WORDS:
            offer(room, incident, "police", basis=known.basis)
            room.put(replace(known, state=HandoverState.ENDED, state_at=room.at))
            room.record("OffersEnded", incident=incident, agencies=["police"])


def undo(room: Room, command: UndoAnswer) -> Outcome:
    """Take back the last answers: those of one act, on this incident or by this person."""
    last = _last(room, command)
    before = open_one(room, last.incident_id)
    together = [
        a
        for a in room.answers(before.id)
        if a.operation_id == last.operation_id and a.undone_at is None
    ]
    _check_latest(room, before, together)
    facts = dict(before.facts)
    for given in sorted(together, key=lambda a: -a.ordinal):
        facts.pop(given.fact, None)
        facts.update(given.before)
        room.put(replace(given, undone_at=room.at))
    incident = replace(before, facts=facts)
    if not room.sent_anyone(before.id) and not _linked(room, before):
        incident = _lines_back(room, incident, together)
    if incident.unreachable and missing_questions(incident):  # the caller is there after all
        incident = replace(incident, unreachable=False)
        end(room, AlarmKind.RING_BACK, incident.id)
    room.put(incident, decisive=True)
    room.record("AnswerUndone", incident=incident, facts=[a.fact for a in together])
    if facts.get(OFFICER) is not True and OFFICER in before.facts:
        officer_left(room, incident)
    return about(settle(room, before, incident), undone=", ".join(a.fact for a in together))


def _check_latest(room: Room, incident: Incident, together: list[Answer]) -> None:
    """Refuse where somebody has answered the same since: their word would go with it."""
    mine = {a.id for a in together}
    newest = max(a.ordinal for a in together)
    for later in room.answers(incident.id):
        again = later.ordinal > newest and later.fact in {a.fact for a in together}
        if again and later.undone_at is None and later.id not in mine:
            because = f"{later.by} has answered {later.fact} of {incident.number} since: answer it"
            raise Refused(because, by=later.by)


def _linked(room: Room, incident: Incident) -> bool:
    """Whether another report became part of it: what that one said is nobody's to take back."""
    return any(call.origin != incident.id for call in room.calls(incident.id))


def _lines_back(room: Room, incident: Incident, together: list[Answer]) -> Incident:
    """Return the incident without the lines that these answers, and no others, brought."""
    first = min(together, key=lambda a: a.ordinal)
    newest = max(a.ordinal for a in together)
    after = min(
        (a for a in room.answers(incident.id) if a.ordinal > newest),
        key=lambda a: a.ordinal,
        default=None,
    )
    held, cleared, police = incident.held, incident.cleared, incident.police_clear
    if after is not None:
        held, cleared = after.held_before, after.cleared_before
        police = after.police_clear_before
    brought = set(held) - set(first.held_before)
    back = set(first.cleared_before) - set(cleared)
    clear = set(first.police_clear_before) - set(police)
    return replace(
        incident,
        held=tuple(i for i in incident.held if i not in brought),
        cleared=tuple(sorted({*incident.cleared, *back})),
        police_clear=tuple(sorted({*incident.police_clear, *clear})),
    )


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
