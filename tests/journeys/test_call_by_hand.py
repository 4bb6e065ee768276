"""A call taken by hand: F3, saved without the mouse, offered again after the power went."""

import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.support.desks import drive, until
from tests.support.seat import Key, Seat, seated
from tests.support.shell import ROOT
from tests.support.typist import FIRST
from ui.panels.draft_offers import ThrowAway

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_call_by_hand_and_one_more_about_it(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat:
            await _takes(seat)
            await _takes_another(seat)

    drive(play())


async def _takes(seat: Seat) -> None:
    form = seat.window.new_call
    seat.press(Key.Key_F3)
    assert form.fields.place.hasFocus()
    seat.write("88 Zion St")
    seat.press(Key.Key_Tab)
    seat.write("860 555 0177")
    seat.press(Key.Key_Return)
    seat.write("shouts in the yard")
    seat.press(Key.Key_Tab)
    seat.write("disturbance")
    seat.press(Key.Key_Return, modifier=CTRL)
    await until(lambda: seat.desk.incident is not None)
    await until(seat.window.incident.isVisible)
    assert seat.desk.board.text(seat.incident.place) == "88 Zion St"
    assert seat.question() == "medical"
    await seat.give("medical", "none_reported")  # the keyboard is there for the first question


async def _takes_another(seat: Seat) -> None:
    """The same place again: shown before a second one is made, one key adds the call to it."""
    form = seat.window.new_call
    first = seat.incident.id
    seat.press(Key.Key_F3)
    seat.write("88 Zion Street")
    await until(lambda: form.known.count() == 1)
    seat.press(Key.Key_Tab, Key.Key_Tab)
    seat.write("a second neighbour: he has a knife")
    seat.press(Key.Key_1, modifier=ALT)
    await until(lambda: len(seat.desk.board.calls_of(first)) == 2)
    assert len(seat.desk.board.incidents) == 1
    assert seat.desk.incident_id == first


def test_what_was_being_typed_is_offered_after_a_kill(
    qtbot: object, sqlite_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    typed = _type_until_killed(folder)

    async def play() -> None:
        async with seated(sqlite_url, folder) as seat:
            form = seat.window.new_call
            seat.press(Key.Key_F3)
            offered = form.offers.offered()
            assert len(offered) == 1
            assert offered[0].fields["place"].startswith(typed)
            assert form.fields.place.text() == ""
            await until(lambda: any(w.isVisible() for w in form.offers.findChildren(ThrowAway)))
            seat.tab_to("Go on with it")
            seat.press(Key.Key_Return)
            await until(lambda: form.fields.place.text().startswith(typed))
            assert form.fields.place.hasFocus()
            seat.press(Key.Key_Return, modifier=CTRL)
            await until(lambda: seat.desk.incident is not None)
            assert not form.offers.offered()

    drive(play())


def _type_until_killed(folder: Path) -> str:
    """Type into a form in a process of its own, until it is killed with half a line on screen."""
    command = [sys.executable, "-m", "tests.support.typist", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as typist:
        assert typist.stdin
        assert typist.stdout
        assert typist.stdout.readline() == "typed\n"
        typist.stdin.write("\n")
        typist.stdin.flush()
        for _ in range(100):  # half a second and more: longer than what may be lost
            assert typist.stdout.readline() == "more\n"
        typist.send_signal(signal.SIGKILL)
    return FIRST
