"""The timeline says every entry in words, whoever wrote it and whatever it lacks."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_console.console import Console
from crt_console.domain.board import Board
from crt_console.domain.commands import Command
from crt_console.domain.entries import Entry, RowChange
from crt_console.domain.grammar import parse
from crt_console.domain.timers import Timers
from crt_console.protocol.vocabulary import VOCABULARY
from ui import samples
from ui.models import timeline_view
from ui.models.timeline_view import TimelineRow, timeline_rows
from ui.models.timeline_words import LEFT_OUT, SAY
from ui.sample_rows import sample_pack
from ui.sample_story import story

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)
SERVICES = Path(__file__).parents[2] / "crt_console" / "services"


@dataclass(frozen=True)
class Line:
    """An entry and its words."""

    entry: Entry
    content: Mapping[str, str | None] = field(default_factory=dict)


def _line(
    kind: str, content: dict[str, str | None] | None = None, *, seq: int = 1, **values: Any
) -> Line:
    entry = Entry(
        seq=seq, kind=kind, operation_id="o", console="3",
        **{"at": NOW, "by": "M. Ortiz", "incident_id": "incident-142", **values},
    )  # fmt: skip
    return Line(entry, content or {})


def _said(*lines: timeline_view.Line, board: Board | None = None) -> list[tuple[str, str]]:
    rows = timeline_rows(lines, board or samples.ordinary(NOW), sample_pack())
    return [(row.label, row.text) for row in rows]


def test_the_story_of_an_incident_is_read_newest_first() -> None:
    said = _said(*story(samples.ordinary(NOW), "incident-142"))
    asked = {"Suicide", "Violence", "Weapon", "Breathing", "Problem", "Note"}
    labels = [label for label, _ in said]
    assert (labels[0], set(labels[1:-2]), labels[-2:]) == ("Advice", asked, ["Place", "Call"])
    why = "somebody needs looking after, and nothing so far asks for more"
    assert said[0] == ("Advice", f"community team alone: {why} · guidance Hartford 2026.1")
    assert said[-2] == ("Place", "checked: 124 Albany Ave, apt 3, Clay Arsenal")
    assert said[-1] == ("Call", "911, 860 555 0142, Spanish, Welfare check")


def test_a_choice_below_the_floor_stands_in_the_story_with_its_reason() -> None:
    said = dict(_said(*story(samples.second_person(NOW), "incident-144")))
    assert said["Second person"].startswith("asked for community team alone: “Park worker")


def test_every_kind_that_the_services_record_has_words() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SERVICES.glob("*.py"))
    calls = re.findall(r"\.record\(([^,)]*)", source)
    kinds = {kind for call in calls for kind in re.findall(r'"([A-Z]\w+)"', call)}
    kinds |= set(re.findall(r'ConfirmationState\.\w+: "(Confirmed|Denied)"', source))
    assert len(kinds) > 45  # the search itself still finds them
    assert kinds - SAY.keys() - LEFT_OUT == set()


def test_sending_says_who_was_passed_over() -> None:
    data = {"passed_over": [["CRT 5", "nearer, no Spanish"]], "by_radio": False}
    line = _line("UnitAssigned", unit_id="unit-2", data=data)
    assert _said(line) == [("Sent", "CRT 2 by M. Ortiz, passed over CRT 5 (nearer, no Spanish)")]


def test_an_acceptance_says_who_took_it_and_their_number() -> None:
    values = {"accepted_by": "w1", "their_number": "w2"}
    change = RowChange(table="handovers", id="h", values=values)
    words: dict[str, str | None] = {"w1": "desk sergeant", "w2": "H26-8812"}
    line = _line("HandoverAccepted", words, data={"agency": "police"}, changes=(change,))
    assert _said(line) == [("Police", "accepted: desk sergeant, H26-8812")]


def test_removed_words_say_so() -> None:
    line = _line("NoteAdded", {"n": None}, data={"note": "n"})
    assert _said(line) == [("Note", "(removed)")]


def test_a_correction_is_told_from_a_first_answer() -> None:
    data = {"answers": [["weapon", "edged"], ["suicide", "none"]], "corrects": ["weapon"]}
    said = dict(_said(_line("AnswerGiven", data=data)))
    assert said["Weapon"].endswith(" (corrected)")
    assert not said["Suicide"].endswith("(corrected)")


def test_a_report_about_the_past_stands_where_it_happened() -> None:
    earlier = NOW - timedelta(minutes=9)
    said = _said(
        _line("UnitReported", seq=2, unit_id="unit-1", data={"status": "onscene"},
              happened_at=earlier),
        _line("NoteAdded", {"n": "b"}, seq=1, at=NOW - timedelta(minutes=5), data={"note": "n"}),
    )  # fmt: skip
    assert [label for label, _ in said] == ["Note", "CRT 1"]
    assert said[1][1].startswith("on scene · written down ")


def test_clocks_are_left_out_and_small_alarms_are_dim() -> None:
    small = _line("AlarmRaised", data={"alarm_kind": "waiting", "step": 1})
    loud = _line("AlarmRaised", data={"alarm_kind": "handover", "detail": "police", "step": 1})
    rows = timeline_rows([_line("DuesSet"), small, loud], Board(), sample_pack())
    assert {row.text: row.minor for row in rows} == {
        "waiting over the limit": True,
        "nobody accepted, police": False,
    }


def test_a_kind_of_a_newer_version_is_named() -> None:
    assert _said(_line("DroneSentOut", unit_id="unit-2")) == [("Drone sent out", "CRT 2")]


_DATA = st.dictionaries(
    st.sampled_from(
        ["answers", "agencies", "passed_over", "status", "reason", "agency", "note", "fields",
         "facts", "alarm_kind", "step", "basis", "order", "field", "disposition", "asked_by"]
    ),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5),
        st.lists(st.one_of(st.text(max_size=3), st.integers(), st.lists(st.text(), max_size=3))),
    ),
)  # fmt: skip


@given(st.sampled_from([*SAY, *LEFT_OUT, "Else"]), _DATA)
def test_no_entry_can_break_the_timeline(kind: str, data: dict[str, Any]) -> None:
    for row in timeline_rows([_line(kind, data=data)], Board(), sample_pack()):
        assert row.label


UNITS = ("crt2", "crt5")
_LIVED = (
    "unit add CRT2 members:Santos,Hill languages:English,Spanish",
    "unit add CRT5",
    "new 12 Zion St, welfare check, p2, not eating callback:8605550101",
    "answer {n} weapon none, violence_now none, medical alert, nature welfare_check",
    "answer {n} suicide none",
    "undo",
    "answer {n} suicide none",
    "assign crt2 {n}",
    "crt2 acknowledged",
    "crt2 enroute",
    "crt2 onscene",
    "note {n} knife on the table",
    "answer {n} weapon edged, weapon_access in_hand_or_on_person",
    "accept {n} police desk sergeant, H26-8812",
    "sceneclear {n} Officer Diaz",
    "checkin crt2",
    "edit {n} place 14 Zion St",
    "take {n}",
    "release crt2 all well",
    "close {n} helped, sleeping at her sister's",
    "reopen {n} sister called again",
)


async def _live(url: str) -> tuple[TimelineRow, ...]:
    console = await Console.open(
        url, by="M. Ortiz", console="3", pack=sample_pack(), timers=Timers(), follow=False
    )
    try:
        number, incident_id = "", ""
        for line in _LIVED:
            command = parse(
                line.format(n=number), now=console.now(), known_units=UNITS, facts=VOCABULARY.facts
            )
            assert isinstance(command, Command)
            outcome = await console.do(command)
            number = (outcome.incident or number).split("-")[-1].lstrip("0")
            incident_id = outcome.incident_id or incident_id
        await console.refresh()
        return timeline_rows(await console.timeline(incident_id), console.board, sample_pack())
    finally:
        await console.close()


def test_a_lived_incident_reads_from_end_to_end(sqlite_url: str) -> None:
    rows = asyncio.run(_live(sqlite_url))
    said = [(row.label, row.text) for row in rows if not row.minor]
    for expected in (
        ("Said", "not eating"),
        ("Taken back", "suicide"),
        ("CRT 2", "on scene"),
        ("Note", "knife on the table"),
        ("Order", "CRT 2: PULL BACK, to be told"),
        ("Police", "accepted: desk sergeant, H26-8812"),
        ("Police", "report the scene clear: Officer Diaz"),
        ("CRT 2", "checked in"),
        ("Changed", "place: 14 Zion St"),
        ("CRT 2", "released: all well"),
        ("Closed", "helped on scene: sleeping at her sister's"),
        ("Reopened", "sister called again, was helped on scene"),
    ):
        assert expected in said
    assert all(row.text and row.who == "M. Ortiz" for row in rows)
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


@pytest.mark.parametrize("code", ["police", "nobody asked"])
def test_an_agency_is_named_even_if_it_is_not_known(code: str) -> None:
    ((label, text),) = _said(_line("HandoverOffered", data={"agency": code, "standby": True}))
    assert (label, text) == (code.capitalize(), "asked to stand by")


def test_where_ours_is_kept_an_update_says_theirs() -> None:
    calls = {"cad": {"place": "w" * 32, "priority": 4}}
    change = RowChange(table="calls", id="c1", values=calls)
    data = {"fields": ["place", "priority"], "kept": ["place", "priority"]}
    line = _line("CallUpdated", {"w" * 32: "Oak St"}, data=data, changes=(change,))

    update = "update: place, priority · ours kept, theirs is place Oak St, priority 4"
    assert _said(line) == [("Call", update)]
