"""What can be done with the picked team: what makes sense, and nothing that cannot be saved."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Changes, Link
from tests.support.desks import START, MemoryRoom, desk_of
from ui import samples
from ui.models.desk import Desk
from ui.panels.incident_head import IncidentHead
from ui.panels.team_acts import TeamActs
from ui.widgets import ActionButton, Kind


def _acts(qtbot: QtBot, unit_id: str = "unit-1") -> tuple[TeamActs, Desk]:
    room = MemoryRoom()
    room.board = samples.ordinary(START)
    desk = desk_of(room)
    acts = TeamActs(desk, width=324)
    qtbot.addWidget(acts)
    acts.pick(unit_id)
    acts.show()
    return acts, desk


def _shown(acts: TeamActs) -> dict[str, ActionButton]:
    QApplication.processEvents()  # a layout shows what is new when the turn comes round
    return {b.label(): b for b in acts.findChildren(ActionButton) if b.isVisibleTo(acts)}


def test_a_team_on_scene_is_not_asked_to_acknowledge(qtbot: QtBot) -> None:
    acts, _ = _acts(qtbot)
    shown = _shown(acts)
    assert "acknowledged" not in shown
    assert {"Clearing", "Check-in", "EMERGENCY", "staged", "release…"} <= shown.keys()


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
    assert _shown(acts)["EMERGENCY"].kind() is Kind.DANGER


def test_a_key_is_heard_without_a_database_too(qtbot: QtBot) -> None:
    acts, desk = _acts(qtbot)
    desk.take(Changes(board=desk.board, link=Link(live=False, since=START)))
    acts.refresh()
    given: list[str] = []
    acts.release.connect(given.append)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert acts.press(key)
    assert given == ["unit-1"]


def test_nobody_is_offered_to_take_an_incident_without_a_database(qtbot: QtBot) -> None:
    _, desk = _acts(qtbot)
    head = IncidentHead(desk)
    qtbot.addWidget(head)
    waiting = next(i for i in desk.board.incidents.values() if i.open and i.owner != desk.who)
    for link in (Link(), Link(live=False, since=START)):
        desk.take(Changes(board=desk.board, link=link))
        head.show_incident(waiting)
        assert head.mine.isVisibleTo(head) == link.live
