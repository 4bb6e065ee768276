"""Half-typed words in the window: offered at the next start, kept when it is made anew."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crt_console.domain.commands import AddNote
from crt_console.domain.errors import Unavailable
from tests.support.desks import MemoryRoom, desk_of, drive, press, until, write
from ui import theme
from ui.main_window import MainWindow
from ui.models.drafts import Drafts
from ui.widgets import NoteEdit


def _window(qtbot: QtBot, room: MemoryRoom, folder: Path) -> MainWindow:
    desk = desk_of(room)
    window = MainWindow(desk, Drafts(folder, desk.who))
    qtbot.addWidget(window)
    window.resize(1700, 900)
    return window


async def _shown(window: MainWindow) -> None:
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)


def test_a_half_typed_call_is_offered_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = (_window(qtbot, MemoryRoom(), tmp_path / name) for name in ("a", "b"))
    second.drafts.close()

    async def play() -> None:
        await _shown(first)
        first.open_new_call()
        await until(first.new_call.fields.place.hasFocus)
        write("9 Elm St")
        assert not first.offers.isVisible()
        press(Qt.Key.Key_Escape)
        assert first.offers.isVisible()
        first.drafts.close()
        first.hide()

        again = _window(qtbot, MemoryRoom(), tmp_path / "a")
        await _shown(again)
        assert [draft.fields["place"] for draft in again.offers.offered()] == ["9 Elm St"]
        assert again.offers.isVisible()
        again.offers.go_on.emit(again.offers.offered()[0])
        assert again.new_call.fields.place.text() == "9 Elm St"
        assert again.new_call.isVisible()
        again.drafts.close()
        again.hide()

    drive(play())


def test_the_form_stays_open_when_the_window_is_made_anew(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot, MemoryRoom(), tmp_path)

    async def play() -> None:
        await _shown(window)
        window.open_new_call()
        await until(window.new_call.fields.place.hasFocus)
        write("9 Elm St")
        theme.apply("light", 1.25)
        await until(window.new_call.isVisible)
        await until(window.new_call.fields.place.hasFocus)
        assert window.new_call.fields.place.text() == "9 Elm St"
        theme.apply("dark", 1.0)
        window.hide()

    drive(play())
    window.drafts.close()


@pytest.mark.parametrize("lost", [False, True])
def test_a_note_belongs_to_its_incident_and_is_gone_once_written(
    qtbot: QtBot, tmp_path: Path, *, lost: bool
) -> None:
    room = MemoryRoom()
    one, two = room.incident(place="9 Elm St"), room.incident(place="7 Oak St")
    window = _window(qtbot, room, tmp_path)

    def note() -> NoteEdit:
        return window.incident.note

    async def play() -> None:
        await _shown(window)
        window.desk.select(one.id)
        note().setFocus()
        write("he says")
        window.desk.select(two.id)
        assert note().toPlainText() == ""
        write("quiet there")
        window.desk.select(one.id)
        assert note().toPlainText() == "he says"
        theme.apply("light", 1.0)
        await until(lambda: note().isVisible())
        assert note().toPlainText() == "he says"
        note().setFocus()
        room.failing = Unavailable("away") if lost else None
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        for _ in range(5):
            await asyncio.sleep(0)
        assert note().toPlainText() == ("he says" if lost else "")
        theme.apply("dark", 1.0)
        window.hide()

    drive(play())
    window.drafts.close()
    notes = [command.text for command in room.done if isinstance(command, AddNote)]
    assert notes == ([] if lost else ["he says"])
    again = Drafts(tmp_path, window.desk.who)
    assert (again.note(one.id), again.note(two.id)) == ("he says" if lost else "", "quiet there")
