"""Without the database: what is said on the radio, and the note of it that waits."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui import screens, theme
from ui.main_window import MainWindow
from ui.screens_scenes import LEAST, SCENES, WIDE, Size
from ui.widgets import Kind

GONE = next(s for s in SCENES if s.name == "database-gone" and not s.supervisor)


@pytest.fixture(autouse=True)
def _as_before(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    theme.apply("dark", 1.0)
    yield
    theme.apply("dark", 1.0)


@pytest.mark.parametrize("size", [WIDE, LEAST], ids=["wide", "least"])
def test_what_was_told_by_radio_becomes_a_note_that_waits(size: Size) -> None:
    with screens.standing(GONE, size) as window:
        assert isinstance(window, MainWindow)
        assert window.send.button.kind() is Kind.PRIMARY
        window.send.button.click()
        note = window.incident.note
        assert note.isVisible()
        assert note.toPlainText().endswith(" told CRT 2 by radio")


def test_the_warning_stands_where_there_is_no_room_for_the_reason() -> None:
    with screens.standing(GONE, LEAST) as window:
        assert isinstance(window, MainWindow)
        assert window.send.ask_first.isVisible()
        assert not window.send.agencies["police"].isVisible()
    with screens.standing(GONE, WIDE) as window:
        assert isinstance(window, MainWindow)
        assert window.send.reason.isVisible()
        assert not window.send.ask_first.isVisible()
        assert window.send.reason.text().endswith("Police, EMS and fire: by radio.")
        assert not window.send.agencies["police"].isVisible()
