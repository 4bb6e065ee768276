"""The keys of the windows in one table: what F1 shows, what shortcuts are made from."""

from typing import NamedTuple


class Key(NamedTuple):
    """A key, what it does, and where it counts."""

    key: str
    what: str
    where: str


ANYWHERE, INCIDENT, LISTS, TYPING, CALL = (
    "anywhere", "on the open incident", "in the queue and the teams", "while typing",
    "in the New Call form",
)  # fmt: skip

KEYS: tuple[Key, ...] = (
    Key("F1", "all keys and commands", ANYWHERE),
    Key("F2", "command bar; / does the same while nothing is typed", ANYWHERE),
    Key("F3", "new call; again for a second one, the first is put aside", ANYWHERE),
    Key("F4", "to the queue", ANYWHERE),
    Key("F5", "to the teams", ANYWHERE),
    Key("F8", "to what is due", ANYWHERE),
    Key("F11", "police and EMS to the emergency", ANYWHERE),
    Key("F12", "I have the emergency", ANYWHERE),
    Key("Esc", "close what is open above, back to where the keyboard was", ANYWHERE),
    Key("1 … 9, 0", "answer the question; 0 is “can't say”", INCIDENT),
    Key("Backspace", "take the last answer back", INCIDENT),
    Key("E", "the question in the caller's language", INCIDENT),
    Key("Enter", "the act of the button that has the keyboard", INCIDENT),
    Key("P", "also ask police", INCIDENT),
    Key("M", "also ask EMS", INCIDENT),
    Key("R", "also ask fire", INCIDENT),
    Key("O", "other: decide on other agencies, nobody sent, close", INCIDENT),
    Key("Y", "accepted: who, and their number", INCIDENT),
    Key("X", "declined, and why", INCIDENT),
    Key("C", "ring back", INCIDENT),
    Key("N", "write a note", INCIDENT),
    Key("T", "what happened, shown or hidden", INCIDENT),
    Key("Up, Down", "to the line above or below", LISTS),
    Key("Alt+1 … Alt+9", "answer the question while a note is typed", TYPING),
    Key("Enter", "to the next field; in the last one: save", CALL),
    Key("Ctrl+Enter", "save the call", CALL),
    Key("Alt+1 … Alt+3", "add this call to an incident that is open already", CALL),
    Key("Esc", "put aside; the half-typed call stays", CALL),
)
