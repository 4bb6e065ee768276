"""Mapping profiles: how one agency's export becomes calls, as data checked when it is read."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from crt_console.domain.words import DISPOSITIONS, Source

PROFILES = Path(__file__).resolve().parents[2] / "resources" / "profiles"
PATTERN = "~"  # a key that starts with this is a regular expression, tried in the file's order
Spec = str | tuple[str, ...]
Priority = Annotated[int, msgspec.Meta(ge=1, le=3)]
Point = tuple[float, float]


_LEAST = {"name": "", "title": "", "columns": {"at": ""}, "times": {"zone": ""}}


class ProfileError(ValueError):
    """A profile cannot be used; the text names file, line, what is wrong and what to write."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: an unknown name in it is a mistake."""


class FileForm(_Table, frozen=True, kw_only=True):
    """How the bytes are laid out."""

    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ","
    null: tuple[str, ...] = ("",)
    fallback_encoding: str = "cp1252"


class Columns(_Table, frozen=True, kw_only=True):
    """Where each value comes from: a column, a `{template}`, or several of these in order."""

    at: Spec
    external: Spec = ()
    derive: tuple[str, ...] = ()  # what tells rows without a number apart
    place: Spec = ()
    type: Spec = ()
    priority: Spec = ()
    text: Spec = ()
    call_back: Spec = ()
    source: Spec = ()
    lat: Spec = ()
    lon: Spec = ()
    neighbourhood: Spec = ()
    sent_at: Spec = ()
    on_scene_at: Spec = ()
    closed_at: Spec = ()
    first_closed_at: Spec = ()  # only held against the order of the others
    reopened_at: Spec = ()
    disposition: Spec = ()


class Extract(_Table, frozen=True, kw_only=True):
    """Named groups of a pattern become columns `COLUMN.GROUP`."""

    column: str
    pattern: str


class Times(_Table, frozen=True, kw_only=True):
    """How times are written, and where the clock on the wall hung."""

    zone: str
    formats: tuple[str, ...] = ("iso",)
    assume_closed: bool = False  # a call without a closing time is over all the same


class Places(_Table, frozen=True, kw_only=True):
    """How places and points are read."""

    sort_crossings: bool = False  # `B & A` is written `A & B`
    not_streets: str = ""  # a part like this stays last
    within: tuple[float, float, float, float] | None = None  # south, west, north, east
    ignore: tuple[Point, ...] = ()  # points that stand for "not found"


class Mark(_Table, frozen=True, kw_only=True):
    """Rows that are not calls for help: kept, flagged and closed."""

    flag: str
    column: Spec
    matches: str
    disposition: str = ""


class Profile(_Table, frozen=True, kw_only=True):
    """Everything needed to read one layout."""

    name: str
    title: str
    system: str = ""
    default_source: Source = Source.OTHER
    file: FileForm = FileForm()
    columns: Columns
    times: Times
    places: Places = Places()
    extract: tuple[Extract, ...] = ()
    marks: tuple[Mark, ...] = ()
    types: dict[str, str] = {}
    priorities: dict[str, Priority] = {}
    sources: dict[str, Source] = {}
    dispositions: dict[str, str] = {}

    @property
    def whose(self) -> str:
        """Whose numbers these are."""
        return self.system or self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clock on the wall."""
        return ZoneInfo(self.times.zone)


def load_profile(name_or_path: str | Path) -> Profile:
    """Return the profile of this name or file; ProfileError says what to mend and where."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = PROFILES / f"{name_or_path}.toml"
    if not path.is_file():
        known = ", ".join(profile_names())
        raise ProfileError(f"no profile {str(name_or_path)!r}: give a .toml file or one of {known}")
    try:
        return parse_profile(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path.name}: not UTF-8 ({error.reason}); save it as UTF-8") from error


def profile_names() -> tuple[str, ...]:
    """The profiles that come with the product."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.toml")))


def parse_profile(text: str, label: str) -> Profile:
    """Return the profile written in this text; ProfileError names the line and the fix."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{label}: {error}; correct the TOML there") from error
    except RecursionError:
        raise ProfileError(f"{label}: lists within lists too deep to be a profile") from None
    try:
        profile = msgspec.convert(raw, Profile)
    except msgspec.ValidationError as error:
        raise ProfileError(_explained(str(error), raw, text, label)) from error
    for path, problem in _problems(profile):
        raise ProfileError(f"{label} line {line_of(text, path)}: {'.'.join(path)}: {problem}")
    return profile


def line_of(text: str, path: tuple[str, ...]) -> int:
    """Return the line on which a value of the TOML stands, or its table, or 1."""
    table, best = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([\w.\-]+)\s*\]+", line):
            table = header[1]
            best = number if (table,) == path[:1] else best
        elif key := re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w\-]+))\s*=""", line):
            here = (table, key[1] or key[2] or key[3]) if table else (key[3] or key[1] or key[2],)
            if here == path[: len(here)]:
                return number
    return best


def _explained(message: str, raw: Mapping[str, Any], text: str, label: str) -> str:
    what, _, where = message.partition(" - at `$")
    path = tuple(part for part in re.split(r"[.\[\]`]+", where) if part)
    path = path if len(path) != 1 else (*path, *_wrong_key(raw, path[0]))
    if "enum" in what:
        what += f"; one of {', '.join(Source)}"
    unknown = re.search(r"unknown field `([^`]*)`", what)
    if unknown is None:
        name = ".".join(path) or "the file"
        return f"{label} line {line_of(text, path)}: {name}: {what}"
    name, table = unknown[1], path[0] if path else ""
    known = _names_in(table)
    near = difflib.get_close_matches(name, known, 1)
    fix = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
    line = line_of(text, (table, name) if table else (name,))
    return f"{label} line {line}: unknown name {name}; {fix}"


def _wrong_key(raw: Mapping[str, Any], table: str) -> tuple[str, ...]:
    """The key of a table of words whose value is wrong: the decoder names only the table."""
    for key, value in raw.get(table, {}).items() if isinstance(raw.get(table), dict) else ():
        try:
            msgspec.convert(_LEAST | {table: {key: value}}, Profile)
        except msgspec.ValidationError:
            return (key,)
    return ()


def _names_in(table: str) -> tuple[str, ...]:
    kinds: Mapping[str, type[_Table]] = {
        "file": FileForm,
        "columns": Columns,
        "extract": Extract,
        "times": Times,
        "places": Places,
        "marks": Mark,
    }
    return kinds.get(table, Profile).__struct_fields__


def _problems(profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
    try:
        ZoneInfo(profile.times.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("times", "zone"), f"no zone {profile.times.zone!r}; write one like America/New_York"
    if not profile.columns.external and not profile.columns.derive:
        yield (
            ("columns", "derive"),
            "neither external nor derive; name the columns that tell rows apart",
        )
    yield from _unknown_dispositions(profile)
    yield from _bad_patterns(profile)
    try:
        "".encode(profile.file.fallback_encoding)
    except LookupError:
        yield ("file", "fallback_encoding"), "no such encoding; write one like cp1252"


def _unknown_dispositions(profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
    found = [(("dispositions", key), code) for key, code in profile.dispositions.items()]
    found += [(("marks", "disposition"), mark.disposition) for mark in profile.marks]
    for path, code in found:
        if code and code not in DISPOSITIONS:
            yield path, f"no disposition {code!r}; one of {', '.join(DISPOSITIONS)}"


def _bad_patterns(profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
    patterns = [(("extract", "pattern"), item.pattern) for item in profile.extract]
    patterns += [(("marks", "matches"), mark.matches) for mark in profile.marks]
    patterns.append((("places", "not_streets"), profile.places.not_streets))
    tables: dict[str, Mapping[str, Any]] = {
        "types": profile.types,
        "priorities": profile.priorities,
        "sources": profile.sources,
        "dispositions": profile.dispositions,
    }
    for name, table in tables.items():
        patterns += [((name, key), key[1:]) for key in table if key.startswith(PATTERN)]
    for path, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield path, f"not a regular expression ({error}); correct or escape it"
