"""The rows of the list of dues: what is due, where, who has it, and what its key does."""

from dataclasses import dataclass
from datetime import datetime

from crt_console.domain.board import Board
from crt_console.domain.commands import AcknowledgeAlarm, Command, TellUnit
from crt_console.domain.words import AlarmKind
from ui.models.due_view import DueChip, due_chips
from ui.models.queue_view import title_of
from ui.theme import Shape


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due now; `place` is "" and `priority` none where it is about no incident."""

    due: DueChip
    place: str
    priority: int | None = None

    @property
    def key(self) -> str:
        """Stays as long as it is due."""
        return self.due.alarm_id

    @property
    def emergency(self) -> bool:
        """Whether a team calls for help."""
        return self.due.emergency

    @property
    def shape(self) -> Shape:
        """What stands before it."""
        return Shape.EMERGENCY if self.emergency else Shape.OVER

    @property
    def says(self) -> str:
        """The act that can be done from the list; "" where it is one's own already."""
        if self.due.kind is AlarmKind.ORDER and self.due.unit_id:
            return "I told them"
        return "" if self.due.mine else "I have it"

    def command(self) -> Command:
        """Return what `says` becomes."""
        if self.due.kind is AlarmKind.ORDER and self.due.unit_id:
            return TellUnit(unit=self.due.unit_id)
        return AcknowledgeAlarm(alarm=self.due.alarm_id)

    def spoken(self) -> str:
        """What a screen reader says."""
        owner = f"{self.due.owner} has it" if self.due.owner else "nobody has it"
        return ", ".join(part for part in (self.due.spoken, self.place, owner) if part)


def due_rows(board: Board, now: datetime, me: str) -> tuple[DueRow, ...]:
    """Return all that is due now, most urgent first."""
    return tuple(_row(board, due) for due in due_chips(board, now, me))


def _row(board: Board, due: DueChip) -> DueRow:
    incident = board.incidents.get(due.incident_id)
    if incident is None:
        return DueRow(due, "")
    return DueRow(due, title_of(board, incident), incident.priority)
