"""Lines from other systems: what is taken, and each reason for which one is not."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crt_console.domain.words import Source
from crt_console.inbound.receive import Bad, parse_line

AT = "2026-03-01T10:00:00-05:00"


def line(**values: Any) -> str:
    return json.dumps({"external": "E1", "at": AT} | values)


def test_the_least_that_is_needed() -> None:
    call = parse_line(line(), 1)
    assert (call.external, call.system) == ("E1", "cad")
    assert call.at == datetime(2026, 3, 1, 15, tzinfo=UTC)
    assert (call.type, call.type_unmapped, call.source) == (None, True, Source.E911)


def test_everything_that_is_known() -> None:
    call = parse_line(
        line(
            place=" 1 Main St ",
            type="welfare check",
            updated_at="2026-03-01T15:01:00Z",
            priority=2,
            text="two\nlines",
            call_back="8605550142",
            source="OFFICER",
            lat=41,
            lon=-72.5,
            language="es",
            colour="green",
        ).encode(),
        7,
        system="north",
    )
    assert (call.place, call.type, call.text) == ("1 Main St", "welfare check", "two\nlines")
    assert call.updated_at == datetime(2026, 3, 1, 15, 1, tzinfo=UTC)
    assert (call.priority, call.source, call.lat, call.lon) == (2, Source.OFFICER, 41.0, -72.5)
    assert (call.call_back, call.language, call.system) == ("8605550142", "es", "north")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"external": NaN}', "not JSON"),
        ("[]", "not a JSON object"),
        ("12", "not a JSON object"),
        (b'{"external": "\xff"}', "not UTF-8"),
        ('{"at": "2026-03-01T10:00:00Z"}', "external is missing"),
        (line(external=""), "external is missing"),
        (line(external=None), "external is missing"),
        (line(external=5), "external must be text"),
        (line(external="a\x00b"), "control characters in external"),
        (line(at=None), "at is missing"),
        (line(at=5), "at must be text"),
        (line(at="soon"), "at is not an ISO 8601 time"),
        (line(at="2026-03-01T10:00:00"), "at has no time zone"),
        (line(at="2026-03-01"), "at has no time zone"),
        (line(at="0001-01-01T00:00:00+14:00"), "at is not an ISO 8601 time"),
        (line(at="2026-02-30T00:00:00Z"), "at is not an ISO 8601 time"),
        (line(updated_at="2026-03-01T10:00:00"), "updated_at has no time zone"),
        (line(priority="2"), "priority must be a whole number"),
        (line(priority=2.5), "priority must be a whole number"),
        (line(priority=True), "priority must be a whole number"),
        (line(priority=0), "priority must be 1, 2 or 3"),
        (line(priority=4), "priority must be 1, 2 or 3"),
        (line(source="pigeon"), "source must be one of 911, officer, 988, "),
        (line(place=["x"]), "place must be text"),
        (line(text="a\x1b[2J"), "control characters in text"),
        (line(lat="41", lon=1), "lat must be a number"),
        (line(lat=91, lon=1), "lat must be between -90 and 90"),
        (line(lat=41), "lat and lon must come together"),
        (line(text="x" * 300_000), "line longer than 256 KB"),
    ],
)
def test_each_fault_has_its_reason(bad: str | bytes, reason: str) -> None:
    with pytest.raises(Bad) as caught:
        parse_line(bad, 1)
    assert caught.value.reason.startswith(reason)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Bad):
        parse_line('{"external": "\\ud800", "at": "2026-03-01T10:00:00Z"}', 1)


def test_a_reason_never_repeats_what_a_caller_said() -> None:
    with pytest.raises(Bad) as caught:
        parse_line(line(at="Mrs Smith"), 1)
    assert "Smith" not in caught.value.reason


def test_a_retry_is_the_same_act_and_the_same_words_later_are_news() -> None:
    first = parse_line(line(), 1, run="r")
    assert first.operation_id == parse_line(line(), 1, run="r").operation_id
    others = [
        parse_line(line(), 2, run="r"),
        parse_line(line(place="x"), 1, run="r"),
        parse_line(line(), 1, run="s"),
        parse_line(line(), 1, run="r", system="south"),
    ]
    assert len({call.operation_id for call in (first, *others)}) == 5
