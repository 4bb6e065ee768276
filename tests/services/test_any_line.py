"""Whatever is typed: an act, or a refusal with words, and the room stays whole."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_console.domain.errors import Refused
from crt_console.domain.grammar.completing import VERBS
from crt_console.domain.grammar.verb import Verb
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS, UnitStatus
from crt_console.store.tables import ROWS
from crt_console.store.verify import verify
from tests.support.shift import HARMLESS, Shift

VERB = st.sampled_from([verb.name for verb in VERBS.values() if verb.name != "show"])
WORDS = st.sampled_from(
    [
        *("1", "2", "3", "9", "#1", "26-000001", "crt1", "crt2", "crt 5", "all", "to", ","),
        *(HARMLESS, "weapon firearm", "violence_now threat", "medical overdose", "weapon", "none"),
        *AGENCY_NAMES,
        *("crt+police", "ems+fire", *NOT_SENT_REASONS, *DISPOSITIONS, *map(str, UnitStatus)),
        *("Sgt Bell", "A", "at 14:31", "at 25:00", "standby", "urgent", "clear", "start", "end"),
        *(
            "place",
            "priority",
            "source",
            "callback",
            "callback:911",
            "external:E1",
            "p1",
            "outreach",
        ),
        *("add", "members:A,B", "until 2099-01-01", "\u202e", "x" * 600, "'; --", "%", "🙂"),
    ]
)
NUMBER, SIGN = st.sampled_from(["1", "2"]), st.sampled_from(["crt1", "crt2", "crt5"])
WANTED = {
    "incident": NUMBER,
    "unit": SIGN,
    "unit or all": SIGN,
    "unit or incident": NUMBER,
    "agency": st.sampled_from(list(AGENCY_NAMES)),
    "agencies": st.sampled_from(["crt", "crt+police", "none", "ems+fire"]),
    "facts": st.sampled_from([HARMLESS, "weapon firearm", "medical overdose", "weapon none"]),
    "not_sent": st.sampled_from(list(NOT_SENT_REASONS)),
    "disposition": st.sampled_from(list(DISPOSITIONS)),
    "field": st.sampled_from(["place", "priority", "source", "callback"]),
    "shift": st.sampled_from(["start", "end"]),
}


def likely(verb: Verb) -> st.SearchStrategy[str]:
    """Lines of this verb as its form has them, with something or nothing behind."""
    words = [WANTED.get(name.removesuffix("…"), st.just("")) for name in verb.wants]
    return st.tuples(st.just(verb.name), *words, st.one_of(st.just(""), WORDS)).map(" ".join)


REPORT = st.tuples(SIGN, st.sampled_from(list(map(str, UnitStatus)))).map(" ".join)
SAID = st.one_of(
    REPORT,
    *(likely(verb) for verb in VERBS.values() if verb.name != "show"),
    st.tuples(VERB, WORDS, st.text(max_size=6)).map(" ".join),
    st.text(max_size=12).filter(lambda text: not text.strip().lower().startswith("show")),
)


def test_any_lines_are_acts_or_refusals(shift: Shift) -> None:
    shift.ready()
    shift.new("same place, another caller")

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(SAID, min_size=1, max_size=8))
    def lines(said: list[str]) -> None:
        for line in said:
            with contextlib.suppress(Refused):
                assert shift.say(line).kind in {"done", "confirm"}

    lines()
    with shift.reading() as connection:
        assert verify(connection).ok
        alarms = connection.execute(select(ROWS["alarms"].c.subject, ROWS["alarms"].c.incident_id))
        incidents = set(connection.execute(select(ROWS["incidents"].c.id)).scalars())
        for subject, incident in alarms:  # what is about an incident is found by the incident
            about = subject.partition(":")[0]
            assert about == incident or about not in incidents
