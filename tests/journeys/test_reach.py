"""Everything both windows show can be named, reached by Tab and seen when it has the keyboard."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from crt_console.domain.board import Changes, Link
from tests.support import reach
from tests.support.desks import drive, until
from tests.support.seat import HARMLESS, TEAMS, Colleague, Key, Seat, colleague, seated


class Findings:
    """What was found, state by state."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def look(self, state: str, window: QWidget) -> None:
        """Note what is wrong in this state."""
        await asyncio.sleep(0.06)  # a frame, and the layouts after it: one in five was too early
        self.lines += [f"{state}: {fault}" for fault in reach.faults(window)]


@pytest.mark.parametrize("width", [1920, 1024])
def test_the_dispatchers_window(qtbot: object, sqlite_url: str, tmp_path: Path, width: int) -> None:
    found = Findings()

    async def play() -> None:
        async with seated(sqlite_url, tmp_path, width=width) as seat:
            await found.look("empty", seat.window)
            async with colleague(sqlite_url) as kim:
                await _walk(seat, kim, found)

    drive(play())
    assert not found.lines, "\n" + "\n".join(dict.fromkeys(found.lines))


async def _walk(seat: Seat, kim: Colleague, found: Findings) -> None:
    window = seat.window
    for line in TEAMS:
        await kim.say(line)
    await kim.say("caution 88 Zion St, dog in the yard")
    await kim.say("new 88 Zion St, welfare check, p2, he shouts callback:8605550177")
    await until(lambda: seat.desk.board.open_incidents)
    await found.look("nothing selected", window)
    await seat.open_first()
    await found.look("not assessed", window)
    for key, name in (
        (Key.Key_F1, "keys"), (Key.Key_F3, "new call"), (Key.Key_F8, "due list"),
        (Key.Key_O, "other"), (Key.Key_D, "otherwise"), (Key.Key_W, "not sent"),
        (Key.Key_C, "ring back"), (Key.Key_K, "close"), (Key.Key_N, "note"),
    ):  # fmt: skip
        seat.press(Key.Key_F6)
        seat.press(key)
        await found.look(name, window.overlay if window.overlay.isVisible() else window)
        window.setFocus()
        if window.overlay.isVisible():
            window.overlay.leave()
        window.incident.asks.close_ask()
    await _goes_on(seat, kim, found)


async def _goes_on(seat: Seat, kim: Colleague, found: Findings) -> None:
    window = seat.window
    seat.press(Key.Key_F6)
    await kim.say(f"answer 1 nature welfare_check, age_group adult, {HARMLESS}")
    await until(lambda: seat.incident.assessed)
    await found.look("assessed", window)
    await kim.say("handover 1 police")
    await kim.say("assign crt1 1")
    await until(lambda: seat.unit("crt1").incident_id)
    seat.press(Key.Key_F5, Key.Key_Home, Key.Key_Down)
    await found.look("police asked, team picked", window)
    await kim.say("answer 1 weapon firearm")
    await kim.say("override 1 crt he is known here")
    await until(lambda: seat.desk.board.asked_of(seat.incident.id))
    await found.look("below the floor", window)
    await kim.say("emergency crt1")
    await until(lambda: "emergency" in seat.alarms())
    await found.look("emergency", window)
    gone = Link(live=False, saving=False, since=seat.desk.now(), because="gone")
    seat.desk.take(Changes(board=seat.desk.board, link=gone))
    await found.look("database gone", window)
    seat.desk.take(Changes(board=seat.desk.board, link=replace(gone, live=True, saving=True)))


def test_the_supervisors_window(qtbot: object, sqlite_url: str, tmp_path: Path) -> None:
    found = Findings()

    async def play() -> None:
        async with seated(sqlite_url, tmp_path) as seat, colleague(sqlite_url) as kim:
            seat.press(Key.Key_F7)
            window = seat.session._supervisor
            await until(window.isActiveWindow)
            await found.look("supervisor, empty", window)
            for line in TEAMS:
                await kim.say(line)
            await kim.say("new 88 Zion St, welfare check, p2, he shouts callback:8605550177")
            await kim.say("answer 1 weapon firearm")
            await kim.say("override 1 crt he is known here")
            await until(lambda: "second_person" in seat.alarms())
            await found.look("supervisor, asked", window)
            window.acts.set_name("J. Reyes")
            seat.press(Key.Key_F4, Key.Key_Return)
            assert window.reading
            await found.look("supervisor, reading", window)
            seat.press(Key.Key_F1)
            await found.look("supervisor, keys", window.overlay)
            seat.press(Key.Key_Escape, Key.Key_Escape)
            await kim.say("emergency crt1")
            await until(lambda: "emergency" in seat.alarms())
            await found.look("supervisor, emergency", window)

    drive(play())
    assert not found.lines, "\n" + "\n".join(dict.fromkeys(found.lines))
