"""What people say for an incident, a unit or a request, and the one thing they mean."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from crt_console.domain.errors import Unknown
from crt_console.domain.incident import Incident
from crt_console.domain.unit import Unit, call_sign_key

ID_LENGTH = 32
_NUMBER = re.compile(r"(\d\d)-(\d{1,6})")
_SHORTEST = 4
_LONGEST = 9  # digits of a serial: as many as fit into the column
_NAMED = 6  # as many possibilities as one line can hold


def number_of(year: int, serial: int) -> str:
    """Return the number people speak: `26-000142`."""
    return f"{year % 100:02d}-{serial:06d}"


def as_number(ref: str) -> str | None:
    """Return the full number where one was given, its zeros left out or not."""
    found = _NUMBER.fullmatch(ref)
    return None if found is None else f"{found[1]}-{int(found[2]):06d}"


def as_serial(ref: str) -> int | None:
    """Return the serial where only that was given."""
    digits = ref.lstrip("0") or ref[-1:]
    known = ref.isascii() and ref.isdigit() and len(digits) <= _LONGEST
    return int(digits) if known else None


def local_year(at: datetime, pack: Any) -> int:
    """Return the year in the place of the pack, or of this machine."""
    zone: tzinfo | None = getattr(pack, "zone", None)
    return at.astimezone(zone).year


def pick_incident(found: Sequence[Incident], year: int) -> Incident | None:
    """Return whom a bare serial means: this year's, else an open one, else the latest."""

    def rank(incident: Incident) -> tuple[bool, bool, str]:
        this_year = incident.number == number_of(year, incident.serial)
        return this_year, incident.open, incident.number

    return max(found, key=rank, default=None)


def pick_unit(ref: str, units: Sequence[Unit]) -> Unit:
    """Return the one unit whose number or beginning this is; raises Unknown with what could be."""
    key = call_sign_key(ref)
    found = [unit for unit in units if key and _means(key, unit.key)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(unit.call_sign for unit in found[:_NAMED])
        raise Unknown(f"{ref} could be {names}")
    known = ", ".join(unit.call_sign for unit in units[:_NAMED])
    raise Unknown(f"no unit {ref}" + (f"; there are {known}" if known else ""))


def _means(key: str, unit: str) -> bool:
    if key.isdigit():
        return unit[len(unit.rstrip("0123456789")) :] == key
    # `crt1` must never send CRT 12
    cut_number = key[-1].isdigit() and unit[len(key) : len(key) + 1].isdigit()
    return unit.startswith(key) and not cut_number


def pick_short(ref: str, found: Sequence[Any], what: str) -> Any:
    """Return the only row with this id or beginning of an id; raises Unknown."""
    whole = [row for row in found if row.id == ref]
    if whole:
        return whole[0]
    if len(found) == 1 and sum(map(str.isalnum, ref)) >= _SHORTEST:
        return found[0]
    if found:
        raise Unknown(f"{ref} is too short to tell which {what} is meant")
    raise Unknown(f"no {what} {ref}")
