"""Units: who can be sent, what they last reported, what they have been ordered."""

import unicodedata
from datetime import datetime

from msgspec import Struct

from crt_console.domain.ids import IncidentId, UnitId
from crt_console.domain.words import Order, UnitStatus


class Unit(Struct, frozen=True, gc=False):
    """One team. `told` is whether the standing order has been passed on to it."""

    id: UnitId
    key: str  # the call sign without spaces, lower case
    call_sign: str  # as people say it: "CRT 2"
    status_at: datetime
    kind: str = "crt"
    members: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    base: str = ""
    lat: float | None = None
    lon: float | None = None
    position_at: datetime | None = None
    position_basis: str = ""  # base, scene or reported
    status: UnitStatus = UnitStatus.OFF
    free_since: datetime | None = None
    heard_at: datetime | None = None
    incident_id: IncidentId | None = None
    order: Order = Order.NONE
    order_at: datetime | None = None
    told: bool = True
    oos_reason: str = ""
    shift_ends_at: datetime | None = None
    emergency_at: datetime | None = None
    changed: int = 0
    decisive: int = 0

    @property
    def free(self) -> bool:
        """Whether it could be sent now."""
        return (
            self.status is UnitStatus.AVAILABLE
            and self.incident_id is None
            and self.emergency_at is None
        )

    @property
    def on_shift(self) -> bool:
        """Whether it is at work at all."""
        return self.status is not UnitStatus.OFF


def call_sign_key(text: str) -> str:
    """Return the form under which a call sign is found: no spaces, lower case."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).replace("-", "").lower()


def call_sign_words(text: str) -> str:
    """Return the call sign as people say it: letters, a space, the number (`crt2` → `CRT 2`)."""
    compact = "".join(text.split()).replace("-", "")
    head = compact.rstrip("0123456789")
    tail = compact[len(head) :]
    return f"{head.upper()} {tail}".strip()
