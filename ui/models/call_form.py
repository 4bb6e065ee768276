"""What the New Call form holds, as a draft, and the command it becomes."""

from collections import Counter
from collections.abc import Iterable

from crt_console.domain.board import Board
from crt_console.domain.commands import ReceiveCall
from crt_console.domain.ids import OperationId, derived_id
from crt_console.domain.places import Place, place_key
from crt_console.domain.timers import Timers
from crt_console.domain.words import Source
from crt_console.protocol.pack import Pack
from ui.models.drafts import Draft

LANGUAGES = ("English", "Spanish", "Portuguese", "Polish", "Haitian Creole", "Arabic", "ASL")
PRIORITIES = ("1", "2", "3", "")


def limit_words(timers: Timers, priority: str) -> str:
    """Return what a priority means: how long such a call may wait."""
    if not priority:
        return "not set yet"
    seconds = timers.limit(int(priority)).total_seconds()
    wait = f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"  # noqa: PLR2004
    return f"P{priority} · {wait}"


def types_known(board: Board, pack: Pack) -> tuple[str, ...]:
    """Return kinds of call as they have been named: lately and often first, then the pack's."""
    counted = Counter(i.type for i in board.incidents.values() if i.type)
    named = [name for name, _ in counted.most_common()]
    return tuple(dict.fromkeys([*named, *(key.replace("_", " ") for key in pack.priorities)]))


def languages_known(board: Board) -> tuple[str, ...]:
    """Return languages: those that teams speak first."""
    spoken = (name for unit in board.units.values() for name in unit.languages)
    return tuple({name.casefold(): name for name in (*LANGUAGES, *spoken)}.values())


def beginning(names: Iterable[str], text: str, most: int = 6) -> tuple[str, ...]:
    """Return names of which a word begins with this text; none for one that is complete."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    fit = [name for name in names if f" {name}".casefold().find(f" {wanted}") >= 0]
    return tuple(name for name in fit if name.casefold() != wanted)[:most]


def place_fields(place: Place) -> dict[str, str]:
    """Return a checked place as fields of a draft."""
    return {
        "checked": place.name,
        "neighbourhood": place.neighbourhood,
        "lat": "" if place.lat is None else repr(place.lat),
        "lon": "" if place.lon is None else repr(place.lon),
    }


def still_checked(checked: str, place: str) -> bool:
    """Whether a place still begins with what was checked (`…, apt 3` may follow)."""
    key, typed = place_key(checked), place_key(place)
    return bool(key) and (typed == key or typed.startswith(f"{key} "))


def command(draft: Draft, into: str = "") -> ReceiveCall:
    """Return the act that takes this call in, or adds it to the incident `into`.

    The same draft gives the same identities, so that saving twice, also after a crash, is once.
    """
    fields = {name: value.strip() for name, value in draft.fields.items() if value.strip()}
    parts = [f"{name}={value}" for name, value in sorted(fields.items())]
    checked = still_checked(fields.get("checked", ""), fields.get("place", ""))

    def identity(of: str) -> str:
        return derived_id("new call", of, draft.id, into, *parts)

    def number(name: str) -> float | None:
        return float(fields[name]) if checked and name in fields else None

    return ReceiveCall(
        operation_id=OperationId(identity("operation")),
        incident_id=identity("incident"),
        call_id=identity("call"),
        incident=into or None,
        at=draft.started_at,
        source=Source(fields.get("source", Source.E911)),
        place=fields.get("place"),
        place_verified=checked,
        neighbourhood=fields.get("neighbourhood") if checked else None,
        lat=number("lat"),
        lon=number("lon"),
        call_back=fields.get("call_back"),
        text=fields.get("text"),
        type=fields.get("type"),
        priority=int(fields["priority"]) if "priority" in fields else None,
        language=fields.get("language"),
    )
