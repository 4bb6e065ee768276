"""The keys of the windows in one table: what F1 shows, what shortcuts are made from."""

from collections.abc import Iterator
from typing import NamedTuple

from crt_console.domain.grammar import HELP


class Key(NamedTuple):
    """A key, what it does, and where it counts."""

    key: str
    what: str
    where: str


ANYWHERE, EMERGENCY, INCIDENT, QUESTION, LISTS, SENDING, ASKED, TEAM, DUES, CALL = (
    "anywhere", "in an emergency, anywhere", "on the open incident", "on its question",
    "in the queue and the teams", "sending and asking", "when others were asked",
    "on the picked team, after F5", "in what is due, after F8", "in the New Call form",
)  # fmt: skip

KEYS: tuple[Key, ...] = (
    Key("F1", "all keys and commands", ANYWHERE),
    Key("F2, /", "command bar; / while nothing is typed", ANYWHERE),
    Key("F3", "new call; again: one more, the first is put aside", ANYWHERE),
    Key("Ctrl+G", "go on with the call that was put aside", ANYWHERE),
    Key("F4", "to the queue", ANYWHERE),
    Key("F5", "to the teams", ANYWHERE),
    Key("F6", "to the open incident", ANYWHERE),
    Key("F7", "the supervisor’s window", ANYWHERE),
    Key("F8", "to what is due", ANYWHERE),
    Key("Ctrl+M", "sounds off or on; never the emergency’s", ANYWHERE),
    Key("Ctrl+Q", "close the console", ANYWHERE),
    Key("Esc", "close what is open; the keyboard goes back", ANYWHERE),
    Key("F10", "EMERGENCY for this incident’s team, or the picked team", EMERGENCY),
    Key("F11", "police and EMS to the emergency", EMERGENCY),
    Key("F12", "I have the emergency", EMERGENCY),
    Key("G", "take it: it is mine now", INCIDENT),
    Key("C", "ring back", INCIDENT),
    Key("N", "write a note", INCIDENT),
    Key("T", "show or hide what happened", INCIDENT),
    Key("Ctrl+Down", "scroll down", INCIDENT),
    Key("Ctrl+Up", "and back up", INCIDENT),
    Key("K", "close, and say how it ended", INCIDENT),
    Key("1 … 9, 0", "answer it; 0 is “can’t say”", QUESTION),
    Key("Alt+1 … 9", "the same while you type a note", QUESTION),
    Key("Backspace", "take the last answer back", QUESTION),
    Key("E", "in the caller’s language", QUESTION),
    Key("U", "the caller is gone: could not ask", QUESTION),
    Key("Up, Down", "to the line above or below", LISTS),
    Key("Enter", "on a team: put it on the send button", LISTS),
    Key("S", "to the send button", SENDING),
    Key("Enter", "on the send button: do what it says", SENDING),
    Key("+", "put the next best team on it", SENDING),
    Key("P", "also ask police", SENDING),
    Key("M", "also ask EMS", SENDING),
    Key("R", "also ask fire", SENDING),
    Key("O", "other: other agencies, no team, close", SENDING),
    Key("D", "send other agencies, and why", SENDING),
    Key("W", "no team goes, and why", SENDING),
    Key("Y", "accepted: who, and their number", ASKED),
    Key("X", "declined, and why", ASKED),
    Key("A", "police report the scene clear", ASKED),
    Key("Z", "take back what waits for a second person", ASKED),
    Key("V", "agree as the second person to a colleague’s choice", ASKED),
    Key("B", "the team was told its order", TEAM),
    Key("K", "acknowledged", TEAM),
    Key("W", "on the way", TEAM),
    Key("S", "staged", TEAM),
    Key("D", "on scene", TEAM),
    Key("V", "transporting", TEAM),
    Key("J", "at destination", TEAM),
    Key("L", "clearing", TEAM),
    Key("F", "free", TEAM),
    Key("I", "check-in: heard, and well", TEAM),
    Key("H", "backup from police", TEAM),
    Key("U", "the emergency is over, and how we know", TEAM),
    Key("O", "another status, picked from a list", TEAM),
    Key("Del", "release from its incident", TEAM),
    Key("Q", "out of service, and why", TEAM),
    Key("Enter", "open what it is about", DUES),
    Key("G", "I have it; for an order: the team was told", DUES),
    Key("Enter", "to the next field; in the last one: save", CALL),
    Key("Ctrl+Enter", "save the call", CALL),
    Key("Alt+1 … 3", "add this call to an incident that is open already", CALL),
    Key("Esc", "put aside; the half-typed call stays", CALL),
)

# What a dispatcher types, by the first word of its form; numbers and names differ.
EXAMPLES: dict[str, str] = {
    "new": "new 124 Albany Ave, welfare check, p2, door not opened since noon",
    "answer": "answer 142 weapon none",
    "undo": "undo 142",
    "unreachable": "unreachable 142",
    "note": "note 142 the sister has a key",
    "edit": "edit 142 place 88 Zion St",
    "link": "link 142 145",
    "unlink": "unlink 142 145",
    "take": "take 142",
    "rungback": "rungback 142, he is calmer now",
    "assign": "assign crt2 142",
    "release": "release crt2",
    "override": "override 142 crt+police he knows the officer",
    "not-sent": "not-sent 142 other, a friend is with her",
    "handover": "handover 142 police",
    "sceneclear": "sceneclear 142 Officer Ruiz",
    "accept": "accept 142 police Ruiz, 860 555 0110",
    "decline": "decline 142 police no car free",
    "close": "close 142 helped",
    "reopen": "reopen 142 he called again",
    "caution": "caution 88 Zion St, a dog in the yard",
    "checkin": "checkin crt2",
    "backup": "backup crt2 police urgent",
    "told": "told crt2",
    "unit": "unit add crt9 languages:es",
    "oos": "oos crt2 flat tire",
    "show": "show 142",
}

# Said in the words of the screen; what one word begins and ends has an example of each.
IN_FULL: dict[str, tuple[tuple[str, str], ...]] = {
    "UNIT": (
        (
            "crt2 on scene at 14:31",
            "a team reports: acknowledged, on the way, staged, on scene, transporting, \
at destination, clearing or free",
        ),
    ),
    "emergency": (
        ("emergency crt2", "the life of a team member is in danger"),
        ("emergency crt2 clear both are well", "the emergency is over, and how we know"),
    ),
    "shift": (
        ("shift start crt2", "a team begins its shift"),
        ("shift end crt2", "a team goes home"),
    ),
}


class Example(NamedTuple):
    """A line as it is typed, what it does, and what it is about."""

    line: str
    says: str
    where: str


_BEGINS = {  # the first of what is about the same
    "new": "in the command bar, F2: the call",
    "assign": "in the command bar, F2: who goes",
    "UNIT": "in the command bar, F2: teams",
}


def _examples() -> Iterator[Example]:
    where = ""
    for form, says in HELP:
        verb = form.split("[")[0].split()[0]
        where = _BEGINS.get(verb, where)
        lines = ((EXAMPLES[verb], says),) if verb in EXAMPLES else IN_FULL.get(verb, ())
        for line, said in lines:  # the rest is told by an identity: keys and buttons know it
            yield Example(line, said, where)


COMMANDS: tuple[Example, ...] = tuple(_examples())
