"""Finds a profile's columns in the header of a file, whatever their order, case or company."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crt_console.domain.errors import Refused
from crt_console.inbound.profile import Extract, Profile, Spec

Row = Sequence[str]
_HOLE = re.compile(r"\{([^{}]+)\}")
_COPY = re.compile(r"\.\d+$")  # what some tools append to the second of two equal names
_REQUIRED = ("at",)
SOUGHT = (
    "at",
    "external",
    "place",
    "type",
    "priority",
    "text",
    "call_back",
    "source",
    "lat",
    "lon",
    "neighbourhood",
    "sent_at",
    "on_scene_at",
    "closed_at",
    "first_closed_at",
    "reopened_at",
    "disposition",
)


def key_of(name: str) -> str:
    """Return a column's name as it is compared: letters and digits, in one case."""
    return re.sub(r"[\W_]+", "", name).casefold()


def specs(spec: Spec) -> tuple[str, ...]:
    """Return the alternatives of a value, first choice first."""
    return (spec,) if isinstance(spec, str) else spec


@dataclass(slots=True)
class Header:
    """The columns of one file. `notes` tell what differs from what one would expect."""

    index: dict[str, int]
    width: int
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, cells: Row, extracts: Sequence[Extract]) -> "Header":
        """Read the first row; of two columns with one name the first counts."""
        index: dict[str, int] = {}
        notes = []
        for position, name in enumerate(cells):
            if key_of(name) in index or key_of(_COPY.sub("", name)) in index:
                notes.append(f"column {name} is there twice; the first counts")
            elif key_of(name):
                index[key_of(name)] = position
        width = len(cells)
        for extract in extracts:
            for group in re.compile(extract.pattern).groupindex:
                index[key_of(f"{extract.column}.{group}")] = width
                width += 1
        return cls(index, len(cells), notes)

    def find(self, name: str) -> int | None:
        """Return where a column stands."""
        return self.index.get(key_of(name))


Get = Callable[[Row], tuple[str, int]]  # the value, and which alternative gave it


def getter(header: Header, spec: Spec) -> Get | None:
    """Return the function that reads a value from a row; None when no column is there."""
    found = [
        (rank, reader)
        for rank, one in enumerate(specs(spec))
        if (reader := _reader(header, one)) is not None
    ]
    if not found:
        return None

    def get(row: Row) -> tuple[str, int]:
        for rank, reader in found:
            if value := reader(row):
                return value, rank
        return "", 0

    return get


def _reader(header: Header, one: str) -> Callable[[Row], str] | None:
    if "{" not in one:
        position = header.find(one)
        return None if position is None else lambda row: row[position]
    pieces = _HOLE.split(one)
    holes = [header.find(name) for name in pieces[1::2]]
    if all(hole is None for hole in holes):
        return None
    words = pieces[0::2]

    def fill(row: Row) -> str:
        values = ["" if hole is None else row[hole] for hole in holes]
        if not any(values):
            return ""
        filled = words[0] + "".join(v + w for v, w in zip(values, words[1:], strict=True))
        return " ".join(filled.split()).strip(" ,;:-/()")

    return fill


def getters(profile: Profile, header: Header) -> dict[str, Get]:
    """Return the readers of a profile's values; Refused when a column it cannot do without lacks.

    A value whose columns are not there is left out and noted: exports change.
    """
    found: dict[str, Get] = {}
    for name in SOUGHT:
        spec = getattr(profile.columns, name)
        if not spec:
            continue
        get = getter(header, spec)
        if get is not None:
            found[name] = get
        elif name in _REQUIRED:
            raise Refused(_lacking(profile, name))
        else:
            header.notes.append(f"no column {' or '.join(specs(spec))} for {name}")
    derived = [name for name in profile.columns.derive if header.find(name) is not None]
    if "external" not in found and not derived:
        raise Refused(_lacking(profile, "external"))
    return found


def _lacking(profile: Profile, name: str) -> str:
    wanted = " or ".join(specs(getattr(profile.columns, name)) or profile.columns.derive)
    return (
        f"the file has no column {wanted}, from which profile {profile.name} takes {name}: "
        f"choose another profile, or correct columns.{name} in a copy of it"
    )
