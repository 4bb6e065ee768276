"""What can be done with the picked team: its next status first, then check-in, backup, danger."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crt_console.domain.commands import (
    CallBackup,
    CheckIn,
    DeclareEmergency,
    ReportStatus,
    TellUnit,
)
from crt_console.domain.unit import Unit
from crt_console.domain.words import UnitStatus
from ui import theme
from ui.models.desk import Desk
from ui.models.speech import number_of, sentence, status_words
from ui.panels.columns import is_flat
from ui.widgets import ActionButton, Kind, Panel, SectionHeading
from ui.widgets.flow import empty

_NEXT = {
    UnitStatus.ASSIGNED: UnitStatus.ENROUTE,
    UnitStatus.ACKNOWLEDGED: UnitStatus.ENROUTE,
    UnitStatus.ENROUTE: UnitStatus.ONSCENE,
    UnitStatus.STAGED: UnitStatus.ONSCENE,
    UnitStatus.ONSCENE: UnitStatus.CLEARING,
    UnitStatus.TRANSPORTING: UnitStatus.AT_DESTINATION,
    UnitStatus.AT_DESTINATION: UnitStatus.CLEARING,
    UnitStatus.CLEARING: UnitStatus.AVAILABLE,
    UnitStatus.OUT_OF_SERVICE: UnitStatus.AVAILABLE,
}
_STATUSES = (
    (UnitStatus.ACKNOWLEDGED, "acknowledged", "K"),
    (UnitStatus.ENROUTE, "on the way", "W"),
    (UnitStatus.STAGED, "staged", "S"),
    (UnitStatus.ONSCENE, "on scene", "D"),
    (UnitStatus.TRANSPORTING, "transporting", "V"),
    (UnitStatus.AT_DESTINATION, "at destination", "J"),
    (UnitStatus.CLEARING, "clearing", "L"),
    (UnitStatus.AVAILABLE, "free", "F"),
)

_SIDE = 8
_EDGE = 6  # a button without an edge has its cap so much further right


class TeamActs(Panel):
    """Buttons for one team; their keys count while the list of teams or a button has the focus."""

    release = Signal(str)
    clear_emergency = Signal(str)
    out_of_service = Signal(str)

    def __init__(self, desk: Desk, *, width: float) -> None:
        super().__init__("panel")
        self._across = width
        self._desk = desk
        self._unit_id = ""
        self._shown: tuple[object, ...] = ()
        self._keys: dict[str, Callable[[], None]] = {}
        self.heading = SectionHeading("", lead=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(4))
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.px(_SIDE), theme.px(8), theme.px(_SIDE), theme.px(8))
        down.setSpacing(theme.px(6))
        down.addWidget(self.heading)
        down.addLayout(self._grid)
        self.hide()

    @property
    def unit(self) -> Unit | None:
        """The team that is picked."""
        return self._desk.board.units.get(self._unit_id)

    def pick(self, unit_id: str) -> None:
        """Show what can be done with this team."""
        self._unit_id = unit_id
        self.refresh()

    def refresh(self) -> None:
        """Show the team as it is."""
        unit = self.unit
        self.setVisible(unit is not None)
        if unit is None:
            return
        number = number_of(self._desk.board, unit.incident_id)
        link, low = self._desk.link, is_flat(self.window())
        saved = link.live and link.saving
        key = (unit.id, unit.status, unit.order, unit.told, unit.emergency_at, number, saved, low)
        if key == self._shown:
            return
        self._shown = key
        order = "" if unit.order == "GO" and unit.told else _order_words(unit)
        state = "EMERGENCY" if unit.emergency_at is not None else status_words(unit)
        note = order or ("" if saved else "nothing is saved now")
        self.heading.set_heading(f"{unit.call_sign} {state}", note=note)
        self._keys = {}
        buttons = [self._button(*act) for act in self._acts(unit)]
        for button in buttons:
            button.set_flat(flat=low or button.kind() is Kind.QUIET)
            if not saved:  # the keys go on: they say why nothing is done
                button.set_action(button.label(), kind=Kind.STATE)
        self._fill(buttons)

    def _fill(self, buttons: list[ActionButton]) -> None:
        """Two beside each other, their caps aligned; what is wider has a row of its own."""
        empty(self._grid)
        half = (theme.px(self._across) - 2 * theme.px(_SIDE) - theme.px(6)) // 2
        row, column = 0, 0
        for button in buttons:
            wide = button.sizeHint().width() > half
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(_cell(button), row, column, 1, 2 if wide else 1)
            row, column = (row + 1, 0) if wide or column else (row, 1)

    def _acts(self, unit: Unit) -> list[tuple[str, str, Callable[[], None], Kind]]:
        following = _NEXT.get(unit.status)
        acts: list[tuple[str, str, Callable[[], None], Kind]] = []
        if unit.emergency_at is not None:
            done = partial(self.clear_emergency.emit, unit.id)
            acts.append(("Emergency is over…", "U", done, Kind.PLAIN))
        if unit.order and not unit.told:
            acts.append((f"Told {unit.order}", "B", self._tell, Kind.PRIMARY))
        named = {status: (words, key) for status, words, key in _STATUSES}
        if following is not None:
            words, key = named[following]
            acts.append((sentence(words), key, partial(self.report, following), Kind.PLAIN))
        if unit.incident_id is not None:
            acts += [
                ("Check-in", "I", self.check_in, Kind.PLAIN),
                ("Backup police", "H", partial(self.backup, "police"), Kind.PLAIN),
                ("EMERGENCY", "F10", self.emergency, Kind.DANGER),
            ]
            acts += [
                (words, key, partial(self.report, status), Kind.QUIET)
                for status, words, key in _STATUSES
                if status not in {following, unit.status} and _possible(unit, status)
            ]
            acts.append(("release…", "Del", partial(self.release.emit, unit.id), Kind.QUIET))
        elif unit.on_shift:
            acts.append(("out of service…", "Q", partial(self.out_of_service.emit, unit.id),
                         Kind.QUIET))  # fmt: skip
        return acts

    def _button(self, words: str, key: str, act: Callable[[], None], kind: Kind) -> ActionButton:
        self._keys[key] = act
        button = ActionButton(words, key, kind=kind)
        button.clicked.connect(lambda _=False: act())
        return button

    def press(self, event: QKeyEvent) -> bool:
        """Do what this key stands for; False where it stands for nothing here."""
        if self.unit is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        name = "Del" if event.key() == Qt.Key.Key_Delete else event.text().upper()
        act = self._keys.get(name)
        if act is not None:
            act()
        return act is not None

    def report(self, status: UnitStatus) -> None:
        """Report a status of the picked team."""
        if self._unit_id:
            self._desk.do(ReportStatus(unit=self._unit_id, status=status))

    def check_in(self) -> None:
        """The picked team was heard and is well."""
        if self._unit_id:
            self._desk.do(CheckIn(units=(self._unit_id,)))

    def backup(self, agency: str) -> None:
        """Ask an agency to come to the picked team."""
        if self._unit_id:
            self._desk.do(CallBackup(unit=self._unit_id, agency=agency, urgent=True))

    def emergency(self) -> None:
        """The picked team is in danger of life."""
        if self._unit_id:
            self._desk.do(DeclareEmergency(unit=self._unit_id))

    def _tell(self) -> None:
        if self._unit_id:
            self._desk.do(TellUnit(unit=self._unit_id))


def _possible(unit: Unit, status: UnitStatus) -> bool:
    """Who is on the way already has acknowledged."""
    return status is not UnitStatus.ACKNOWLEDGED or unit.status is UnitStatus.ASSIGNED


def _cell(button: ActionButton) -> QWidget:
    """Lets the caps of all buttons stand below each other."""
    if button.kind() is not Kind.QUIET:
        return button
    cell = QWidget()
    inside = QHBoxLayout(cell)
    inside.setContentsMargins(0, 0, theme.px(_EDGE), 0)
    inside.addWidget(button)
    return cell


def _order_words(unit: Unit) -> str:
    if not unit.order:
        return ""
    words = "go in" if unit.order == "GO" else unit.order
    return f"order: {words}{'' if unit.told else ', not told yet'}"
