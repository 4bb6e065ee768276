"""The room as one write transaction sees it: fresh rows, and what is to be written."""

from typing import Any, TypeVar

from crt_console.domain.alarm import Alarm
from crt_console.domain.errors import Unknown
from crt_console.domain.ids import ContentId, derived_id
from crt_console.domain.incident import (
    Answer,
    Assignment,
    Call,
    Confirmation,
    Handover,
    Incident,
)
from crt_console.domain.places import Place, place_key
from crt_console.domain.timers import Timers
from crt_console.domain.unit import Unit, call_sign_key
from crt_console.domain.words import ConfirmationState, HandoverState
from crt_console.store import statements
from crt_console.store.columns import from_micros
from crt_console.store.held import Rows
from crt_console.store.pen import Author, Head, Pen
from crt_console.store.prepared import Hand
from crt_console.store.references import (
    ID_LENGTH,
    as_number,
    as_serial,
    local_year,
    pick_incident,
    pick_short,
    pick_unit,
)
from crt_console.store.tables import places

R = TypeVar("R")
PLACE_COLUMNS = tuple(column.name for column in places.c)


class Room:
    """One transaction under the lock of the journal's head; nothing is written before its end."""

    def __init__(self, hand: Hand, head: Head, author: Author, pack: Any, timers: Timers) -> None:
        self.at = from_micros(head.at)
        self.by = author.by
        self.console = author.console
        self.operation_id = author.operation_id
        self.happened_at = author.happened_at
        self.pack = pack
        self.timers = timers
        self.about: Incident | None = None  # what a refusal is entered under
        self.rows = Rows(hand, self.at)
        self.pen = Pen(head, author, self.at)
        self.hand = hand
        self._places: dict[str, Place | None] = {}
        self._types: dict[tuple[str, str], tuple[str, int | None] | None] = {}

    # incidents

    def incident(self, ref: str) -> Incident:
        """Return the incident named by id, number or serial without zeros; raises Unknown."""
        found = self._incident(ref.strip().lstrip("#"))
        if found is None:
            raise Unknown(f"no incident {ref}")
        self.about = found
        return found

    def _incident(self, ref: str) -> Incident | None:
        if len(ref) == ID_LENGTH:
            by_id: Incident | None = self.rows.one("incidents", ref)
            return by_id
        number = as_number(ref)
        if number is not None:
            same = self.rows.many("number", lambda i: i.number == number, number=number)
            return same[0] if same else None
        serial = as_serial(ref)
        if serial is None:
            return None
        found = self.rows.many("serial", lambda i: i.serial == serial, serial=serial)
        only: Incident | None = found[0] if len(found) == 1 else None
        return only or pick_incident(found, local_year(self.at, self.pack))

    def calls(self, incident_id: str) -> tuple[Call, ...]:
        """Return the calls about an incident, oldest first."""
        found = self.rows.many(
            "calls", lambda c: c.incident_id == incident_id, incident_id=incident_id
        )
        return tuple(sorted(found, key=lambda c: (c.at, c.received_at)))

    def call_by_external(self, system: str, external: str) -> Call | None:
        """Return the call that another system knows by this number."""
        found = self.rows.many(
            "external",
            lambda c: c.external == external and c.system == system,
            system=system,
            external=external,
        )
        return found[0] if found else None

    def known_externals(self, system: str, externals: tuple[str, ...]) -> set[str]:
        """Return those of another system's numbers that are here already."""
        known: set[str] = set()
        for start in range(0, len(externals), statements.SOME):
            some = externals[start : start + statements.SOME]
            filled = [*some, *[some[0]] * (statements.SOME - len(some))]
            values = {f"some{i}": external for i, external in enumerate(filled)}
            found = self.hand.rows(statements.KNOWN, {"system": system, **values})
            known.update(row[0] for row in found)
        return known

    def answers(self, incident_id: str) -> tuple[Answer, ...]:
        """Return all answers about an incident in their order, those taken back included."""
        found = self.rows.many(
            "answers", lambda a: a.incident_id == incident_id, incident_id=incident_id
        )
        return tuple(sorted(found, key=lambda a: a.ordinal))

    def last_answer_by(self, by: str) -> Answer | None:
        """Return the last answer that this person gave and that stands."""
        found = self.rows.many("last_answer", lambda a: a.by == by and a.undone_at is None, by=by)
        return max(found, key=lambda a: (a.changed, a.ordinal), default=None)

    def handovers(self, incident_id: str) -> tuple[Handover, ...]:
        """Return the hand-overs of an incident that have not ended, oldest first."""
        found = self.rows.many(
            "handovers",
            lambda h: h.incident_id == incident_id and h.state is not HandoverState.ENDED,
            incident_id=incident_id,
        )
        return tuple(sorted(found, key=lambda h: h.offered_at))

    def confirmations(self, incident_id: str) -> tuple[Confirmation, ...]:
        """Return the requests about an incident that wait for a second person."""
        found = self.rows.many(
            "confirmations",
            lambda c: c.incident_id == incident_id and c.state is ConfirmationState.ASKED,
            incident_id=incident_id,
        )
        return tuple(sorted(found, key=lambda c: c.asked_at))

    def confirmation(self, ref: str) -> Confirmation:
        """Return the request with this id, or the one that waits and begins so; raises Unknown."""
        found = self._beginning("confirmation", ref)
        waiting = [c for c in found if c.state is ConfirmationState.ASKED or c.id == ref]
        picked: Confirmation = pick_short(ref, waiting or found, "request")
        return picked

    # units

    def unit(self, ref: str) -> Unit:
        """Return the unit named by id, call sign or an unambiguous part of it; raises Unknown."""
        by_id: Unit | None = self.rows.one("units", ref) if len(ref) == ID_LENGTH else None
        if by_id is not None:
            return by_id
        key = call_sign_key(ref)
        named = self.rows.many("unit_key", lambda u: u.key == key, key=key)
        return named[0] if named else pick_unit(ref, self.units())

    def units(self) -> tuple[Unit, ...]:
        """Return all units by call sign."""
        return tuple(sorted(self.rows.many("units", lambda _: True), key=lambda u: u.key))

    def assignments(self, incident_id: str) -> tuple[Assignment, ...]:
        """Return the open assignments of an incident, oldest first."""
        found = self.rows.many(
            "assignments",
            lambda a: a.incident_id == incident_id and a.released_at is None,
            incident_id=incident_id,
        )
        return tuple(sorted(found, key=lambda a: a.at))

    def sent_anyone(self, incident_id: str) -> bool:
        """Return whether a unit was ever sent to an incident."""
        return bool(
            self.rows.many(
                "all_assignments",
                lambda a: a.incident_id == incident_id,
                incident_id=incident_id,
            )
        )

    def open_assignment(self, unit_id: str) -> Assignment | None:
        """Return what the unit is on."""
        found = self.rows.many(
            "open_assignment",
            lambda a: a.unit_id == unit_id and a.released_at is None,
            unit_id=unit_id,
        )
        return found[0] if found else None

    def last_assignment(self, unit_id: str) -> Assignment | None:
        """Return what the unit is on, or was on last."""
        found = self.rows.many("last_assignment", lambda a: a.unit_id == unit_id, unit_id=unit_id)
        return max(found, key=lambda a: (a.released_at is None, a.at, a.changed), default=None)

    # alarms

    def alarms(self, incident_id: str) -> tuple[Alarm, ...]:
        """Return the open alarms about an incident."""
        found = self.rows.many(
            "alarms",
            lambda a: a.incident_id == incident_id and a.ended_at is None,
            incident_id=incident_id,
        )
        return tuple(found)

    def open_alarm(self, kind: str, subject: str) -> Alarm | None:
        """Return the open alarm of this kind about this subject."""
        root = subject.partition(":")[0]
        if self.rows.holds("incidents", root):  # what is about an incident is among its alarms
            self.rows.read("alarms", {"incident_id": root})
        else:
            self.rows.read("subject_alarms", {"subject": subject})
        for held in self.rows.known("alarms"):
            alarm: Alarm = held.row
            if alarm.subject == subject and alarm.kind == kind and alarm.ended_at is None:
                return alarm
        return None

    def alarm(self, ref: str) -> Alarm:
        """Return the open alarm with this id, or the one whose id begins so; raises Unknown."""
        found = [a for a in self._beginning("alarm", ref) if a.ended_at is None]
        picked: Alarm = pick_short(ref, found, "open alarm")
        return picked

    # lists

    def type_for(self, system: str, raw: str) -> tuple[str, int | None] | None:
        """Return the type and priority that another system's word is mapped to."""
        system = _speaker(system)
        if (system, raw) not in self._types:
            values = {"system": system, "raw": raw}
            row = self.hand.first(statements.TYPE, values)
            mapped = None if row is None or row[0] is None else (str(row[0]), row[1])
            self._types[system, raw] = mapped
        return self._types[system, raw]

    def note_type(self, system: str, raw: str) -> None:
        """List a word of another system that nothing is mapped to yet."""
        self.pen.aside(statements.SEEN_TYPE, {"system": _speaker(system), "raw": raw})

    def place_named(self, text: str) -> Place | None:
        """Return the place of the gazetteer that goes by this name."""
        key = place_key(text)
        if not key:
            return None
        if key not in self._places:
            row = self.hand.first(statements.PLACE, {"key": key})
            named = None if row is None else dict(zip(PLACE_COLUMNS, row, strict=True))
            self._places[key] = None if named is None else Place(**named)
        return self._places[key]

    def quarantine(self, origin: str, line: int, reason: str, text: str) -> bool:
        """Keep a line that could not be read; False where the same line is kept already."""
        key = derived_id("quarantine", origin, line, text)
        if self.hand.first(statements.QUARANTINED, {"id": key}) is not None:
            return False
        row = {"id": key, "at": self.at, "origin": origin, "line": line, "reason": reason}
        self.pen.aside(statements.PUT_QUARANTINE, {**row, "body": self.keep(text)})
        return True

    # writing

    def put(self, row: R, *, decisive: bool = False) -> R:
        """Stage a new or changed row and return it with its versions; unchanged is no act."""
        staged: R = self.rows.put(row, self.pen.next_seq, decisive=decisive)
        return staged

    @property
    def pending(self) -> bool:
        """Whether rows were put that no entry carries yet."""
        return self.rows.pending

    def keep(self, text: str | None) -> ContentId | None:
        """Stage personal words, to be carried by the next entry; nothing for no words."""
        return self.pen.keep(text)

    def text(self, content_id: str | None) -> str:
        """Return the words behind a content id; redacted ones say so."""
        if content_id is None:
            return ""
        staged = self.pen.words(content_id)
        if staged is not None:
            return staged
        row = self.hand.first(statements.CONTENT, {"id": content_id})
        if row is None:
            return ""
        return "(removed)" if row[0] is None else str(row[0])

    def record(
        self,
        kind: str,
        /,
        *,
        incident: Incident | None = None,
        unit: Unit | None = None,
        **data: Any,
    ) -> None:
        """Stage an entry that carries everything put and kept since the last one."""
        self.pen.enter(
            kind,
            incident_id=None if incident is None else incident.id,
            unit_id=None if unit is None else unit.id,
            data=data,
            taken=self.rows.take(self.pen.next_seq),
        )

    def record_along(
        self, kind: str, *, incident: Incident | None = None, unit: Unit | None = None
    ) -> None:
        """Have the last entry about the incident carry what was put since, else one more.

        For what follows from an act and says nothing by itself, such as due times.
        """
        if not self.pending:
            return
        if self.pen.last_is_about(None if incident is None else incident.id):
            self.pen.carry(self.rows.take(self.pen.next_seq - 1))
        else:
            self.record(kind, incident=incident, unit=unit)

    def next_number(self) -> tuple[int, str]:
        """Return the next serial of the local year and the number people speak."""
        return self.pen.next_number(local_year(self.at, self.pack))

    def _beginning(self, name: str, ref: str) -> list[Any]:
        plain = "".join(letter for letter in ref.lower() if letter.isalnum())
        if not plain:
            return []
        return self.rows.many(name, lambda row: row.id.startswith(plain), start=f"{plain}%")


def _speaker(system: str) -> str:
    """Whose words these are: `north#7f3a` has numbers of its own, a replay's, and north's words."""
    return system.partition("#")[0]
