"""Profiles: the three that ship, and mistakes named with their line and the way to mend them."""

from pathlib import Path

import pytest

from crt_console.inbound.profile import (
    ProfileError,
    load_profile,
    parse_profile,
    profile_names,
)

GOOD = """name = "x"
title = "X"
[columns]
at = "When"
external = "No"
[times]
zone = "America/New_York"
[types]
"~fall" = "injury"
"""


def test_every_shipped_profile_is_valid() -> None:
    assert profile_names() == ("alexandria", "montgomery", "nashville")
    for name in profile_names():
        profile = load_profile(name)
        assert profile.name == profile.whose == name


def test_a_profile_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert load_profile(path).title == "X"
    assert load_profile(str(path)).columns.external == "No"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('at = "When"', "att = 1"), "line 4: unknown name att; did you mean at?"),
        (('zone = "America/New_York"', "zone = 5"), "line 7: times.zone: Expected `str`"),
        (
            ('zone = "America/New_York"', 'zone = "Nowhere"'),
            "line 7: times.zone: no zone 'Nowhere'",
        ),
        (('zone = "America/New_York"', 'zone = "../x"'), "line 7: times.zone: no zone '../x'"),
        (('"~fall"', '"~fa(ll"'), "line 9: types.~fa(ll: not a regular expression"),
        (('external = "No"', ""), "neither external nor derive"),
        (('title = "X"', 'title = "X'), "line 2"),
        (("[types]", "[dispositions]"), "line 9: dispositions.~fall: no disposition 'injury'"),
        (("[types]", "[priorities]"), "line 9: priorities.~fall: Expected `int`"),
        (("[types]", "[sources]"), "line 9: sources.~fall: Invalid enum value 'injury'; one of"),
        (("[types]", "[zebra]"), "line 8: unknown name zebra; known here: "),
        (("[columns]", "[file]\nfallback_encoding = 'utf-9'\n[columns]"), "no such encoding"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_fix(change: tuple[str, str], says: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(GOOD.replace(*change), "x.toml")
    assert says in str(caught.value)
    assert str(caught.value).startswith("x.toml")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r"no profile 'atlantis'.*alexandria, montgomery"):
        load_profile("atlantis")
    with pytest.raises(ProfileError, match="no profile"):
        load_profile("missing.toml")
