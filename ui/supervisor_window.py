"""The supervisor's window, for a second monitor: what waits for her, teams, waiting, figures."""

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from crt_console.domain.board import Changes
from crt_console.domain.commands import AcknowledgeAlarm, OfferHandover
from ui import theme
from ui.delegates.table_view import TableView
from ui.models.desk import Desk
from ui.models.due_view import DueChip as Due
from ui.models.queue_view import counts
from ui.panels.keys_overlay import KeysOverlay
from ui.panels.strip import Strip
from ui.panels.supervisor_acts import SupervisorActs
from ui.panels.supervisor_bar import FootBar
from ui.panels.supervisor_decided import DecidedPart, NotSentTimes
from ui.panels.supervisor_due import NobodyLine
from ui.panels.supervisor_incident import IncidentPart
from ui.panels.supervisor_left import LeftColumn
from ui.panels.supervisor_parts import MARGIN, ScrollColumn, Widths, widths_for
from ui.panels.supervisor_teams import TeamsPart
from ui.panels.supervisor_today import FiguresReader, TodayPart
from ui.panels.supervisor_waiting import WaitingPart
from ui.supervisor_keys import HER_KEYS, HerKeys, focus
from ui.theme import Ticker
from ui.widgets import Panel
from ui.widgets.live_keys import FollowKeys, typed

_SMALLEST = 640, 400
_LAID_OUT_MS = 20  # until what was just opened has its height
_Listed = TeamsPart | WaitingPart | TodayPart | DecidedPart


class SupervisorWindow(QWidget):
    """Draws from the desk and acts under her own name; closing it only hides it.

    What she opens is read here; the dispatcher's window keeps its own incident.
    """

    def __init__(self, desk: Desk, ticker: Ticker | None = None) -> None:
        super().__init__()
        self.setWindowTitle("CRT Console: supervisor")
        self.setObjectName("supervisor")
        self.desk = desk
        self._keys = HerKeys(self)
        FollowKeys(self)
        self._before: QWidget | None = None  # what had the keyboard when an incident was opened
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
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
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
        self.due = NobodyLine(desk, narrow=widths.narrow)
        self.due.open_due = lambda due: self._show(due.incident_id)
        self.due.have_it = self.have_it
        self.due.me = lambda: acts.name
        self.due.send_help = self.send_help
        self.left = LeftColumn(desk, acts, self._show, short=widths.short, typed=typed)
        self.due.show_all = self.left.focus_dues
        self.foot = FootBar(narrow=widths.narrow)
        self.overlay = KeysOverlay(self, HER_KEYS, ())
        self._body = self._lay_out(widths)
        for widget in (self.strip, self.due, self._body, self.foot):
            self._root.addWidget(widget, 1 if widget is self._body else 0)
        self._show_name()

    def _lay_out(self, widths: Widths) -> QWidget:
        short, side = widths.short, "panel" if widths.stacked else "bg"
        desk, show = self.desk, self._show
        self.teams = TeamsPart(desk, self.acts, show, short=short, surface="panel")
        self.decided = DecidedPart(desk, self._not_sent, show, short=short, surface="panel")
        self.waiting = WaitingPart(desk, show, surface=side)
        self.today = TodayPart(desk, self._figures, short=short, surface=side)
        self.incident = IncidentPart(desk, "panel")
        self.incident.left.connect(self.close_incident)
        teams = self.teams
        body = Panel("bg")
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.left.setFixedWidth(theme.px(widths.left))
        self.middle = ScrollColumn("panel")
        self.middle.fill_rows(teams.table, lambda: teams.tall)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.middle)
        self._pages.addWidget(self.incident)
        across.addWidget(self.left)
        across.addWidget(self._pages, 1)
        if widths.stacked:
            self.right = self.middle
            self._fill(self.middle, self.teams, self.waiting, self.today, self.decided)
            return body
        self.right = ScrollColumn("bg")
        self.right.setFixedWidth(theme.px(widths.right))
        across.addWidget(self.right)
        self._fill(self.middle, self.teams, self.decided)
        self._fill(self.right, self.waiting, self.today)
        return body

    @staticmethod
    def _fill(column: ScrollColumn, *parts: _Listed) -> None:
        column.fill(*parts)
        for part in parts:
            column.count(part, part.below)

    def _rebuild(self) -> None:
        """Make everything anew for another theme, scale or width; keyboard and picks stay."""
        held = next((s.accessibleName() for s in self._stops() if s.hasFocus()), "")
        typed = self.left.name.field.text()
        picked = [table.key for table in self._tables()]
        defining, opened, reading = self.today.defining, self.incident.key, self.reading
        self._widths = widths_for(self.width() / theme.state.scale)
        for widget in (self.strip, self.due, self._body, self.foot, self.overlay):
            widget.hide()
            self._root.removeWidget(widget)
            widget.deleteLater()
        self._before = None
        self._build(typed)
        for table, key in zip(self._tables(), picked, strict=True):
            table.mark(key)
        self.refresh()
        if defining:
            self.today.define()
        if opened:
            self.incident.open(opened)
            self._pages.setCurrentIndex(int(reading))
        QTimer.singleShot(0, self, lambda: self._focus_again(held))  # once it can be seen

    def _focus_again(self, name: str) -> None:
        """The keyboard goes back to what is called this."""
        again = (s for s in self._stops() if s.accessibleName() == name and s.isVisible())
        if (stop := next(again, None)) is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """While letters are typed no letter does anything, and none looks as if it did."""
        if now is not None and isValid(self) and now.window() is self:
            self.foot.offer_letters(on=not typed(now))

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
        parts = (self.left, self.teams, self.decided, self.waiting, self.today, self.incident)
        for part in parts:
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
            for part in (self.left, self.teams, self.waiting, self.incident, self.foot):
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
        if self._widths.stacked:
            self.waiting.show_all()
            return
        needed = self.right.body.sizeHint().height() - self.waiting.rows_height()
        self.waiting.fit(self.right.viewport().height() - needed - theme.px(MARGIN))

    def _answered(self, tag: str, words: str) -> None:
        self.foot.say(tag, words)

    # her name

    def _named(self, name: str) -> None:
        self._show_name()
        self.due.refresh()
        self.left.refresh()
        self._order_stops()
        self.foot.say("", "")  # the strip says who she is
        if name:
            self.left.focus_first()
        else:
            self.left.name.field.setFocus()

    def _show_name(self) -> None:
        # The narrowest strip has no room for a word that the title of the window says too.
        word = "supervisor" if self._widths.right and self.acts.name else ""
        self.strip.who.set_item(self.acts.name or "no name yet", word)

    # acts

    def have_it(self, alarm_id: str) -> None:
        """She has the emergency."""
        self.acts.do(AcknowledgeAlarm(alarm=alarm_id), "You have the emergency")

    def send_help(self, due: Due) -> None:
        """Police and EMS to the emergency."""
        for agency in ("police", "ems"):
            done = f"{due.number}: police and EMS asked"
            self.acts.do(OfferHandover(incident=due.incident_id, agency=agency), done)

    # the incident she reads

    @property
    def reading(self) -> bool:
        """Whether an incident is open."""
        return self._pages.currentIndex() == 1

    def _show(self, incident_id: str) -> None:
        """Open an incident here; Esc goes back to where the keyboard was."""
        if incident_id not in self.desk.board.incidents:
            return
        if not self.reading:
            self._before = QApplication.focusWidget()
        self._pages.setCurrentIndex(1)
        self.incident.open(incident_id)
        focus(self.incident)

    def open_last(self) -> None:
        """Go to the incident that was opened last."""
        if self.incident.key in self.desk.board.incidents:
            self._show(self.incident.key)
        else:
            self.foot.say("NOTHING", "No incident is open. Enter on a line opens its incident.")

    def close_incident(self) -> None:
        """Show the teams again; the keyboard is where it was."""
        if self.reading:
            before, self._before = self._before, None
            self._pages.setCurrentIndex(0)
            there = before is not None and isValid(before) and before.isVisible()
            focus(before if before is not None and there else self.teams.table.view)

    def _emergency(self) -> Due | None:
        return next((due for due in self.due.dues if due.emergency), None)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or not self._keys.press(event):
            super().keyPressEvent(event)

    def to_list(self, head: QWidget, view: TableView) -> None:
        """Give a list the keyboard, from its head on; the incident she read gives way."""
        column = self.middle if self.middle.isAncestorOf(head) else self.right
        if column is self.middle:
            self._pages.setCurrentIndex(0)
        column.show_top(head)
        focus(view)

    def define(self) -> None:
        """Show what the figures mean, or hide it again."""
        if self._widths.stacked:
            self._pages.setCurrentIndex(0)
        self.today.define()
        if self.today.defining:
            QTimer.singleShot(_LAID_OUT_MS, self, self._show_meaning)

    def _show_meaning(self) -> None:
        fits = self.today.height() < self.right.viewport().height()
        self.right.show_top(self.today if fits else self.today.meaning)

    def open_picked(self) -> bool:
        """In a list O is Enter: the incident of the picked row."""
        view = next((view for view in self._tables() if view.hasFocus() and view.key), None)
        if view is not None:
            view.opened.emit(view.key)
        return view is not None

    def own_emergency(self) -> None:
        """She has the emergency, if there is one."""
        if (due := self._emergency()) is not None:
            self.have_it(due.alarm_id)

    def help_emergency(self) -> None:
        """Police and EMS to the emergency, if there is one."""
        if (due := self._emergency()) is not None and due.incident_id:
            self.send_help(due)

    def _stops(self) -> list[QWidget]:
        """What Tab reaches: down the columns, from left to right."""
        lists = [self.decided.stops(), self.waiting.stops(), self.today.stops()]
        if self._widths.stacked:
            lists = [*lists[1:], lists[0]]
        every = (self.left.stops(), self.incident.stops(), self.teams.stops(), *lists)
        return [stop for part in every for stop in part]

    def _order_stops(self) -> None:
        stops = self._stops()
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
