"""Tables from an agency's words to ours: exact words first, then patterns in the file's order."""

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

from crt_console.inbound.profile import PATTERN

T = TypeVar("T")
REMEMBERED = 10_000  # words of one file; free text must not fill the memory


def folded(words: str) -> str:
    """Return words in the form in which they are compared: one case, single spaces."""
    return " ".join(words.split()).casefold()


class Lookup(Generic[T]):
    """Finds what a word means; the same word is looked up once."""

    def __init__(self, table: Mapping[str, T]) -> None:
        exact = {k: v for k, v in table.items() if not k.startswith(PATTERN)}
        self._exact = {folded(key): value for key, value in exact.items()}
        self._patterns = [
            (re.compile(key[1:], re.IGNORECASE), value)
            for key, value in table.items()
            if key.startswith(PATTERN)
        ]
        self._known: dict[str, T | None] = {}

    def find(self, words: str) -> T | None:
        """Return what the words mean, or None when the table does not say."""
        if words in self._known:
            return self._known[words]
        found = self._exact.get(folded(words))
        if found is None:
            found = next((v for p, v in self._patterns if p.search(words)), None)
        if len(self._known) < REMEMBERED:
            self._known[words] = found
        return found
