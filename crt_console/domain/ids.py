"""Identities: made by the client, so that a retry is recognised as the same act."""

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


def new_id() -> str:
    """Return a fresh identity, 32 hexadecimal letters."""
    return uuid.uuid4().hex


def derived_id(*parts: object) -> str:
    """Return the identity that the same parts give on every console."""
    return uuid.uuid5(_SPACE, "\x1f".join(str(part) for part in parts)).hex
