"""The lists of queue and teams as the windows hold them, filled with made-up rows."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tests.tools import sample_rows
from ui import theme
from ui.delegates import Density, ListFoot, QueueDelegate, RowsView, TeamDelegate
from ui.models import QueueRow, RowsModel, SortedRows, TeamRow
from ui.models.rows import QUEUE_SECTIONS, TEAM_SECTIONS
from ui.widgets import ActionButton, Panel, SectionHeading

# what the list is called: (density, queue, teams) at that width of the window
LAYOUTS = {
    "wide": (Density.WIDE, 480, 440),
    "medium": (Density.MEDIUM, 372, 340),
    "narrow": (Density.MEDIUM, 330, 340),
    "crowded": (Density.CROWDED, 560, 440),
    "crowded-medium": (Density.CROWDED, 372, 340),
}


def queue_view(density: Density, width: float, rows: list[QueueRow], note: str = "") -> RowsView:
    """A queue of that width with rows in it."""
    model = RowsModel(QUEUE_SECTIONS)
    view = RowsView("open incidents", SortedRows(model), QueueDelegate(density, width))
    _own(view, model)
    model.set_rows(rows, note)
    view.setFixedWidth(theme.px(width))
    return view


def team_view(density: Density, width: float, rows: list[TeamRow]) -> RowsView:
    """A list of teams of that width."""
    model = RowsModel(TEAM_SECTIONS)
    view = RowsView("teams", SortedRows(model), TeamDelegate(density, width))
    _own(view, model)
    model.set_rows(rows)
    view.setFixedWidth(theme.px(width))
    return view


def _own(view: RowsView, model: QObject) -> None:
    proxy = view.model()
    model.setParent(view)
    proxy.setParent(view)


def page(layout: str, *, emergency: bool = False, note: str = "") -> QWidget:
    """Queue and teams side by side as in a window of that layout."""
    density, queue_width, team_width = LAYOUTS[layout]
    crowded = density is Density.CROWDED
    rows = sample_rows.crowd() if crowded else sample_rows.queue(emergency=emergency)
    queue = queue_view(density, queue_width, rows, note)
    queue.select(rows[3].key)
    teams = team_view(density, team_width, sample_rows.teams(emergency=emergency))
    box = Panel("bg")
    across = QHBoxLayout(box)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(theme.px(24))
    across.addWidget(_column(queue, "Open incidents", len(rows), ListFoot(queue)))
    across.addWidget(_column(teams, "Teams", None, None))
    box.resize(box.sizeHint().width(), theme.px(700))
    return box


def _column(view: RowsView, title: str, count: int | None, foot: QWidget | None) -> Panel:
    panel = Panel("panel")
    down = QVBoxLayout(panel)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    head = QHBoxLayout()
    head.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(4))
    head.addWidget(SectionHeading(title, count, lead=True))
    if foot:
        head.addWidget(ActionButton("New call", "F3"))
    down.addLayout(head)
    down.addWidget(view)
    if foot:
        down.addWidget(foot)
    return panel
