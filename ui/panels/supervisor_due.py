"""The due line of the supervisor: only what nobody has."""

from datetime import datetime

from ui.models.desk import Desk
from ui.models.due_view import DueChip, due_chips
from ui.models.supervisor_view import nobody_has
from ui.panels.due_line import DueLine


class NobodyLine(DueLine):
    """Says of everything it counts that nobody took it, for the strip counts the rest too."""

    def __init__(self, desk: Desk, *, narrow: bool) -> None:
        super().__init__(desk, title="Not taken", find=_find, narrow=narrow)

    def _nothing(self) -> str:
        desk = self._desk
        owned = due_chips(desk.board, desk.now(), "")
        return "Everything due is taken" if owned else "Nothing is due"

    def _count(self, count: int) -> str:
        return f"{count} not taken"

    def _more_words(self, count: int) -> str:
        return f"{count} more"


def _find(desk: Desk, now: datetime) -> tuple[DueChip, ...]:
    return nobody_has(desk.board, now)
