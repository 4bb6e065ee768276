"""A list of rows that keeps arrival order and tells Qt only what changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.rows import QueueRow, Row, Section, SectionRow, TeamRow

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """Rows by key, with a heading for each section that has any."""

    def __init__(self, sections: Sequence[Section], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections = tuple(sections)
        self._ranks = {section.name: rank for rank, section in enumerate(sections)}
        self._rows: list[Row] = []
        self._sort_keys: list[tuple[float, ...]] = []
        self._places: dict[str, int] = {}  # where each key stands; empty until asked for

    def set_rows(self, rows: Iterable[QueueRow | TeamRow], note: str = "") -> None:
        """Shows these rows; `note` stands beside the first heading, e.g. `as of 14:31:20`.

        ValueError if two rows have one key or a row names no section of the list.
        """
        given = list(rows)
        wanted: dict[str, Row] = {row.key: row for row in given}
        strange = {row.section for row in given} - set(self._ranks)
        if len(wanted) != len(given) or strange:
            raise ValueError(f"rows with one key twice, or of no section: {sorted(strange)}")
        headings = self._headings(given, note)
        wanted.update((heading.key, heading) for heading in headings)
        self._drop(wanted)
        self._change(wanted)
        kept = set(self.keys())
        self._add([row for key, row in wanted.items() if key not in kept])

    def row_at(self, number: int) -> Row:
        """The row at a place in arrival order."""
        return self._rows[number]

    def sort_key(self, number: int) -> tuple[float, ...]:
        """What the proxy compares."""
        return self._sort_keys[number]

    def keys(self) -> list[str]:
        """The keys in arrival order, headings included."""
        return [row.key for row in self._rows]

    def place_of(self, key: str) -> int | None:
        """Where a key stands in arrival order, None if it does not."""
        if not self._places:
            self._places = {row.key: place for place, row in enumerate(self._rows)}
        return self._places.get(key)

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
            return row.words()
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings can be neither selected nor reached."""
        if not index.isValid() or isinstance(self._rows[index.row()], SectionRow):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _headings(self, rows: list[QueueRow | TeamRow], note: str) -> list[SectionRow]:
        counts = dict.fromkeys(self._ranks, 0)
        for row in rows:
            counts[row.section] += 1
        filled = [section for section in self._sections if counts[section.name]]
        return [
            SectionRow(f"section:{name}", name, title, counts[name], "" if number else note)
            for number, (name, title) in enumerate(filled)
        ]

    def _key_of(self, row: Row) -> tuple[float, ...]:
        heading = isinstance(row, SectionRow)
        return (self._ranks[row.section], 0.0 if heading else 1.0, *row.order)

    def _drop(self, wanted: dict[str, Row]) -> None:
        """Removes in runs from the end, so that the numbers of what stays hold."""
        last = len(self._rows) - 1
        while last >= 0:
            if self._rows[last].key in wanted:
                last -= 1
                continue
            first = last
            while first > 0 and self._rows[first - 1].key not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            self._places = {}
            del self._rows[first : last + 1]
            del self._sort_keys[first : last + 1]
            self.endRemoveRows()
            last = first - 1

    def _change(self, wanted: dict[str, Row]) -> None:
        for number, old in enumerate(self._rows):
            new = wanted[old.key]
            if new != old:
                self._rows[number] = new
                self._sort_keys[number] = self._key_of(new)
                place = self.index(number)
                self.dataChanged.emit(place, place)

    def _add(self, rows: list[Row]) -> None:
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._places = {}
        self._rows.extend(rows)
        self._sort_keys.extend(self._key_of(row) for row in rows)
        self.endInsertRows()
