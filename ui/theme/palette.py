"""The theme told to Qt: a palette for all that is native and one small sheet for the rest."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ui.theme.fonts import font
from ui.theme.state import px, state
from ui.theme.tokens import Theme

_ROLES = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "raised"),
    (QPalette.ColorRole.AlternateBase, "panel"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "text2"),
    (QPalette.ColorRole.Button, "raised"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "text"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "accent_ink"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Light, "edge"),
    (QPalette.ColorRole.Midlight, "line"),
    (QPalette.ColorRole.Mid, "edge"),
    (QPalette.ColorRole.Dark, "line"),
    (QPalette.ColorRole.Shadow, "bg"),
)

# A rule for a class beats its palette, and `color` on a line edit halves its placeholder: so
# the sheet sets the placeholder too and names no more classes than it must.
_SHEET = """
QLineEdit, QPlainTextEdit, QComboBox, QDateTimeEdit, QSpinBox {{
  background: {raised}; border: {hair}px solid {edge}; border-radius: {radius}px;
  padding: {pad}px {wide}px; color: {text}; placeholder-text-color: {text2};
  selection-background-color: {accent}; selection-color: {accent_ink};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateTimeEdit:focus, QSpinBox:focus {{
  border: {ring}px solid {accent}; padding: {pad_in}px {wide_in}px;
}}
QComboBox::drop-down {{ border: 0; width: {bar2}px; }}
QAbstractItemView {{ border: 0; outline: 0; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: {bar_radius}px; }}
QScrollBar::handle:vertical {{ min-height: {grip}px; }}
QScrollBar::handle:horizontal {{ min-width: {grip}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {raised}; color: {text}; border: {hair}px solid {edge};
  padding: {pad}px; }}
QMenu {{ background: {raised}; border: {hair}px solid {edge}; padding: {pad}px; }}
QMenu::item {{ padding: {pad}px {grip}px {pad}px {wide}px; border-radius: {pad}px; }}
QMenu::item:selected {{ background: {sel}; color: {text}; }}
QMenu::separator {{ height: {hair}px; background: {line}; margin: {pad}px; }}
"""

_COLOURS = ("raised", "edge", "text", "text2", "accent", "accent_ink", "sel", "line")


def palette(theme: Theme) -> QPalette:
    """A Qt palette in the colours of a theme."""
    made = QPalette()
    for role, token in _ROLES:
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.text2)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, theme.text2)
    return made


def sheet(theme: Theme) -> str:
    """The one stylesheet: inputs, scroll bars, tips and menus."""
    lengths = {
        "hair": px(1), "ring": px(2), "radius": px(6), "pad": px(4), "wide": px(10),
        "pad_in": px(4) - px(2) + px(1), "wide_in": px(10) - px(2) + px(1),
        "bar": px(7), "bar2": px(24), "bar_radius": px(7) // 2, "grip": px(32),
    }  # fmt: skip
    return _SHEET.format(**{name: theme.colour(name).name() for name in _COLOURS}, **lengths)


def apply(name: str | None = None, scale: float | None = None) -> None:
    """Puts a theme and scale (unnamed: as they are) in force in the whole application.

    Emits `state.changed`, on which windows rebuild themselves, if either is new.
    """
    new = state.set(name or state.theme.name, scale or state.scale)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _dress(app, state.theme)
    if new:
        state.changed.emit()


def _dress(app: QApplication, theme: Theme) -> None:
    app.setStyle("fusion")
    app.setPalette(palette(theme))
    app.setFont(font("body"))
    app.setStyleSheet(sheet(theme))
    QToolTip.setFont(font("body"))
    QToolTip.setPalette(palette(theme))
