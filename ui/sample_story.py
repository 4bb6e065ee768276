"""The made-up timelines of the sample boards, as the console would read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from crt_console.domain.board import Board
from crt_console.domain.entries import Entry, RowChange
from crt_console.domain.incident import Incident
from ui.sample_rows import ME

_NOTED_AFTER = timedelta(seconds=64)
_Told = tuple[datetime, str, dict[str, Any], tuple[RowChange, ...]]


@dataclass(frozen=True, slots=True)
class SampleLine:
    """An entry and the words it names."""

    entry: Entry
    content: Mapping[str, str | None] = field(default_factory=dict)


def story(board: Board, incident_id: str) -> tuple[SampleLine, ...]:
    """Return what happened on an incident of a sample board, oldest first; nothing if unknown."""
    incident = board.incidents.get(incident_id)
    if incident is None:
        return ()
    words: dict[str, str | None] = {
        "w-place": board.text(incident.place),
        "w-number": board.text(incident.call_back),
        "w-note": board.text(incident.text),
        **{asked.id: board.text(asked.reason) for asked in board.asked_of(incident.id)},
    }
    told = sorted(_told(board, incident), key=lambda line: line[0])
    return tuple(
        SampleLine(
            Entry(seq=number, at=at, kind=kind, operation_id=f"operation-{number}",
                  by=incident.owner or ME, console="3", incident_id=incident_id,
                  data=data, changes=changes),
            words,
        )
        for number, (at, kind, data, changes) in enumerate(told, start=1)
    )  # fmt: skip


def _told(board: Board, incident: Incident) -> Iterator[_Told]:
    begun = incident.arrived_at
    call = {"place": "w-place", "call_back": "w-number", "place_verified": incident.place_verified,
            "neighbourhood": incident.neighbourhood, "language": incident.language}  # fmt: skip
    received = RowChange(table="incidents", id=incident.id, new=True, values=call)
    yield begun, "CallReceived", {"source": incident.source, "type": incident.type}, (received,)
    if board.text(incident.text):
        yield begun + _NOTED_AFTER, "NoteAdded", {"note": "w-note"}, ()
    answers, facts = board.answers_of(incident.id), incident.facts
    for answer in answers:
        yield (
            answer.at,
            "AnswerGiven",
            {"answers": [[answer.fact, facts.get(answer.fact, answer.value)]]},
            (),
        )
    if answers:
        advised = {"agencies": list(incident.agencies), "assessed": incident.assessed,
                   "pack": incident.pack, "because": incident.because}  # fmt: skip
        yield answers[-1].at, "AdviceChanged", advised, ()
    if incident.not_sent and incident.closed_at:
        yield incident.closed_at, "NotSent", {"reason": incident.not_sent}, ()
    for asked in board.asked_of(incident.id):
        data = {"says": asked.says, "reason": asked.id}
        yield asked.asked_at, "SecondPersonAsked", data, ()
    for handover in board.handovers_of(incident.id):
        yield handover.state_at, "HandoverOffered", {"agency": handover.agency}, ()
