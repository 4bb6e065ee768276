"""The grammar: every verb reads as headless.md promises, and nothing but Misread is raised."""

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from crt_console.domain import commands as c
from crt_console.domain import words
from crt_console.domain.errors import Refused
from crt_console.domain.grammar import HELP, Misread, Show, parse
from crt_console.domain.grammar.completing import VERBS
from crt_console.domain.words import AGENCY_NAMES, DISPOSITIONS, NOT_SENT_REASONS, UnitStatus

HERE = timezone(timedelta(hours=-4))
NOW = datetime(2026, 7, 29, 15, 0, tzinfo=HERE)
FACTS = {
    "weapon": ("none", "firearm", "edged", "unknown_type", "unknown"),
    "violence_now": ("none", "threat", "unknown"),
    "seeking_help": (True, False, "unknown"),
}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock on the wall is the machine's: here it is one that is set back in autumn."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


FRESH = {"operation_id", "incident_id", "call_id", "unit_id"}


def read(text: str, *units: str) -> object:
    return parse(text, now=NOW, known_units=units, facts=FACTS)


def same(text: str, wanted: Struct, *units: str) -> None:
    got = read(text, *units)
    assert type(got) is type(wanted)
    for name in wanted.__struct_fields__:
        if name not in FRESH:
            assert getattr(got, name) == getattr(wanted, name), name


def test_a_new_call_as_the_contract_shows_it() -> None:
    same(
        "new 124 Albany Ave, welfare check, p2, not answering the door callback:8605550142",
        c.ReceiveCall(
            place="124 Albany Ave",
            type="welfare check",
            priority=2,
            text="not answering the door",
            call_back="8605550142",
        ),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("new Main St & Park St", c.ReceiveCall(place="Main St & Park St")),
        ("NEW 1 Main St, p1", c.ReceiveCall(place="1 Main St", priority=1)),
        (
            "new 1 Main St, noise, P3, loud, angry, alone source:988 external:A-17",
            c.ReceiveCall(
                place="1 Main St",
                type="noise",
                priority=3,
                text="loud, angry, alone",
                source=words.Source.LINE_988,
                system="cad",
                external="A-17",
            ),
        ),
        (
            "new 1 Main St, noise, he shouts callback:860 555 0142 source:follow up",
            c.ReceiveCall(
                place="1 Main St",
                type="noise",
                text="he shouts",
                call_back="860 555 0142",
                source=words.Source.FOLLOW_UP,
            ),
        ),
        (
            "new 1 Main St callback:8605550142, noise, p2",
            c.ReceiveCall(place="1 Main St", type="noise", priority=2, call_back="8605550142"),
        ),
        (
            "new 1 Main St, noise, ratio 3:1 and p9",
            c.ReceiveCall(place="1 Main St", type="noise", text="ratio 3:1 and p9"),
        ),
    ],
)
def test_new(text: str, wanted: c.Command) -> None:
    same(text, wanted)


def test_answers_are_typed_and_may_be_several() -> None:
    same(
        "answer 142 weapon none, Violence-Now NONE, seeking help yes",
        c.AnswerFacts(
            incident="142",
            answers=(("weapon", "none"), ("violence_now", "none"), ("seeking_help", True)),
        ),
    )
    same(
        "answer 26-000142 weapon unknown at 14:31",
        c.AnswerFacts(
            incident="26-000142",
            answers=(("weapon", "unknown"),),
            happened_at=datetime(2026, 7, 29, 18, 31, tzinfo=UTC),
        ),
    )


def at(hour: int, minute: int, day: int = 29) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=HERE)


SIMPLE: list[tuple[str, object]] = [
    ("undo", c.UndoAnswer()),
    ("undo 142", c.UndoAnswer(incident="142")),
    ("unreachable 142", c.MarkUnreachable(incident="142")),
    (
        "note 142 she said, call at 14:31",
        c.AddNote(incident="142", text="she said, call at 14:31"),
    ),
    ("edit 142 place 9 Park St", c.EditIncident(incident="142", field="place", value="9 Park St")),
    ("edit 142 priority p1", c.EditIncident(incident="142", field="priority", value="1")),
    ("edit 142 call_back 911", c.EditIncident(incident="142", field="call_back", value="911")),
    ("edit 142 source 211", c.EditIncident(incident="142", field="source", value="211")),
    ("link 142 143", c.LinkIncidents(incident="142", other="143")),
    ("unlink #142 143", c.UnlinkIncidents(incident="142", other="143")),
    ("take 142", c.TakeIncident(incident="142")),
    ("rungback 142, no answer", c.RecordRingBack(incident="142", text="no answer")),
    ("rung-back 142", c.RecordRingBack(incident="142")),
    ("assign crt2 142", c.AssignUnits(units=("crt2",), incident="142")),
    ("assign crt 2 142", c.AssignUnits(units=("crt 2",), incident="142")),
    ("assign crt2, crt3 to 142", c.AssignUnits(units=("crt2", "crt3"), incident="142")),
    ("assign crt 2 crt 3 142", c.AssignUnits(units=("crt 2", "crt 3"), incident="142")),
    ("release crt2", c.ReleaseUnit(unit="crt2")),
    (
        "release crt 2 flat tyre at 14:00",
        c.ReleaseUnit(unit="crt 2", reason="flat tyre", happened_at=at(14, 0)),
    ),
    ("override 142 crt+police", c.OverrideAdvice(incident="142", agencies=("crt", "police"))),
    (
        "override 142 CRT + police he asked for us",
        c.OverrideAdvice(incident="142", agencies=("crt", "police"), reason="he asked for us"),
    ),
    (
        "override 142 none no one is there",
        c.OverrideAdvice(incident="142", agencies=(), reason="no one is there"),
    ),
    ("not-sent 142 no team free", c.MarkNotSent(incident="142", reason="no_team_free")),
    ("notsent 142 off-h", c.MarkNotSent(incident="142", reason="off_hours")),
    (
        "not-sent 142 Caller wants police, he said so, twice",
        c.MarkNotSent(incident="142", reason="caller_wants_police", text="he said so, twice"),
    ),
    (
        "not-sent 142 other neighbours took him, home",
        c.MarkNotSent(incident="142", reason="other", text="neighbours took him, home"),
    ),
    (
        "not-sent 142 weapon at 14:00",
        c.MarkNotSent(incident="142", reason="weapon", happened_at=at(14, 0)),
    ),
    ("handover 142 police", c.OfferHandover(incident="142", agency="police")),
    ("handover 142 EMS standby", c.OfferHandover(incident="142", agency="ems", standby=True)),
    ("sceneclear 142 Officer Ruiz", c.ClearScene(incident="142", name="Officer Ruiz")),
    (
        "accept 142 police desk sergeant, H26-8812",
        c.AcceptHandover(incident="142", agency="police", name="desk sergeant", number="H26-8812"),
    ),
    (
        "accept 142 ems dispatcher at 14:31",
        c.AcceptHandover(incident="142", agency="ems", name="dispatcher", happened_at=at(14, 31)),
    ),
    (
        "decline 142 police no car free",
        c.DeclineHandover(incident="142", agency="police", reason="no car free"),
    ),
    ("confirm 0AF3", c.Confirm(confirmation="0af3")),
    ("deny 0af3", c.Deny(confirmation="0af3")),
    (
        "caution 124 Albany Ave, large dog until owner is back",
        c.AddCaution(about="124 Albany Ave", text="large dog until owner is back"),
    ),
    (
        "caution 8605550142, hangs up until 2026-08-01",
        c.AddCaution(about="8605550142", text="hangs up", until=datetime(2026, 8, 2, tzinfo=HERE)),
    ),
    ("checkin all", c.CheckIn(units=("all",))),
    ("check-in crt2 crt 3", c.CheckIn(units=("crt2", "crt 3"))),
    ("backup crt2 police", c.CallBackup(unit="crt2", agency="police")),
    (
        "backup crt 2 ems urgent",
        c.CallBackup(unit="crt 2", agency="ems", urgent=True),
    ),
    ("emergency crt2", c.DeclareEmergency(unit="crt2")),
    (
        "emergency crt 2 clear spoke to Ana",
        c.ClearEmergency(unit="crt 2", reason="spoke to Ana"),
    ),
    ("ack 77aa", c.AcknowledgeAlarm(alarm="77aa")),
    ("told crt2", c.TellUnit(unit="crt2")),
    ("close 142 helped", c.CloseIncident(incident="142", disposition="helped")),
    (
        "close 142 helped and transported, to the shelter",
        c.CloseIncident(incident="142", disposition="helped_transported", text="to the shelter"),
    ),
    ("close 142 dup", c.CloseIncident(incident="142", disposition="duplicate")),
    ("reopen 142 she called again", c.ReopenIncident(incident="142", reason="she called again")),
    ("unit add CRT 2", c.AddUnit(call_sign="CRT 2")),
    (
        "unit add crt2 members:Ana Ruiz, Ben Cole skills:youth languages:Spanish, Polish at:9 Main",
        c.AddUnit(
            call_sign="crt2",
            members=("Ana Ruiz", "Ben Cole"),
            skills=("youth",),
            languages=("Spanish", "Polish"),
            at="9 Main",
        ),
    ),
    ("shift start crt2", c.StartShift(unit="crt2")),
    ("shift start crt 2 until 14:00", c.StartShift(unit="crt 2", ends_at=at(14, 0, 30))),
    ("shift end crt2", c.EndShift(unit="crt2")),
    ("oos crt2 flat tyre", c.SetOutOfService(unit="crt2", reason="flat tyre")),
    ("crt2 oos flat tyre", c.SetOutOfService(unit="crt2", reason="flat tyre")),
    ("show 142", Show("142")),
    ("SHOW crt 2", Show("crt 2")),
]


@pytest.mark.parametrize(("text", "wanted"), SIMPLE)
def test_each_form(text: str, wanted: Struct) -> None:
    same(text, wanted)


def test_every_verb_is_tried_here() -> None:
    tried = {text.split()[0].lower().replace("-", "") for text, _ in SIMPLE} | {"new", "answer"}
    assert set(VERBS) <= tried


@pytest.mark.parametrize("status", list(UnitStatus))
def test_every_status_word(status: UnitStatus) -> None:
    same(f"crt2 {status}", c.ReportStatus(unit="crt2", status=status))


@pytest.mark.parametrize(
    ("text", "unit", "status", "when"),
    [
        ("crt2 onscene at 14:31", "crt2", UnitStatus.ONSCENE, at(14, 31)),
        ("CRT 2 on scene", "CRT 2", UnitStatus.ONSCENE, None),
        ("crt 2 En Route at 15:01", "crt 2", UnitStatus.ENROUTE, at(15, 1)),
        ("crt2 at destination at 15:02", "crt2", UnitStatus.AT_DESTINATION, at(15, 2, 28)),
    ],
)
def test_status_reports(text: str, unit: str, status: UnitStatus, when: datetime | None) -> None:
    same(text, c.ReportStatus(unit=unit, status=status, happened_at=when))


def test_a_team_that_is_known_comes_before_a_verb() -> None:
    same("take 5 enroute", c.ReportStatus(unit="take 5", status=UnitStatus.ENROUTE), "TAKE 5")
    same("take 5", c.TakeIncident(incident="5"), "TAKE 5")


def test_a_call_sign_that_is_known_may_be_of_several_words() -> None:
    same("release north side 2 tired", c.ReleaseUnit(unit="north side 2", reason="tired"),
         "North Side 2")  # fmt: skip


@pytest.mark.parametrize(("code", "says"), NOT_SENT_REASONS.items())
def test_every_reason_for_not_sending(code: str, says: str) -> None:
    for said in (code, says, code.replace("_", " "), code.replace("_", "-").upper()):
        same(f"not-sent 142 {said}", c.MarkNotSent(incident="142", reason=code))


@pytest.mark.parametrize(("code", "says"), DISPOSITIONS.items())
def test_every_disposition(code: str, says: str) -> None:
    for said in (code, says, code.replace("_", " ")):
        same(f"close 142 {said}", c.CloseIncident(incident="142", disposition=code))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "a command"),
        ("frobnicate 142", "a call sign"),
        ("asign crt2 142", "assign"),
        ("crt2 dancing", "enroute"),
        ("crt2 enrout", "enroute; F1"),
        ("crt2 clearng at 14:31", "clearing"),
        ("frobnicate 142", "F1"),
        ("note 142 " + "w" * 30_000, "25,000 characters"),
        ("crt2 onscene at 25:10", "14:31"),
        ("new", "a place"),
        ("new , noise", "a place"),
        ("new 1 Main St, noise, p7", "p1, p2 or p3"),
        ("new 1 Main St callback:soon", "digits"),
        ("new 1 Main St source:moon", "officer"),
        ("new 1 Main St source:", "right after it"),
        ("answer weapon none", "an incident number"),
        ("answer 142 weapon", "firearm"),
        ("answer 142 gun yes", "weapon"),
        ("answer 142 weapon sword", "edged"),
        ("answer 142 weapon none, weapon edged", "it once"),
        ("edit 142 colour red", "callback"),
        ("edit 142 priority 9", "p1"),
        ("link 142", "an incident number"),
        ("link 142 142", "another"),
        ("assign crt2", "an incident number"),
        ("assign crt2 crt", "an incident number"),
        ("override 142 crt+army", "crmhc"),
        ("not-sent 142 c", "could_not_triage"),
        ("close 142 hel", "helped_transported"),
        ("close 142 bored", "helped"),
        ("close 142", "helped"),
        ("handover 142 army", "police"),
        ("handover 142 police now", "nothing more"),
        ("accept 142 police", "who took it"),
        ("sceneclear 142", "the name"),
        ("decline 142 police", "reason"),
        ("caution Main St", "a comma"),
        ("caution Main St, dog until 2026-13-40", "2027-03-31"),
        ("caution Main St, dog until 2020-01-01", "still to come"),
        ("caution Main St, dog until 9999-12-31", "2027-03-31"),
        ("checkin", "a call sign"),
        ("emergency crt2 clear", "how we know"),
        ("unit add", "a call sign"),
        ("unit paint crt2", "add"),
        ("shift pause crt2", "shift start"),
        ("oos crt2", "the reason"),
        ("hold 142 10 lunch", "a command"),
    ],
)
def test_a_mistake_says_what_was_expected(text: str, names: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text)
    assert isinstance(caught.value, Refused)
    assert names in caught.value.because


def test_assign_without_an_incident_is_noticed_when_the_team_is_known() -> None:
    with pytest.raises(Misread):
        read("assign crt 2", "CRT 2")


WORDS = st.sampled_from(
    [
        *(verb.name for verb in VERBS.values()), *AGENCY_NAMES, *UnitStatus, *FACTS, "crt2", "142",
        "at", "14:31", "25:99", "until", "2026-08-01",
        "0000-00-00", "9999-12-31", ",", "add", "+",
        "members:", "at:x", "callback:",
        "callback:1", "source:988", "p1", "p0", "all", "clear", ":",
        "start", "end", "٣", "²", "\x00", "\ud800", "é", "#", "-", "_", "yes",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.lists(st.text(max_size=6)))
def test_nothing_but_misread_is_raised(text: str, units: list[str]) -> None:
    with contextlib.suppress(Misread):
        assert isinstance(parse(text, now=NOW, known_units=units, facts=FACTS), c.Command | Show)


def test_help_names_every_verb_and_the_status_words() -> None:
    said = " ".join(form for form, _ in HELP)
    assert all(verb.name in said for verb in VERBS.values())
    assert "UNIT STATUS" in said


def test_a_mistyped_status_names_the_nearest_and_not_all() -> None:
    with pytest.raises(Misread) as caught:
        read("crt 2 enrout", "crt2")
    assert "transporting" not in caught.value.because
    assert "“enrout” is not a status" in caught.value.because


def test_what_was_typed_is_not_said_again_at_length() -> None:
    with pytest.raises(Misread) as caught:
        read("w" * 20_000)
    assert len(caught.value.because) < 400


def test_signs_that_nobody_sees_change_no_command() -> None:
    same("\u202ecrt2\u200b onscene", c.ReportStatus(unit="crt2", status=UnitStatus.ONSCENE))
