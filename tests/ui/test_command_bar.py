"""The command bar by keyboard, on a real console: completing, mending, history, refusals."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.commands import AssignUnits, Outcome
from crt_console.domain.grammar import parse
from crt_console.protocol.vocabulary import VOCABULARY
from tests.support.desks import drive, press, real_desk, say, until, write
from ui import samples, theme
from ui.actions import COMMANDS
from ui.models import board_names, outcome_words
from ui.models.desk import Desk
from ui.models.reading import reading
from ui.panels.command_bar import CommandBar

NOW = datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)


class Scene:
    """A window with a field and the bar beneath it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.window = QWidget()
        self.note = QLineEdit()
        self.note.setAccessibleName("Note")
        self.bar = CommandBar(desk)
        column = QVBoxLayout(self.window)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addWidget(self.bar)
        qtbot.addWidget(self.window)
        self.window.resize(1200, 700)

    def number(self, serial: int) -> str:
        found = board_names.find_incident(self.desk.board, str(serial))
        assert found is not None
        return found.number

    async def run(self, text: str) -> str:
        """Type a line in the open bar, Enter, and return what came of it."""
        write(text)
        if self.bar.edit.offers():
            press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Return)
        await until(lambda: self.bar.answer.text() or not self.bar.edit.hasFocus())
        return self.bar.answer.text()


Play = Callable[[Scene], Awaitable[None]]


@asynccontextmanager
async def _scene(qtbot: QtBot, url: str) -> AsyncIterator[Scene]:
    async with real_desk(url) as desk:
        scene = Scene(qtbot, desk)
        scene.window.show()
        scene.window.activateWindow()
        await say(
            desk, "unit add CRT2 languages:Spanish", "shift start CRT2", "new 9 Elm St",
            "new 7 Oak St, man shouting",
        )  # fmt: skip
        await until(lambda: len(desk.board.open_incidents) == 2)
        scene.note.setFocus()
        scene.bar.open()
        yield scene
        scene.window.close()


@pytest.fixture
def play(qtbot: QtBot, sqlite_url: str) -> Callable[[Play], None]:
    def run(scenes: Play) -> None:
        async def whole() -> None:
            async with _scene(qtbot, sqlite_url) as scene:
                await scenes(scene)

        drive(whole())

    return run


def test_a_line_is_carried_out_on_another_incident_than_the_open_one(
    play: Callable[[Play], None],
) -> None:
    async def scenes(scene: Scene) -> None:
        first, second = (board_names.find_incident(scene.desk.board, n) for n in "12")
        assert first is not None
        assert second is not None
        scene.desk.select(first.id)
        said = await scene.run("note 2 he is calmer now")
        assert said == f"DONE: {second.number}: note kept"
        assert scene.desk.incident_id == first.id
        assert scene.bar.edit.text() == ""

    play(scenes)


def test_what_cannot_be_read_says_what_was_expected_and_stays(
    play: Callable[[Play], None],
) -> None:
    async def scenes(scene: Scene) -> None:
        said = await scene.run("close 1 helpt")
        assert said.startswith("NOT UNDERSTOOD: “helpt” is not known: expected how it ended")
        assert scene.bar.edit.text() == "close 1 helpt"
        press(Qt.Key.Key_Backspace)
        assert scene.bar.answer.text() == ""
        said = await scene.run("ed")
        assert "closed: helped on scene" in said or "second person" in said

    play(scenes)


def test_a_refusal_says_why_and_the_line_stays(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        await say(
            scene.desk,
            "answer 1 weapon none, violence_now none, medical none, suicide none",
            "override 1 crt asked for by name",
            "assign CRT2 1",
        )
        said = await scene.run("assign crt2 2")
        assert said.startswith("REFUSED: ")
        assert "CRT 2" in said
        assert scene.number(1) in said
        assert scene.bar.edit.text() == "assign crt2 2"

    play(scenes)


def test_completion_offers_commands_teams_and_incidents(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        write("ass")
        offers = scene.bar.edit.offers()
        assert offers is not None
        press(Qt.Key.Key_Tab)
        assert scene.bar.edit.text() == "assign "
        write("c")
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert scene.bar.edit.text() == "assign crt2 "
        offered = scene.bar.edit.offers()
        assert offered is not None
        words = [offered.item(row).text() for row in range(offered.count())]
        assert words[-2:] == ["2", "1"]
        press(Qt.Key.Key_Escape)
        assert scene.bar.edit.offers() is None
        assert scene.bar.edit.hasFocus()

    play(scenes)


def test_up_and_down_walk_the_lines_that_were_said(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        for line in ("note 1 first", "note 1 second"):
            await scene.run(line)
        for _ in range(3):
            press(Qt.Key.Key_Up)
        assert scene.bar.edit.text() == "note 1 first"
        press(Qt.Key.Key_Down)
        assert scene.bar.edit.text() == "note 1 second"
        press(Qt.Key.Key_Down)
        assert scene.bar.edit.text() == ""

    play(scenes)


def test_show_opens_an_incident_and_gives_the_keyboard_back(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        await scene.run("show 2")
        found = board_names.find_incident(scene.desk.board, "2")
        assert found is not None
        assert scene.desk.incident_id == found.id
        assert scene.note.hasFocus()
        scene.bar.open()
        teams: list[str] = []
        scene.bar.team_shown.connect(teams.append)
        assert await scene.run("show crt2") == "DONE: CRT 2: free"
        assert len(teams) == 1
        assert (await scene.run("show 77")).startswith("NOT FOUND")

    play(scenes)


def test_escape_gives_the_keyboard_back_and_keeps_the_line(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        write("note 1 he sa")
        press(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is scene.note
        assert scene.bar.edit.text() == "note 1 he sa"

    play(scenes)


def test_enter_twice_is_one_act(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        before = len(scene.desk.board.open_incidents)
        write("new 5 Pine St")
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        await until(scene.bar.answer.text)
        await until(lambda: len(scene.desk.board.open_incidents) > before)
        await asyncio.sleep(0.1)
        assert len(scene.desk.board.open_incidents) == before + 1

    play(scenes)


def test_the_hints_are_fewer_where_there_is_less_room(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        scene.window.setFocus()
        scene.window.resize(1920, 700)
        await until(lambda: scene.bar.hints.keys() == ("F3", "F4", "F5", "F8", "F1"))
        scene.desk.select(scene.desk.board.open_incidents[0].id)
        scene.window.resize(1366, 700)
        await until(lambda: scene.bar.hints.keys() == ("N", "T", "F5", "F8", "F1"))
        theme.elisions.clear()
        scene.window.grab()
        assert list(theme.elisions) == []

    play(scenes)


def test_the_hints_name_only_keys_that_act(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        scene.window.resize(1366, 700)
        assert scene.bar.hints.keys() == ("Tab", "↑", "Esc")
        scene.note.setFocus()
        assert scene.bar.hints.keys() == ("F3", "F8", "F1")
        scene.window.setFocus()
        assert scene.bar.hints.keys() == ("F3", "F8", "F1")  # no incident is open
        scene.desk.select(scene.desk.board.open_incidents[0].id)
        assert scene.bar.hints.keys()[:2] == ("N", "T")

    play(scenes)


def test_what_enter_is_going_to_do_is_said_while_a_line_is_typed(
    play: Callable[[Play], None],
) -> None:
    async def scenes(scene: Scene) -> None:
        preview = scene.bar.preview
        write("assign crt2")
        assert preview.text() == "not yet: the incident is missing"
        write(" 9")
        assert preview.text() == "not yet: 9 is not on the board"
        press(Qt.Key.Key_Backspace)
        write("2")
        assert preview.text() == "Assign CRT 2 to 2: 7 Oak St"
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Escape)
        assert preview.text() == ""

    play(scenes)


def test_with_an_offer_picked_enter_is_going_to_take_it(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        write("ass")
        press(Qt.Key.Key_Down)
        assert scene.bar.preview.text() == "Take “assign”"
        press(Qt.Key.Key_Up)
        assert scene.bar.preview.text().startswith("not yet: “ass” is not a command")

    play(scenes)


def test_every_command_a_person_can_say_is_read_in_words() -> None:
    board, known = samples.ordinary(NOW), ("crt2", "crt9")
    for line, _, _ in COMMANDS:
        meant = parse(line, now=NOW, known_units=known, facts=VOCABULARY.facts)
        act, _, missing = reading(board, meant)
        assert act, line
        assert not missing, line
        assert "{" not in act
        assert "None" not in act


def test_an_outcome_in_words() -> None:
    outcome = Outcome(seq=1, incident="26-000142", unit="CRT2", data={"order": "STAGE"})
    command = AssignUnits(units=("crt2",), incident="142")
    assert outcome_words.words(command, outcome) == "26-000142: CRT 2 assigned · STAGE"
