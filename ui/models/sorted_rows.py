"""The order on the screen: sections in their order, each below its heading, then urgency."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from ui.models.rows import Row
from ui.models.rows_model import RowsModel


class SortedRows(QSortFilterProxyModel):
    """Sorts a `RowsModel`; rows of equal order keep their order of arrival."""

    def __init__(self, rows: RowsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = rows
        self.setSourceModel(rows)
        self.setDynamicSortFilter(True)
        self.sort(0)

    def lessThan(
        self,
        left: QModelIndex | QPersistentModelIndex,
        right: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        one, other = left.row(), right.row()
        keys = self._source.sort_key(one), self._source.sort_key(other)
        return keys[0] < keys[1] or (keys[0] == keys[1] and one < other)

    def row_at(self, number: int) -> Row:
        """The row at a place on the screen."""
        return self._source.row_at(self.mapToSource(self.index(number, 0)).row())

    def rows_from(self, first: int) -> list[Row]:
        """The rows from a place on the screen to the end."""
        # Sorted anew: to ask Qt for each of 300 rows takes ten times as long.
        places = sorted(range(self._source.rowCount()), key=self._source.sort_key)
        return [self._source.row_at(place) for place in places[first:]]

    def keys(self) -> list[str]:
        """The keys as they stand on the screen, headings included."""
        return [self.row_at(number).key for number in range(self.rowCount())]

    def index_of(self, key: str) -> QModelIndex:
        """Where a row stands on the screen; invalid if it does not."""
        place = self._source.place_of(key)
        return QModelIndex() if place is None else self.mapFromSource(self._source.index(place))
