"""Keys that send somebody, held a moment: a letter of a word that is typed sends nobody."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_MOMENT_MS = 300  # the next letter of a typed word comes sooner


class HeldKeys(QObject):
    """Acts on its letters a moment later, unless more letters follow: then it was a word.

    Several of its letters in a row, each once, are several acts. `act` gets the letter and
    `about`, which was current when it was pressed; `word` gets what was typed.
    """

    def __init__(
        self,
        letters: str,
        act: Callable[[str, str], object],
        word: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._letters, self._act, self._word = frozenset(letters), act, word
        self._held: list[tuple[str, str]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MOMENT_MS)
        self._timer.timeout.connect(self.let_go)

    def press(self, text: str, about: str) -> bool:
        """Take a letter; False where it is none of these and follows none of them."""
        key = text.upper()
        if not (key.isalpha() or key == " "):
            self.let_go()
            return False
        before = [letter.upper() for letter, _ in self._held]
        if key in self._letters and key not in before:
            self._held.append((text, about))
            self._timer.start()
            return True
        if not self._held:
            return False
        typed = "".join(letter for letter, _ in self._held) + text
        self._forget()
        self._word(typed)
        return True

    def let_go(self) -> None:
        """Act at once on what is held."""
        held = list(self._held)
        self._forget()
        for letter, about in held:
            self._act(letter.upper(), about)

    def _forget(self) -> None:
        self._held.clear()
        self._timer.stop()
