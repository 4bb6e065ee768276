"""Identities: made by the client, so that a retry is recognised as the same act."""

import secrets
import unicodedata
import uuid
from typing import NewType

IncidentId = NewType("IncidentId", str)
CallId = NewType("CallId", str)
UnitId = NewType("UnitId", str)
AssignmentId = NewType("AssignmentId", str)
HandoverId = NewType("HandoverId", str)
AlarmId = NewType("AlarmId", str)
AnswerId = NewType("AnswerId", str)
CautionId = NewType("CautionId", str)
ConfirmationId = NewType("ConfirmationId", str)
ContentId = NewType("ContentId", str)
OperationId = NewType("OperationId", str)

_SPACE = uuid.UUID("5f1a4b0e-9c0d-4c7e-8a53-2f6d0f1c7a11")
# Letters of other alphabets that nobody tells from ours on a screen.
_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03b5\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7",
    "aeopcyxijskmtbhaeopviktyx",
)


def same_person(one: str, other: str) -> bool:
    """Return whether two names are one name, however it was typed."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
    kept = "".join(sign for sign in letters if sign.isalnum())
    return kept or letters.strip()


def new_id() -> str:
    """Return a fresh identity, 32 hexadecimal letters."""
    return secrets.token_hex(16)


def derived_id(*parts: object) -> str:
    """Return the identity that the same parts give on every console."""
    return uuid.uuid5(_SPACE, "\x1f".join(str(part) for part in parts)).hex
