"""What the supervisor has to decide or know, and everything due with who has it."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.ids import same_person
from crt_console.domain.incident import Confirmation, Handover, Incident
from crt_console.domain.words import AlarmKind, HandoverState
from crt_console.protocol.standing import floor_needs
from ui.models.due_view import DueChip, due_chips, unowned, upcoming, words_of
from ui.models.speech import agencies_words, agency_title, hm, listed, number_of, place_words
from ui.theme import Shape

_IN_CARDS = frozenset({AlarmKind.SECOND_PERSON, AlarmKind.OVERRIDE})
_GONE = "The database is gone: a yes or no cannot be saved. Say it on the radio."
_AHEAD = 12  # how many dues that have not come yet are worth a row


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """Somebody chose less than the floor sends and waits; `safe` is what no leads to.

    `locked` says why she cannot agree, "" where she can; `shut` is whether she cannot say no
    either, `saving` whether the database is there.
    """

    key: str
    incident_id: str
    number: str
    place: str
    title: str
    because: str
    reason: str
    who: str
    safe: str
    unsafe: str
    asked_at: float
    locked: str = ""
    shut: bool = False
    saving: bool = True


def asks(board: Board, me: str, *, saving: bool = True) -> tuple[AskView, ...]:
    """Return what waits for a second person, oldest first; `me` is "" while nobody said."""
    waiting = [a for i in board.open_incidents for a in board.asked_of(i.id)]
    waiting.sort(key=lambda a: (a.asked_at, a.id))
    return tuple(_ask(board, asked, me, saving=saving) for asked in waiting)


def _ask(board: Board, asked: Confirmation, me: str, *, saving: bool) -> AskView:
    incident = board.incidents[asked.incident_id]
    number, needs = str(incident.serial), floor_needs(asked.lines)
    title, unsafe = _wish(asked, number)
    reason = board.text(asked.reason)
    return AskView(
        key=asked.id,
        incident_id=incident.id,
        number=number,
        place=place_words(board, incident),
        title=f"{asked.asked_by} wants to {title}",
        because=f"The safety floor sends {listed(needs)} too: {asked.because}.",
        reason=f"“{reason}”" if reason else "none was given",
        who=asked.asked_by,
        safe=f"No, with {listed(needs)}",
        unsafe=unsafe,
        asked_at=asked.asked_at.timestamp(),
        locked=_locked(asked, incident, me) if saving else _GONE,
        shut=not me or not saving,
        saving=saving,
    )


def _wish(asked: Confirmation, number: str) -> tuple[str, str]:
    """What is wanted, and what yes leads to."""
    act, _, rest = asked.says.partition(": ")
    if act == "send nobody":
        return f"send nobody to {number}: {rest}", "Yes, send nobody"
    if act == "close":
        return f"close {number}: {rest}", "Yes, close"
    whom = act.removeprefix("send ")
    if whom == "community team":
        return f"send the community team alone to {number}", "Yes, team alone"
    return f"send {whom} only to {number}", "Yes, without"


def _locked(asked: Confirmation, incident: Incident, me: str) -> str:
    if not me:
        return "First say who you are: a yes or no is entered under your name."
    if not set(incident.held) <= set(asked.lines):
        return "The danger has grown since this was asked, so it can no longer be agreed to."
    if same_person(me, asked.asked_by):
        return f"{asked.asked_by} asked: another person has to agree."
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """Something the supervisor has to know of; `act` is what her button says."""

    key: str
    incident_id: str
    number: str
    place: str
    title: str
    detail: str
    reason: str
    act: str
    at: float


def told(board: Board) -> tuple[ToldView, ...]:
    """Return what was raised to the supervisor and nobody has yet, oldest first."""
    raised = [a for a in board.raised if a.supervisor and a.owner is None]
    mine = [a for a in raised if a.kind not in {AlarmKind.SECOND_PERSON, AlarmKind.EMERGENCY}]
    return tuple(_told(board, a) for a in sorted(mine, key=lambda a: (a.due_at, a.id)))


def _told(board: Board, alarm: Alarm) -> ToldView:
    incident = board.incidents.get(alarm.incident_id or "")
    words, _act = words_of(board, alarm)
    over = alarm.kind is AlarmKind.OVERRIDE
    return ToldView(
        key=alarm.id,
        incident_id=alarm.incident_id or "",
        number=number_of(board, alarm.incident_id),
        place=place_of(board, alarm.incident_id),
        title=words,
        detail=_by_whom(incident, over=over) if incident else "",
        reason=_override_reason(board, incident) if incident and over else "",
        act="Seen" if over else "Take it",
        at=(alarm.raised_at or alarm.due_at).timestamp(),
    )


def _by_whom(incident: Incident, *, over: bool) -> str:
    if not over or incident.override is None:
        return ""
    sent = agencies_words(incident.override, team="Community team")
    at = f" at {hm(incident.override_at)}" if incident.override_at else ""
    return f"{incident.override_by or 'Somebody'} decided{at}: {sent}"


def _override_reason(board: Board, incident: Incident) -> str:
    reason = board.text(incident.override_reason)
    return f"“{reason}”" if reason else ""


def nobody_has(board: Board, now: datetime) -> tuple[DueChip, ...]:
    """Return what is due and nobody owns; what has a card of its own is left to that card."""
    return tuple(chip for chip in unowned(board, now) if chip.kind not in _IN_CARDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """Something due, to come or done, with who has it. `due_at` None: `done` says what became.

    `priority` is that of the incident it is about, for due things of a kind stand in its order.
    """

    key: str
    incident_id: str
    number: str
    words: str
    owner: str
    shape: Shape
    due_at: float | None
    done: str = ""
    open: bool = False  # due now and nobody has it: she can take it
    emergency: bool = False
    priority: int | None = None

    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.number, self.words, self.owner or "nobody has it", self.done)
        return ", ".join(part for part in parts if part)


def due_rows(board: Board, now: datetime) -> tuple[DueRow, ...]:
    """Return what is due (in the order of the due line), what comes next, what was accepted."""
    due = [chip for chip in due_chips(board, now, "") if chip.kind not in _IN_CARDS]
    # Who reaches the limit when is said by the bars of the waiting; here are people's dues.
    ahead = upcoming(board, now, "", most=_AHEAD, without=AlarmKind.WAITING)
    # What nobody has stands first, whatever it is: it is the only thing she can take.
    due.sort(key=lambda c: (not c.emergency, bool(c.owner)))
    rows = [_due_row(board, chip) for chip in (*due, *ahead)]
    return (*rows, *_accepted(board))


def _due_row(board: Board, chip: DueChip) -> DueRow:
    shape = Shape.OVER if chip.over else Shape.CLOCK
    incident = board.incidents.get(chip.incident_id)
    return DueRow(
        key=chip.alarm_id,
        incident_id=chip.incident_id,
        number=chip.number,
        words=chip.words if chip.over else _to_come(board, chip),
        owner=chip.owner,
        shape=Shape.EMERGENCY if chip.emergency else shape,
        due_at=chip.due_at,
        open=chip.over and not chip.owner,
        emergency=chip.emergency and not chip.owner,
        priority=incident.priority if incident else None,
    )


def _to_come(board: Board, chip: DueChip) -> str:
    """An offer that may still be accepted is not yet a refusal."""
    if chip.kind in {AlarmKind.HANDOVER, AlarmKind.BACKUP}:
        return f"{agency_title(board.alarms[chip.alarm_id].detail)}: offered"
    return chip.words


def _accepted(board: Board) -> list[DueRow]:
    taken = [
        (handover.state_at, _accepted_row(board, incident, handover))
        for incident in board.open_incidents
        for handover in board.handovers_of(incident.id)
        if handover.state is HandoverState.ACCEPTED
    ]
    taken.sort(key=lambda pair: (-pair[0].timestamp(), pair[1].key))
    return [row for _, row in taken]


def _accepted_row(board: Board, incident: Incident, handover: Handover) -> DueRow:
    name = board.text(handover.accepted_by)
    words = agency_title(handover.agency)
    return DueRow(
        key=handover.id,
        incident_id=incident.id,
        number=str(incident.serial),
        words=f"{words}: {name}" if name else words,
        owner=incident.owner or "",
        shape=Shape.CHECK,
        due_at=None,
        done="accepted",
        priority=incident.priority,
    )


def place_of(board: Board, incident_id: str | None) -> str:
    """Return the place of an incident, "" where it is not on the board."""
    incident = board.incidents.get(incident_id or "")
    return "" if incident is None else place_words(board, incident)
