"""Incidents and all that hangs on one: calls, answers, assignments, hand-overs, confirmations."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from crt_console.domain.ids import (
    AnswerId,
    AssignmentId,
    CallId,
    CautionId,
    ConfirmationId,
    ContentId,
    HandoverId,
    IncidentId,
    UnitId,
)
from crt_console.domain.words import (
    Basis,
    ConfirmationState,
    HandoverState,
    IncidentStatus,
    Order,
    Source,
)

FactValue = str | bool


class Incident(Struct, frozen=True, gc=False):
    """What is being answered; personal values are content ids.

    Lines of the floor: `held` hold; of these, police have cleared the scene for `police_clear`,
    so that only their other agencies are still needed; `cleared` were released and hold no more.
    """

    id: IncidentId
    serial: int
    number: str
    opened_at: datetime
    arrived_at: datetime
    status: IncidentStatus = IncidentStatus.WAITING
    closed_at: datetime | None = None
    waiting_since: datetime | None = None
    sent_at: datetime | None = None
    on_scene_at: datetime | None = None
    source: Source = Source.E911
    external: str | None = None
    type: str = ""
    type_unmapped: bool = False
    priority: int | None = None
    place: ContentId | None = None
    place_verified: bool = False
    neighbourhood: str = ""
    lat: float | None = None
    lon: float | None = None
    call_back: ContentId | None = None
    text: ContentId | None = None
    language: str = ""
    owner: str | None = None
    owner_console: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    unreachable: bool = False
    held: tuple[int, ...] = ()
    police_clear: tuple[int, ...] = ()
    cleared: tuple[int, ...] = ()
    response: str | None = None
    agencies: tuple[str, ...] = ()
    assessed: bool = False
    advised_standby: bool = False
    rule: str | None = None
    because: str = ""
    pack: str = ""
    override: tuple[str, ...] | None = None
    override_reason: ContentId | None = None
    override_by: str | None = None
    override_at: datetime | None = None
    not_sent: str | None = None
    not_sent_text: ContentId | None = None
    disposition: str | None = None
    disposition_text: ContentId | None = None
    linked_to: IncidentId | None = None
    edited: tuple[str, ...] = ()
    imported: bool = False
    changed: int = 0
    decisive: int = 0

    @property
    def open(self) -> bool:
        """Whether anybody still has to do something about it."""
        return self.status is not IncidentStatus.CLOSED

    @property
    def wanted(self) -> tuple[str, ...]:
        """The agencies that count: the override where there is one, else the advice."""
        return self.agencies if self.override is None else self.override

    @property
    def planned(self) -> bool:
        """Whether it came in as a planned visit; what was only called so later did not."""
        return self.source.planned and "source" not in self.edited

    @property
    def unasked(self) -> bool:
        """Whether nobody has assessed it: weapon or violence not asked, planned visits apart."""
        return not self.planned and not {"weapon", "violence_now"} <= self.facts.keys()


class Call(Struct, frozen=True, gc=False):
    """One contact about an incident. `cad` holds what the other system last said of each field."""

    id: CallId
    incident_id: IncidentId
    origin: IncidentId
    at: datetime
    received_at: datetime
    source: Source
    system: str = ""
    external: str | None = None
    updated_at: datetime | None = None
    call_back: ContentId | None = None
    text: ContentId | None = None
    cad: Mapping[str, str | int | float | None] = field(default_factory=dict)
    changed: int = 0


class Answer(Struct, frozen=True, gc=False):
    """One answered fact; a later answer to the same fact corrects it, `undone_at` takes it back."""

    id: AnswerId
    incident_id: IncidentId
    ordinal: int
    fact: str
    value: FactValue
    at: datetime
    by: str
    operation_id: str
    before: Mapping[str, FactValue] = field(default_factory=dict)
    held_before: tuple[int, ...] = ()
    cleared_before: tuple[int, ...] = ()
    police_clear_before: tuple[int, ...] = ()
    undone_at: datetime | None = None
    changed: int = 0


class Assignment(Struct, frozen=True, gc=False):
    """One unit on one incident; open until `released_at`."""

    id: AssignmentId
    incident_id: IncidentId
    unit_id: UnitId
    at: datetime
    by: str
    console: str
    acknowledged_at: datetime | None = None
    enroute_at: datetime | None = None
    staged_at: datetime | None = None
    on_scene_at: datetime | None = None
    clearing_at: datetime | None = None
    released_at: datetime | None = None
    release_reason: ContentId | None = None
    changed: int = 0


class Handover(Struct, frozen=True, gc=False):
    """Another agency asked for. `stage` is the order that goes with it."""

    id: HandoverId
    incident_id: IncidentId
    agency: str
    offered_at: datetime
    due_at: datetime
    state_at: datetime
    by: str
    state: HandoverState = HandoverState.OFFERED
    basis: Basis = Basis.ADVICE
    standby: bool = False
    stage: bool = False
    urgent: bool = False
    unit_id: UnitId | None = None
    accepted_by: ContentId | None = None
    their_number: ContentId | None = None
    reason: ContentId | None = None
    scene_clear_at: datetime | None = None  # police: when they reported the scene clear
    changed: int = 0


class Caution(Struct, frozen=True, gc=False):
    """A warning about a place or a number, matched by the words behind `about`."""

    id: CautionId
    about: ContentId
    text: ContentId
    author: str
    at: datetime
    until: datetime | None = None
    changed: int = 0


class Confirmation(Struct, frozen=True, gc=False):
    """A choice below the floor that waits for a second person; `command` is content."""

    id: ConfirmationId
    incident_id: IncidentId
    action: str
    command: ContentId
    says: str
    because: str
    lines: tuple[int, ...]
    asked_by: str
    console: str
    asked_at: datetime
    reason: ContentId | None = None
    state: ConfirmationState = ConfirmationState.ASKED
    decided_by: str | None = None
    decided_at: datetime | None = None
    changed: int = 0


ORDERS_THAT_HOLD_BACK = frozenset({Order.STAGE, Order.PULL_BACK})
