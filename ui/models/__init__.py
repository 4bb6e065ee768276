"""What the lists of the screen show, as plain values in Qt models."""

from ui.models.rows import NO_ORDER, QueueRow, Row, Section, SectionRow, TeamRow
from ui.models.rows_model import ROW, RowsModel
from ui.models.sorted_rows import SortedRows

__all__ = [
    "NO_ORDER",
    "ROW",
    "QueueRow",
    "Row",
    "RowsModel",
    "Section",
    "SectionRow",
    "SortedRows",
    "TeamRow",
]
