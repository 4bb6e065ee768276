"""What a dispatcher stumbled over at her first sitting: whose emergency, told or not, which key."""

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.support.desks import drive, until
from tests.support.seat import HARMLESS, TEAMS, Key, Seat, colleague, seated
from ui.actions import KEYS
from ui.panels.keys_sheet import parts_of

KNOWN = f"answer 1 nature welfare_check, age_group adult, {HARMLESS}"


def test_the_emergency_is_that_of_the_open_incident_whoever_was_picked_before(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            for line in (*TEAMS, "new 88 Zion St, welfare check, p2", KNOWN, "assign crt1 1"):
                await kim.say(line)
            await until(lambda: seat.desk.board.open_incidents and seat.unit("crt1").incident_id)
            # Another team is looked at.
            await until(lambda: _first_team(seat) not in {"", seat.unit("crt1").id})
            await seat.open_first()
            seat.press(Key.Key_F6, Key.Key_F10)
            await until(lambda: seat.unit("crt1").emergency_at)
            assert [u.key for u in seat.desk.board.units.values() if u.emergency_at] == ["crt1"]
            await until(lambda: seat.window.team_acts.unit == seat.unit("crt1"), times=600)
            seat.press(Key.Key_F12)
            await until(lambda: seat.desk.board.raised[0].owner == seat.desk.who)
            await until(lambda: "I have it" not in _names(seat.window.due))

    drive(play())


def test_without_a_team_on_the_incident_the_emergency_is_no_guess(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            for line in (*TEAMS, "new 88 Zion St, welfare check, p2"):
                await kim.say(line)
            await until(lambda: seat.desk.board.open_incidents and seat.desk.board.units)
            seat.press(Key.Key_F5, Key.Key_End)
            await seat.open_first()
            seat.press(Key.Key_F6, Key.Key_F10)
            assert seat.window.bar.edit.text() == "emergency "
            assert not seat.alarms()

    drive(play())


def test_an_order_that_changed_is_the_next_act_of_the_send_button(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            for line in (*TEAMS, "new 88 Zion St, welfare check, p2", KNOWN, "assign crt1 1"):
                await kim.say(line)
            await kim.say("crt1 onscene")
            await until(lambda: seat.desk.board.open_incidents and seat.unit("crt1").incident_id)
            await seat.open_first()
            await seat.command("answer 1 weapon gun")  # the word on the button
            await until(lambda: seat.window.send.button.label() == "I told CRT 1: PULL BACK")
            assert "key S" in seat.window.send.button.accessibleDescription()
            seat.press(Key.Key_S)
            assert "key Enter" in seat.window.send.button.accessibleDescription()
            seat.press(Key.Key_Return)
            await until(lambda: seat.unit("crt1").told)
            await until(lambda: "told" not in seat.window.send.button.label())

    drive(play())


def test_until_somebody_asked_what_is_happening_nobody_is_told_to_close_it(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            for line in (*TEAMS, "new 88 Zion St", f"answer 1 {HARMLESS}"):
                await kim.say(line)
            await until(lambda: seat.desk.board.open_incidents and seat.desk.board.units)
            await seat.open_first()
            await until(lambda: seat.question() == "nature")
            assert seat.window.send.button.label() == "First ask what is happening"
            assert not seat.window.incident.card.question.ask.text().startswith("Also ask")
            note = seat.window.incident.note.placeholderText()
            assert note.startswith("Note on 1:")

    drive(play())


def test_the_sheet_names_every_key_that_does_something(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat:
            named = {part for key in KEYS for part in parts_of(key.key)}
            assert not seat.window.keys.names() - named

    drive(play())


def test_words_typed_where_no_field_is_send_nobody(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await kim.say("new 88 Zion St, welfare check, p2")
            await until(lambda: seat.desk.board.open_incidents)
            await seat.open_first()
            seat.press(Key.Key_F6)
            QTest.keyClicks(seat.window, "ri")  # of “rifle”: as fast as one types
            await until(seat.window.incident.note.hasFocus)
            seat.write("fle case")
            assert seat.window.incident.note.toPlainText() == "rifle case"
            seat.press(Key.Key_Return)
            await until(lambda: not seat.window.incident.note.toPlainText())
            assert not seat.handovers()

            seat.press(Key.Key_Escape, Key.Key_F6)
            seat.press(Key.Key_P, Key.Key_M)  # two acts, one after the other
            await until(lambda: {"police", "ems"} == seat.handovers().keys())

    drive(play())


def test_words_typed_on_a_form_go_into_its_field(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            await kim.say("new 88 Zion St, welfare check, p2")
            await until(lambda: seat.desk.board.open_incidents)
            await seat.open_first()
            seat.press(Key.Key_F6, Key.Key_D, Key.Key_7)
            for letter in "rifle":
                seat.write(letter)
            ask = seat.window.incident.asks.ask
            assert ask is not None
            assert ask.values() == {"agencies": "police", "reason": "rifle"}
            assert not seat.handovers()

    drive(play())


def test_the_list_of_dues_says_where_and_an_order_in_it_is_told(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat, colleague(database_url) as kim:
            for line in (*TEAMS, "new 88 Zion St, welfare check, p2", KNOWN, "assign crt1 1"):
                await kim.say(line)
            await kim.say("crt1 onscene")
            await kim.say("answer 1 weapon knife")
            await until(lambda: seat.desk.board.units and not seat.unit("crt1").told)
            seat.press(Key.Key_F8)
            await until(lambda: "I told them" in _names(seat.window.due_list))
            assert seat.window.due_list.rows[0].place == "88 Zion St"
            seat.press(Key.Key_G)
            await until(lambda: seat.unit("crt1").told)

    drive(play())


def test_in_a_low_window_a_kept_call_leaves_the_question_its_room(
    qtbot: object, database_url: str, tmp_path: Path
) -> None:
    async def play() -> None:
        async with seated(database_url, tmp_path) as seat:
            seat.press(Key.Key_F3)
            seat.write("9 Elm St")
            seat.press(Key.Key_Escape, Key.Key_Escape)
            await until(seat.window.offers.isVisible)
            seat.window.resize(1366, 600)
            await until(lambda: not seat.window.offers.isVisible())
            assert seat.window.queue.new.label() == "New · 1 aside"
            seat.window.resize(1366, 1000)
            await until(seat.window.offers.isVisible)
            assert seat.window.queue.new.label() == "New call"

    drive(play())


def _first_team(seat: Seat) -> str:
    seat.press(Key.Key_F5, Key.Key_Home)
    return seat.window.teams.team


def _names(panel: QWidget) -> str:
    return " ".join(w.accessibleName() for w in panel.findChildren(QWidget) if w.isVisibleTo(panel))
