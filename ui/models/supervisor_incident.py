"""One incident as the supervisor reads it: where, what was advised and decided, who goes, dues."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.protocol.pack import Pack
from ui.models.caution_view import caution_rows
from ui.models.incident_view import AdviceView, HandoverView, Stand, advice_view
from ui.models.speech import (
    STATUS_SHAPES,
    dotted,
    place_words,
    sentence,
    source_words,
    status_words,
    what,
)
from ui.models.supervisor_view import DueRow, due_rows
from ui.models.urgency import is_waiting
from ui.theme import Shape

_STANDS = {
    Stand.NOT_ASSESSED: "NOT ASSESSED",
    Stand.PROVISIONAL: "PROVISIONAL",
    Stand.BELOW_FLOOR: "WAITS FOR A SECOND PERSON",
    Stand.CLOSED: "CLOSED",
}


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of a section. From `due_at` on (seconds since 1970) a time counts beside it."""

    shape: Shape
    words: str
    due_at: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[SeenLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIncident:
    """What she reads; `since` is when it came, in seconds since 1970."""

    number: str
    kind: str
    priority: int | None
    place: str
    where: str
    call: str
    owner: str
    since: float
    lasts: str
    stand: str
    headline: str
    because: str
    reason: str
    sections: tuple[Section, ...]


def seen_incident(board: Board, incident: Incident, pack: Pack, now: datetime) -> SeenIncident:
    """Return an incident of the board for reading."""
    advice = advice_view(board, incident, pack, now, pending={})
    closed = not incident.open
    return SeenIncident(
        number=str(incident.serial),
        kind=sentence(what(board, incident)) or "No type yet",
        priority=incident.priority,
        place=place_words(board, incident),
        where=incident.neighbourhood or ("" if incident.place_verified else "not in our list"),
        call=dotted(board.text(incident.call_back) or "no call-back number",
                    source_words(incident.source), incident.language or ""),
        owner=f"{incident.owner} has it" if incident.owner else "nobody has it",
        since=incident.arrived_at.timestamp(),
        lasts="closed" if closed else "waiting" if is_waiting(incident) else "working",
        stand=_STANDS.get(advice.stand, "DECIDED OTHERWISE" if advice.override else "ADVISED"),
        headline=advice.headline,
        because="" if advice.stand is Stand.NOT_ASSESSED else advice.because,
        reason=f"Reason: “{advice.reason}”" if advice.reason else "",
        sections=tuple(
            section for section in (
                Section("Careful", _cautions(board, incident, now)),
                Section("Who goes", () if closed else _going(board, incident, advice)),
                Section("Due", _dues(board, incident, now)),
                Section("Asked so far", _asked(advice)),
            ) if section.lines
        ),
    )  # fmt: skip


def _cautions(board: Board, incident: Incident, now: datetime) -> tuple[SeenLine, ...]:
    rows = caution_rows(board, incident, now)
    return tuple(SeenLine(Shape.OVER, f"{row.text} ({row.source})") for row in rows)


def _going(board: Board, incident: Incident, advice: AdviceView) -> tuple[SeenLine, ...]:
    """Teams with their state and order, then the other agencies with what they said."""
    teams = []
    for assignment in board.assignments_of(incident.id):
        unit = board.units.get(assignment.unit_id)
        if unit is not None:
            words = dotted(f"{unit.call_sign} {status_words(unit)}", ", ".join(unit.members))
            teams.append(SeenLine(STATUS_SHAPES[unit.status], words))
    orders = (SeenLine(Shape.OVER, advice.order_words),) if advice.order_words else ()
    agencies = tuple(_handover(view) for view in advice.handovers)
    nobody = () if teams or agencies else (SeenLine(Shape.NOT_ASKED, "nobody yet"),)
    return (*teams, *orders, *agencies, *nobody)


def _handover(view: HandoverView) -> SeenLine:
    # How long ago it was asked is said by the time beside it, which counts to when it is due.
    words = view.words.replace(" {since} ago", "")
    return SeenLine(view.shape, f"{view.title}: {words}", view.due)


def _dues(board: Board, incident: Incident, now: datetime) -> tuple[SeenLine, ...]:
    mine = [r for r in due_rows(board, now) if r.incident_id == incident.id and r.due_at]
    return tuple(SeenLine(row.shape, _due_words(row), row.due_at) for row in mine)


def _due_words(row: DueRow) -> str:
    return dotted(row.words, f"{row.owner or 'nobody'} has it")


def _asked(advice: AdviceView) -> tuple[SeenLine, ...]:
    return tuple(SeenLine(f.standing, f"{f.name}: {f.value}") for f in advice.facts)
