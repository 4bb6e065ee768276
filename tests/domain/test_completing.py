"""What the command bar offers: lines that go on from what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_console.domain.grammar import Completion, complete
from crt_console.domain.grammar.completing import VERBS

FACTS = {
    "weapon": ("none", "firearm", "edged", "unknown_type", "unknown"),
    "violence_now": ("none", "threat", "unknown"),
}
WORDS = st.sampled_from([*VERBS, *FACTS, "crt2", "142", "", ",", "none,", "en", "police", "\x00"])


@given(st.lists(WORDS).map(" ".join))
def test_completion_never_fails_and_goes_on_from_what_is_there(text: str) -> None:
    for offer in complete(text, units=["CRT 2"], incidents={"142": "Albany Ave"}, facts=FACTS):
        assert offer.text.lstrip().startswith(text.lstrip().rpartition(" ")[0])


def texts(text: str) -> list[str]:
    found = complete(
        text, units={"CRT 2": "free"}, incidents={"142": "124 Albany Ave"}, facts=FACTS
    )
    return [offer.text for offer in found]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ass", "assign "),
        ("c", "crt2 "),
        ("assign ", "assign crt2 "),
        ("assign crt2 1", "assign crt2 142 "),
        ("take ", "take 142 "),
        ("crt2 en", "crt2 enroute "),
        ("crt 2 en", "crt 2 enroute "),
        ("answer 142 w", "answer 142 weapon "),
        ("answer 142 weapon f", "answer 142 weapon firearm "),
        ("answer 142 weapon none, vio", "answer 142 weapon none, violence_now "),
        ("not-sent 142 off", "not-sent 142 off_hours "),
        ("close 142 dup", "close 142 duplicate "),
        ("handover 142 pol", "handover 142 police "),
        ("edit 142 cal", "edit 142 callback "),
        ("backup crt2 police u", "backup crt2 police urgent "),
        ("checkin a", "checkin all "),
    ],
)
def test_completion(text: str, offered: str) -> None:
    assert offered in texts(text)


def test_completion_says_what_the_word_means() -> None:
    found = complete("take 1", units=(), incidents={"142": "124 Albany Ave"})
    assert found == (Completion("take 142 ", "124 Albany Ave"),)
