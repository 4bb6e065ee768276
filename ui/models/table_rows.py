"""Rows in a given order that tells Qt only what came, went, moved or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.rows_model import ROW

_Index = QModelIndex | QPersistentModelIndex


class Keyed(Protocol):
    """A row of a table: a value with a key that stays while the rest changes."""

    @property
    def key(self) -> str: ...

    def spoken(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A value that has no key of its own, with one, and its words for a screen reader."""

    key: str
    value: Any
    words: str

    def spoken(self) -> str:
        """What a screen reader says."""
        return self.words


class TableRows(QAbstractListModel):
    """The rows of one table; `ROW` gives a row itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Keyed] = []

    def set_rows(self, rows: Sequence[Keyed]) -> None:
        """Shows these rows in this order; ValueError if two have one key."""
        keys = {row.key for row in rows}
        if len(keys) != len(rows):
            raise ValueError("two rows with one key")
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].key not in keys:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(place, row)

    def _put(self, place: int, row: Keyed) -> None:
        """Everything before `place` stands already."""
        if place >= len(self._rows) or self._rows[place].key != row.key:
            found = self.place_of(row.key)
            if found < 0:
                self.beginInsertRows(QModelIndex(), place, place)
                self._rows.insert(place, row)
                self.endInsertRows()
                return
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), place)
            self._rows.insert(place, self._rows.pop(found))
            self.endMoveRows()
        if self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, key: str) -> int:
        """Where a row stands; -1 if it does not."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    def row_at(self, place: int) -> Keyed:
        """The row at a place."""
        return self._rows[place]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself under `ROW`, its words for a screen reader."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken()
        return None
