"""Two consoles in one room: what one does the other sees, loses to, hears and has to confirm."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.support.desks import drive, until
from tests.support.seat import HARMLESS, TEAMS, Colleague, Key, Seat, colleague, seated
from ui.widgets import ActionButton

KNOWN = f"answer 1 nature welfare_check, age_group adult, {HARMLESS}"


async def _ready(seat: Seat, kim: Colleague, facts: str = KNOWN) -> None:
    for line in (*TEAMS, "new 88 Zion St, welfare check, p2", facts):
        await kim.say(line)
    await until(lambda: seat.desk.board.open_incidents and seat.desk.board.units)
    await seat.open_first()
    await until(lambda: seat.incident.assessed)


def test_the_loser_hears_who_won_and_sends_the_next_best(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await _ready(seat, kim)
            await kim.say("new 9 Elm St, welfare check, p2")
            await kim.say(KNOWN.replace("1", "2", 1))
            await until(lambda: seat.window.send.button.label() == "Assign CRT 1 to 1")
            best = seat.window.send
            late = seat.desk.board
            await kim.say("assign crt1 2")
            seat.desk.board = late  # the news is still on its way when Enter is pressed
            best.refresh()
            seat.press(Key.Key_S)
            seat.press(Key.Key_Return)
            await until(lambda: "CRT 1 went to 26-000002" in seat.said())
            assert "console 1 (Kim)" in seat.said()
            await until(lambda: seat.unit("crt1").incident_id)
            await until(lambda: best.button.label() != "Assign CRT 1 to 1")
            first = best.button.label()
            seat.press(Key.Key_F6, Key.Key_Plus)
            await until(lambda: best.button.label() not in {first, "Assign CRT 1 to 1"})
            seat.press(Key.Key_S)
            seat.press(Key.Key_Return)
            await until(lambda: seat.desk.board.assignments_of(seat.incident.id))

    drive(play())


def test_an_emergency_reaches_every_console_though_it_is_muted(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await _ready(seat, kim)
            await kim.say("assign crt1 1")
            await until(lambda: seat.unit("crt1").incident_id)
            seat.session.sounds.toggle()
            seat.sounded.clear()
            seat.press(Key.Key_F6, Key.Key_F10)  # one key
            await until(lambda: seat.unit("crt1").emergency_at)
            board = await kim.console.refresh()
            assert [a.kind.value for a in board.raised] == ["emergency"]
            await until(lambda: "emergency" in seat.sounded)
            await kim.say("emergency crt1 clear spoke to Vega")
            await until(lambda: not seat.alarms())

            seat.sounded.clear()
            await kim.say("emergency crt1")  # and from the other console to this one
            await until(lambda: "emergency" in seat.sounded)
            await until(lambda: any(d.emergency for d in seat.window.due.dues))
            names = _names(seat)
            assert "EMERGENCY" in names
            assert "I have it" in names
            seat.press(Key.Key_F12)
            await until(lambda: seat.desk.board.raised[0].owner == seat.desk.who)
            seat.press(Key.Key_F11)
            await until(lambda: {"police", "ems"} <= seat.handovers().keys())

    drive(play())


def _names(seat: Seat) -> str:
    return " ".join(w.accessibleName() for w in seat.window.due.findChildren(QWidget))


def test_a_second_person_confirms_denies_and_is_overtaken(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await _ready(seat, kim, f"{KNOWN}, weapon_access unknown".replace(
                "weapon none", "weapon firearm"))  # fmt: skip
            await _decides(seat, "the gun is at his brother's")
            asked = seat.desk.board.asked_of(seat.incident.id)[0]
            assert seat.handovers() == {"police": "offered"}
            await kim.say(f"deny {asked.id}")  # from another console
            await until(lambda: not seat.desk.board.asked_of(seat.incident.id))
            assert "police" in seat.handovers()

            await _decides(seat, "his brother has rung")
            await kim.say("answer 1 violence_now assault_or_combative")  # worse news
            await until(lambda: not seat.desk.board.asked_of(seat.incident.id))
            assert "police" in seat.incident.wanted

            await _decides(seat, "all has been a prank")
            await _supervisor_confirms(seat)
            await until(lambda: seat.incident.override == ("crt",))
            assert not seat.incident.held
            assert (await kim.console.verify()).ok

    drive(play())


def test_a_colleagues_choice_is_agreed_to_with_a_key_and_enter(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await _ready(seat, kim, KNOWN.replace("weapon none", "weapon firearm"))
            seat.press(Key.Key_F6, Key.Key_V)  # nothing waits yet
            assert _asked(seat) == ""
            await kim.say("override 1 crt the gun is at his brother's")
            await until(lambda: seat.desk.board.asked_of(seat.incident.id))
            seat.press(Key.Key_V)
            assert _asked(seat) == "Agree for 1: send community team?"
            assert seat.incident.override is None
            seat.press(Key.Key_Return)
            await until(lambda: seat.incident.override == ("crt",))
            assert seat.incident.override_by == "Kim"

    drive(play())


def _asked(seat: Seat) -> str:
    ask = seat.window.incident.asks.ask
    return ask.accessibleName() if ask else ""


async def _decides(seat: Seat, why: str) -> None:
    """D: police off, the team on, a reason, Enter."""
    asks = seat.window.incident.asks
    seat.press(Key.Key_F6, Key.Key_D)
    await until(lambda: asks.ask is not None)
    chosen = asks.ask.chosen()  # type: ignore[union-attr]
    names = list(asks.ask._chips)  # type: ignore[union-attr]
    for agency in {*chosen} ^ {"crt"}:
        seat.press(Key(ord("1234567890"[names.index(agency)])))
    seat.tab_to("Reason")
    seat.write(why)
    seat.press(Key.Key_Return)
    await until(lambda: seat.desk.board.asked_of(seat.incident.id))


async def _supervisor_confirms(seat: Seat) -> None:
    """In her own window, by her own name."""
    seat.press(Key.Key_F7)
    window = seat.session._supervisor
    await until(lambda: window is not None and window.isActiveWindow())
    window.left.name.field.setFocus()
    seat.write("Lt Ruiz")
    seat.press(Key.Key_Return)
    await until(lambda: window.acts.name == "Lt Ruiz")
    await until(lambda: "key Y" in _described(window))
    seat.tab_to(_described(window)["key Y"])
    seat.press(Key.Key_Return)


def _described(window: QWidget) -> dict[str, str]:
    """What stands on a button, by the key it says it has."""
    buttons = [b for b in window.findChildren(ActionButton) if b.isVisible()]
    return {b.accessibleDescription(): b.accessibleName() for b in buttons}
