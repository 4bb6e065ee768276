"""The send card: one button that says what it will do, and the agencies beside it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crt_console.domain.commands import AssignUnits, OfferHandover, TellUnit
from ui import theme
from ui.models.desk import Desk
from ui.models.proposal import ANOTHER, Proposal, SendState, proposal
from ui.models.speech import hm, short
from ui.panels.columns import TEAMS_SIDE, side
from ui.panels.lists import TeamsPanel, as_of
from ui.widgets import ActionButton, Card, Kind, SectionHeading, Surface, WrapLabel

AGENCIES = (("police", "Police", "P"), ("ems", "EMS", "M"), ("fire", "Fire", "R"))

_BY_RADIO = "Police, EMS and fire: by radio."
_ASK_FIRST = f"Ask first: another console may have sent them. {_BY_RADIO}"
_ENTER = "to send another: pick a team, Enter"
_AGENCY = 136  # so that asking an agency moves no other button


def _agency_words(name: str, stands: str, *, live: bool) -> str:
    if stands:
        return f"{name}{stands}"
    return f"+ {name}" if live else f"{name} by radio"


def _in_teams(widget: QWidget | None) -> bool:
    while widget is not None and not isinstance(widget, TeamsPanel):
        widget = widget.parentWidget()
    return widget is not None


class _SendButton(ActionButton):
    """Enter counts only while it has the keyboard; until then the cap shows the way there."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.set_key("Enter")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_key("S")
        super().focusOutEvent(event)


class SendPanel(QWidget):
    """Sends the best team with one click, or Enter on the button.

    `flat` is a bar below the incident, `tight` one with little width, `low` with little height.
    """

    other = Signal()
    locked = Signal(str)  # what must be asked first, where there is no room for the button
    noted = Signal(str)  # what is said on the radio, for the note that waits for the database

    def __init__(
        self, desk: Desk, *, flat: bool = False, tight: bool = False, low: bool = False
    ) -> None:
        super().__init__()
        self._tight, self._low = tight or low, low
        self._desk = desk
        self._offer: Proposal | None = None
        self._aside = False
        self._chosen = ""  # a team the dispatcher picked instead of the best
        self.heading = SectionHeading("Send", lead=True)
        self.button = _SendButton("", "S", second=" ", kind=Kind.PRIMARY)
        self.reason = WrapLabel("", "body", "text2")
        # Where the reason has no room, its warning stands where agencies cannot be asked now.
        self.ask_first = WrapLabel(_ASK_FIRST, "body", "text2")
        self.ask_first.hide()
        self._by_radio = False
        self.agencies = {agency: ActionButton(f"+ {name}", key) for agency, name, key in AGENCIES}
        self.more = ActionButton("Other…", "O")
        self.button.set_flat(flat=low)
        self._lay_out(flat=flat, tight=self._tight)
        self.button.clicked.connect(self.send)
        self.more.clicked.connect(self.other)
        for agency, button in self.agencies.items():
            button.clicked.connect(partial(self.ask_agency, agency))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        desk.selected.connect(self._opened)  # a method: it ends with this panel, a lambda would not

    def _lay_out(self, *, flat: bool, tight: bool) -> None:
        down = QVBoxLayout(self)
        edge = side(low=self._low) if flat else theme.px(TEAMS_SIDE)
        above, gap, below = (0, 6, 4) if self._low else (8, 8, 8)
        down.setContentsMargins(edge, theme.px(above), edge, theme.px(below))
        down.setSpacing(theme.px(gap))
        self.heading.setVisible(not flat)
        inside = 10 if self._low else 12 if flat else 8  # the longest order needs the rest
        self.card = Card(across=inside, down=6 if self._low else 12)
        self.card.body.setSpacing(theme.px(gap))
        grid = QGridLayout()
        grid.setSpacing(theme.px(gap))
        for place, button in enumerate([*self.agencies.values(), self.more]):
            across = 4 if tight else 2
            grid.addWidget(button, place // across, place % across)
        for column in () if tight else (0, 1):
            grid.setColumnMinimumWidth(column, theme.px(_AGENCY))
            grid.setColumnStretch(column, 1)
        if not flat or tight:
            down.addWidget(self.heading)
            for part in (self.button, self.reason):
                self.card.body.addWidget(part)
            row = QHBoxLayout()
            row.addWidget(self.ask_first, 1)
            row.addLayout(grid)
            self.card.body.addLayout(row)
        else:
            self._lay_flat(grid)
        down.addWidget(self.card)

    def _lay_flat(self, grid: QGridLayout) -> None:
        """A bar: the act with its reason on the left, the agencies on the right."""
        act = QVBoxLayout()
        act.setSpacing(theme.px(4))
        act.addWidget(self.button)
        act.addWidget(self.reason)
        act.addStretch(1)
        aside = QVBoxLayout()
        aside.addLayout(grid)
        aside.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(theme.px(12))
        across.addLayout(act, 3)
        across.addLayout(aside, 2)
        self.card.body.addLayout(across)

    def _opened(self, _incident_id: str) -> None:
        self.choose("")

    def choose(self, unit_id: str) -> None:
        """Propose this team instead of the best; "" proposes the best again."""
        self._chosen = unit_id
        self.refresh()

    def refresh(self) -> None:
        """Show what the button would do now."""
        incident = self._desk.incident
        self.setEnabled(incident is not None)
        for button in (*self.agencies.values(), self.more):
            button.setVisible(incident is not None)  # with nothing open there is nobody to ask for
        if incident is None:
            self.heading.set_heading("Send")
            waits = bool(self._desk.board.open_incidents)
            way = "F4 goes to the queue" if waits else "F3 takes a call"
            self.card.set_surface(Surface.STILL)
            self.button.set_action("Nothing selected", way, Kind.STATE)
            self.button.set_below("")
            self.reason.set_text("")
            self.reason.hide()
            self._offer = None
            return
        self.card.set_surface(Surface.RAISED)
        self.heading.set_heading(
            f"Send to {short(incident)}", note="" if self._desk.link.live else as_of(self._desk)
        )
        offer = proposal(
            self._desk.board,
            incident,
            self._desk.now(),
            self._desk.pack,
            self._desk.link,
            choose=self._chosen,
        )
        if offer != self._offer:
            self._offer = offer
            self._draw(offer)
        self._draw_agencies(offer)

    def set_aside(self, *, aside: bool) -> None:
        """Whether something else is the next act: a call being typed, an ask that is open."""
        if aside != self._aside:
            self._aside = aside
            if self._offer is not None:
                self._draw(self._offer)

    def _draw(self, offer: Proposal) -> None:
        locked = not offer.can_act or offer.state is SendState.LOCKED
        next_act = Kind.PLAIN if self._aside else Kind.PRIMARY
        kind = Kind.LOCKED if locked else next_act
        if offer.state is SendState.DONE and not offer.can_act:
            kind = Kind.STATE
        self.button.set_action(offer.headline, self._second(offer), kind)
        icons = {SendState.LOCKED: "lock", SendState.RADIO: "message-square"}
        self.button.set_icon(icons.get(offer.state, ""))
        # What is locked needs no button where the answers that unlock it need the room.
        aside = self._tight and offer.state is SendState.LOCKED
        self.button.setVisible(not aside)
        self.locked.emit(offer.lock if aside else "")
        self._by_radio = offer.state is SendState.RADIO
        instead = self._by_radio and self._tight
        self.ask_first.setVisible(instead)
        self._place_reason(offer, shown=not aside and not instead)

    def _second(self, offer: Proposal) -> str:
        """What the button adds; who is in the list of teams needs no way there."""
        if offer.second == ANOTHER and _in_teams(QApplication.focusWidget()):
            return _ENTER
        return offer.second or " "

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        offer = self._offer
        if offer is not None and offer.second == ANOTHER and _in_teams(old) != _in_teams(now):
            self._draw(offer)

    def _place_reason(self, offer: Proposal, *, shown: bool) -> None:
        """Why: in the button where height is scarce, else below it."""
        words = offer.reason if shown else ""
        if words and self._by_radio:
            words = f"{words} {_BY_RADIO}"
        self.button.set_below(words if self._low else "")
        self.reason.set_text(words)
        self.reason.setVisible(bool(words) and not self._low)

    def _draw_agencies(self, offer: Proposal) -> None:
        incident, link = self._desk.incident, self._desk.link
        live = Kind.PLAIN if link.live and link.saving else Kind.STATE
        every = dict(offer.stands)
        for agency, name, key in AGENCIES:
            button, stands = self.agencies[agency], every.get(agency, "")
            button.set_key("" if stands else key)
            button.set_action(
                _agency_words(name, stands, live=live is Kind.PLAIN),
                kind=Kind.QUIET if stands else live,
            )
            button.setEnabled(
                not stands and live is Kind.PLAIN and incident is not None and incident.open
            )
            button.setVisible(not self._by_radio)

    def send(self) -> None:
        """Do what the button says."""
        incident, offer = self._desk.incident, self._offer
        if incident is None or offer is None or not offer.can_act:
            return
        if offer.unit_id is not None:
            unit = self._desk.board.units[offer.unit_id]
            seen = {incident.id: incident.decisive, unit.id: unit.decisive}
            self._desk.do(AssignUnits(units=(unit.id,), incident=incident.id, seen=seen))
        if offer.tell_id is not None:
            self._desk.do(TellUnit(unit=offer.tell_id))
        for agency in offer.offer:
            self.ask_agency(agency)
        if offer.note:
            self.noted.emit(f"{hm(self._desk.now())} {offer.note}")
        self._chosen = ""

    def next_best(self) -> None:
        """Propose the team after the one that is proposed."""
        if self._offer is not None and self._offer.next_ids:
            self.choose(self._offer.next_ids[0])

    def ask_agency(self, agency: str, incident_id: str = "") -> None:
        """Ask police, EMS or fire for this incident, else the open one, without a reason."""
        about = incident_id or self._desk.incident_id
        if about in self._desk.board.incidents:
            self._desk.do(OfferHandover(incident=about, agency=agency))
