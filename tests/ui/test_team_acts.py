"""What can be done with the picked team: what makes sense, and nothing that cannot be saved."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Changes, Link
from crt_console.domain.commands import ReportStatus
from crt_console.domain.words import AlarmKind, Order, UnitStatus
from tests.support.desks import START, MemoryRoom, desk_of
from ui import samples
from ui.dialogs import unit_acts
from ui.dialogs.ask_choice import AskChoice
from ui.models.desk import Desk
from ui.models.unit_steps import following, others
from ui.panels.incident_head import IncidentHead
from ui.panels.team_acts import TeamActs
from ui.screens_still import StillTasks
from ui.theme.text import elisions
from ui.widgets import ActionButton, Kind


def _acts(qtbot: QtBot, unit_id: str = "unit-1", tall: int = 1000) -> tuple[TeamActs, Desk]:
    room = MemoryRoom()
    room.board = samples.ordinary(START)
    desk = desk_of(room)
    acts = TeamActs(desk, width=340)
    qtbot.addWidget(acts)
    acts.resize(340, tall)
    acts.pick(unit_id)
    acts.show()
    return acts, desk


def _shown(acts: TeamActs) -> dict[str, ActionButton]:
    QApplication.processEvents()  # a layout shows what is new when the turn comes round
    return {b.label(): b for b in acts.findChildren(ActionButton) if b.isVisibleTo(acts)}


def test_a_team_on_scene_is_not_asked_to_acknowledge(qtbot: QtBot) -> None:
    acts, _ = _acts(qtbot)
    shown = _shown(acts)
    assert "Acknowledged" not in shown
    assert {"Clearing", "Check-in", "EMERGENCY", "Staged", "Release…"} <= shown.keys()


def test_where_the_list_needs_the_room_rare_statuses_are_behind_one_button(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot, tall=400)
    assert list(_shown(acts)) == [
        "Clearing", "Check-in", "Backup", "EMERGENCY", "Release…", "Other status…",
    ]  # fmt: skip
    wanted: list[object] = []
    acts.wanted.connect(lambda make, _unit: wanted.append(make))
    _shown(acts)["Other status…"].click()
    assert wanted == [unit_acts.report_status]
    ask = unit_acts.report_status(desk, "unit-1")
    qtbot.addWidget(ask)
    assert isinstance(ask, AskChoice)
    assert [ask.list.item(row).text() for row in range(ask.list.count())] == [
        "On the way", "Staged", "Transporting", "At destination", "Free",
    ]  # fmt: skip


def test_the_key_of_a_status_that_is_not_shown_counts(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot, tall=400)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "v")
    desk.tasks = StillTasks(desk.said.emit)
    assert "Transporting" not in _shown(acts)
    assert acts.press(key)
    assert isinstance(desk.room, MemoryRoom)
    (done,) = desk.room.done
    assert isinstance(done, ReportStatus)
    assert (done.unit, done.status) == ("unit-1", UnitStatus.TRANSPORTING)


def test_an_emergency_that_is_there_can_end_and_not_begin(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot)
    desk.take(Changes(board=samples.emergency(START)))
    acts.refresh()
    shown = _shown(acts)
    assert "Emergency is over…" in shown
    assert "EMERGENCY" not in shown


def test_what_comes_next_stands_out_while_the_team_is_worked_on(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot)
    with qtbot.waitSignal(acts.led):
        acts.keys_count = lambda: False
        acts._moved()
    assert (_filled(acts), acts.leads) == ([], False)
    acts.keys_count = lambda: True
    acts._moved()
    assert (_filled(acts), acts.leads) == (["Clearing"], True)
    desk.take(Changes(board=samples.emergency(START)))
    acts.refresh()
    assert (_filled(acts), acts.leads) == ([], False)


def test_a_check_in_that_is_due_comes_first(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot)
    due = next(a for a in desk.board.alarms.values() if a.subject == "unit-1")
    assert (due.kind, due.raised) == (AlarmKind.CHECK_IN, False)
    alarms = {**desk.board.alarms, due.id: replace(due, raised_at=due.due_at)}
    tables = {**desk.board.tables, "alarms": alarms}
    desk.take(Changes(board=replace(desk.board, tables=tables)))
    acts.refresh()
    assert list(_shown(acts))[:2] == ["Check-in", "Clearing"]
    assert _filled(acts) == ["Check-in"]


def _filled(acts: TeamActs) -> list[str]:
    return [name for name, button in _shown(acts).items() if button.kind() is Kind.PRIMARY]


def test_a_team_ordered_to_stage_reports_that_before_the_scene(qtbot: QtBot) -> None:
    unit = samples.ordinary(START).units["unit-3"]
    staged = replace(unit, order=Order.STAGE)
    assert following(unit) is UnitStatus.ONSCENE
    assert following(staged) is UnitStatus.STAGED
    assert UnitStatus.ONSCENE in others(staged)


def test_no_word_of_an_act_is_cut(qtbot: QtBot) -> None:
    acts, _ = _acts(qtbot, tall=400)
    elisions.clear()
    acts.grab()
    assert not elisions


def test_both_columns_are_as_wide(qtbot: QtBot) -> None:
    acts, _ = _acts(qtbot, tall=400)
    framed = [b for b in _shown(acts).values() if b.kind() is not Kind.QUIET]
    assert len(framed) == 4
    assert len({button.width() for button in framed}) == 1


def test_the_heading_says_why_the_keys_of_the_team_are_faint(qtbot: QtBot) -> None:
    acts, _ = _acts(qtbot)
    assert acts.heading.accessibleName() == "CRT 1 on scene"
    acts.keys_count = lambda: False
    acts._moved()
    assert acts.heading.accessibleName() == "CRT 1 on scene F5 for these keys"


@pytest.mark.parametrize("link", [Link(live=False, since=START), Link(saving=False)])
def test_without_a_database_no_act_looks_as_if_it_were_done(qtbot: QtBot, link: Link) -> None:
    acts, desk = _acts(qtbot)
    before = _shown(acts)
    desk.take(Changes(board=desk.board, link=link))
    acts.refresh()
    shown = _shown(acts)
    assert shown.keys() == before.keys()
    assert {button.kind() for button in shown.values()} == {Kind.STATE}
    assert acts.heading.accessibleName().endswith("nothing is saved now")
    desk.take(Changes(board=desk.board, link=Link()))
    acts.refresh()
    assert _shown(acts)["EMERGENCY"].kind() is Kind.URGENT


def test_a_key_is_heard_without_a_database_too(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot)
    desk.take(Changes(board=desk.board, link=Link(live=False, since=START)))
    acts.refresh()
    given: list[tuple[object, str]] = []
    acts.wanted.connect(lambda make, unit_id: given.append((make, unit_id)))
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert acts.press(key)
    assert given == [(unit_acts.release_unit, "unit-1")]


def test_nobody_is_offered_to_take_an_incident_without_a_database(qtbot: QtBot) -> None:
    _, desk = _acts(qtbot)
    head = IncidentHead(desk)
    qtbot.addWidget(head)
    waiting = next(i for i in desk.board.incidents.values() if i.open and i.owner != desk.who)
    for link in (Link(), Link(live=False, since=START)):
        desk.take(Changes(board=desk.board, link=link))
        head.show_incident(waiting)
        assert head.mine.isVisibleTo(head) == link.live
