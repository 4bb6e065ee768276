"""Colours, fonts, lengths, shapes and the clock that every part of the screen is drawn with."""

from ui.theme.assets import resource
from ui.theme.clock import age, clock, over
from ui.theme.fonts import ROLES, font, metrics, width
from ui.theme.icons import icon, paint_icon, pixmap
from ui.theme.palette import apply
from ui.theme.shapes import Shape, asked, paint_shape
from ui.theme.state import SCALES, current, pf, px, state
from ui.theme.text import Elision, elisions, fit
from ui.theme.ticker import Ticker
from ui.theme.tokens import THEMES, Theme

__all__ = [
    "ROLES",
    "SCALES",
    "THEMES",
    "Elision",
    "Shape",
    "Theme",
    "Ticker",
    "age",
    "apply",
    "asked",
    "clock",
    "current",
    "elisions",
    "fit",
    "font",
    "icon",
    "metrics",
    "over",
    "paint_icon",
    "paint_shape",
    "pf",
    "pixmap",
    "px",
    "resource",
    "state",
    "width",
]  # fmt: skip
