"""The dispatcher's window: strip, due line, queue, incident, teams, command bar."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crt_console.domain.commands import AcknowledgeAlarm, DeclareEmergency, OfferHandover
from ui import theme
from ui.models.desk import Desk
from ui.models.drafts import Draft, Drafts
from ui.models.due_view import DueChip as Due
from ui.models.queue_view import counts
from ui.panels.columns import Columns, columns_for, is_flat, side
from ui.panels.command_bar import CommandBar
from ui.panels.draft_offers import DraftOffers
from ui.panels.due_line import DueLine
from ui.panels.due_list import DueList
from ui.panels.incident import IncidentPanel
from ui.panels.keys_overlay import KeysOverlay
from ui.panels.lists import QueuePanel, TeamsPanel
from ui.panels.new_call import NewCall
from ui.panels.send import SendPanel
from ui.panels.strip import Strip
from ui.panels.team_acts import TeamActs
from ui.theme.ticker import Ticker
from ui.widgets import Panel
from ui.window_keys import WindowKeys

_MONITOR = QSize(1920, 1080)


def _columns(size: QSize) -> Columns:
    return columns_for(size.width() / theme.state.scale, size.height() / theme.state.scale)


class MainWindow(QWidget):
    """Composes the panels; everything it shows comes from the desk."""

    close_wanted = Signal()
    supervisor_wanted = Signal()
    mute_wanted = Signal()

    def __init__(self, desk: Desk, drafts: Drafts, room: QSize = _MONITOR) -> None:
        """`room`: the size it is going to have, so that it is built once."""
        super().__init__()
        self.desk = desk
        self.setWindowTitle("CRT Console")
        self.setObjectName("dispatcher")
        self.drafts = drafts
        self._columns: Columns | None = None
        self._sound = "on"
        self._followed = ("", "")  # an incident and its only team
        self._root = QVBoxLayout(self)
        self._root.setContentsMargins(0, 0, 0, 0)
        self._root.setSpacing(0)
        # Narrower than three columns need: then there are two.
        self._root.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._ticker = Ticker(self)
        self._ticker.ticked.connect(self.tick)
        self._build(_columns(room))
        self.keys = WindowKeys(self)
        desk.changed.connect(lambda _: self._changed())
        desk.selected.connect(self._selected)
        desk.said.connect(self._say)
        theme.state.changed.connect(self._rebuild)
        self._ticker.start()
        self.refresh()  # nothing empty while the database is still being opened

    # building

    def _build(self, columns: Columns) -> None:
        self._columns = columns
        desk, narrow = self.desk, columns.narrow
        self.strip = Strip(desk, narrow=narrow)
        self.due = DueLine(desk, narrow=narrow)
        self.queue = QueuePanel(desk, width=columns.queue, density=columns.density)
        self.incident = IncidentPanel(
            desk, self.drafts, narrow=not columns.teams, small=narrow, low=columns.low
        )
        self.new_call = NewCall(desk, self.drafts, low=columns.low)
        self.due_list = DueList(desk)
        self.send = SendPanel(
            desk, flat=not columns.teams, tight=columns.tight, low=columns.low and not columns.teams
        )
        across = columns.teams or columns.queue
        self.teams = TeamsPanel(
            desk, width=across, density=columns.density, titled=not columns.teams
        )
        self.team_acts = TeamActs(desk, width=across)
        self.bar = CommandBar(desk, height=40 if narrow else 44)
        if columns.low:
            for band, tall in ((self.strip, 40), (self.due, 42), (self.bar, 38)):
                band.setFixedHeight(theme.px(tall))
        self._body = self._lay_out(columns)
        for widget in (self.strip, self.due, self._body, self.bar):
            self._root.addWidget(widget, 1 if widget is self._body else 0)
        self.overlay = KeysOverlay(self)
        self._wire()

    def _lay_out(self, columns: Columns) -> QWidget:
        body = Panel("bg")
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.queue)
        middle, pages = QWidget(), QWidget()
        self.offers = DraftOffers(self.drafts, mark=self.queue.new)
        edge = side(low=columns.low)
        self.offers.setContentsMargins(edge, theme.px(12), edge, 0)
        stack = QVBoxLayout(middle)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.offers)
        stack.addWidget(pages, 1)
        self.middle = QStackedLayout(pages)
        for page in (self.incident, self.new_call, self.due_list):
            self.middle.addWidget(page)
        right = Panel("panel")
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        if columns.teams:
            across.addWidget(middle, 1)
            right.setFixedWidth(theme.px(columns.teams))
            down.addWidget(self.send)
            down.addWidget(self.teams, 1)
            down.addWidget(self.team_acts)
            across.addWidget(right)
            return body
        # Two columns: sending is a bar below the incident, the teams share the queue's column.
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(middle, 1)
        column.addWidget(self.send)
        across.addLayout(column, 1)
        self.teams.setParent(body)
        self.team_acts.setParent(body)
        self.teams.hide()
        down.addWidget(self.teams, 1)
        down.addWidget(self.team_acts)
        right.setFixedWidth(theme.px(columns.queue))
        right.hide()
        across.insertWidget(0, right)
        self._swap = (self.queue, right)
        return body

    def _wire(self) -> None:
        self.queue.new_call.connect(self.open_new_call)
        self.new_call.closed.connect(self.show_incident)
        self.offers.go_on.connect(self.go_on)
        self.middle.currentChanged.connect(self._turned)
        self.incident.asking.connect(self._turned)
        self.new_call.saved.connect(self._saved)
        self.due_list.closed.connect(self.show_incident)
        self.due_list.opened.connect(self.open_due)
        self.due.open_due = self.open_due
        self.due.have_it = self.have_it
        self.due.send_help = self.send_help
        self.due.show_all = self.show_dues
        self.send.other.connect(self.open_other)
        self.send.locked.connect(self.incident.more.set_note)
        self.send.noted.connect(self.incident.foot.write)
        self.teams.picked.connect(self._picked_team)
        self.teams.view.opened.connect(self.send.choose)
        self.team_acts.wanted.connect(self.act_on_unit)
        self.teams.left.connect(self.focus_queue)
        self.bar.team_shown.connect(self._show_team)
        self.key_taker = self.team_acts  # its letters come before the incident's
        self.team_acts.keys_count = lambda: self.keys.in_teams()  # noqa: PLW0108 - made later
        self.bar.turned.connect(self._turned)
        self.team_acts.led.connect(self._turned)
        self.strip.set_sound(self._sound)

    def _rebuild(self) -> None:
        """Make everything anew: another theme, scale or width. What is typed stays drafted."""
        self.drafts.flush()
        typing = self.middle.currentWidget() is self.new_call
        draft = self.new_call.draft
        for widget in (self.strip, self.due, self._body, self.bar, self.overlay):
            widget.hide()
            self._root.removeWidget(widget)
            widget.deleteLater()
        self._build(self._columns_now())
        self.refresh()
        for widget in (self.strip, self.due, self._body, self.bar):
            widget.show()  # now: what is hidden until the next event takes no keyboard
        if typing:
            self.go_on(draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns_now() != self._columns:
            self._rebuild()
        self.due.refresh()
        self.offers.renew()

    def _columns_now(self) -> Columns:
        return _columns(self.size())

    # what is shown

    def refresh(self) -> None:
        """Draw the board as it is."""
        self.queue.refresh()
        self.incident.refresh()
        self.send.refresh()
        self.teams.refresh()
        self.team_acts.refresh()
        self.due.refresh()
        if self.middle.currentWidget() is self.due_list:
            self.due_list.refresh()
        desk = self.desk
        self.strip.show_counts(counts(desk.board, desk.now(), desk.timers))
        self.strip.tick()

    def _changed(self) -> None:
        self.refresh()
        self._open_first()
        self._follow_team()

    def _open_first(self) -> None:
        """Until somebody picks an incident, open the most urgent that waits; never while typing."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        shown = self.middle.currentWidget() is self.incident
        if self.queue.first_waiting and shown and not typing and not self.desk.incident_id:
            self.desk.select(self.queue.first_waiting)

    def tick(self) -> None:
        """Let clocks and ages run, once a second."""
        desk = self.desk
        self.strip.tick()
        self.strip.show_counts(counts(desk.board, desk.now(), desk.timers))
        self.due.refresh()
        for panel in (self.queue, self.teams, self.incident):
            panel.tick()
        if self.middle.currentWidget() is self.due_list:
            self.due_list.tick()
        self._follow_team()

    def _selected(self, _: str) -> None:
        self.show_incident()
        self.send.refresh()
        self.teams.refresh()
        self._follow_team()

    def _picked_team(self, unit_id: str) -> None:
        self._followed = ("", "")  # until the keyboard is elsewhere again
        self.team_acts.pick(unit_id)

    def _its_team(self) -> str:
        """The only team on the open incident, or an empty text."""
        taken = self.desk.board.assignments_of(self.desk.incident_id)
        return taken[0].unit_id if len(taken) == 1 else ""

    def _follow_team(self) -> None:
        """The team of the open incident is the picked one, unless somebody works in the list."""
        if self.keys.in_teams():
            return
        its = (self.desk.incident_id, self._its_team())
        if its == self._followed:
            return
        self._followed = its
        if its[1]:
            self._show_team(its[1])

    def _say(self, kind: str, words: str) -> None:
        """Say on the command bar's answer line what was refused or done."""
        self.bar.say(kind, words)

    def set_sound(self, state: str) -> None:
        """Mark the strip: `on`, `muted` or `none`."""
        self._sound = state
        self.strip.set_sound(state)

    # acts

    def open_new_call(self) -> None:
        """F3: a form for a call; again for one more."""
        self.middle.setCurrentWidget(self.new_call)
        self.new_call.begin()

    def go_on(self, draft: Draft) -> None:
        """Go on with a half-typed call."""
        self.middle.setCurrentWidget(self.new_call)
        self.new_call.begin(draft)

    def _turned(self) -> None:
        # The form has its own list, without the call that is being typed.
        self.offers.set_quiet(on=self.middle.currentWidget() is self.new_call)
        page, columns = self.middle.currentWidget(), self._columns
        other = page is not self.incident or self.incident.asks.ask
        self.send.set_aside(aside=bool(other) or self.bar.typing() or self.team_acts.leads)
        if columns is not None and not columns.teams:
            # There the form or the list needs the room, and in the lowest windows an ask does.
            self.send.setVisible(page is self.incident and not (other and is_flat(self)))
        else:
            self.send.setVisible(True)  # beside what is due, too: no team jumps

    def show_incident(self) -> None:
        """Show the selected incident in the middle."""
        self.middle.setCurrentWidget(self.incident)
        if not isinstance(QApplication.focusWidget(), QWidget):
            self.queue.view.setFocus()

    def _saved(self, incident_id: str) -> None:
        self.desk.select(incident_id)
        self.show_incident()
        self.setFocus()

    def show_dues(self) -> None:
        """F8: all that is due."""
        self.middle.setCurrentWidget(self.due_list)
        self.due_list.open()

    def open_due(self, due: Due) -> None:
        """Open what a due is about, and its act where it has one."""
        if due.incident_id:
            self.desk.select(due.incident_id)
        if due.unit_id:
            self._show_team(due.unit_id)
        self.show_incident()

    def _show_team(self, unit_id: str) -> None:
        self.teams.view.select(unit_id)
        self.team_acts.pick(unit_id)

    def have_it(self, alarm_id: str) -> None:
        """Own an alarm."""
        self.desk.do(AcknowledgeAlarm(alarm=alarm_id))

    def send_help(self, due: Due) -> None:
        """Ask police and EMS for the incident of an emergency."""
        if not due.incident_id:
            self._say("refused", "The team is on no incident: say the place on the radio")
            return
        for agency in ("police", "ems"):
            self.desk.do(OfferHandover(incident=due.incident_id, agency=agency))

    def emergency(self) -> None:
        """F10: of the team under the keyboard, else the open incident's only one; never a guess."""
        unit_id = self.teams.team if self.keys.in_teams() else self._its_team()
        if unit_id:
            self.desk.do(DeclareEmergency(unit=unit_id))
        else:
            self.bar.open("emergency ")

    def act(self, make: Callable[..., Any], *more: object) -> None:
        """Open an ask about the selected incident."""
        self.show_incident()
        self.incident.act(make, *more)

    def open_other(self) -> None:
        """O: every act on the incident that has no button."""
        self.show_incident()
        self.incident.open_other()

    def act_on_unit(self, make: Callable[..., Any], unit_id: str) -> None:
        """Open an ask about a team."""
        unit = self.desk.board.units.get(unit_id)
        if unit is not None:
            self.middle.setCurrentWidget(self.incident)
            self.incident.open_ask(make(self.desk, unit.id))

    def focus_teams(self) -> None:
        """F5: to the teams."""
        if not self._columns or not self._columns.teams:
            queue, right = self._swap
            queue.hide()
            right.show()
            self.teams.show()
        self.teams.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_queue(self) -> None:
        """F4: to the queue."""
        if not self._columns or not self._columns.teams:
            queue, right = self._swap
            right.hide()
            queue.show()
        self.queue.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_wanted.emit()
