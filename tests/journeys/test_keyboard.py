"""From a ringing call to a closed incident without the mouse, on both databases."""

from pathlib import Path

from crt_console.domain.commands import ReceiveCall
from crt_console.domain.words import UnitStatus
from tests.support.desks import drive, until
from tests.support.seat import ALT, TEAMS, Key, Seat, colleague, seated

TOLD = (
    "Call 911, +18605550142, welfare check, priority 2 Kim",
    "Said has not been seen for two days",
    "Breathing Minor hurt or ill",
    "Taken back breathing",
    "Violence Calm (corrected)",
    "Advice community team alone",
    "Police asked",
    "Sent CRT 1 by M. Ortiz",
    "accepted",
    "Sgt Bell",
    "H26-8812",
    "on the way",
    "on scene",
    "CRT 1 checked in",
    "Cole says the neighbour 7 has a key",
    "clearing",
    "helped on scene",
)


async def _ringing(seat: Seat, url: str) -> None:
    async with colleague(url) as kim:
        for line in TEAMS:
            await kim.say(line)
        await kim.do(
            ReceiveCall(
                external="CAD-1", system="cad", at=kim.console.now(), place="124 Albany Ave",
                type="welfare check", priority=2, call_back="+18605550142",
                text="has not been seen for two days",
            )
        )  # fmt: skip
    await until(lambda: seat.desk.board.open_incidents and len(seat.desk.board.units) == 3)


def test_from_ringing_to_closed(qtbot: object, database_url: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path / "drafts") as seat:
            await _ringing(seat, database_url)
            assert seat.announced == ["New call 1: 124 Albany Ave. welfare check"]
            assert seat.sounded == ["new_call"]
            await seat.open_first()
            await _answers(seat)
            await _sends(seat)
            await _works(seat)
            await _changes_while_typing(seat)
            await _closes(seat)
            await _reads(seat)

    drive(play())


async def _answers(seat: Seat) -> None:
    """The four questions: one key too early, one taken back, one corrected."""
    box, card = seat.window.incident.card.question, seat.window.incident.card
    assert seat.question() == "medical"
    seat.press(Key.Key_1)  # too early: it was meant for whatever stood there before
    await seat.give("medical", "minor")
    assert card.echo.text() == "Breathing: Minor hurt or ill Backspace takes it back"
    seat.press(Key.Key_Backspace)
    await until(lambda: "medical" not in seat.incident.facts)
    await until(lambda: box.fact == "medical")
    await seat.give("medical", "alert")
    assert seat.window.send.button.label().startswith("First ask")
    await seat.give("weapon", "none")
    await seat.give("violence_now", "potential")
    await seat.give("suicide", "none")
    await seat.give("nature", "suicidal")
    await _corrects(seat)
    await seat.give("age_group", "adult")


async def _corrects(seat: Seat) -> None:
    """Shift+Tab from the question to the fact, Enter, the other answer."""
    card = seat.window.incident.card
    chips = [c for c in seat.tabbed() if c.accessibleName().startswith("Violence: May turn")]
    assert chips, "no way to the fact by Tab"
    chips[0].setFocus()
    seat.press(Key.Key_Return)
    await until(lambda: card.question.fact == "violence_now")
    await seat.give("violence_now", "none")


async def _sends(seat: Seat) -> None:
    """The button says who goes; Enter on it sends."""
    send = seat.window.send
    await until(lambda: send.button.label() == "Assign CRT 1 to 1")
    seat.press(Key.Key_Return)  # the keyboard is elsewhere: nobody is sent
    assert seat.incident.status == "waiting"
    seat.press(Key.Key_P)  # police are asked too: one key, no reason
    await until(lambda: seat.handovers() == {"police": "offered"})
    seat.press(Key.Key_S)
    seat.press(Key.Key_Return)
    await until(lambda: seat.unit("crt1").incident_id == seat.incident.id)
    assert seat.unit("crt1").order == "STAGE"


async def _works(seat: Seat) -> None:
    """Police accept; the team is told, drives, arrives and is heard."""
    asks = seat.window.incident.asks
    seat.press(Key.Key_F6, Key.Key_Y)
    await until(lambda: asks.ask is not None and asks.ask.hears)
    seat.write("Sgt Bell")
    seat.press(Key.Key_Tab)
    seat.write("H26-8812")
    seat.press(Key.Key_Return)
    await until(lambda: seat.handovers() == {"police": "accepted"})
    await until(lambda: seat.unit("crt1").order == "GO")
    seat.press(Key.Key_F5, Key.Key_Home, Key.Key_Down)
    while seat.window.teams.team != seat.unit("crt1").id:
        seat.press(Key.Key_Down)
    seat.press(Key.Key_B)
    await until(lambda: seat.unit("crt1").told)
    await seat.status("crt1", Key.Key_W, UnitStatus.ENROUTE)
    await seat.status("crt1", Key.Key_D, UnitStatus.ONSCENE)
    before = seat.desk.board.seq
    seat.press(Key.Key_I)
    await until(lambda: seat.desk.board.seq > before)


async def _changes_while_typing(seat: Seat) -> None:
    """A note is typed while a question is answered with Alt and its number."""
    note = seat.window.incident.note
    seat.press(Key.Key_F6, Key.Key_N)
    assert note.hasFocus()
    seat.write("Cole says the neighbour 7 has a ")
    fact = seat.question()
    assert fact
    await until(lambda: seat.window.incident.card.question.live)
    seat.press(Key.Key_1, modifier=ALT)
    await until(lambda: fact in seat.incident.facts)
    seat.write("key")
    assert note.toPlainText() == "Cole says the neighbour 7 has a key"
    seat.press(Key.Key_Return)
    await until(lambda: not note.toPlainText())
    seat.press(Key.Key_Escape)
    assert not note.hasFocus(), "Esc does not give the keyboard back"


async def _closes(seat: Seat) -> None:
    seat.press(Key.Key_F5)
    await seat.status("crt1", Key.Key_L, UnitStatus.CLEARING)
    await seat.status("crt1", Key.Key_F, UnitStatus.AVAILABLE)
    await until(lambda: seat.incident.status == "result")
    seat.press(Key.Key_F6, Key.Key_K)
    await seat.choose("Helped on scene")
    number = seat.incident.id
    await until(lambda: seat.desk.board.incidents.get(number) is None
                or not seat.desk.board.incidents[number].open)  # fmt: skip


async def _reads(seat: Seat) -> None:
    """One timeline tells it all: what was said, answered, advised, decided, by whom."""
    await until(lambda: seat.window.incident.asks.ask is None)  # its keys are its own until then
    seat.press(Key.Key_T)  # the small steps too
    await until(lambda: "Closed" in seat.timeline())
    told = seat.timeline()
    for words in TOLD:
        assert words in told, f"{words} is missing in\n{told}"
    assert told.count("not reported: acknowledged") == 1
