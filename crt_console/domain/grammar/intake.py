"""Lines about what comes in: calls, answers, notes, corrections."""

import re

from crt_console.domain import commands
from crt_console.domain.grammar.line import AN_INCIDENT, Line, Misread, joined, listed
from crt_console.domain.grammar.verb import Verb
from crt_console.domain.incident import FactValue
from crt_console.domain.words import Source

KEYS = re.compile(r"(?:^|(?<=[\s,]))(callback|source|external|language):(\S[^,]*)?", re.IGNORECASE)
NEXT_KEY = re.compile(r"\s(?=(?:callback|source|external|language):)", re.IGNORECASE)
FIELDS = {
    "place": "place",
    "type": "type",
    "priority": "priority",
    "callback": "call_back",
    "text": "text",
    "language": "language",
    "source": "source",
}
CAD = "cad"  # whose numbers they are where nobody says: the name that `receive` uses, too
_AS_SPOKEN = {"gun": "firearm", "knife": "edged", "blade": "edged"}  # as the screen says it
A_PLACE = "a place, such as “124 Albany Ave” or “Main St & Park St”"


def _new(line: Line) -> commands.Command:
    text, values = _key_values(line.left)
    place, *parts = [part.strip() for part in text.split(",")]
    if not place:
        raise Misread("The place is missing", A_PLACE)
    kind = parts.pop(0) if parts and not _is_priority(parts[0]) else ""
    level = priority(parts.pop(0)) if parts and _is_priority(parts[0]) else None
    return commands.ReceiveCall(
        place=place,
        type=kind or None,
        priority=level,
        text=", ".join(part for part in parts if part) or None,
        call_back=call_back(values["callback"]) if "callback" in values else None,
        source=source(values["source"]) if "source" in values else Source.E911,
        system=CAD if "external" in values else "",
        external=_one_word(values["external"]) if "external" in values else None,
        language=values.get("language"),
    )


def _key_values(text: str) -> tuple[str, dict[str, str]]:
    """Return the line without its `key:value` parts, and those; a value ends at comma or key."""
    values: dict[str, str] = {}
    kept: list[str] = []
    for part in NEXT_KEY.split(text):
        found = KEYS.match(part)
        if not found:
            kept.append(part)
            continue
        key, value = found[1].lower(), (found[2] or "").strip()
        if not value:
            raise Misread(f"Nothing follows “{key}:”", f"a value right after it, as in {key}:…")
        if key in values:
            raise Misread(f"“{key}:” is said twice", "it once")
        values[key] = value
        kept.append(part[found.end() :])
    return "".join(kept), values


def _is_priority(text: str) -> bool:
    return re.fullmatch(r"p\d+", text, re.ASCII | re.IGNORECASE) is not None


def priority(text: str) -> int:
    """Return the priority that is meant; 1 is most urgent."""
    level = text.lower().removeprefix("p")
    if level not in {"1", "2", "3"}:
        raise Misread(f"“{text}” is not a priority", "p1, p2 or p3")
    return int(level)


def source(text: str) -> Source:
    """Return the source that is meant."""
    wanted = joined(text)
    for each in Source:
        if joined(each) == wanted:
            return each
    raise Misread(f"“{text}” is not a source", listed(tuple(Source)))


def call_back(text: str) -> str:
    """Return a number to call back, as it was said."""
    if not re.fullmatch(r"\+?[\d\s().x/#*-]*\d[\d\s().x/#*-]*", text, re.ASCII | re.IGNORECASE):
        raise Misread(f"“{text}” is not a number to call", "digits, such as 860-555-0142")
    return text


def _one_word(text: str) -> str:
    if len(text.split()) != 1:
        raise Misread(f"“{text}” is more than a number", "their number in one word")
    return text


def _answer(line: Line) -> commands.Command:
    incident = line.incident()
    said = line.rest("a fact and its value, such as weapon none").split(",")
    answers: dict[str, FactValue] = {}
    for part in said:
        fact, value = _fact(part.split(), line)
        if fact in answers:
            raise Misread(f"{fact} is answered twice", "it once")
        answers[fact] = value
    return commands.AnswerFacts(
        incident=incident, answers=tuple(answers.items()), happened_at=line.at
    )


def _fact(words: list[str], line: Line) -> tuple[str, FactValue]:
    for used in range(len(words), 0, -1):
        fact = joined(" ".join(words[:used]))
        if fact in line.facts:
            return fact, _value(fact, " ".join(words[used:]), line)
    found = f"“{words[0]}” is not a fact" if words else "A fact is missing"
    raise Misread(found, f"one of {listed(tuple(line.facts) or ('weapon', 'medical'))}")


def _value(fact: str, said: str, line: Line) -> FactValue:
    known = {str(value).lower(): value for value in line.facts[fact]}
    wanted = joined(said)
    if isinstance(known.get("true"), bool):
        wanted = {"yes": "true", "y": "true", "no": "false", "n": "false"}.get(wanted, wanted)
    if wanted not in known:
        wanted = _AS_SPOKEN.get(wanted, wanted)
    if wanted not in known:
        found = f"“{said}” is no answer to {fact}" if said else f"The answer to {fact} is missing"
        raise Misread(found, listed(tuple(known)))
    return known[wanted]


def _undo(line: Line) -> commands.Command:
    incident = line.incident() if line.left else None
    line.end()
    return commands.UndoAnswer(incident=incident)


def _unreachable(line: Line) -> commands.Command:
    incident = line.incident()
    line.end()
    return commands.MarkUnreachable(incident=incident, happened_at=line.at)


def _note(line: Line) -> commands.Command:
    return commands.AddNote(incident=line.incident(), text=line.rest("the words of the note"))


def _edit(line: Line) -> commands.Command:
    incident = line.incident()
    said = line.word(f"a field: {listed(tuple(FIELDS))}")
    field = FIELDS.get(said.lower().replace("_", "").replace("-", ""))
    if field is None:
        raise Misread(f"“{said}” is not a field", listed(tuple(FIELDS)))
    value = line.rest(f"the new {said.lower()}")
    if field == "priority":
        value = str(priority(value))
    elif field == "source":
        value = str(source(value))
    elif field == "call_back":
        value = call_back(value)
    return commands.EditIncident(incident=incident, field=field, value=value)


def _link(line: Line) -> commands.Command:
    first, second = _two(line)
    return commands.LinkIncidents(incident=first, other=second)


def _unlink(line: Line) -> commands.Command:
    first, second = _two(line)
    return commands.UnlinkIncidents(incident=first, other=second)


def _two(line: Line) -> tuple[str, str]:
    first, second = line.incident(), line.incident()
    line.end()
    if first == second:
        raise Misread(f"{first} is named twice", f"{AN_INCIDENT}, and another")
    return first, second


def _take(line: Line) -> commands.Command:
    incident = line.incident()
    line.end()
    return commands.TakeIncident(incident=incident)


def _rungback(line: Line) -> commands.Command:
    return commands.RecordRingBack(incident=line.incident(), text=line.rest(), happened_at=line.at)


VERBS = (
    Verb(
        name="new",
        form="new PLACE[, TYPE[, pN][, TEXT]] [callback:N] [source:S] [external:ID]",
        says="take in a call by hand",
        read=_new,
    ),
    Verb(
        name="answer",
        form="answer INCIDENT FACT VALUE[, FACT VALUE …]",
        says="answer facts; a later answer corrects an earlier one",
        read=_answer,
        wants=("incident", "facts"),
        timed=True,
    ),
    Verb(
        name="undo",
        form="undo [INCIDENT]",
        says="take the last answer back",
        read=_undo,
        wants=("incident",),
    ),
    Verb(
        name="unreachable",
        form="unreachable INCIDENT",
        says="the caller is gone: ring back, open questions become unknown",
        read=_unreachable,
        wants=("incident",),
        timed=True,
    ),
    Verb(
        name="note",
        form="note INCIDENT TEXT",
        says="write something down",
        read=_note,
        wants=("incident",),
    ),
    Verb(
        name="edit",
        form="edit INCIDENT FIELD VALUE",
        says=f"correct {listed(tuple(FIELDS))}",
        read=_edit,
        wants=("incident", "field"),
    ),
    Verb(
        name="link",
        form="link INCIDENT INCIDENT",
        says="both are the same event; the first stays open",
        read=_link,
        wants=("incident", "incident"),
    ),
    Verb(
        name="unlink",
        form="unlink INCIDENT INCIDENT",
        says="they are two events after all",
        read=_unlink,
        wants=("incident", "incident"),
    ),
    Verb(
        name="take",
        form="take INCIDENT",
        says="I own it now",
        read=_take,
        wants=("incident",),
    ),
    Verb(
        name="rungback",
        form="rungback INCIDENT[, TEXT]",
        says="the waiting caller was called",
        read=_rungback,
        wants=("incident",),
        timed=True,
    ),
)
