"""What an ask offers to switch on and off, and to go on with."""

from datetime import UTC, datetime

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.desks import MemoryRoom, write
from ui import samples, theme
from ui.dialogs.ask_choice import AskAgencies
from ui.dialogs.others import others_for


def test_a_key_that_switches_stays_in_sight_and_whether_a_reason_is_needed_is_said(
    qtbot: QtBot,
) -> None:
    ask = AskAgencies("Who should go?", ["crt"], "Send these", advised=["crt"])
    qtbot.addWidget(ask)
    ask.show()
    ask.activateWindow()
    ask.begin()
    qtbot.waitUntil(ask.first().hasFocus)
    assert ask.fields["reason"].label.text() == "Reason needed where somebody advised is left out"
    write("7")
    caps = [_cap(ask._chips[agency]) for agency in ("crt", "police")]
    assert caps[0] != caps[1]  # 1 and 7, not a check each
    write("1")
    assert "needed: without community team" in ask.fields["reason"].label.text()
    assert ask.first().accessibleDescription() == "on: police"


def _cap(chip: QWidget) -> QImage:
    return chip.grab().toImage().copy(QRect(0, 0, theme.px(28), chip.height()))


def test_that_police_report_the_scene_clear_is_offered_where_police_go() -> None:
    room = MemoryRoom()
    made = room.incident(place="9 Elm St")
    assert "scene_clear" not in others_for(room.board, made)
    board = samples.stage(datetime.now(UTC))
    assert "scene_clear" in others_for(board, board.incidents["incident-144"])
