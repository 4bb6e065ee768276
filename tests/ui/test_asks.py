"""Asks by keyboard, on a real console: each act arrives, a refusal keeps what was typed."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crt_console.domain.commands import Outcome
from crt_console.domain.errors import Unavailable
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, HandoverState, IncidentStatus, Order, UnitStatus
from tests.support.desks import (
    MemoryRoom,
    desk_of,
    drive,
    held,
    press,
    real_desk,
    say,
    until,
    write,
)
from ui import theme
from ui.dialogs import acts, unit_acts
from ui.dialogs.ask import Ask, AskHost, AskText
from ui.dialogs.ask_choice import AskAgencies, AskChoice
from ui.models import board_names
from ui.models.desk import Desk
from ui.widgets import Kind


class Scene:
    """A panel with a field and a place for asks."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.panel = QWidget()
        self.note = QLineEdit()
        self.note.setAccessibleName("Note")
        self.host = AskHost()
        self.outcomes: list[Outcome] = []
        self.host.finished.connect(self.outcomes.append)
        column = QVBoxLayout(self.panel)
        column.addWidget(self.host)
        column.addWidget(self.note)
        column.addStretch(1)
        qtbot.addWidget(self.panel)
        self.panel.resize(700, 640)
        self.panel.show()
        self.panel.activateWindow()
        self.note.setFocus()

    async def settle(self) -> None:
        """Wait until the keyboard is in the panel."""
        await until(self.note.hasFocus)

    @property
    def incident(self) -> Incident:
        found = board_names.find_incident(self.desk.board, "1")
        assert found is not None
        return found

    @property
    def unit(self) -> Unit:
        found = board_names.find_unit(self.desk.board, "crt2")
        assert found is not None
        return found

    async def ask(self, ask: Ask, *typed: str | Qt.Key) -> None:
        """Open an ask, type, and wait until it has been carried out and is on the board."""
        seen, done = self.desk.board.seq, len(self.outcomes)
        self.host.open(ask)
        self.type(*typed)
        await until(lambda: len(self.outcomes) > done or ask.said.text())
        assert ask.said.text() == ""
        await until(lambda: self.desk.board.seq > seen)

    def type(self, *typed: str | Qt.Key) -> None:
        for each in typed:
            if isinstance(each, str):
                write(each)
            else:
                press(each)


Play = Callable[[Scene], Awaitable[None]]
ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


@pytest.fixture
def play(qtbot: QtBot, sqlite_url: str) -> Callable[[Play], None]:
    def run(scenes: Play) -> None:
        async def whole() -> None:
            async with real_desk(sqlite_url) as desk:
                await say(
                    desk, "unit add CRT2", "shift start CRT2",
                    "new 9 Elm St, welfare check callback:8605550142",
                )  # fmt: skip
                scene = Scene(qtbot, desk)
                await scene.settle()
                await scenes(scene)
                scene.panel.close()

        drive(whole())

    return run


def test_a_handover_is_accepted_and_declined(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        await say(scene.desk, "handover 1 police", "handover 1 ems")
        await scene.ask(
            acts.accept_handover(scene.desk, scene.incident.id, "police"),
            "Sgt. Hale", TAB, "26-118804", ENTER,
        )  # fmt: skip
        await scene.ask(
            acts.decline_handover(scene.desk, scene.incident.id, "ems"), "no unit free", ENTER
        )
        states = {h.agency: h for h in scene.desk.board.handovers_of(scene.incident.id)}
        assert states["police"].state is HandoverState.ACCEPTED
        assert scene.desk.board.text(states["police"].accepted_by) == "Sgt. Hale"
        assert scene.desk.board.text(states["police"].their_number) == "26-118804"
        assert states["ems"].state is HandoverState.DECLINED

    play(scenes)


def test_other_agencies_are_decided_on(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        ask = acts.override_advice(scene.desk, scene.incident.id)
        await scene.ask(ask, "17", TAB, "asked for by name", ENTER)
        assert scene.incident.override == ("crt", "police")

    play(scenes)


def test_nobody_sent_closed_and_reopened_with_codes(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        await scene.ask(
            acts.mark_not_sent(scene.desk, scene.incident.id), "can", ENTER
        )  # type ahead: canceled by police or EMS
        assert scene.incident.not_sent == "cancelled"
        await scene.ask(
            acts.close_incident(scene.desk, scene.incident.id), "8", TAB, "spoke for 20 min", ENTER
        )
        assert scene.incident.status is IncidentStatus.CLOSED
        assert scene.incident.disposition == "by_phone"
        assert scene.desk.board.text(scene.incident.disposition_text) == "spoke for 20 min"
        await scene.ask(
            acts.reopen_incident(scene.desk, scene.incident.id), "she rang again", ENTER
        )
        assert scene.incident.open

    play(scenes)


def test_a_field_is_changed_unless_somebody_else_changed_it(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        await scene.ask(acts.edit_incident(scene.desk, scene.incident.id, "priority"), "1", ENTER)
        assert scene.incident.priority == 1
        await scene.ask(
            acts.edit_incident(scene.desk, scene.incident.id, "call_back"), "860 555 0199", ENTER
        )
        assert scene.desk.board.text(scene.incident.call_back) == "860 555 0199"
        ask = acts.edit_incident(scene.desk, scene.incident.id, "place")
        await say(scene.desk, "edit 1 place 7 Oak St")
        scene.host.open(ask)
        scene.type("11 Elm St", ENTER)
        await until(ask.said.text)
        assert ask.said.text().startswith("REFUSED")
        assert "7 Oak St" in ask.said.text()
        assert ask.values() == {"value": "11 Elm St"}
        assert scene.host.ask is ask

    play(scenes)


def test_the_scene_is_reported_clear_and_the_caller_rung_back(
    play: Callable[[Play], None],
) -> None:
    async def scenes(scene: Scene) -> None:
        await say(
            scene.desk, "answer 1 weapon firearm, weapon_intent toward_others",
            "handover 1 police",
            "accept 1 police Sgt. Hale",
        )  # fmt: skip
        assert scene.incident.held
        await scene.ask(acts.clear_scene(scene.desk, scene.incident.id), "Sgt. Hale", ENTER)
        assert scene.incident.held == ()
        ask = acts.record_ring_back(scene.desk, scene.incident.id)
        await scene.ask(ask, "calmer now", ENTER)

    play(scenes)


def _in_danger(scene: Scene) -> bool:
    return scene.unit.emergency_at is not None


def _status(scene: Scene) -> tuple[UnitStatus, str]:
    return scene.unit.status, scene.unit.oos_reason


def test_teams_shift_service_backup_emergency_release(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        desk, unit = scene.desk, scene.unit.id
        await scene.ask(unit_acts.set_out_of_service(desk, unit), "meal", ENTER)
        assert _status(scene) == (UnitStatus.OUT_OF_SERVICE, "meal")
        await scene.ask(unit_acts.end_shift(desk, unit), ENTER)
        assert _status(scene)[0] is UnitStatus.OFF
        await scene.ask(unit_acts.start_shift(desk, unit), "23:00", ENTER)
        assert scene.unit.free
        assert scene.unit.shift_ends_at is not None
        await say(desk, "override 1 crt asked for by name", "assign crt2 1")
        await scene.ask(unit_acts.call_backup(desk, unit), "1", ENTER)
        [backup] = [h for h in desk.board.handovers_of(scene.incident.id) if h.unit_id == unit]
        assert (backup.agency, backup.urgent) == ("police", True)
        await say(desk, "emergency crt2")
        assert _in_danger(scene)
        await scene.ask(unit_acts.clear_emergency(desk, unit), "spoke to both", ENTER)
        assert not _in_danger(scene)
        await scene.ask(unit_acts.release_unit(desk, unit), "not needed", ENTER)
        assert scene.unit.incident_id is None
        assert scene.unit.order is Order.NONE

    play(scenes)


def test_a_caution_needs_a_day_that_is_still_to_come(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        ask = unit_acts.add_caution(scene.desk, "9 Elm St")
        scene.host.open(ask)
        scene.type("Dog in the flat", TAB, "2020-01-01", ENTER)
        assert ask.said.text().startswith("NOT UNDERSTOOD: 2020-01-01 is past")
        ask.line("until").clear()
        scene.type("2099-01-31", ENTER)
        await until(lambda: scene.desk.board.cautions)
        [caution] = scene.desk.board.cautions.values()
        assert scene.desk.board.text(caution.about) == "9 Elm St"
        assert caution.until is not None

    play(scenes)


def test_escape_cancels_and_the_keyboard_is_where_it_was(play: Callable[[Play], None]) -> None:
    async def scenes(scene: Scene) -> None:
        seq = scene.desk.board.seq
        scene.host.open(acts.close_incident(scene.desk, scene.incident.id))
        scene.type("1", ESC)
        assert scene.host.ask is None
        assert QApplication.focusWidget() is scene.note
        assert scene.incident.open
        assert scene.desk.board.seq == seq
        assert not [a for a in scene.desk.board.raised if a.kind is AlarmKind.SECOND_PERSON]

    play(scenes)


def _show(qtbot: QtBot, ask: Ask) -> None:
    qtbot.addWidget(ask)
    ask.show()
    ask.activateWindow()
    qtbot.waitUntil(ask.isActiveWindow)
    ask.begin()


def test_what_is_missing_is_gone_to_and_named(qtbot: QtBot) -> None:
    asked: list[object] = []
    text = AskText("Who?", [("name", "Name", True), ("number", "Number", False)], "Accepted")
    choice = AskChoice(
        "Why?", {"a": "one", "other": "other"}, "Go", fields=[("text", "In words", False)],
        text_for=("other",),
    )  # fmt: skip
    agencies = AskAgencies("Who goes?", ("crt", "police"), "Decide", advised=("crt", "police"))
    for ask in (text, choice, agencies):
        qtbot.addWidget(ask)
        ask.answered.connect(asked.append)
        _show(qtbot, ask)
        ask.confirm()
    agencies._toggle("police")
    agencies.confirm()
    assert agencies.said.text() == ""
    assert agencies.line("reason").hasFocus()
    agencies.confirm()
    assert agencies.said.text().startswith("MISSING: Reason")
    text.confirm()
    choice.list.pick_code("other")
    choice.confirm()
    assert asked == [{"agencies": "crt+police", "reason": ""}]


def test_an_act_that_may_have_been_done_is_given_again_as_the_same(qtbot: QtBot) -> None:
    room = MemoryRoom()
    made = room.incident(place="9 Elm St")
    desk = desk_of(room)
    given: list[str] = []

    async def scenes() -> None:
        ask = acts.reopen_incident(desk, made.id)
        qtbot.addWidget(ask)
        ask.show()
        ask.activateWindow()
        await until(ask.isActiveWindow)
        ask.begin()
        write("she rang again")
        room.failing = Unavailable("the database is away", may_be_done=True)
        seen = room.do

        async def do(command: object, *, by: str | None = None) -> Outcome:
            given.append(command.operation_id)  # type: ignore[attr-defined]
            return await seen(command, by=by)  # type: ignore[arg-type]

        room.do = do  # type: ignore[method-assign]
        press(ENTER)
        await until(ask.said.text)
        assert ask.said.text() == "NOT DONE: the database is away"
        room.failing = None
        press(ENTER)
        await until(lambda: room.done)

    drive(scenes())
    assert given[0] == given[1]


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_ask_shows_its_words_and_names_its_controls(
    qtbot: QtBot, name: str, scale: float
) -> None:
    theme.apply(name, scale)
    room = MemoryRoom()
    made = room.incident(place="9 Elm St", agencies=("crt", "police"), priority=2)
    team = room.unit("CRT 2", incident_id=made.id)
    desk = desk_of(room)
    asks = [
        acts.accept_handover(desk, made.id, "police"),
        acts.decline_handover(desk, made.id, "ems"),
        acts.clear_scene(desk, made.id),
        acts.override_advice(desk, made.id),
        acts.mark_not_sent(desk, made.id),
        acts.close_incident(desk, made.id),
        acts.reopen_incident(desk, made.id),
        acts.record_ring_back(desk, made.id),
        *(acts.edit_incident(desk, made.id, field) for field in acts.EDITABLE),
        unit_acts.release_unit(desk, team.id),
        unit_acts.set_out_of_service(desk, team.id),
        unit_acts.clear_emergency(desk, team.id),
        unit_acts.call_backup(desk, team.id),
        unit_acts.start_shift(desk, team.id),
        unit_acts.end_shift(desk, team.id),
        unit_acts.add_caution(desk, "9 Elm St"),
    ]
    for ask in asks:
        theme.elisions.clear()
        ask.resize(theme.px(620), ask.sizeHint().height())
        _show(qtbot, ask)
        ask.grab()
        assert list(theme.elisions) == [], ask.accessibleName()
        assert held().accessibleName()
        nameless = [
            type(w).__name__
            for w in ask.findChildren(QWidget)
            if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
        ]
        assert nameless == []
        ask.hide()
    theme.apply("dark", 1.0)


def test_an_act_stands_out_once_enter_does_it(qtbot: QtBot) -> None:
    ask = AskText("Who?", [("name", "Name", True)], "Accepted")
    qtbot.addWidget(ask)
    ask.show()
    ask.activateWindow()
    ask.begin()
    qtbot.waitUntil(ask.line("name").hasFocus)
    assert ask.primary.kind() is Kind.PLAIN
    write("Hale")
    assert ask.primary.kind() is Kind.PRIMARY


def test_deciding_stands_out_once_others_are_chosen(qtbot: QtBot) -> None:
    ask = AskAgencies("Who should go?", ["crt"], "Decide", advised=["crt"])
    qtbot.addWidget(ask)
    ask.show()
    ask.activateWindow()
    ask.begin()
    qtbot.waitUntil(ask.first().hasFocus)
    kinds = [ask.primary.kind()]
    for key in "71":  # police too; the team no more, which needs a reason
        write(key)
        kinds.append(ask.primary.kind())
    assert kinds == [Kind.PLAIN, Kind.PRIMARY, Kind.PLAIN]
