"""How the text of a place and of a telephone number is brought into one form to be found by."""

import re
import unicodedata
from dataclasses import dataclass

_WORDS = {
    "street": "st",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "square": "sq",
    "terrace": "ter",
    "circle": "cir",
    "parkway": "pkwy",
    "highway": "hwy",
    "turnpike": "tpke",
    "tpk": "tpke",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "saint": "st",
    "apartment": "apt",
    "building": "bldg",
    "mount": "mt",
    "fort": "ft",
}
_CROSSING = re.compile(r"\s*(?:&|/|\band\b|\bat\b|@)\s*")
_SHORTEST_NUMBER = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer. `kind` is address, crossing, landmark or whatever its list says."""

    id: str
    name: str
    key: str
    lat: float | None = None
    lon: float | None = None
    neighbourhood: str = ""
    kind: str = ""


def place_key(text: str) -> str:
    """Return the form a place is found by: `A St & B Ave` and `b avenue / a street` are one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z0-9&/@]+", " ", plain.replace("'", ""))
    sides = [_side(side) for side in _CROSSING.split(plain)]
    named = [side for side in sides if side]
    return " & ".join(sorted(named))


def _side(text: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in text.split())


def number_key(text: str) -> str:
    """Return the digits of a telephone number, without a leading 1 of the North American plan."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits  # noqa: PLR2004


def looks_like_number(text: str) -> bool:
    """Return whether a text is a telephone number rather than a place."""
    return len(number_key(text)) >= _SHORTEST_NUMBER and not re.search(r"[A-Za-z]{2}", text)


def about_key(text: str) -> str:
    """Return the form in which a place or a number is compared; empty for nothing."""
    return number_key(text) if looks_like_number(text) else place_key(text)
