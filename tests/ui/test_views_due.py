"""The due line: what is due, with its act; what falls due next; what nobody has. Cautions too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from crt_console.domain.alarm import Alarm
from crt_console.domain.board import Board
from crt_console.domain.ids import CautionId, ContentId
from crt_console.domain.incident import Caution
from crt_console.domain.words import AlarmKind, Basis, HandoverState, IncidentStatus, UnitStatus
from ui import samples
from ui.models.caution_view import caution_rows
from ui.models.due_view import due_chips, next_due, unowned, upcoming, words_of
from ui.models.speech import hm
from ui.sample_rows import ME, Workshop

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)


def test_the_ordinary_evening_has_two_dues() -> None:
    chips = due_chips(samples.ordinary(NOW), NOW, ME)
    late = [round(NOW.timestamp() - c.due_at) for c in chips]
    assert [(c.number, c.words, c.owner, c.mine) for c in chips] == [
        ("136", "Police: nobody accepted", "", False),
        ("139", "Ring back", ME, True),
    ]
    assert late == [12, 139]


def test_nothing_that_is_due_changes_by_waiting_alone() -> None:
    board = samples.ordinary(NOW)
    assert due_chips(board, NOW, ME) == due_chips(board, NOW + timedelta(seconds=2), ME)


def test_an_emergency_comes_before_everything() -> None:
    first = due_chips(samples.emergency(NOW), NOW, ME)[0]
    assert (first.words, first.act, first.emergency) == ("CRT 1 calls for help", "I have it", True)


def test_what_nobody_has_is_the_supervisors() -> None:
    assert [c.number for c in unowned(samples.ordinary(NOW), NOW)] == ["136"]


def test_a_due_whose_time_has_come_counts_before_anyone_raised_it() -> None:
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 3, facts={"weapon": "none"})
    alarm = made.alarm(AlarmKind.RING_BACK, incident.id, NOW, incident)
    made.put("alarms", replace(alarm, raised_at=None))
    assert [c.kind for c in due_chips(made.board(), NOW, ME)] == [AlarmKind.RING_BACK]
    made.put("alarms", replace(alarm, raised_at=None, due_at=NOW + timedelta(seconds=1)))
    assert due_chips(made.board(), NOW, ME) == ()


def test_next_is_the_soonest_thing_that_is_not_due() -> None:
    assert next_due(samples.ordinary(NOW), NOW) == "next: first question 146 in 0:18"
    made = Workshop(NOW)
    made.unit(2, UnitStatus.AVAILABLE, 5, shift_ends_at=NOW + timedelta(minutes=88))
    ends = hm(NOW + timedelta(minutes=88))
    assert next_due(made.board(), NOW) == f"CRT 2 ends its shift at {ends}"
    assert next_due(Board(), NOW) == ""


def test_what_comes_names_the_owner_of_its_incident() -> None:
    coming = upcoming(samples.ordinary(NOW), NOW, ME, most=3)
    assert [(c.number, c.words, c.owner) for c in coming] == [
        ("146", "First question", ME),
        ("138", "Check-in CRT 1", "A. Kim"),
        ("136", "Check-in CRT 4", ME),
    ]
    assert not any(c.over for c in coming)


def _one(make: Callable[[Workshop], Alarm]) -> tuple[str, str]:
    made = Workshop(NOW)
    alarm = make(made)
    return words_of(made.board(), alarm)


@pytest.mark.parametrize(
    ("step", "words", "act"),
    [
        (1, "Check-in CRT 1", "call CRT 1"),
        (2, "CRT 1 does not answer: send backup to CRT 1", "send backup to CRT 1"),
        (3, "CRT 1 does not answer: supervisor decides", "supervisor decides"),
    ],
)
def test_each_unanswered_step_of_a_check_in_has_its_act(step: int, words: str, act: str) -> None:
    def make(made: Workshop) -> Alarm:
        unit = made.unit(1, UnitStatus.ONSCENE, 20)
        return made.alarm(AlarmKind.CHECK_IN, unit.id, NOW, None, unit, step=step)

    assert _one(make) == (words, act)


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        (AlarmKind.ORDER, "PULL BACK", "Tell CRT 1: PULL BACK"),
        (AlarmKind.FLOOR_AGENCY, "police", "Offer police"),
        (AlarmKind.STATUS, "enroute", "CRT 1 on the way too long"),
        (
            AlarmKind.STATUS,
            "reports on scene, but was ordered to STAGE",
            "CRT 1 reports on scene, but was ordered to STAGE",
        ),
        (AlarmKind.SECOND_PERSON, "send community team", "Second person: no answer yet"),
        (AlarmKind.OVERRIDE, "police", "Sent without police"),
        (AlarmKind.QUARANTINE, "no time", "A call could not be read: no time"),
    ],
)
def test_each_kind_is_said_in_words(kind: AlarmKind, detail: str, words: str) -> None:
    def make(made: Workshop) -> Alarm:
        unit = made.unit(1, UnitStatus.ENROUTE, 20)
        return made.alarm(kind, "x", NOW, None, unit, detail=detail)

    assert _one(make)[0] == words


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_every_kind_has_words_and_an_act_even_without_details(kind: AlarmKind) -> None:
    words, act = _one(lambda made: made.alarm(kind, "gone", NOW))
    assert words.strip(": ") == words
    assert act


def test_declined_and_backup_are_told_apart() -> None:
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 9, status=IncidentStatus.WORKING)
    unit = made.on(made.unit(1, UnitStatus.ONSCENE, 5), incident)
    declined = made.handover(incident, "police", 3, state=HandoverState.DECLINED)
    alarm = made.tables["alarms"][f"alarm-handover-{declined.id}"]
    assert words_of(made.board(), alarm)[0] == "Police: declined"
    backup = made.handover(incident, "ems", 3, basis=Basis.BACKUP)
    asked = made.alarm(AlarmKind.BACKUP, backup.id, NOW, incident, unit, detail="ems")
    assert words_of(made.board(), asked)[0] == "Backup for CRT 1, EMS: nobody accepted"


def test_cautions_hold_for_the_place_and_every_number_until_they_end() -> None:
    board = samples.ordinary(NOW)
    (row,) = caution_rows(board, board.incidents["incident-142"], NOW)
    assert (row.text, row.about) == ("Dog in the apartment, barks, was friendly", "place")
    assert row.source.startswith("by CRT 2, ")
    assert caution_rows(board, board.incidents["incident-139"], NOW) == ()

    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 9, call_back="+1 (860) 555-0107")
    about, text = made.words("860 555 0107"), made.words("Calls often, is always polite")
    caution = Caution(
        id=CautionId("c"),
        about=about or ContentId(""),
        text=text or ContentId(""),
        author=ME,
        at=NOW,
        until=NOW + timedelta(minutes=1),
    )
    made.put("cautions", caution)
    assert [r.about for r in caution_rows(made.board(), incident, NOW)] == ["number"]
    assert caution_rows(made.board(), incident, NOW + timedelta(minutes=1)) == ()


def test_of_the_same_kind_the_more_urgent_incident_comes_first() -> None:
    made = Workshop(NOW)
    for number, priority, late in ((1, 3, 5), (2, 1, 2)):
        incident = made.incident(number, f"{number} A St", late, priority=priority)
        due_at = NOW - timedelta(minutes=late)
        made.alarm(AlarmKind.FIRST_QUESTION, incident.id, due_at, incident)
    assert [chip.number for chip in due_chips(made.board(), NOW, ME)] == ["2", "1"]
