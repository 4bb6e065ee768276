"""What is known already about a place or a number that is being typed."""

from crt_console.domain.board import Board
from crt_console.domain.incident import Caution, Incident
from crt_console.domain.places import about_key, looks_like_number, number_key

_FEWEST_WORDS = 2  # a house number alone is the start of too many places


def same_place(one: str, other: str) -> bool:
    """Whether two places are the same, or one is the other with more said (`…, apt 3`)."""
    first, second = sorted((about_key(one), about_key(other)), key=len)
    if not first:
        return False
    longer = len(first.split()) >= _FEWEST_WORDS and second.startswith(f"{first} ")
    return first == second or longer


def same_number(one: str, other: str) -> bool:
    """Whether both are the same telephone number."""
    return looks_like_number(one) and number_key(one) == number_key(other)


def similar(board: Board, place: str, call_back: str) -> tuple[Incident, ...]:
    """Return open incidents at this place or with a call from this number, newest first."""
    found = [i for i in board.open_incidents if _alike(board, i, place, call_back)]
    return tuple(sorted(found, key=lambda i: (i.opened_at, i.serial), reverse=True))


def _alike(board: Board, incident: Incident, place: str, call_back: str) -> bool:
    if same_place(place, board.text(incident.place)):
        return True
    numbers = [incident.call_back, *(call.call_back for call in board.calls_of(incident.id))]
    return any(same_number(call_back, board.text(number)) for number in numbers)


def cautions_about(board: Board, place: str, call_back: str) -> tuple[Caution, ...]:
    """Return the warnings about this place or number, newest first."""
    found = [
        caution
        for caution in board.cautions.values()
        if same_place(place, about := board.text(caution.about)) or same_number(call_back, about)
    ]
    return tuple(sorted(found, key=lambda caution: caution.at, reverse=True))
