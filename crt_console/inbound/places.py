"""Places and points as other systems write them."""

import math
import re

from crt_console.inbound.profile import Places, Point

DEFAULT_POINT = "default_point"  # stands for "not found"
OUTSIDE = "outside_area"
UNREADABLE = "point_unreadable"
_AND = re.compile(r"\s+(?:&|AND|@)\s+|\s*/\s*", re.IGNORECASE)
NEAR = 1e-6  # degrees: about ten centimetres


class PlaceReader:
    """Reads places and points by one profile."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._last = re.compile(places.not_streets, re.IGNORECASE) if places.not_streets else None
        self._ignored = {_rounded(point) for point in places.ignore}

    def place(self, text: str) -> str:
        """Return a place in one form: crossings in one order, a street with itself once."""
        if not self._places.sort_crossings:
            return text
        parts = [part.strip() for part in _AND.split(text)]
        if len(parts) != 2 or not all(parts):  # noqa: PLR2004 - two streets cross
            return text
        first, second = sorted(parts, key=lambda part: (self._comes_last(part), part.casefold()))
        return first if first.casefold() == second.casefold() else f"{first} & {second}"

    def _comes_last(self, part: str) -> bool:
        return self._last is not None and self._last.search(part) is not None

    def point(self, lat: str, lon: str, flags: list[str]) -> Point | None:
        """Return where it is, if the numbers say so; the flags say why not."""
        if not lat and not lon:
            return None
        try:
            point = float(lat), float(lon)
        except ValueError:
            flags.append(UNREADABLE)
            return None
        if not all(map(math.isfinite, point)):
            flags.append(UNREADABLE)
            return None
        if point == (0.0, 0.0) or _rounded(point) in self._ignored:
            flags.append(DEFAULT_POINT)
            return None
        if not self._inside(point):
            flags.append(OUTSIDE)
            return None
        return point

    def _inside(self, point: Point) -> bool:
        south, west, north, east = self._places.within or (-90.0, -180.0, 90.0, 180.0)
        return south <= point[0] <= north and west <= point[1] <= east


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0] / NEAR), round(point[1] / NEAR)
