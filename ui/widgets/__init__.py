"""The parts that panels are put together from."""

from ui.widgets.action import ActionButton, Kind
from ui.widgets.answer import AnswerButton
from ui.widgets.card import Band, Card, Panel, Surface, Tone
from ui.widgets.chips import DueChip, FactChip, Standing
from ui.widgets.flow import FlowBox, FlowLayout
from ui.widgets.heading import SectionHeading, StripItem
from ui.widgets.line import Line, Run, label
from ui.widgets.marks import Icon, KeyCap, LimitBar, PriorityBox, ShapeIcon
from ui.widgets.note import NoteEdit
from ui.widgets.tag import Look, Tag
from ui.widgets.wrap import WrapLabel

__all__ = [
    "ActionButton", "AnswerButton", "Band", "Card", "DueChip", "FactChip", "FlowBox", "FlowLayout",
    "Icon", "KeyCap", "Kind", "LimitBar", "Line", "Look", "NoteEdit", "Panel", "PriorityBox",
    "Run", "SectionHeading", "ShapeIcon", "Standing", "StripItem", "Surface", "Tag", "Tone",
    "WrapLabel", "label",
]  # fmt: skip
