"""The made-up timeline of the selected incident, as the console would read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from crt_console.domain.entries import Entry, RowChange
from ui.sample_rows import ME

_INCIDENT = "incident-142"


@dataclass(frozen=True, slots=True)
class SampleLine:
    """An entry and the words it names."""

    entry: Entry
    content: Mapping[str, str | None] = field(default_factory=dict)


def story(now: datetime) -> tuple[SampleLine, ...]:
    """Return what happened on the selected incident of the ordinary board, oldest first."""
    words: dict[str, str | None] = {
        "w-place": "124 Albany Ave, apt 3",
        "w-number": "860 555 0142",
        "w-note": "Has not left the flat for a week, not eating. Asked for “la señora Vega”.",
    }
    call = {"place": "w-place", "call_back": "w-number", "place_verified": True,
            "neighbourhood": "Clay Arsenal", "language": "Spanish"}  # fmt: skip
    received = RowChange(table="incidents", id=_INCIDENT, new=True, values=call)
    told: tuple[tuple[float, str, dict[str, Any], tuple[RowChange, ...]], ...] = (
        (221, "CallReceived", {"source": "911", "type": "welfare check"}, (received,)),
        (157, "NoteAdded", {"note": "w-note"}, ()),
        (120, "AnswerGiven", {"answers": [["weapon", "none"]]}, ()),
        (86, "AnswerGiven", {"answers": [["violence_now", "none"]]}, ()),
        (47, "AnswerGiven", {"answers": [["medical", "alert"]]}, ()),
        (9, "AnswerGiven", {"answers": [["suicide", "none"]]}, ()),
        (9, "AdviceChanged", {"agencies": ["crt"], "assessed": True, "pack": "hartford 2026.1",
                              "because": "somebody needs looking after"}, ()),
    )  # fmt: skip
    return tuple(
        SampleLine(
            Entry(
                seq=number,
                at=now - timedelta(seconds=seconds),
                kind=kind,
                operation_id=f"operation-{number}",
                by=ME,
                console="3",
                incident_id=_INCIDENT,
                data=data,
                changes=changes,
            ),
            words,
        )
        for number, (seconds, kind, data, changes) in enumerate(told, start=1)
    )
