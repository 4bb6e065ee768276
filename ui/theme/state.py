"""The theme and scale in force, and the one function that turns a design length into pixels."""

from functools import cache

from PySide6.QtCore import QObject, Signal

from ui.theme.tokens import Theme, load

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


class State(QObject):
    """Theme and scale of this process; `changed` asks every window to rebuild itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = load("dark")
        self.scale = 1.0

    def set(self, name: str, scale: float) -> bool:
        """Switches theme and scale without telling anybody; true if either is new."""
        before = (self.theme.name, self.scale)
        self.theme, self.scale = load(name), scale
        px.cache_clear()
        return (self.theme.name, self.scale) != before


state = State()


def current() -> Theme:
    """The theme in force."""
    return state.theme


@cache  # some five thousand calls for one act; lengths are few
def px(length: float) -> int:
    """A design length at the scale in force, in whole pixels, never less than one."""
    return max(1, round(length * state.scale)) if length else 0


def pf(length: float) -> float:
    """The same unrounded, for pen widths and the inside of shapes."""
    return length * state.scale
