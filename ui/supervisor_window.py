"""The supervisor's window, for a second monitor: what waits for her, teams, waiting, figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from crt_console.domain.board import Changes
from crt_console.domain.commands import AcknowledgeAlarm, OfferHandover
from ui import theme
from ui.delegates.table_view import TableView
from ui.models.desk import Desk
from ui.models.due_view import DueChip as Due
from ui.models.queue_view import counts
from ui.models.supervisor_view import nobody_has
from ui.panels.due_line import DueLine
from ui.panels.strip import Strip
from ui.panels.supervisor_acts import SupervisorActs
from ui.panels.supervisor_bar import FootBar
from ui.panels.supervisor_decided import DecidedPart, NotSentTimes
from ui.panels.supervisor_left import LeftColumn
from ui.panels.supervisor_parts import MARGIN, ScrollColumn, Widths, widths_for
from ui.panels.supervisor_teams import TeamsPart
from ui.panels.supervisor_today import FiguresReader, TodayPart
from ui.panels.supervisor_waiting import WaitingPart
from ui.theme import Ticker
from ui.widgets import Panel

_SMALLEST = 640, 400
_STACKED_WAITING = 8  # rows of who waits where all lists share a column


class SupervisorWindow(QWidget):
    """Draws from the desk and acts under her own name; closing it only hides it.

    `open_incident` shows an incident in the dispatcher's window. Without a ticker it has its own.
    """

    def __init__(
        self, desk: Desk, open_incident: Callable[[str], None], ticker: Ticker | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle("CRT Console: supervisor")
        self.setObjectName("supervisor")
        self.desk, self._open = desk, open_incident
        self.acts = SupervisorActs(desk, self)
        self._figures = FiguresReader(desk, self)
        self._figures.came.connect(self._figures_came)
        self._not_sent = NotSentTimes(desk)
        self._root = QVBoxLayout(self)
        self._root.setContentsMargins(0, 0, 0, 0)
        self._root.setSpacing(0)
        # A wide layout must not keep the window from getting narrow, which brings the narrow one.
        self._root.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*_SMALLEST)
        self._widths = widths_for(1920)
        self._sound = "on"
        self._build("")
        self.acts.named.connect(self._named)
        self.acts.answered.connect(self._answered)
        desk.changed.connect(self._changed)
        theme.state.changed.connect(self._rebuild)
        self._ticker = ticker or Ticker(self)
        self._ticker.ticked.connect(self.tick)
        if ticker is None:
            self._ticker.start()
        self.resize(theme.px(1600), theme.px(900))

    # building

    def _build(self, typed: str) -> None:
        desk, acts, widths = self.desk, self.acts, self._widths
        self.strip = Strip(desk, role="supervisor", narrow=widths.narrow)
        self.strip.set_sound(self._sound)
        if not widths.right:
            self.strip.row.setSpacing(theme.px(14))
        self.due = DueLine(desk, title="Nobody has", find=_nobody_has, narrow=widths.narrow)
        self.due.open_due = lambda due: self._show(due.incident_id)
        self.due.have_it = self.have_it
        self.due.me = lambda: acts.name
        self.due.send_help = self.send_help
        self.left = LeftColumn(desk, acts, self._show, short=widths.short, typed=typed)
        self.due.show_all = self.left.focus_dues
        self.foot = FootBar(narrow=widths.narrow)
        self._body = self._lay_out(widths)
        for widget in (self.strip, self.due, self._body, self.foot):
            self._root.addWidget(widget, 1 if widget is self._body else 0)
        self._show_name()

    def _lay_out(self, widths: Widths) -> QWidget:
        short, side = widths.short, "bg" if widths.right else "panel"
        self.teams = TeamsPart(self.desk, self.acts, self._show, short=short, surface="panel")
        self.decided = DecidedPart(
            self.desk, self._not_sent, self._show, short=short, surface="panel"
        )
        self.waiting = WaitingPart(self.desk, self._show, short=short, surface=side)
        self.today = TodayPart(self.desk, self._figures, short=short, surface=side)
        body = Panel("bg")
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.left.setFixedWidth(theme.px(widths.left))
        self.middle = ScrollColumn("panel")
        across.addWidget(self.left)
        across.addWidget(self.middle, 1)
        if not widths.right:
            self.right = self.middle
            self.middle.fill(self.teams, self.waiting, self.today, self.decided)
            return body
        self.right = ScrollColumn("bg")
        self.right.setFixedWidth(theme.px(widths.right))
        across.addWidget(self.right)
        self.middle.fill(self.teams, self.decided)
        self.right.fill(self.waiting, self.today)
        return body

    def _rebuild(self) -> None:
        """Make everything anew for another theme, scale or width; name and picks stay."""
        typed = self.left.name.field.text()
        picked = [table.key for table in self._tables()]
        defining = self.today.defining
        self._widths = widths_for(self.width() / theme.state.scale)
        for widget in (self.strip, self.due, self._body, self.foot):
            widget.hide()
            self._root.removeWidget(widget)
            widget.deleteLater()
        self._build(typed)
        self.refresh()
        for table, key in zip(self._tables(), picked, strict=True):
            table.mark(key)
        if defining:
            self.today.define()

    def _tables(self) -> list[TableView]:
        lists = (self.left.dues, self.teams.table, self.decided.table, self.waiting.table)
        return [table.view for table in lists]

    # showing

    def _changed(self, changes: Changes) -> None:
        self._not_sent.hear(changes)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the board as it is."""
        self._show_room()
        for part in (self.left, self.teams, self.decided, self.waiting, self.today):
            part.refresh()
        self._figures.want()
        self._not_sent.ask(self._decided_came)
        self._order_stops()
        self._fit_later()
        if self.focusWidget() is None and self.acts.name:
            self.teams.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_room(self) -> None:
        desk = self.desk
        self.strip.show_counts(counts(desk.board, desk.now(), desk.timers))
        self.strip.tick()
        self.due.refresh()

    def tick(self) -> None:
        """Let times run, and show what time alone has made due."""
        if self.isVisible():
            self._show_room()
            for part in (self.left, self.teams, self.waiting):
                part.tick()

    def set_sound(self, state: str) -> None:
        """Show in the strip whether there is sound."""
        self._sound = state
        self.strip.set_sound(state)

    def _figures_came(self, _figures: object) -> None:
        self.today.refresh()
        self._fit_later()

    def _decided_came(self) -> None:
        self.decided.refresh()

    def _fit_later(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Give the list of who waits what the figures leave, so that both can be seen."""
        if self.right is self.middle:
            self.waiting.fit(theme.px(46 * _STACKED_WAITING))
            return
        needed = self.right.body.sizeHint().height() - self.waiting.rows_height()
        self.waiting.fit(self.right.viewport().height() - needed - theme.px(MARGIN))

    def _answered(self, tag: str, words: str) -> None:
        self.foot.say(tag, words)

    # her name

    def _named(self, name: str) -> None:
        self._show_name()
        self.left.refresh()
        self._order_stops()
        if name:
            self.foot.say("DONE", f"You are {name}, supervisor.")
            self.left.focus_first()
        else:
            self.left.name.field.setFocus()

    def _show_name(self) -> None:
        # The narrowest strip has no room for a word that the title of the window says too.
        word = "supervisor" if self._widths.right else ""
        self.strip.who.set_item(self.acts.name or "nobody yet", word)

    # acts

    def have_it(self, alarm_id: str) -> None:
        """She has the emergency."""
        self.acts.do(AcknowledgeAlarm(alarm=alarm_id), "You have the emergency")

    def send_help(self, due: Due) -> None:
        """Police and EMS to the emergency."""
        for agency in ("police", "ems"):
            done = f"{due.number}: police and EMS asked"
            self.acts.do(OfferHandover(incident=due.incident_id, agency=agency), done)

    def _show(self, incident_id: str) -> None:
        if incident_id:
            self._open(incident_id)

    def _emergency(self) -> Due | None:
        return next((due for due in self.due.dues if due.emergency), None)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        functions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_F4: lambda: _focus(self.waiting.table.view),
            Qt.Key.Key_F5: lambda: _focus(self.teams.table.view),
            Qt.Key.Key_F8: self.left.focus_dues,
            Qt.Key.Key_F11: self._help_emergency,
            Qt.Key.Key_F12: self._own_emergency,
        }
        function = functions.get(event.key())
        if function is not None:
            function()
            return True
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held or isinstance(QApplication.focusWidget(), QLineEdit):
            return False
        return self._letter(event.text().upper())

    def _letter(self, key: str) -> bool:
        if key == "D":
            self._define()
            return True
        if key == "W":
            self.acts.set_name("")
            return True
        if key == "O" and self._open_picked():
            return True
        return self.teams.press(key) or self.left.press(key)

    def _define(self) -> None:
        self.today.define()
        if self.today.defining:  # once it has its height
            QTimer.singleShot(0, self, self._show_meaning)

    def _show_meaning(self) -> None:
        self.right.ensureWidgetVisible(self.today.meaning)

    def _open_picked(self) -> bool:
        """In a list O is Enter: the incident of the picked row."""
        view = next((view for view in self._tables() if view.hasFocus() and view.key), None)
        if view is not None:
            view.opened.emit(view.key)
        return view is not None

    def _own_emergency(self) -> None:
        if (due := self._emergency()) is not None:
            self.have_it(due.alarm_id)

    def _help_emergency(self) -> None:
        if (due := self._emergency()) is not None and due.incident_id:
            self.send_help(due)

    def _order_stops(self) -> None:
        """Tab goes down the columns, from left to right."""
        lists = [self.decided.stops(), self.waiting.stops(), self.today.stops()]
        if self.right is self.middle:
            lists = [*lists[1:], lists[0]]
        every = (self.left.stops(), self.teams.stops(), *lists)
        stops = [stop for part in every for stop in part]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if widths_for(self.width() / theme.state.scale) != self._widths:
            self._rebuild()
        elif self.isVisible():
            self.due.refresh()
            self._fit_later()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        if not self.acts.name:
            self.left.name.field.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hides it; what is typed and picked stays for the next time."""
        event.ignore()
        self.hide()


def _nobody_has(desk: Desk, now: datetime) -> tuple[Due, ...]:
    # Seconds since then would make every tick a new line; the chips count by themselves.
    return tuple(replace(due, since_s=0.0) for due in nobody_has(desk.board, now))


def _focus(view: QWidget) -> None:
    view.setFocus(Qt.FocusReason.ShortcutFocusReason)
