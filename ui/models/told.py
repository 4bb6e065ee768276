"""An entry as the words of the timeline ask it: its data, its words, its team."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from crt_console.domain.board import Board
from crt_console.domain.entries import Entry
from crt_console.protocol.pack import Pack


class Part(NamedTuple):
    """One line that an entry gives."""

    label: str
    text: str
    minor: bool = False


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry; whatever its data lack comes back empty, as older or newer versions wrote it."""

    entry: Entry
    content: Mapping[str, str | None]
    board: Board
    pack: Pack

    def text(self, key: str) -> str:
        """A plain word of the data."""
        value = self.entry.data.get(key)
        return "" if value is None else str(value)

    def flag(self, key: str) -> bool:
        """Whether the data say yes."""
        return self.entry.data.get(key) is True

    def every(self, key: str) -> list[Any]:
        """A list of the data."""
        value = self.entry.data.get(key)
        return list(value) if isinstance(value, list | tuple) else []

    def names(self, key: str) -> list[str]:
        """A list of words of the data."""
        return [str(value) for value in self.every(key)]

    def pairs(self, key: str) -> list[tuple[Any, Any]]:
        """A list of pairs of the data."""
        found = [value for value in self.every(key) if isinstance(value, list | tuple)]
        return [(value[0], value[1]) for value in found if len(value) == 2]  # noqa: PLR2004

    def words(self, content_id: object) -> str:
        """The words behind a content id; removed ones say so."""
        if not isinstance(content_id, str):
            return ""
        if content_id in self.content:
            words = self.content[content_id]
            return "(removed)" if words is None else words
        return self.board.text(content_id)

    def kept(self, key: str) -> str:
        """The words behind the content id that the data name."""
        return self.words(self.entry.data.get(key))

    def column(self, table: str, name: str) -> Any:
        """What the entry wrote to a column; None where it did not."""
        for change in self.entry.changes:
            if change.table == table and name in change.values:
                return change.values[name]
        return None

    def written(self, table: str, name: str) -> str:
        """The words behind a content id that the entry wrote to a column."""
        return self.words(self.column(table, name))

    @property
    def team(self) -> str:
        """The call sign of the team it is about."""
        unit = self.board.units.get(self.entry.unit_id or "")
        return "a team" if unit is None else unit.call_sign


def comma(*parts: str) -> str:
    """Return the parts that say something, with commas between."""
    return ", ".join(part for part in parts if part)


def because(text: str, reason: str) -> str:
    """Return a text with its reason, where there is one."""
    return f"{text}: {reason}" if reason else text


def quoted(text: str) -> str:
    """Return what somebody wrote, in quotation marks."""
    return f"“{text}”" if text and text != "(removed)" else text
