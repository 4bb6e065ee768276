"""The lists of the screen: rows that paint themselves and the views that hold them."""

from ui.delegates.base import Density
from ui.delegates.list_foot import ListFoot
from ui.delegates.queue import QueueDelegate
from ui.delegates.rows_view import RowsView
from ui.delegates.team import TeamDelegate
from ui.theme import elisions

__all__ = ["Density", "ListFoot", "QueueDelegate", "RowsView", "TeamDelegate", "elisions"]
