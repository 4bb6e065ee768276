"""Inter in the roles of the screen; each font is made once per role and scale."""

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from ui.theme.assets import resource
from ui.theme.state import px

_WEIGHTS = {
    "Regular": QFont.Weight.Normal,
    "Medium": QFont.Weight.Medium,
    "SemiBold": QFont.Weight.DemiBold,
    "Bold": QFont.Weight.Bold,
}
# role: (pixels at 100 %, weight, tabular figures). Tabular figures widen the hyphen of an
# incident's number, so only times have them.
ROLES: dict[str, tuple[int, str, bool]] = {
    "cap": (13, "Medium", False),
    "mark": (15, "Bold", False),
    "body": (15, "Regular", False),
    "medium": (15, "Medium", False),
    "strong": (15, "SemiBold", False),
    "time": (15, "Regular", True),
    "time_strong": (15, "SemiBold", True),
    "lead": (18, "SemiBold", False),
    "lead_medium": (18, "Medium", False),
    "age": (18, "SemiBold", True),
    "question": (22, "SemiBold", False),
    "clock": (22, "SemiBold", True),
    "headline": (28, "SemiBold", False),
}
# Slashed zero; a serifed capital I, a tailed l: CRT 10 and CRT IO must not look alike.
_ALWAYS = ("zero", "cv05", "cv08")


@cache
def _family(weight: str) -> str:
    """Name under which the shipped file of that weight is known to Qt."""
    number = QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{weight}.ttf")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        message = f"resources/fonts/Inter-{weight}.ttf cannot be loaded"
        raise RuntimeError(message)
    return families[0]


@cache
def _font(role: str, pixels: int) -> QFont:
    _, weight, tabular = ROLES[role]
    font = QFont(_family(weight))
    font.setPixelSize(pixels)
    font.setWeight(_WEIGHTS[weight])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for tag in (*_ALWAYS, *(("tnum",) if tabular else ())):
        font.setFeature(QFont.Tag(tag), 1)
    return font


@cache
def _metrics(role: str, pixels: int) -> QFontMetricsF:
    return QFontMetricsF(_font(role, pixels))


def font(role: str) -> QFont:
    """The font of a role at the scale in force; treat it as read-only."""
    return _font(role, px(ROLES[role][0]))


def metrics(role: str) -> QFontMetricsF:
    """Its measures, in floats."""
    return _metrics(role, px(ROLES[role][0]))


@lru_cache(maxsize=4096)
def _width(text: str, role: str, pixels: int) -> float:
    return _metrics(role, pixels).horizontalAdvance(text)


def width(text: str, role: str) -> float:
    """How wide a text is in a role."""
    return _width(text, role, px(ROLES[role][0]))
