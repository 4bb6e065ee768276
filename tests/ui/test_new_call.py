"""The New Call form by keyboard: taken in, added, refused, put aside, gone on with."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.commands import ReceiveCall
from crt_console.domain.errors import Refused, Unavailable
from crt_console.domain.words import Source
from tests.support.desks import MemoryRoom, desk_of, drive, held, press, until, write
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.panels.known_here import KnownHere
from ui.panels.new_call import NewCall
from ui.widgets import ActionButton, Kind, Line

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Scene:
    """A form in a window, the room behind it, and what it said."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.room = MemoryRoom()
        self.desk: Desk = desk_of(self.room)
        self.drafts = Drafts(folder, "M. Ortiz")
        self.form = NewCall(self.desk, self.drafts)
        self.saved: list[str] = []
        self.closed: list[bool] = []
        self.form.saved.connect(self.saved.append)
        self.form.closed.connect(lambda: self.closed.append(True))
        qtbot.addWidget(self.form)
        self.form.resize(900, 760)

    async def open(self) -> None:
        """The form is on the screen with the keyboard in its first field."""
        self.form.show()
        self.form.activateWindow()
        self.desk.board = self.room.board
        self.form.begin()
        await until(self.form.fields.place.hasFocus)

    @property
    def received(self) -> list[ReceiveCall]:
        return [command for command in self.room.done if isinstance(command, ReceiveCall)]


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path) -> Iterator[Scene]:
    made = Scene(qtbot, tmp_path)
    yield made
    made.drafts.close()


def test_a_call_is_taken_by_keyboard_alone(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("124 alb")
        await until(scene.form.fields.place.offers)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert scene.form.fields.place.text() == "124 Albany Ave"
        press(Qt.Key.Key_Return)
        write("860 555 0142")
        press(Qt.Key.Key_Tab)
        write("not answering the door")
        press(Qt.Key.Key_Tab)
        write("welfare check")
        press(Qt.Key.Key_Return)
        write("Spa")
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_2)
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Return)
        await until(lambda: scene.saved)

    drive(play())
    [call] = scene.received
    assert (call.place, call.place_verified, call.neighbourhood) == (
        "124 Albany Ave", True, "Clay Arsenal",
    )  # fmt: skip
    assert (call.lat, call.call_back, call.text) == (
        41.77, "860 555 0142", "not answering the door",
    )  # fmt: skip
    assert (call.type, call.language, call.priority) == ("welfare check", "Spanish", 2)
    assert (call.source, call.incident) == (Source.LINE_988, None)
    assert scene.desk.incident_id == call.incident_id
    assert scene.saved == [call.incident_id]
    assert scene.drafts.calls() == ()


def test_a_place_nobody_knows_is_taken_and_flagged(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("behind the old mill")
        assert "not verified" in scene.form.fields._place_field.label.text()
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: scene.saved)

    drive(play())
    assert scene.received[0].place == "behind the old mill"
    assert scene.received[0].place_verified is False


def test_a_checked_place_stays_checked_with_a_flat_and_not_with_another_house(
    scene: Scene,
) -> None:
    async def play() -> None:
        await scene.open()
        write("124 Albany Ave")
        await until(scene.form.fields.checked)
        write(", apt 3")
        assert scene.form.fields.checked()
        press(Qt.Key.Key_Home)
        write("9")
        assert not scene.form.fields.checked()

    drive(play())


def test_open_incidents_there_are_shown_and_one_key_adds_the_call(scene: Scene) -> None:
    async def play() -> None:
        other = scene.room.incident(place="124 Albany Ave, apt 3")
        scene.room.incident(place="9 Elm St", call_back="(860) 555-0142")
        scene.room.caution("124 Albany Ave", "Dog in the flat")
        await scene.open()
        write("124 Albany Ave")
        await until(lambda: scene.form.known.count() == 1)
        press(Qt.Key.Key_Tab)
        write("8605550142")
        await until(lambda: scene.form.known.count() == 2)
        press(Qt.Key.Key_2, ALT)
        await until(lambda: scene.saved)
        assert scene.received[0].incident == other.id
        assert scene.desk.incident_id == other.id

    drive(play())


@pytest.mark.parametrize(
    "error", [Refused("the number was taken"), Unavailable("the database is away")]
)
def test_what_is_not_saved_says_so_and_stays(scene: Scene, error: Exception) -> None:
    async def play() -> None:
        await scene.open()
        write("9 Elm St")
        scene.room.failing = error
        press(Qt.Key.Key_Return, CTRL)
        await until(scene.form.said.text)
        assert scene.form.said.text().startswith(f"NOT SAVED: {error.because}")  # type: ignore[attr-defined]
        assert scene.form.fields.place.text() == "9 Elm St"
        assert [draft.fields["place"] for draft in scene.drafts.calls()] == ["9 Elm St"]
        assert scene.saved == []
        scene.room.failing = None
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: scene.saved)

    drive(play())
    assert len(scene.received) == 1


def test_saving_twice_is_once(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("9 Elm St")
        scene.room.slow = asyncio.Event()
        press(Qt.Key.Key_Return, CTRL)
        await asyncio.sleep(0)
        press(Qt.Key.Key_Return, CTRL)
        write(" never typed")
        scene.room.slow.set()
        await until(lambda: scene.saved)

    drive(play())
    assert [call.place for call in scene.received] == ["9 Elm St"]


def test_the_same_draft_is_the_same_act_also_after_a_crash(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("9 Elm St")
        draft = scene.form.draft
        scene.room.failing = Unavailable("away", may_be_done=True)
        press(Qt.Key.Key_Return, CTRL)
        await until(scene.form.said.text)
        scene.room.failing = None
        scene.form.begin(draft)
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: scene.saved)
        first = scene.received[0].operation_id
        scene.form.begin(draft)
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: len(scene.saved) == 2)
        assert scene.received[1].operation_id == first
        write("7 Oak St")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: len(scene.saved) == 3)
        assert scene.received[2].operation_id != first

    drive(play())


def test_two_calls_at_once_and_escape_puts_one_aside(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("9 Elm St")
        scene.form.begin()  # F3 again: another line rings
        assert scene.form.fields.place.text() == ""
        assert [draft.fields["place"] for draft in scene.form.offers.offered()] == ["9 Elm St"]
        write("7 Oak St")
        press(Qt.Key.Key_Escape)
        await until(lambda: scene.closed)
        kept = {draft.fields["place"]: draft for draft in scene.drafts.calls()}
        assert set(kept) == {"9 Elm St", "7 Oak St"}
        scene.form.offers.go_on.emit(kept["9 Elm St"])
        assert scene.form.fields.place.text() == "9 Elm St"
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: scene.saved)
        assert [draft.fields["place"] for draft in scene.drafts.calls()] == ["7 Oak St"]

    drive(play())


def test_escape_first_puts_the_list_of_places_away(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        write("124")
        await until(scene.form.fields.place.offers)
        press(Qt.Key.Key_Escape)
        assert scene.form.fields.place.offers() is None
        assert scene.closed == []
        press(Qt.Key.Key_Escape)
        assert scene.closed == [True]

    drive(play())


def test_nothing_typed_is_not_saved(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        press(Qt.Key.Key_Return, CTRL)
        assert scene.form.said.text().startswith("NOT SAVED")

    drive(play())
    assert scene.room.done == []


def test_tab_goes_round_every_control_in_order_and_each_has_a_name(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        seen: list[QWidget] = []
        while held() not in seen:
            seen.append(held())
            press(Qt.Key.Key_Tab)
        names = [widget.accessibleName() for widget in seen]
        assert names == [
            "Place", "Call-back number", "What is happening", "Type", "Language",
            "Priority: Not set yet", "Source: 911", "Save call", "Discard this call", "Put aside",
        ]  # fmt: skip
        press(Qt.Key.Key_Tab, SHIFT)
        assert QApplication.focusWidget() is not None

    drive(play())


def test_no_letter_on_a_button_acts_on_what_lies_beneath(scene: Scene) -> None:
    class Beneath(QWidget):
        heard = ""

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.heard += event.text()

    async def play() -> None:
        beneath = Beneath()
        scene.form.setParent(beneath)
        beneath.show()
        await scene.open()
        scene.form.fields.priority.buttons()[0].setFocus()
        write("p/")
        scene.form.setParent(None)
        assert beneath.heard == "/"

    drive(play())


def test_saving_stands_out_once_something_is_typed(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        save = next(b for b in scene.form.findChildren(ActionButton) if b.label() == "Save call")
        assert save.kind() is Kind.PLAIN
        write("9 Elm St")
        assert save.kind() is Kind.PRIMARY

    drive(play())


def test_where_it_may_be_the_same_neither_answer_stands_out(scene: Scene) -> None:
    async def play() -> None:
        scene.room.incident(place="124 Albany Ave, apt 3")
        await scene.open()
        write("124 Albany Ave")
        await until(lambda: scene.form.known.count() == 1)
        buttons = [b for b in scene.form.findChildren(ActionButton) if "call" in b.label()]
        assert {b.kind() for b in buttons if b.accessibleDescription() == "key Alt+1"} == {
            Kind.PLAIN
        }
        assert scene.form._save.kind() is Kind.PLAIN
        assert any("is it the same?" in line.text() for line in scene.form.findChildren(Line))

    drive(play())


@pytest.mark.parametrize("low", [False, True])
def test_whether_it_is_the_same_is_asked_at_every_size(qtbot: QtBot, *, low: bool) -> None:
    room = MemoryRoom()
    room.incident(place="124 Albany Ave, apt 3")
    known = KnownHere(low=low)
    qtbot.addWidget(known)
    known.look(room.board, "124 Albany Ave", "")
    said = [line.text() for line in known.findChildren(Line)]
    assert sum("is it the same?" in words for words in said) == 1


def _described(part: QWidget) -> set[str]:
    shown = (button for button in part.findChildren(ActionButton) if button.isVisible())
    return {button.accessibleDescription() for button in shown}


def test_a_key_goes_on_with_the_call_that_was_put_aside(scene: Scene) -> None:
    async def play() -> None:
        await scene.open()
        scene.form.offers.go_on_first()
        assert scene.form.fields.place.text() == ""
        write("9 Elm St")
        scene.form.begin()
        write("7 Oak St")
        await until(lambda: "key Ctrl+G" in _described(scene.form.offers))
        scene.form.offers.go_on_first()
        assert scene.form.fields.place.text() == "9 Elm St"

    drive(play())
