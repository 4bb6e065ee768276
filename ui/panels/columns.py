"""Which columns a window of some size has, and how tall its rows are."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.delegates import Density

_WIDE, _THREE, _TWO = 1600, 1200, 980
_SHORT, _LOW, _FLAT = 900, 730, 620  # effective heights
_SIDE, _LOW_SIDE = 24, 16
TEAMS_SIDE = 16  # from both edges of the teams' column to its cards, rows and buttons


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in design lengths; `teams` is 0 where the window has two columns only.

    `tight` is where even those have little room; `low` where the window has little height: then
    the question gets it.
    """

    queue: float
    teams: float
    density: Density
    narrow: bool
    tight: bool = False
    low: bool = False


def side(*, low: bool) -> int:
    """Return how far the middle column's parts stand from its left and its right edge, pixels."""
    return theme.px(_LOW_SIDE if low else _SIDE)


def is_flat(window: QWidget) -> bool:
    """Return whether a window is so low that what is worked on needs the whole of it."""
    return window.height() / theme.state.scale < _FLAT


def is_short(window: QWidget) -> bool:
    """Return whether a window has no room for acts that are seldom wanted beside a list."""
    return window.height() / theme.state.scale < _SHORT


def columns_for(width: float, height: float) -> Columns:
    """Return the columns for this effective size (pixels divided by the scale)."""
    low = height < _LOW
    if width >= _WIDE:
        return Columns(480, 440, Density.WIDE, narrow=False, low=low)
    if width >= _THREE:
        return Columns(372, 340, Density.MEDIUM, narrow=True, low=low)
    return Columns(340, 0, Density.MEDIUM, narrow=True, tight=width < _TWO, low=low)
