"""The named colours of a theme, read from `resources/themes/*.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import cast

from PySide6.QtGui import QColor

from ui.theme.assets import resource

THEMES = ("dark", "light", "high_contrast")


@dataclass(frozen=True, slots=True)
class Theme:
    """One palette: words use text, text2 or the ink of a fill; hue belongs to shapes."""

    name: str
    title: str
    outlined: bool
    bg: QColor
    panel: QColor
    raised: QColor
    sel: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    accent: QColor
    accent_ink: QColor
    free: QColor
    warn: QColor
    danger: QColor
    off: QColor
    warn_fill: QColor
    warn_ink: QColor
    danger_fill: QColor
    danger_ink: QColor

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name; AttributeError for an unknown one."""
        return cast("QColor", getattr(self, token))


@cache
def load(name: str) -> Theme:
    """The theme of that name; OSError when no such file ships."""
    with resource("themes", f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    colours = {token: QColor(value) for token, value in data["colours"].items()}
    return Theme(name, data["title"], data["outlined"], **colours)
