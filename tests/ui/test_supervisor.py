"""The supervisor's window by keyboard: on a real console, and on made-up boards."""

import asyncio
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crt_console.domain.board import Changes, Link
from crt_console.domain.commands import (
    AcknowledgeAlarm,
    AnswerFacts,
    Confirm,
    Deny,
    OfferHandover,
    OverrideAdvice,
    SetOutOfService,
)
from crt_console.domain.errors import Refused
from crt_console.domain.words import AlarmKind, ConfirmationState, UnitStatus
from tests.support.desks import drive, press, real_desk, say, until, write
from tests.support.supervisor import Window, play, shown, still
from tests.tools import supervisor_boards as boards
from ui import samples, theme
from ui.models.desk import Desk
from ui.panels.supervisor_cards import AskCard
from ui.sample_rows import ME, SUPERVISOR
from ui.widgets import ActionButton, Kind, Tone

KNIFE = (
    ("weapon", "edged"), ("weapon_access", "within_reach"), ("violence_now", "none"),
    ("medical", "alert"), ("suicide", "none"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _look() -> Iterator[None]:
    with still():
        yield


async def _below_the_floor(desk: Desk) -> str:
    """A dispatcher has chosen less than the floor sends; returns the incident's id."""
    await say(desk, "unit add CRT1", "new 9 Elm St, man with a knife")
    incident = desk.board.open_incidents[0].id
    await desk.room.do(AnswerFacts(incident=incident, answers=KNIFE))
    asked = OverrideAdvice(incident=incident, agencies=("crt",), reason="they know him")
    outcome = await desk.room.do(asked)
    assert outcome.kind == "confirm"
    await until(lambda: desk.board.asked_of(incident))
    return incident


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_N, ConfirmationState.DENIED), (Qt.Key.Key_Y, ConfirmationState.CONFIRMED)],
)
def test_a_yes_or_no_is_entered_under_her_name(
    qtbot: QtBot, sqlite_url: str, key: Qt.Key, state: ConfirmationState
) -> None:
    async def scene() -> None:
        async with real_desk(sqlite_url) as desk, shown(qtbot, desk, name="") as window:
            incident = await _below_the_floor(desk)
            await until(lambda: window.left.cards)
            card = window.left.cards[0]
            assert card.stops()[0].kind() is Kind.LOCKED  # type: ignore[attr-defined]
            assert isinstance(QApplication.focusWidget(), QLineEdit)
            write("N. Yong")  # letters of a name are no answers
            press(Qt.Key.Key_Return)
            assert window.acts.name == "N. Yong"
            theme.clock.hold(theme.clock.now() + 1)
            press(key)
            await until(lambda: not desk.board.asked_of(incident))
            (asked,) = desk.board.confirmations.values()
            assert (asked.state, asked.decided_by) == (state, "N. Yong")
            await until(lambda: not any(isinstance(c, AskCard) for c in window.left.cards))
            held = QApplication.focusWidget()
            assert held is not None
            assert held.isVisible()
            row = window.decided.table.view.rows.row_at(0).spoken()
            assert "N. Yong" in row
            await desk.tasks.close()

    drive(scene())


def test_who_asked_cannot_agree_but_may_take_it_back(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        QTest.keyClick(window, Qt.Key.Key_Y)
        await asyncio.sleep(0.01)
        assert room.done == []
        QTest.keyClick(window, Qt.Key.Key_N)
        await until(lambda: room.done)
        assert isinstance(room.done[0][0], Deny)

    play(qtbot, samples.second_person(boards.NOW), scene, name=ME)


def test_a_key_counts_only_for_a_card_that_could_be_seen(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        desk = window.desk
        desk.take(Changes(board=samples.second_person(boards.NOW)))
        QTest.keyClick(window, Qt.Key.Key_Y)
        await asyncio.sleep(0.01)
        assert room.done == []
        theme.clock.hold(theme.clock.now() + 0.4)
        QTest.keyClick(window, Qt.Key.Key_Y)
        await until(lambda: room.done)
        command, by = room.done[0]
        assert isinstance(command, Confirm)
        assert by == SUPERVISOR

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_a_refusal_is_told_in_her_window_only(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        said: list[str] = []
        window.desk.said.connect(lambda _kind, words: said.append(words))

        async def refuse(*_: object, **__: object) -> None:
            raise Refused("it was denied")

        room.do = refuse  # type: ignore[method-assign,assignment]
        QTest.keyClick(window, Qt.Key.Key_N)
        await until(lambda: window.foot.said.text() == "REFUSED: it was denied")
        assert said == []

    play(qtbot, samples.second_person(boards.NOW), scene)


def test_nothing_is_done_before_she_says_who_she_is(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        window.left.dues.view.setFocus()
        for key in (Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_T, Qt.Key.Key_F12):
            QTest.keyClick(window.left.dues.view, key)
        await asyncio.sleep(0.01)
        assert room.done == []
        assert "say who you are" in window.foot.said.text()

    play(qtbot, samples.second_person(boards.NOW), scene, name="")


def test_her_due_line_holds_what_nobody_has_and_t_takes_it(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        assert [due.number for due in window.due.dues] == ["136"]
        assert window.left.take.label() == "Take 136"
        press(Qt.Key.Key_T)
        await until(lambda: room.done)
        alarm = boards.alarm_id(room.board, AlarmKind.HANDOVER)
        command, by = room.done[0]
        assert isinstance(command, AcknowledgeAlarm)
        assert (command.alarm, by) == (alarm, SUPERVISOR)

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_an_emergency_turns_the_line_red_and_f12_is_hers(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        assert window.due.tone() is Tone.EMERGENCY
        assert "EMERGENCY" in window.teams.table.view.rows.row_at(0).spoken()
        press(Qt.Key.Key_F12)
        press(Qt.Key.Key_F11)
        await until(lambda: len(room.done) == 3)
        assert room.done[0][0].alarm == boards.alarm_id(  # type: ignore[attr-defined]
            room.board, AlarmKind.EMERGENCY
        )
        asked = [c.agency for c, _ in room.done if isinstance(c, OfferHandover)]
        assert asked == ["police", "ems"]

    play(qtbot, samples.emergency(boards.NOW), scene)


def test_who_has_not_said_who_she_is_is_offered_the_emergency_too(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        assert "I have it" in _offered(window)
        press(Qt.Key.Key_F12)
        assert room.done == []
        assert "say who you are" in window.foot.said.text()
        window.acts.set_name(SUPERVISOR)
        assert "I have it" in _offered(window)

    play(qtbot, samples.emergency(boards.NOW), scene, name="")


def _offered(window: Window) -> set[str]:
    return {button.label() for button in window.due.findChildren(ActionButton)}


def test_an_override_stays_until_she_has_seen_it(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        (card,) = window.left.cards
        assert card.accessibleName() == "you should know: 140 Sent without police"
        press(Qt.Key.Key_K)
        await until(lambda: room.done)
        alarm = boards.alarm_id(room.board, AlarmKind.OVERRIDE)
        assert room.done[0][0].alarm == alarm  # type: ignore[attr-defined]
        window.desk.take(Changes(board=samples.ordinary(boards.NOW)))
        assert window.left.cards == []

    play(qtbot, boards.overridden(samples.ordinary(boards.NOW)), scene)


def test_shift_and_service_of_the_picked_team_by_keyboard(qtbot: QtBot, sqlite_url: str) -> None:
    async def scene() -> None:
        async with real_desk(sqlite_url) as desk, shown(qtbot, desk) as window:
            await say(desk, "unit add CRT1", "unit add CRT2")
            press(Qt.Key.Key_U)
            assert window.foot.said.text().startswith("NO TEAM")
            press(Qt.Key.Key_F5)
            press(Qt.Key.Key_Down)
            team = window.teams.team
            assert team is not None
            assert team.call_sign == "CRT 2"
            press(Qt.Key.Key_U)
            press(Qt.Key.Key_Return)
            assert "few words" in window.teams.entry.complaint.text()
            write("meal, back soon")
            press(Qt.Key.Key_Return)
            await until(lambda: desk.board.units[team.key].oos_reason == "meal, back soon")
            assert window.teams.table.view.hasFocus()
            await until(lambda: window.teams.out.label() == "In service")
            press(Qt.Key.Key_U)
            await until(lambda: desk.board.units[team.key].free)
            press(Qt.Key.Key_E)
            await until(lambda: desk.board.units[team.key].status is UnitStatus.OFF)
            await until(lambda: window.teams.start.label() == "Start shift…")
            press(Qt.Key.Key_S)
            write("never")
            press(Qt.Key.Key_Return)
            assert "no time of day" in window.teams.entry.complaint.text()
            window.teams.entry.field.setText("16:30")
            press(Qt.Key.Key_Return)
            await until(lambda: desk.board.units[team.key].shift_ends_at is not None)
            ends = desk.board.units[team.key].shift_ends_at
            assert ends is not None
            assert f"{ends.astimezone():%H:%M}" == "16:30"
            assert ends > desk.now()
            await desk.tasks.close()

    drive(scene())


def test_keys_of_a_team_count_only_where_the_team_is_seen(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        press(Qt.Key.Key_F5)
        press(Qt.Key.Key_E)
        assert window.foot.said.text().startswith("NOT NOW: CRT 1 is on 138")
        assert not window.teams.end.isVisible()
        press(Qt.Key.Key_Down)
        assert window.teams.end.isVisible()
        press(Qt.Key.Key_Tab)
        assert window.teams.start.hasFocus()
        press(Qt.Key.Key_F5)
        press(Qt.Key.Key_Up)
        press(Qt.Key.Key_Return)
        assert window.reading
        press(Qt.Key.Key_E)
        press(Qt.Key.Key_F8)
        assert not window.teams.end.isVisible()
        press(Qt.Key.Key_E)
        await asyncio.sleep(0.01)
        assert room.done == []
        assert window.foot.said.text().startswith("NO TEAM")

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_escape_leaves_the_entry_and_nothing_is_entered(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        press(Qt.Key.Key_F5)
        press(Qt.Key.Key_U)
        write("sut")
        press(Qt.Key.Key_Escape)
        await asyncio.sleep(0.01)
        assert window.teams.table.view.hasFocus()
        assert not any(isinstance(command, SetOutOfService) for command, _ in room.done)

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_figures_are_read_again_at_most_every_two_seconds(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        await until(lambda: room.read == 1)
        for _ in range(5):
            window.desk.take(Changes(board=room.board))
            await asyncio.sleep(0.005)
        assert room.read == 1
        window._figures._again()  # the two seconds are over
        await until(lambda: room.read == 2)
        words = [row.spoken() for row in window.today.counts.view.rows._rows]
        assert "Not sent 3, 21% of advised" in words
        times = [row.spoken() for row in window.today.times.view.rows._rows]
        assert times[0] == "Call to sent: half within 4:10, nine in ten within 11:30, of 11"
        press(Qt.Key.Key_D)
        assert window.today.defining

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_figures_wait_while_the_database_is_gone(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        await asyncio.sleep(0.02)
        assert room.read == 0
        assert window.due.tone() is Tone.BROKEN
        heads = (window.teams.head, window.waiting.head, window.decided.head, window.today.head)
        assert all("as of" in head.note.text() for head in heads)
        window.desk.take(Changes(board=room.board, link=Link()))
        await until(lambda: room.read == 1)

    play(qtbot, samples.ordinary(boards.NOW), scene, link=boards.GONE)


def test_the_journal_says_when_nobody_was_sent_and_by_whom(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        rows = window.decided.table.view.rows
        await until(lambda: rows.rowCount() == 4 and "A. Kim" in rows.row_at(2).spoken())
        assert rows.row_at(1).spoken().endswith("not sent: caller withdrew, A. Kim")
        assert rows.row_at(3).spoken().endswith("EMS added: “Has not eaten for days.”, A. Kim")

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_a_change_moves_rows_and_the_pick_stays(qtbot: QtBot) -> None:
    async def scene(window: Window, room: boards.Room) -> None:
        press(Qt.Key.Key_F4)
        view = window.waiting.table.view
        resets: list[object] = []
        view.rows.modelReset.connect(lambda: resets.append(1))
        view.pick("incident-142")
        incidents = dict(room.board.incidents)
        incidents["incident-142"] = replace(incidents["incident-142"], priority=1)
        tables = {**room.board.tables, "incidents": incidents}
        window.desk.take(Changes(board=replace(room.board, tables=tables)))
        assert view.key == "incident-142"
        assert view.currentIndex().row() == view.rows.place_of("incident-142")
        del incidents["incident-142"]
        window.desk.take(Changes(board=replace(room.board, tables={**tables})))
        assert view.key == ""
        assert view.selectedIndexes() == []
        assert resets == []

    play(qtbot, samples.ordinary(boards.NOW), scene)


def test_closing_hides_and_a_new_theme_keeps_name_pick_and_typed_words(qtbot: QtBot) -> None:
    async def scene(window: Window, _room: boards.Room) -> None:
        window.left.name.field.setText("J. Re")
        window.teams.table.view.pick("unit-3")
        theme.apply("light", 1.5)
        await asyncio.sleep(0.02)
        assert window.left.name.field.text() == "J. Re"
        assert window.teams.table.view.key == "unit-3"
        window.acts.set_name(SUPERVISOR)
        window.close()
        assert not window.isVisible()
        window.show()
        assert window.acts.name == SUPERVISOR

    play(qtbot, samples.ordinary(boards.NOW), scene, name="")
