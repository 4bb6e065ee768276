"""What words may be: cleaned of what nobody sees, real names kept, too much refused."""

import math
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_console.domain import commands as c
from crt_console.domain import limits
from crt_console.domain.errors import Refused
from crt_console.domain.words import Source

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "José Núñez",
        "محمد بن سلمان",
        "יוסי כהן",
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧 ❤\ufe0f",
        "Nguyễn Thị Minh Khai",
        "क्षत्रिय",
        "渡辺\U000e0100",
    ],
)
def test_real_names_survive(name: str) -> None:
    assert limits.clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Main St\u202e51 elppA", "Main St51 elppA"),
        ("\u2066x\u2069\u200e\u200f", "x"),
        ("Or\u200btiz\ufeff", "Ortiz"),
        ("Jo\u200dhn", "John"),
        ("e\u0301", "é"),
        ("a\x1b[2J", "a [2J"),
        ("half \ud800", "half  "),
        ("two\r\nlines", "two  lines"),
        ("x" + "\u0333" * 9, "x" + "\u0333" * 4),
    ],
)
def test_what_nobody_sees_is_taken_out(said: str, kept: str) -> None:
    assert limits.clean(said) == kept


def test_words_of_several_lines_keep_them() -> None:
    assert limits.fit("text", "two\r\nlines\tand \u202eone") == "two\nlines\tand one"
    assert limits.fit("place", "two\nlines") == "two lines"


@given(st.text(max_size=60), st.booleans())
def test_cleaned_words_are_clean(text: str, lines: bool) -> None:  # noqa: FBT001
    once = limits.clean(text, lines=lines)
    assert limits.clean(once, lines=lines) == once
    allowed = {"\n", "\t"} if lines else set()
    assert not [s for s in once if unicodedata.category(s) in {"Cc", "Cs"} and s not in allowed]
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")
    once.encode("utf-8")


LONG = "w" * 10_000_000


@pytest.mark.parametrize(
    ("command", "because"),
    [
        (c.AddNote(incident="1", text=LONG), "the text is too long: 20,000 characters at most"),
        (c.ReceiveCall(place=LONG), "the place is too long: 500"),
        (c.ReceiveCall(type=LONG), "the type is too long"),
        (c.ReceiveCall(call_back=LONG), "the number to call back is too long: 60"),
        (c.ReceiveCall(external=LONG), "their number is too long"),
        (c.EditIncident(incident="1", field="place", value=LONG), "the place is too long"),
        (c.EditIncident(incident="1", field="text", value=LONG), "the text is too long"),
        (c.ReleaseUnit(unit="crt1", reason=LONG), "the reason is too long"),
        (c.AcceptHandover(incident="1", agency="ems", name=LONG), "the name is too long"),
        (c.ClearScene(incident="1", name=LONG), "the name is too long"),
        (c.AddUnit(call_sign="crt1", members=("A", LONG)), "a member’s name is too long"),
        (c.AddUnit(call_sign="crt1", members=("A",) * 1000), "too many members: 200"),
        (c.AddUnit(call_sign=LONG), "the call sign is too long"),
        (c.AddCaution(about=LONG, text="x"), "the place or number is too long"),
        (c.TakeIncident(incident=LONG), "no incident wwww"),
        (c.TellUnit(unit=LONG), "no team wwww"),
        (c.ReceiveCall(lat=math.nan, lon=0.0), "lat must be a number"),
        (c.ReceiveCall(lat=0.0, lon=math.inf), "lon must be a number"),
        (c.AddUnit(call_sign="crt1", lat=-math.inf, lon=0.0), "lat must be a number"),
        (
            c.ImportCalls(system="n", calls=(c.PastCall(external="1", at=NOW, text=LONG),)),
            "the text is too long",
        ),
        (
            c.ImportCalls(system="n", calls=(c.PastCall(external="1", at=NOW, lat=math.nan),)),
            "lat must be a number",
        ),
    ],
)
def test_too_much_is_refused_and_says_how_much(command: c.Command, because: str) -> None:
    with pytest.raises(Refused) as caught:
        limits.fitted(command)
    assert caught.value.because.startswith(because)


def test_an_ordinary_command_is_the_same_object() -> None:
    for command in (
        c.ReceiveCall(place="124 Albany Ave", source=Source.OFFICER, lat=41.0, lon=-72.0),
        c.AssignUnits(units=("crt1", "crt2"), incident="142"),
        c.AnswerFacts(incident="142", answers=(("weapon", "none"), ("seeking_help", True))),
    ):
        assert limits.fitted(command) is command


def test_words_within_a_command_are_cleaned() -> None:
    past = c.PastCall(external="1", at=NOW, place="Main\u202e St")
    fits = limits.fitted(c.ImportCalls(system="n", calls=(past,)))
    assert fits.calls[0].place == "Main St"
    unit = limits.fitted(c.AddUnit(call_sign="crt1", members=("A\u200b", "B")))
    assert unit.members == ("A", "B")


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (NOW, False),
        (NOW + timedelta(hours=14), False),  # a wrong zone must not cost a caller
        (NOW + timedelta(days=2), True),
        (datetime(9999, 12, 31, tzinfo=UTC), True),
        (NOW - timedelta(days=4000), False),
        (datetime(1970, 1, 1, tzinfo=UTC), True),
        (datetime(2000, 1, 1, tzinfo=UTC), True),
    ],
)
def test_a_clock_that_cannot_be_right(at: datetime, *, wrong: bool) -> None:
    assert bool(limits.wrong_time(at, NOW)) is wrong


def test_the_past_may_be_old_but_not_to_come() -> None:
    assert not limits.wrong_past(datetime(1998, 1, 1, tzinfo=UTC), NOW)
    assert limits.wrong_past(datetime(1970, 1, 1, tzinfo=UTC), NOW)
    assert limits.wrong_past(NOW + timedelta(days=2), NOW)
