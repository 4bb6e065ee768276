"""Teams ranked for the selected incident, and the one button that says what it will do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from crt_console.domain.board import Board, Link
from crt_console.domain.incident import Incident
from crt_console.domain.words import (
    AlarmKind,
    Basis,
    HandoverState,
    IncidentStatus,
    Order,
    UnitStatus,
)
from ui import samples
from ui.models.proposal import Proposal, SendState, proposal
from ui.models.rows import TeamRow
from ui.models.speech import hm
from ui.models.team_view import team_rows
from ui.sample_rows import CALM, Workshop, sample_pack
from ui.theme import Shape

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)


def _incident(board: Board, serial: int) -> Incident:
    return board.incidents[f"incident-{serial}"]


def _rows(board: Board, serial: int | None = 142) -> dict[str, TeamRow]:
    incident = None if serial is None else _incident(board, serial)
    return {row.call_sign: row for row in team_rows(board, incident, NOW, sample_pack())}


def _send(board: Board, serial: int, link: Link | None = None) -> Proposal:
    return proposal(board, _incident(board, serial), NOW, sample_pack(), link or Link())


def test_sections_states_and_order_of_the_ordinary_evening() -> None:
    rows = _rows(samples.ordinary(NOW))
    assert [(r.section, r.call_sign, r.state, r.incident) for r in rows.values()] == [
        ("free", "CRT 2", "free", ""),
        ("free", "CRT 5", "free", ""),
        ("busy", "CRT 3", "on the way", "135"),
        ("busy", "CRT 4", "staged", "136"),
        ("busy", "CRT 1", "on scene", "138"),
        ("busy", "CRT 7", "clearing", "129"),
        ("not_here", "CRT 6", "out of service", ""),
        ("not_here", "CRT 8", "off duty", ""),
    ]
    assert rows["CRT 2"].reason == "1.0 mi, reported 9 min ago · Spanish"
    assert rows["CRT 5"].reason == "0.7 mi, from its base · no Spanish"
    assert (rows["CRT 1"].place, rows["CRT 1"].detail) == ("88 Zion St", "check-in in {due}")
    assert rows["CRT 1"].due_at == (NOW + timedelta(seconds=170)).timestamp()
    assert rows["CRT 6"].detail == "back 14:45 · meal"


def test_without_an_incident_the_longest_free_team_is_first_and_its_card_shown() -> None:
    rows = _rows(samples.ordinary(NOW), None)
    assert list(rows)[:2] == ["CRT 2", "CRT 5"]
    assert rows["CRT 2"].detail == "Santos, Hill · English, Spanish · Main St base"
    assert (rows["CRT 2"].rank, rows["CRT 2"].reason) == (None, "")


def test_a_team_that_calls_for_help_stands_above_all_others() -> None:
    board = samples.emergency(NOW)
    row = next(iter(_rows(board).values()))
    heard = board.units["unit-1"].heard_at
    assert heard is not None
    assert (row.call_sign, row.state, row.emergency) == ("CRT 1", "EMERGENCY", True)
    assert row.shape is Shape.EMERGENCY
    assert (row.place, row.detail) == ("88 Zion St", f"last heard {hm(heard)}")


def test_a_team_free_but_calling_for_help_is_not_offered() -> None:
    made = Workshop(NOW)
    made.put("units", replace(made.unit(1, UnitStatus.AVAILABLE, 5), emergency_at=NOW))
    assert _rows(made.board(), None)["CRT 1"].section == "emergency"


def test_orders_not_passed_on_and_police_are_said_in_the_row() -> None:
    made = Workshop(NOW)
    threat = {**CALM, "violence_now": "threat"}
    incident = made.incident(7, "1 A St", 9, status=IncidentStatus.WORKING, facts=threat)
    made.handover(incident, "police", 3, by="desk", state=HandoverState.ACCEPTED)
    staged = made.on(made.unit(4, UnitStatus.STAGED, 2), incident)
    assert "until police report scene clear" in _rows(made.board(), None)["CRT 4"].detail
    made.put("units", replace(staged, order=Order.PULL_BACK, told=False))
    assert "not told yet: PULL BACK" in _rows(made.board(), None)["CRT 4"].detail


def test_in_one_line_what_a_staged_team_waits_for_has_few_words() -> None:
    row = _rows(samples.ordinary(NOW))["CRT 4"]
    assert (row.detail, row.brief) == ("police: nobody accepted", "no police")
    briefs = {r.brief for r in _rows(samples.crowded(NOW), None).values() if r.state == "staged"}
    assert briefs
    assert all(len(brief) <= len("police accepted") for brief in briefs)


def test_what_is_due_about_a_team_is_late_in_its_row_too() -> None:
    row = _rows(samples.ordinary(NOW))["CRT 4"]
    assert row.late(NOW.timestamp()) == pytest.approx(12, abs=1)
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 9, status=IncidentStatus.WORKING, facts=CALM)
    unit = made.on(made.unit(1, UnitStatus.ONSCENE, 2), incident, check_in=3)
    assert _rows(made.board(), None)["CRT 1"].late(NOW.timestamp()) is None
    for kind, detail, said in (
        (AlarmKind.STATUS, "onscene", "too long"),
        (AlarmKind.BACKUP, "police", "no backup from police"),
    ):
        made.alarm(kind, unit.id, made.ago(1), incident, unit, detail=detail)
        row = _rows(made.board(), None)["CRT 1"]
        assert row.detail == said
        assert row.late(NOW.timestamp()) == pytest.approx(60, abs=1)


def test_the_button_says_whom_it_sends_how_far_and_whom_it_passes_over() -> None:
    send = _send(samples.ordinary(NOW), 142)
    assert (send.state, send.headline) == (SendState.READY, "Assign CRT 2 to 142")
    assert send.second == "1.0 mi, reported 9 min ago"
    assert send.reason == "Spanish. Free the longest. Passes over CRT 5: nearer, no Spanish."
    assert (send.unit_id, send.next_ids) == ("unit-2", ("unit-5",))


def test_it_stages_until_police_accept_and_asks_them() -> None:
    send = _send(samples.ordinary(NOW), 144)
    assert send.state is SendState.STAGE
    assert send.second == "STAGE until police accept"
    assert send.reason.startswith("Asks police too. 0.3 mi, reported 9 min ago.")


def test_where_the_floor_needs_police_it_stages_until_they_clear_the_scene() -> None:
    made = Workshop(NOW)
    made.unit(2, UnitStatus.AVAILABLE, 5)
    facts = {"nature": "psychosis", **CALM, "violence_now": "threat"}
    incident = made.incident(7, "1 A St", 3, facts=facts)
    made.handover(incident, "police", 1, by="desk sergeant", state=HandoverState.ACCEPTED)
    send = _send(made.board(), 7)
    assert send.state is SendState.STAGE
    assert send.second == "STAGE until police report scene clear"
    assert dict(send.stands) == {"police": " accepted", "ems": "", "fire": ""}


def test_police_who_gave_no_answer_are_asked_again_by_one_button_only() -> None:
    send = _send(samples.ordinary(NOW), 136)
    assert (send.headline, send.offer) == ("Ask police again for 136", ("police",))
    assert dict(send.stands) == {"police": " asked", "ems": "", "fire": ""}


def test_an_agency_that_said_no_can_be_asked_again_where_the_button_does_not_ask_it() -> None:
    made = Workshop(NOW)
    made.unit(2, UnitStatus.AVAILABLE, 5)
    incident = made.incident(7, "1 A St", 3, facts={"nature": "welfare_check", **CALM})
    made.handover(incident, "ems", 2, state=HandoverState.DECLINED)
    assert dict(_send(made.board(), 7).stands)["ems"] == ""
    made.handover(incident, "ems", 1)
    assert dict(_send(made.board(), 7).stands)["ems"] == " asked"


def test_unasked_it_is_locked_and_says_what_comes_first() -> None:
    send = _send(samples.ordinary(NOW), 146)
    assert (send.state, send.lock) == (SendState.LOCKED, "First ask about breathing")
    assert not send.can_act


def test_provisional_it_is_locked_and_names_the_team_that_would_go() -> None:
    send = _send(samples.ordinary(NOW), 145)
    assert (send.state, send.lock) == (SendState.LOCKED, "First ask about suicide")
    assert send.second.startswith("then CRT ")
    assert _send(samples.ordinary(NOW), 139).lock == "First ask breathing and suicide"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"override": ("crt",), "override_reason": "known to them"}, SendState.READY),
        ({"override": ("police",)}, SendState.NOT_ADVISED),
        ({}, SendState.LOCKED),
    ],
)
def test_an_override_with_a_reason_opens_the_lock(values: dict[str, Any], state: SendState) -> None:
    made = Workshop(NOW)
    made.unit(2, UnitStatus.AVAILABLE, 5)
    made.incident(7, "1 A St", 3, facts={"nature": "psychosis"}, **values)
    assert _send(made.board(), 7).state is state


def test_where_no_team_is_advised_the_button_asks_who_is() -> None:
    made = Workshop(NOW)
    made.unit(2, UnitStatus.AVAILABLE, 5)
    incident = made.incident(7, "1 A St", 3, facts={**CALM, "suicide": "attempt_in_progress"})
    send = _send(made.board(), 7)
    assert send.state is SendState.NOT_ADVISED
    assert send.headline == "Ask police and EMS for 7"
    assert set(send.offer) == {"ems", "police"}
    made.handover(incident, "police", 1, basis=Basis.FLOOR)
    assert _send(made.board(), 7).headline == "Ask EMS for 7"
    made.handover(incident, "ems", 1, by="medic 4", state=HandoverState.ACCEPTED)
    assert _send(made.board(), 7).headline == "Police: nobody accepted yet"


def test_with_nobody_free_it_says_who_may_be_soon() -> None:
    made = Workshop(NOW)
    made.unit(7, UnitStatus.CLEARING, 2)
    made.incident(8, "1 A St", 3, facts={"nature": "welfare_check", **CALM})
    send = _send(made.board(), 8)
    assert (send.state, send.headline) == (SendState.NOBODY_FREE, "No team is free for 8")
    assert send.second == "CRT 7 is clearing"


def test_where_somebody_goes_already_it_says_so() -> None:
    board = samples.ordinary(NOW)
    assert _send(board, 138).headline == "CRT 1 on scene"
    assert _send(samples.emergency(NOW), 138).headline == "CRT 1 EMERGENCY"
    assert _send(board, 133).headline == "Mobile crisis has it"
    assert {_send(board, n).state for n in (138, 133, 129)} == {SendState.DONE}


def test_without_the_database_it_sends_by_radio() -> None:
    send = _send(samples.ordinary(NOW), 142, Link(live=False, since=NOW - timedelta(seconds=47)))
    assert (send.state, send.headline) == (SendState.RADIO, "Tell CRT 2 by radio")
    assert (send.second, send.note) == ("only a note is kept here", "told CRT 2 by radio")
    assert "Another console may have sent CRT 2" in send.reason
    assert send.unit_id is None
    staged = _send(samples.stage(NOW), 144, Link(live=False, since=NOW))
    assert staged.second == "STAGE until police report scene clear"
    assert staged.note == "told CRT 2 by radio: STAGE"


def test_a_pending_second_person_holds_the_choice_not_the_safe_way() -> None:
    board = samples.second_person(NOW)
    send = _send(board, 144)
    assert send.state is SendState.STAGE
    assert send.second == "STAGE until police report scene clear"
    assert send.reason.startswith("No second person needed. 0.3 mi, reported 9 min ago.")
    assert dict(send.stands)["police"] == " asked"


def test_a_team_to_be_told_is_told_until_when() -> None:
    made = Workshop(NOW)
    incident = made.incident(7, "1 A St", 9, status=IncidentStatus.WORKING, facts=CALM)
    made.put("units", replace(made.on(made.unit(4, UnitStatus.ENROUTE, 2), incident),
                              order=Order.STAGE, told=False))  # fmt: skip
    send = _send(made.board(), 7)
    assert (send.headline, send.second) == ("I told CRT 4: STAGE", "until police accept")
    assert send.reason == "Say it on the radio first."
