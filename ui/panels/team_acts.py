"""What can be done with the picked team: what comes next first, then the rest and danger."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crt_console.domain.commands import (
    CallBackup,
    CheckIn,
    DeclareEmergency,
    ReportStatus,
    TellUnit,
)
from crt_console.domain.unit import Unit
from crt_console.domain.words import AlarmKind, UnitStatus
from ui import theme
from ui.dialogs import unit_acts
from ui.models.desk import Desk
from ui.models.speech import number_of, sentence, status_words
from ui.models.unit_steps import STATUSES, following, others
from ui.panels.columns import TEAMS_SIDE, is_flat, is_short
from ui.widgets import ActionButton, Kind, Panel, SectionHeading
from ui.widgets.flow import replace

_FAR = "F5 for these keys"  # why their caps are faint: the keyboard is elsewhere
_OTHER = ("Other status…", "O")
_GAP = 6  # between two columns
_EDGE = 8  # of a button with an edge to its cap; one without ends with its cap


_Act = tuple[str, str, Callable[[], None], Kind]


class TeamActs(Panel):
    """Buttons for one team; their keys count while the list of teams or a button has the focus."""

    wanted = Signal(object, str)  # an ask about the team that has this id
    led = Signal()  # what comes next for the team stands out now, or no longer

    def __init__(self, desk: Desk, *, width: float) -> None:
        super().__init__("panel")
        self._across = width
        self._desk = desk
        self._unit_id = ""
        self._shown: tuple[object, ...] = ()
        self._keys: dict[str, Callable[[], None]] = {}
        self._next: ActionButton | None = None  # what comes next for the team
        self._leads = False
        self._title, self._order, self._saved = "", "", True
        self._headed = ("", "")
        self.keys_count: Callable[[], bool] = lambda: True  # elsewhere letters mean other things
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        self.heading = SectionHeading("", lead=True)
        self._page = QWidget()
        down = QVBoxLayout(self)
        edge = theme.px(TEAMS_SIDE)
        down.setContentsMargins(edge, theme.px(8), edge, theme.px(8))
        down.setSpacing(theme.px(6))
        down.addWidget(self.heading)
        down.addWidget(self._page)
        self.hide()

    def takes(self, key: str) -> bool:
        """Return whether a letter is its own just now."""
        return not self.isHidden() and key in self._keys and self.keys_count()

    def _moved(self) -> None:
        """Draw the caps anew: the list of teams has the keyboard now, or no longer."""
        self._mark()
        self.window().update()

    @property
    def leads(self) -> bool:
        """Whether what comes next for the team is the one act that stands out."""
        return self._leads

    def _mark(self) -> None:
        """Let what comes next stand out while the team is worked on, not its incident."""
        if self._next is not None:
            here = Kind.PRIMARY if self.keys_count() else Kind.PLAIN
            self._next.set_action(self._next.label(), kind=here)
        self._head()
        leads = self._next is not None and self.keys_count()
        if leads != self._leads:
            self._leads = leads
            self.led.emit()

    def _head(self) -> None:
        """Name the team; beside it its order, or why no key of these does anything now."""
        note = self._order if self.keys_count() else _FAR
        headed = (self._title, note if self._saved else "nothing is saved now")
        if headed != self._headed:
            self._headed = headed
            self.heading.set_heading(headed[0], note=headed[1])

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
            self._show_next(None)
            return
        number = number_of(self._desk.board, unit.incident_id)
        link, low, short = self._desk.link, is_flat(self.window()), is_short(self.window())
        saved = link.live and link.saving
        how = (number, saved, low, short, self._heard_is_due(unit))
        key = (unit.id, unit.status, unit.order, unit.told, unit.emergency_at, how)
        if key == self._shown:
            return
        self._shown = key
        order = "" if unit.order == "GO" and unit.told else _order_words(unit)
        state = "EMERGENCY" if unit.emergency_at is not None else status_words(unit)
        self._title, self._order = f"{unit.call_sign} {state}", order
        self._saved = saved
        acts, rare = self._acts(unit), self._rare(unit)
        other = (*_OTHER, self._ask(unit, unit_acts.report_status), Kind.QUIET)
        self._keys = {key: act for _, key, act, _ in (*acts, *rare, other)}
        # Where the list needs the room what is rare is behind one button; its keys still count.
        shown = [*acts, other] if rare and short else [*acts[:-1], *rare, *acts[-1:]]
        buttons = [self._button(*act) for act in shown]
        for button in buttons:
            button.set_snug()
            button.set_flat(flat=low or button.kind() is Kind.QUIET)
            if not saved:  # the keys go on: they say why nothing is done
                button.set_action(button.label(), kind=Kind.STATE)
        self._fill(buttons)
        self._show_next(next((b for b in buttons if b.kind() is Kind.PRIMARY), None))

    def _show_next(self, button: ActionButton | None) -> None:
        self._next = button
        self._mark()

    def _heard_is_due(self, unit: Unit) -> bool:
        """Whether the team should have been heard by now."""
        alarms = self._desk.board.alarms_of(unit.incident_id) if unit.incident_id else ()
        return any(
            alarm.kind is AlarmKind.CHECK_IN and alarm.unit_id == unit.id and alarm.raised
            for alarm in alarms
        )

    def _fill(self, buttons: list[ActionButton]) -> None:
        """Two as wide beside each other, caps aligned; what is wider has a row of its own."""
        page = QWidget()  # shown once it is full: each button shown by itself lays out the window
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(_GAP))
        grid.setVerticalSpacing(theme.px(4))
        cells = [_cell(button) for button in buttons]
        room = theme.px(self._across) - 2 * theme.px(TEAMS_SIDE)
        half = (room - theme.px(_GAP)) // 2
        places = _rows_of_two([cell.sizeHint().width() for cell in cells], half)
        for cell, (row, column, across) in zip(cells, places, strict=True):
            cell.setFixedWidth(half if across == 1 else room)
            grid.addWidget(cell, row, column, 1, across)
        replace(self._page, page)
        self._page = page

    def _acts(self, unit: Unit) -> list[_Act]:
        acts: list[_Act] = []
        if unit.emergency_at is not None:
            done = self._ask(unit, unit_acts.clear_emergency)
            acts.append(("Emergency is over…", "U", done, Kind.PLAIN))
        if unit.order and not unit.told:
            acts.append((f"Told {unit.order}", "B", self._tell, Kind.PRIMARY))
        acts += self._steps(unit)
        if unit.incident_id is not None:
            acts.append(("Backup", "H", partial(self.backup, "police"), Kind.PLAIN))
            if unit.emergency_at is None:
                acts.append(("EMERGENCY", "F10", self.emergency, Kind.URGENT))
            acts.append(("Release…", "Del", self._ask(unit, unit_acts.release_unit), Kind.QUIET))
        elif unit.on_shift:
            out = self._ask(unit, unit_acts.set_out_of_service)
            acts.append(("Out of service…", "Q", out, Kind.QUIET))
        return _one_next(acts, emergency=unit.emergency_at is not None)

    def _steps(self, unit: Unit) -> list[_Act]:
        """The next status and the check-in, which comes first where it is due."""
        steps: list[_Act] = []
        named = {status: (words, key) for status, words, key in STATUSES}
        if (step := following(unit)) is not None:
            words, key = named[step]
            steps.append((sentence(words), key, partial(self.report, step), Kind.PRIMARY))
        if unit.incident_id is not None:
            steps.append(("Check-in", "I", self.check_in, Kind.PRIMARY))
        return steps[::-1] if self._heard_is_due(unit) else steps

    def _rare(self, unit: Unit) -> list[_Act]:
        """Every other status it may report: a step back, or one that was skipped."""
        return [
            (sentence(words), key, partial(self.report, status), Kind.QUIET)
            for status, words, key in STATUSES
            if status in others(unit)
        ]

    def _ask(self, unit: Unit, make: Callable[..., object]) -> Callable[[], None]:
        return partial(self.wanted.emit, make, unit.id)

    def _button(self, words: str, key: str, act: Callable[[], None], kind: Kind) -> ActionButton:
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


def _one_next(acts: list[_Act], *, emergency: bool) -> list[_Act]:
    """Only the first of those that may come next is it; in an emergency none of them."""
    kinds = [kind for *_, kind in acts]
    first = kinds.index(Kind.PRIMARY) if Kind.PRIMARY in kinds and not emergency else None
    return [
        (words, key, act, Kind.PLAIN if kind is Kind.PRIMARY and at != first else kind)
        for at, (words, key, act, kind) in enumerate(acts)
    ]


def _rows_of_two(wide: list[int], most: int) -> list[tuple[int, int, int]]:
    """Row, column and columns of each: what is wider than `most` has both columns."""
    places, row, column = list[tuple[int, int, int]](), 0, 0
    for width in wide:
        alone = width > most
        if alone and column:
            row, column = row + 1, 0
        places.append((row, column, 2 if alone else 1))
        row, column = (row + 1, 0) if alone or column else (row, 1)
    return places


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
    return f"{'order' if unit.told else 'not told'}: {words}"
