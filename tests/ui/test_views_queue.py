"""The queue and the strip say what each incident is at, in order of urgency."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from crt_console.domain.board import Board
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.domain.words import (
    AlarmKind,
    HandoverState,
    IncidentStatus,
    Order,
    Source,
    UnitStatus,
)
from ui import samples
from ui.models.queue_view import counts, queue_rows
from ui.models.rows import QueueRow
from ui.models.urgency import level, urgency
from ui.sample_rows import CALM, Workshop
from ui.theme import Shape, asked

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)
TIMERS = Timers()
ME = "M. Ortiz"


def _rows(board: Board) -> dict[str, QueueRow]:
    return {row.number: row for row in queue_rows(board, NOW, TIMERS, ME)}


def _only(made: Workshop) -> QueueRow:
    (row,) = queue_rows(made.board(), NOW, TIMERS, ME)
    return row


def test_the_ordinary_evening_reads_as_a_dispatcher_would_say_it() -> None:
    rows = _rows(samples.ordinary(NOW))
    said = {number: (row.state, row.next_act) for number, row in rows.items()}
    assert said == {
        "146": ("NOT ASSESSED", "ask: breathing"),
        "139": ("Ring back", "2 of 4 asked"),
        "144": ("Team + police", "ready to send"),
        "142": ("Team alone", "ready to send"),
        "145": ("Provisional", "ask: suicide"),
        "141": ("Team alone", "ready to send"),
        "140": ("Provisional", "ask: breathing"),
        "138": ("CRT 1 on scene", "check-in in {due}"),
        "133": ("Mobile crisis", "Dr. Shah accepted"),
        "135": ("CRT 3 on the way", ""),
        "136": ("CRT 4 staged", "no police"),
        "129": ("CRT 7 clearing", "result to enter"),
    }
    assert list(rows)[:7] == ["146", "139", "144", "142", "145", "141", "140"]
    assert {n for n, row in rows.items() if row.section == "waiting"} == set(list(rows)[:7])


def test_owner_is_named_only_where_it_is_somebody_else() -> None:
    rows = _rows(samples.ordinary(NOW))
    assert (rows["145"].owner, rows["146"].owner) == ("A. Kim", "")


def test_lateness_comes_from_the_limit_and_from_dues() -> None:
    rows = _rows(samples.ordinary(NOW))
    assert rows["139"].late(NOW.timestamp()) == pytest.approx(139, abs=1)
    assert rows["136"].late(NOW.timestamp()) == pytest.approx(12, abs=1)
    assert rows["142"].late(NOW.timestamp()) is None
    assert rows["138"].limit_s is None


def test_a_ring_back_gives_the_limit_anew() -> None:
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 25, priority=1, facts=CALM)
    made.alarm(AlarmKind.WAITING, incident.id, NOW + timedelta(minutes=6), incident)
    row = _only(made)
    assert (row.state, row.next_act) == ("No advice yet", "ask: what is happening")
    assert row.late(NOW.timestamp()) is None
    assert row.since() == (NOW - timedelta(minutes=25)).timestamp()


def test_the_strip_counts() -> None:
    found = counts(samples.ordinary(NOW), NOW, TIMERS)
    assert (found.open, found.waiting, found.over) == (12, 7, 1)
    assert (found.free, found.on_shift, found.due) == (2, 7, 2)
    assert counts(samples.empty(NOW), NOW, TIMERS).waiting == 0


def test_an_emergency_marks_its_incident_and_says_who_has_it() -> None:
    row = _rows(samples.emergency(NOW))["138"]
    assert row.emergency
    assert row.section == "emergency"  # above those who wait
    assert row.state_shape is Shape.EMERGENCY
    assert row.next_act == "nobody has it · CRT 1"


def test_a_choice_below_the_floor_waits_for_a_second_person() -> None:
    row = _rows(samples.second_person(NOW))["144"]
    assert row.state == "Waits for a second person"
    assert row.detail.startswith("send community team")
    assert row.late(NOW.timestamp()) == pytest.approx(23, abs=1)  # as the strip counts it


def test_a_ring_back_has_the_ring_of_what_was_asked_and_no_other_shape() -> None:
    shapes = {
        row.state_shape for row in _rows(samples.crowded(NOW)).values() if row.state == "Ring back"
    }
    assert len(shapes) > 1
    assert shapes <= {asked(count) for count in range(5)}


def _with_team(made: Workshop, status: UnitStatus, **values: object) -> None:
    incident = made.incident(
        7, "1 A St", 5, priority=2, status=IncidentStatus.WORKING, facts={"nature": "psychosis"}
    )
    unit = made.on(made.unit(4, status, 2), incident)
    made.put("units", replace(unit, **values))


def test_an_order_nobody_passed_on_is_the_next_act() -> None:
    made = Workshop(NOW)
    _with_team(made, UnitStatus.ONSCENE, order=Order.PULL_BACK, told=False, order_at=NOW)
    row = _only(made)
    assert (row.state, row.state_shape) == ("Tell CRT 4: PULL BACK", Shape.DANGER)


def test_going_in_is_told_without_alarm() -> None:
    made = Workshop(NOW)
    _with_team(made, UnitStatus.STAGED, order=Order.GO, told=False, order_at=NOW)
    row = _only(made)
    assert (row.state, row.due_at) == ("Tell CRT 4: go in", None)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (HandoverState.TIMED_OUT, "Police: nobody accepted"),
        (HandoverState.DECLINED, "Police: declined"),
    ],
)
def test_an_agency_that_does_not_come_is_said(state: HandoverState, said: str) -> None:
    made = Workshop(NOW)
    facts = {"nature": "psychosis", **CALM, "violence_now": "potential"}
    incident = made.incident(7, "1 A St", 5, priority=2, facts=facts)
    made.handover(incident, "police", 3, state=state)
    assert _only(made).state == said


def test_an_agency_the_floor_needs_is_offered_first() -> None:
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 5, facts={"nature": "psychosis", **CALM})
    subject = f"{incident.id}:police"
    made.alarm(AlarmKind.FLOOR_AGENCY, subject, NOW, incident, detail="police")
    assert _only(made).state == "Offer police"


def test_a_lost_caller_could_not_be_asked() -> None:
    made = Workshop(NOW)
    unknown = dict.fromkeys(CALM, "unknown")
    incident = made.incident(7, "1 A St", 3, facts={**unknown}, unreachable=True)
    made.alarm(AlarmKind.RING_BACK, incident.id, NOW, incident)
    row = _only(made)
    assert (row.state, row.next_act) == ("COULD NOT ASK", "ring back")


def test_not_sent_keeps_its_reason_until_the_result_is_entered() -> None:
    made = Workshop(NOW)
    made.incident(
        7, "1 A St", 3, facts={**CALM}, status=IncidentStatus.NOT_SENT, not_sent="no_team_free"
    )
    row = _only(made)
    assert (row.section, row.state, row.next_act) == (
        "working",
        "Not sent: no team free",
        "result to enter",
    )


def test_without_a_free_team_the_incident_waits_for_one() -> None:
    made = Workshop(NOW)
    made.incident(7, "1 A St", 3, facts={"nature": "welfare_check", **CALM})
    assert (_only(made).state, _only(made).next_act) == ("Team alone", "waits for a team")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_each_step_of_a_check_in_has_its_act(step: int) -> None:
    made = Workshop(NOW)
    _with_team(made, UnitStatus.ONSCENE)
    unit = made.tables["units"]["unit-4"]
    incident = made.tables["incidents"]["incident-7"]
    made.alarm(AlarmKind.CHECK_IN, unit.id, NOW, incident, unit, step=step)
    acts = {1: "call CRT 4", 2: "send backup to CRT 4", 3: "tell the supervisor"}
    assert _only(made).next_act == acts[step]


def test_removed_words_do_not_leave_a_row_without_a_place() -> None:
    made = Workshop(NOW)
    made.incident(7, "1 A St", 3, type="Welfare check")
    made.content = dict.fromkeys(made.content, None)
    assert _only(made).place == "(removed)"


def test_planned_visits_are_never_unassessed() -> None:
    made = Workshop(NOW)
    made.incident(7, "1 A St", 3, source=Source.OUTREACH)
    assert (_only(made).state, _only(made).next_act) == ("Visit", "waits for a team")


_FACTS = st.sampled_from(
    [{}, {"weapon": "none"}, CALM, {**CALM, "medical": "overdose"}, {"weapon": "firearm"},
     {**CALM, "nature": "noise", "crime": "violent"}]
)  # fmt: skip
_INCIDENTS = st.lists(
    st.tuples(
        st.floats(-5, 300, allow_nan=False),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from(list(Source)),
        st.sampled_from([s for s in IncidentStatus if s is not IncidentStatus.CLOSED]),
        _FACTS,
    ),
    min_size=2,
    max_size=8,
)


def _board(drawn: list[tuple[float, int | None, Source, IncidentStatus, dict[str, str]]]) -> Board:
    made = Workshop(NOW)
    for serial, (minutes, priority, source, status, facts) in enumerate(drawn, start=1):
        made.incident(
            serial, f"{serial} A St", minutes, priority=priority, source=source, status=status,
            facts={**facts},
        )  # fmt: skip
    return made.board()


@given(_INCIDENTS)
def test_the_order_is_total_and_does_not_depend_on_arrival(drawn: list[tuple[object, ...]]) -> None:
    board = _board(drawn)  # type: ignore[arg-type]
    keys = [urgency(board, i, NOW) for i in board.open_incidents]
    assert len(set(keys)) == len(keys)
    backwards = dict(reversed(list(board.incidents.items())))
    other = replace(board, tables={**board.tables, "incidents": backwards})
    shown = [row.key for row in queue_rows(board, NOW, TIMERS, ME)]
    assert [row.key for row in queue_rows(other, NOW, TIMERS, ME)] == shown
    later = NOW + timedelta(minutes=3)
    assert [row.key for row in queue_rows(board, later, TIMERS, ME)] == shown or _future(board)


def _future(board: Board) -> bool:
    return any(i.arrived_at > NOW for i in board.open_incidents)


@given(_INCIDENTS)
def test_nobody_assessed_outranks_all_but_known_emergencies(
    drawn: list[tuple[object, ...]],
) -> None:
    board = _board(drawn)  # type: ignore[arg-type]
    shown = [board.incidents[row.key] for row in queue_rows(board, NOW, TIMERS, ME)]
    waiting = [i for i in shown if i.status is IncidentStatus.WAITING]
    for above, below in itertools.combinations(waiting, 2):
        if below.unasked and not above.unasked:
            assert _known_emergency(above)
        if _known_emergency(below):
            assert _known_emergency(above)


def _known_emergency(incident: Incident) -> bool:
    life = {"ems", "fire"} & {*incident.agencies}
    return bool(incident.held) or bool(life and "crt" not in incident.agencies)


def test_police_alone_is_no_known_emergency_without_the_floor() -> None:
    made = Workshop(NOW)
    row = made.incident(7, "1 A St", 3, facts={**CALM})
    noise = made.put("incidents", replace(row, agencies=("police",), held=()))
    burning = made.put("incidents", replace(row, agencies=("ems",), held=()))
    assert level(made.board(), noise) > level(made.board(), burning)


def test_without_a_place_a_row_says_what_it_is_about() -> None:
    made = Workshop(NOW)
    made.incident(7, "", 3, type="alarm")
    assert _only(made).place == "Alarm: place not known"
