"""A dispatcher's seat for journeys: the real window, session and console, worked by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crt_console.config import Settings
from crt_console.console import Console
from crt_console.domain.commands import Command, Outcome
from crt_console.domain.grammar import parse
from crt_console.domain.incident import Incident
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.protocol.guidance import label as label_of
from crt_console.protocol.loader import load
from crt_console.protocol.vocabulary import VOCABULARY, Value
from tests.support.desks import held, until
from ui import theme
from ui.main_window import MainWindow
from ui.models.desk import Desk
from ui.models.drafts import Drafts
from ui.models.no_room import NoRoom
from ui.session import Session

ME, MINE = "M. Ortiz", "console 3"
TEAMS = (
    "unit add crt1 members:Vega,Long languages:English,Spanish",
    "unit add crt2 members:Adams,Reyes languages:English",
    "unit add crt5 members:Cole,Diaz languages:English",
)
HARMLESS = "medical none_reported, weapon none, violence_now none, suicide none"
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@dataclass(slots=True)
class Colleague:
    """Somebody at another console of the room, who speaks command lines."""

    console: Console

    async def say(self, line: str, *, by: str | None = None) -> Outcome:
        """Carry out a command line."""
        board = await self.console.refresh()
        units = [unit.call_sign for unit in board.units.values()]
        now = self.console.now().astimezone()
        command = parse(line, now=now, known_units=units, facts=VOCABULARY.facts)
        assert isinstance(command, Command)
        return await self.console.do(command, by=by)

    async def do(self, command: Command) -> Outcome:
        """Carry out a command."""
        return await self.console.do(command)


@dataclass(slots=True)
class Seat:
    """One dispatcher at a window; everything is done with keys, as a person would."""

    session: Session
    window: MainWindow
    desk: Desk
    sounded: list[str]
    announced: list[str]

    # looking

    @property
    def incident(self) -> Incident:
        """The selected incident."""
        found = self.desk.incident
        assert found is not None, "no incident is selected"
        return found

    def unit(self, call_sign: str) -> Unit:
        """A team by its call sign."""
        key = call_sign_key(call_sign)
        return next(u for u in self.desk.board.units.values() if u.key == key)

    def handovers(self) -> dict[str, str]:
        """Agency → state, of the selected incident."""
        return {h.agency: h.state.value for h in self.desk.board.handovers_of(self.incident.id)}

    def alarms(self) -> set[str]:
        """Kinds of what is due now."""
        return {alarm.kind.value for alarm in self.desk.board.raised}

    def said(self) -> str:
        """What the answer line says."""
        return self.window.bar.answer.text()

    def question(self) -> str:
        """The fact that is asked."""
        box = self.window.incident.card.question
        return box.fact if box.isVisibleTo(self.window) else ""

    def timeline(self) -> str:
        """All words of the timeline as they are shown."""
        shown = self.window.incident.timeline.findChildren(QWidget)
        return "\n".join(w.accessibleName() for w in shown if w.isVisibleTo(self.window))

    def tabbed(self) -> list[QWidget]:
        """Every widget that Tab comes to, once round the window from where the keyboard is."""
        found: list[QWidget] = []
        for _ in range(400):
            self.press(Key.Key_Tab)
            now = held()
            if now in found:
                break
            found.append(now)
        return found

    def tab_to(self, name: str) -> None:
        """Press Tab until something of this name has the keyboard."""
        for _ in range(400):
            if held().accessibleName().startswith(name):
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")

    # acting

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            where = QApplication.focusWidget() or self.window
            QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)

    def write(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(held(), text)

    async def command(self, line: str) -> None:
        """Type a command into the bar and come back from it."""
        before = self.desk.board.seq
        self.press(Key.Key_F2)
        self.write(line)
        self.press(Key.Key_Return)
        await until(lambda: self.desk.board.seq > before and not self.window.bar.edit.text())
        self.press(Key.Key_Escape)

    async def give(
        self, fact: str, value: Value, *, modifier: Qt.KeyboardModifier | None = None
    ) -> None:
        """Answer the question that stands, by its key, once the key counts."""
        box = self.window.incident.card.question
        await until(lambda: box.fact == fact)
        await until(lambda: box.live)
        at = self.incident.id
        label = label_of(self.desk.pack, fact, value)
        while not any(label == b.accessibleName() for b in box.buttons):
            self.press(Key.Key_9, modifier=modifier)
            await until(lambda: box.live)
        key = next(b.key() for b in box.buttons if b.accessibleName() == label)
        self.press(Key(ord(key)), modifier=modifier)
        await until(lambda: self.desk.board.incidents[at].facts.get(fact) == value)

    async def choose(self, words: str) -> None:
        """Pick a line of the list that is asked, by its number, and confirm."""
        ask = self.window.incident.asks.ask
        assert ask is not None
        items = ask.list  # type: ignore[attr-defined]
        row = next(n for n in range(items.count()) if words in items.item(n).text())
        self.press(Key(ord("1234567890"[row])))
        self.press(Key.Key_Return)

    async def open_first(self) -> None:
        """F4, the first row, Enter."""
        self.press(Key.Key_F4, Key.Key_Home)
        self.press(Key.Key_Return)
        await until(lambda: self.desk.incident is not None)

    async def status(self, unit: str, key: Key, status: str) -> None:
        """Report a status of the picked team by its key."""
        self.press(key)
        await until(lambda: self.unit(unit).status == status)


@asynccontextmanager
async def seated(
    url: str, folder: Path, *, timers: Timers | None = None, width: int = 1920
) -> AsyncIterator[Seat]:
    """A window on its console, opened as the product opens it, closed in the same order."""
    pack = load("hartford")
    timers = timers or Timers()
    settings = Settings(database=url, by=ME, console=MINE, pack="hartford", timers=timers)
    theme.apply("dark", 1.0)
    desk = Desk(
        NoRoom(), who=ME, console=MINE, pack=pack, timers=timers, shared=url.startswith("postgres")
    )
    drafts = Drafts(folder, ME)
    window = MainWindow(desk, drafts)
    window.resize(width, 1000)
    window.show()
    window.activateWindow()
    session = Session(desk, window, settings)
    seat = Seat(session, window, desk, [], [])
    await session.open()
    _listen(seat)
    try:
        await until(partial(_ready, seat))
        yield seat
    finally:
        await session.close()
        drafts.close()


def _listen(seat: Seat) -> None:
    """Note down what is played and what a screen reader would hear."""
    session = seat.session
    session.sounds._effects = {name: _Tone(name, seat.sounded) for name in _tones()}
    session.window.set_sound(session.sounds.state)
    say = session.bridge.announce

    def announce(words: str) -> None:
        seat.announced.append(words)
        say(words)

    session.bridge.announce = announce  # type: ignore[method-assign]


def _tones() -> tuple[str, ...]:
    from ui.sounds import NAMES

    return NAMES


class _Tone:
    """A loudspeaker that writes down what it plays: the machine of the tests has none."""

    def __init__(self, name: str, played: list[str]) -> None:
        self._name, self._played = name, played

    def play(self) -> None:
        """Play the tone."""
        self._played.append(self._name)


def _ready(seat: Seat) -> bool:
    return seat.desk.link.live and seat.window.isActiveWindow()


@asynccontextmanager
async def colleague(
    url: str, name: str = "Kim", console: str = "console 1"
) -> AsyncIterator[Colleague]:
    """Somebody at another console."""
    made = await Console.open(
        url, by=name, console=console, pack=load("hartford"), timers=Timers(), follow=False
    )
    try:
        yield Colleague(made)
    finally:
        await made.close()


async def holds(condition: Callable[[], object]) -> None:
    """Wait until something is true, as long as a slow machine may take."""
    await until(condition, times=2000)
