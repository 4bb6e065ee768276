"""The keys of the windows in one table: what F1 shows, what shortcuts are made from."""

from typing import NamedTuple

from crt_console.domain.grammar import HELP


class Key(NamedTuple):
    """A key, what it does, and where it counts."""

    key: str
    what: str
    where: str


ANYWHERE, INCIDENT, LISTS, DUES, TEAM, TYPING, CALL = (
    "anywhere", "on the open incident", "in the queue and the teams", "in what is due, after F8",
    "on the picked team, after F5", "while typing", "in the New Call form",
)  # fmt: skip

KEYS: tuple[Key, ...] = (
    Key("F1", "all keys and commands", ANYWHERE),
    Key("F2", "command bar; / does the same while nothing is typed", ANYWHERE),
    Key("F3", "new call; again for a second one, the first is put aside", ANYWHERE),
    Key("F4", "to the queue", ANYWHERE),
    Key("F5", "to the teams", ANYWHERE),
    Key("F6", "to the open incident", ANYWHERE),
    Key("F7", "the supervisor's window", ANYWHERE),
    Key("F8", "to what is due", ANYWHERE),
    Key(
        "F10", "EMERGENCY of the open incident's team, or of the one picked in the teams", ANYWHERE
    ),
    Key("F11", "police and EMS to the emergency", ANYWHERE),
    Key("F12", "I have the emergency", ANYWHERE),
    Key("Ctrl+M", "sounds off or on; never the emergency's", ANYWHERE),
    Key("Ctrl+Q", "leave", ANYWHERE),
    Key("Esc", "close what is open above, back to where the keyboard was", ANYWHERE),
    Key("1 … 9, 0", "answer the question; 0 is “can't say”", INCIDENT),
    Key("Backspace", "take the last answer back", INCIDENT),
    Key("E", "the question in the caller's language", INCIDENT),
    Key("S", "to the send button; then Enter does what it says", INCIDENT),
    Key("+", "the next best team on the send button", INCIDENT),
    Key("Enter", "the act of the button that has the keyboard", INCIDENT),
    Key("P", "also ask police", INCIDENT),
    Key("M", "also ask EMS", INCIDENT),
    Key("R", "also ask fire", INCIDENT),
    Key("O", "other: decide on other agencies, nobody sent, close", INCIDENT),
    Key("Y", "accepted: who, and their number", INCIDENT),
    Key("X", "declined, and why", INCIDENT),
    Key("A", "police report the scene clear", INCIDENT),
    Key("D", "decide on other agencies than advised, with the reason", INCIDENT),
    Key("Z", "take back what waits for a second person", INCIDENT),
    Key("W", "no team goes, and why", INCIDENT),
    Key("K", "close with the result", INCIDENT),
    Key("G", "take it: I own it now", INCIDENT),
    Key("U", "the caller is gone: could not ask", INCIDENT),
    Key("C", "ring back", INCIDENT),
    Key("N", "write a note", INCIDENT),
    Key("T", "what happened, shown or hidden", INCIDENT),
    Key("Ctrl+Down", "what is below", INCIDENT),
    Key("Ctrl+Up", "and back up", INCIDENT),
    Key("Up, Down", "to the line above or below", LISTS),
    Key("Enter", "on a team: propose it instead of the best", LISTS),
    Key("Enter", "open what it is about", DUES),
    Key("G", "I have it; of an order: I told them", DUES),
    Key("B", "the team was told its order", TEAM),
    Key("K W S D", "acknowledged, on the way, staged, on scene", TEAM),
    Key("V J L F", "transporting, at destination, clearing, free", TEAM),
    Key("I", "check-in: heard, and well", TEAM),
    Key("H", "backup from police", TEAM),
    Key("U", "the emergency is over, and how we know", TEAM),
    Key("Del", "release from its incident", TEAM),
    Key("Q", "out of service, and why", TEAM),
    Key("Alt+1 … Alt+9", "answer the question while a note is typed", TYPING),
    Key("Enter", "to the next field; in the last one: save", CALL),
    Key("Ctrl+Enter", "save the call", CALL),
    Key("Alt+1 … Alt+3", "add this call to an incident that is open already", CALL),
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
    "accept": "accept 142 police Sgt Ruiz, 860 555 0110",
    "decline": "decline 142 police no car free",
    "close": "close 142 helped",
    "reopen": "reopen 142 he called again",
    "UNIT": "crt2 onscene at 14:31",
    "caution": "caution 88 Zion St, a dog in the yard",
    "checkin": "checkin crt2",
    "backup": "backup crt2 police urgent",
    "emergency": "emergency crt2",
    "told": "told crt2",
    "unit": "unit add crt9 languages:es",
    "shift": "shift start crt2",
    "oos": "oos crt2 flat tyre",
    "show": "show 142",
}
COMMANDS: tuple[tuple[str, str], ...] = tuple(
    (EXAMPLES[verb], says)
    for verb, says in ((form.split("[")[0].split()[0], says) for form, says in HELP)
    if verb in EXAMPLES  # the rest is told by an identity: keys and buttons know it, people do not
)
