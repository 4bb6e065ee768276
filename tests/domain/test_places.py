"""Places and numbers are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crt_console.domain.places import looks_like_number, number_key, place_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Main Street & Albany Avenue", "ALBANY AVE / main st."),
        ("Main St and Albany Ave", "albany ave @ Main St"),
        ("124 Albany Ave.", "124  albany avenue"),
        ("St. Mary's Church", "saint marys church"),
        ("Café Río", "cafe rio"),
        ("N Main St", "North Main Street"),
    ],
)
def test_one_place_has_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("124 Albany Ave", "125 Albany Ave"), ("Main St & Park St", "Main St & Park Ave")],
)
def test_two_places_have_two_keys(one: str, other: str) -> None:
    assert place_key(one) != place_key(other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_order_of_streets_is_nothing(one: str, other: str) -> None:
    assert place_key(f"{one} & {other}") == place_key(f"{other} & {one}")


@given(st.text(max_size=60))
@example("a_and_b")
@example("中and中")
def test_a_key_is_its_own_key(text: str) -> None:
    key = place_key(text)
    assert place_key(key) == key


@pytest.mark.parametrize("text", ["+1 (860) 555-0142", "860.555.0142", "8605550142"])
def test_one_number_has_one_key(text: str) -> None:
    assert number_key(text) == "8605550142"
    assert looks_like_number(text)


@pytest.mark.parametrize("text", ["124 Albany Ave", "555", "", "I-84 exit 50"])
def test_a_place_is_no_number(text: str) -> None:
    assert not looks_like_number(text)
