"""The two lists of the main window: open incidents on the left, teams on the right."""

from PySide6.QtCore import QAbstractProxyModel, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.delegates import Density, ListFoot, QueueDelegate, RowsView, TeamDelegate
from ui.models.desk import Desk
from ui.models.kept_rows import KeptRows
from ui.models.rows import QUEUE_SECTIONS, TEAM_SECTIONS, TeamRow
from ui.models.rows_model import RowsModel
from ui.models.sorted_rows import SortedRows
from ui.models.speech import short
from ui.models.team_view import team_rows
from ui.panels.columns import TEAMS_SIDE
from ui.widgets import ActionButton, Panel, SectionHeading, WrapLabel

_QUEUE_END = 12
CROWDED_FROM = 16  # more open incidents than this, and rows become one line
CROWDED_WIDTH = 560  # where there is room: one line holds place, state and age uncut


class QueuePanel(Panel):
    """Open incidents by urgency, then waiting; the head makes a new call."""

    new_call = Signal()

    def __init__(self, desk: Desk, *, width: float, density: Density) -> None:
        super().__init__("panel")
        self._desk, self._density, self._across = desk, density, width
        self.first_waiting = ""  # the most urgent one that waits
        self._rows = KeptRows()
        self.model = RowsModel(QUEUE_SECTIONS)
        self._delegate = QueueDelegate(density, width)
        self.view = RowsView("open incidents", SortedRows(self.model), self._delegate)
        own(self.view, self.model)
        self.more = ListFoot(self.view)
        self.heading = SectionHeading("Open incidents", 0, lead=True)
        self.new = ActionButton("New call", "F3")
        self.new.clicked.connect(self.new_call)
        self.empty = WrapLabel("", "body", "text2")
        self._lay_out()
        self.view.picked.connect(desk.select)
        self.view.opened.connect(desk.select)
        desk.selected.connect(self.view.select)
        self.setFixedWidth(theme.px(width))

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(_head(self.heading, self.new, _QUEUE_END))
        pad = QHBoxLayout()
        pad.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        pad.addWidget(self.empty)
        down.addLayout(pad)
        down.addWidget(self.view, 1)
        down.addWidget(self.more)

    def refresh(self) -> None:
        """Show the board as it is."""
        desk = self._desk
        rows = self._rows.rows(desk.board, desk.now(), desk.timers, desk.who)
        self.first_waiting = next((row.key for row in rows if row.section == "waiting"), "")
        crowded = len(rows) > CROWDED_FROM
        wide = crowded and self._density is Density.WIDE
        across = CROWDED_WIDTH if wide else self._across
        if self._delegate.set_room(Density.CROWDED if crowded else self._density, across):
            self.setFixedWidth(theme.px(across))
            self.view.renew()
        note = "" if desk.link.live else as_of(desk)
        follow = self.view.shows(desk.incident_id)  # who has scrolled elsewhere stays there
        self.model.set_rows(rows, note)
        self.heading.set_heading("Open incidents", len(rows))
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.set_text("No open incidents.")
        self.view.select(desk.incident_id, follow=follow)
        self.more.count()

    def tick(self) -> None:
        """Let the ages run."""
        self.view.tick()
        self.more.count()


class TeamsPanel(QWidget):
    """Every team, ranked for the selected incident; `team` is the picked one.

    A `titled` one stands where the queue stood: it says so, and `left` leads back.
    """

    picked = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, *, width: float, density: Density, titled: bool = False) -> None:
        super().__init__()
        self._desk, self._density, self._across = desk, density, width
        self.model = RowsModel(TEAM_SECTIONS)
        self._delegate = TeamDelegate(density, width)
        self.view = RowsView("teams", SortedRows(self.model), self._delegate)
        own(self.view, self.model)
        self.empty = WrapLabel("", "body", "text2")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        self.more = ListFoot(self.view)
        self.heading = SectionHeading("Teams", 0, lead=True)
        self.queue = ActionButton("Queue", "F4")
        self.queue.clicked.connect(self.left)
        if titled:
            down.addLayout(_head(self.heading, self.queue, TEAMS_SIDE))
        down.addWidget(self.empty)
        down.addWidget(self.view, 1)
        down.addWidget(self.more)
        self.view.picked.connect(self.picked)

    @property
    def team(self) -> str:
        """The id of the picked team, or an empty text."""
        return self.view.selected()

    def refresh(self) -> None:
        """Show the board as it is."""
        desk = self._desk
        rows = team_rows(desk.board, desk.incident, desk.now(), desk.pack)
        density = Density.CROWDED if len(rows) > CROWDED_FROM else self._density
        if self._delegate.set_room(density, self._across):
            self.view.renew()
        self.model.set_rows(rows, _order(desk, rows) if desk.link.live else as_of(desk))
        off = sum(not unit.on_shift for unit in desk.board.units.values())
        # The same count as the strip's: who is off duty can not be free.
        self.heading.set_heading("Teams", len(rows) - off, f"{off} off duty" if off else "")
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.set_text(
                "No teams are known. Type “unit add crt1 members:Vega, Long” in the command bar."
            )
        self.more.count()

    def tick(self) -> None:
        """Let the ages run."""
        self.view.tick()
        self.more.count()


def _head(heading: SectionHeading, button: ActionButton, end: int) -> QHBoxLayout:
    """The title of a list, and a button that ends where its rows end."""
    head = QHBoxLayout()
    head.setContentsMargins(theme.px(16), theme.px(8), theme.px(end), theme.px(4))
    head.setSpacing(theme.px(10))
    head.addWidget(heading, 1)
    head.addWidget(button)
    return head


def _order(desk: Desk, rows: tuple[TeamRow, ...]) -> str:
    """What the free teams, where they come first, are ordered by."""
    if desk.incident is None or not rows or rows[0].rank is None:
        return ""
    return f"best for {short(desk.incident)} first"


def own(view: RowsView, model: QObject) -> None:
    """Let the models live as long as their view."""
    proxy = view.model()
    model.setParent(view)
    if isinstance(proxy, QAbstractProxyModel):
        proxy.setParent(view)


def as_of(desk: Desk) -> str:
    """Return the note that a list carries while the database is away."""
    since = desk.link.since
    return f"as of {since.astimezone():%H:%M:%S}" if since else ""
