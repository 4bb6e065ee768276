"""What the rows and the foot of a list say where there is more or less room."""

import dataclasses

import pytest
from PySide6.QtCore import QRectF

from tests.tools import sample_rows
from ui import theme
from ui.delegates.base import at_least_when, in_parts
from ui.delegates.list_foot import Hidden
from ui.delegates.queue import act_in, owner_in
from ui.models import QueueRow

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_foot_points_to_the_side_where_something_is_hidden() -> None:
    assert Hidden((0, 0), (3, 1)).sides() == (("chevron-down", "3 more below, 1 due"),)
    assert Hidden((2, 1), (9, 0)).sides() == (
        ("chevron-up", "2 above, 1 due"),
        ("chevron-down", "9 below"),
    )
    assert Hidden((2, 0), (9, 0)).says() == ("2 above · 9 below · none due",)
    assert Hidden((4, 0), (0, 0)).sides() == (("chevron-up", "4 above, none due"),)


def test_of_an_emergency_the_foot_says_less_where_there_is_less_room() -> None:
    assert Hidden((2, 0), (6, 1), "138 above").says() == (
        "EMERGENCY 138 above · 2 more above, 6 below, 1 due",
        "EMERGENCY 138 above · 8 more, 1 due",
        "EMERGENCY 138 above",
    )


def test_an_act_without_room_is_a_question() -> None:
    assert act_in("ask: breathing", 500) == "ask: breathing"
    assert act_in("ask: breathing", 90) == "breathing?"
    assert act_in("ready to send", 10) == "ready to send"


def test_a_countdown_without_room_never_reads_like_a_time_of_day() -> None:
    words = "check-in in 3:18"
    assert at_least_when(words, theme.width(words, "body")) == words
    assert at_least_when(words, theme.width(words, "body") - 1) == "in 3:18"
    assert at_least_when("check-in", 10) == "check-in"


def test_whole_parts_go_before_words_do() -> None:
    words = "nobody has it \N{MIDDLE DOT} CRT 1"
    assert in_parts(words, theme.width(words, "body")) == words
    assert in_parts(words, theme.width(words, "body") - 1) == "nobody has it"
    assert in_parts(words, theme.width("nobody has", "body")).endswith("…")


def test_a_list_says_of_all_its_rows_whose_they_are_or_of_none() -> None:
    owners = ("A. Kim", "Featherstonehaugh Wojciechowski")
    rows = [dataclasses.replace(row, owner=owners[n % 2]) for n, row in enumerate(_calm())]
    wide, narrow = (QRectF(0, 0, theme.px(width), theme.px(60)) for width in (466, 358))
    assert all(owner_in(wide, row) for row in rows)
    assert not any(owner_in(narrow, row) for row in rows)
    assert theme.width(owner_in(wide, rows[1]), "body") < theme.width(owners[1], "body") / 2
    assert owner_in(wide, dataclasses.replace(rows[0], emergency=True)) == ""


def _calm() -> list[QueueRow]:
    return [row for row in sample_rows.queue() if not row.emergency]
