"""Rows of every oddity: survived, flagged, and each accounted for."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crt_console.domain.commands import PastCall
from crt_console.domain.errors import Refused
from crt_console.domain.words import Source
from crt_console.inbound.profile import Profile, load_profile, parse_profile
from crt_console.inbound.reader import Quarantined, read_calls

Found = list[PastCall | Quarantined]
Read = Callable[..., Found]
PROFILE = """name = "x"
title = "X"
[file]
null = ["NULL", "-"]
[columns]
at = ["Start", "Seen"]
external = "No"
derive = ["Start", "Type"]
type = "Type"
place = ["{Block} {Street}", "Area"]
priority = "Prio"
source = "How"
lat = "Lat"
lon = "Lon"
sent_at = "Sent"
on_scene_at = "There"
closed_at = "Closed"
reopened_at = "Again"
disposition = "End"
[times]
zone = "America/New_York"
[places]
sort_crossings = true
not_streets = "^DEAD END$"
within = [39.0, -78.0, 41.0, -74.0]
ignore = [[40.5, -75.5]]
[[marks]]
flag = "test_call"
column = "Type"
matches = "test call"
disposition = "test"
[types]
"Welfare Check" = "welfare check"
"~suicid" = "suicidal person"
[priorities]
1 = 1
7 = 3
[sources]
"E-911" = "911"
OFFICER = "officer"
[dispositions]
"~^DUP" = "duplicate"
UNDEFINED = ""
"""
HEAD = "No,Start,Seen,Type,Block,Street,Area,Prio,How,Lat,Lon,Sent,There,Closed,Again,End"
FIELDS = HEAD.split(",")


def profile() -> Profile:
    return parse_profile(PROFILE, "x.toml")


def row(**values: str) -> str:
    usual = {"No": "1", "Start": "2025-03-01 10:00:00.500", "Type": "welfare  check"}
    cells = usual | {"Closed": "2025-03-01 11:00:00"} | values
    return ",".join(cells.get(name, "") for name in FIELDS)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(*rows: str, head: str = HEAD, using: Profile | None = None) -> Found:
        path = tmp_path / "rows.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return list(read_calls(path, using or profile(), []))

    return reading


def one(found: Found) -> PastCall:
    (call,) = found
    assert isinstance(call, PastCall)
    return call


def test_an_ordinary_row(read: Read) -> None:
    call = one(read(row(Block="1200", Street="MAIN ST", Prio="7", How="OFFICER", End="DUP-1")))
    assert call.external == "1"
    assert call.at == datetime(2025, 3, 1, 15, 0, 0, 500_000, tzinfo=UTC)
    assert (call.place, call.type, call.type_unmapped) == ("1200 MAIN ST", "welfare check", False)
    assert (call.priority, call.source, call.disposition) == (3, Source.OFFICER, "duplicate")
    assert call.closed_at == datetime(2025, 3, 1, 16, tzinfo=UTC)
    assert call.flags == ("never_arrived",)


def test_null_markers_and_second_choices(read: Read) -> None:
    call = one(read(row(Start="null", Seen="2025-07-01 10:00:00", Block="-", Area="SOUTH")))
    assert call.at == datetime(2025, 7, 1, 14, tzinfo=UTC)
    assert call.place == "SOUTH"
    assert {"time_second_choice", "place_vague"} <= set(call.flags)


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"Prio": "99"}, "priority:99"),
        ({"How": "PIGEON"}, "source:PIGEON"),
        ({"End": "LOST"}, "disposition:LOST"),
        ({"Lat": "x", "Lon": "1"}, "point_unreadable"),
        ({"Lat": "40.5", "Lon": "-75.5"}, "default_point"),
        ({"Lat": "0", "Lon": "0"}, "default_point"),
        ({"Lat": "32.1", "Lon": "-86"}, "outside_area"),
        ({"Lat": "40", "Lon": ""}, "point_unreadable"),
        ({"Lat": "inf", "Lon": "-75"}, "point_unreadable"),
        ({"Lat": "nan", "Lon": "-75"}, "point_unreadable"),
        ({"Closed": "yesterday"}, "time_unreadable"),
        ({"Closed": "0001-01-01 00:00:00+14:00"}, "time_unreadable"),
        ({"There": "2025-03-01 12:00:00"}, "closes_before_arrives"),
        ({"Sent": "2025-03-01 09:00:00"}, "sent_before_call"),
        ({"Closed": "2025-02-01 09:00:00"}, "closes_before_call"),
        ({"Type": "Test call"}, "test_call"),
        ({"Type": "NULL"}, "no_type"),
        ({"Type": "a\x07b"}, "control_characters"),
    ],
)
def test_an_oddity_is_flagged_and_the_call_kept(
    read: Read, values: dict[str, str], flag: str
) -> None:
    assert flag in one(read(row(**values))).flags


def test_an_unmapped_type_keeps_its_own_words(read: Read) -> None:
    call = one(read(row(Type="ODD THING")))
    assert (call.type, call.type_unmapped) == ("ODD THING", True)
    assert one(read(row(Type="SUICIDAL MALE"))).type == "suicidal person"


def test_an_unmapped_disposition_is_kept_as_words(read: Read) -> None:
    call = one(read(row(End="LOST")))
    assert (call.disposition, call.text) == (None, "ended: LOST")
    assert one(read(row(End="UNDEFINED"))).text is None


def test_a_test_call_is_imported_closed_as_a_test(read: Read) -> None:
    call = one(read(row(Type="FD TEST CALL", Closed="", There="2025-03-01 10:05:00")))
    assert call.disposition == "test"
    assert call.closed_at == call.on_scene_at
    assert "close_assumed" in call.flags


def test_reopened_and_not_closed_again_stays_open(read: Read) -> None:
    call = one(read(row(Again="2025-03-01 11:30:00")))
    assert call.closed_at is None
    assert "reopened" in call.flags
    again = one(read(row(Again="2025-03-01 11:30:00", Closed="2025-03-01 12:00:00")))
    assert again.closed_at is not None


def test_a_row_without_number_gets_one_from_its_content(read: Read) -> None:
    first = one(read(row(No="NULL")))
    assert first.external == one(read(row(No="", Prio="1"))).external
    assert first.external != one(read(row(No="", Type="other"))).external
    assert "no_number" in first.flags


def test_crossings_are_one_place_in_either_order(read: Read) -> None:
    def place(text: str) -> str | None:
        return one(read(row(Street=text))).place

    assert place("Oak St & Elm St") == place("Elm St & Oak St") == "Elm St & Oak St"
    assert place("OAK ST / ELM ST") == "ELM ST & OAK ST"
    assert place("OAK ST & DEAD END") == "OAK ST & DEAD END"
    assert place("OAK ST & OAK ST") == "OAK ST"
    assert place("A & B & C") == "A & B & C"


def test_the_night_the_clock_goes_back(read: Read) -> None:
    call = one(
        read(
            row(
                Start="2025-11-02 01:50:00",
                Sent="2025-11-02 01:10:00",
                There="2025-11-02 01:30:00",
                Closed="2025-11-02 02:10:00",
            )
        )
    )
    times = [call.at, call.sent_at, call.on_scene_at, call.closed_at]
    assert [t and t.strftime("%H:%M") for t in times] == ["05:50", "06:10", "06:30", "07:10"]
    assert call.flags.count("time_ambiguous") == 3
    assert not {"sent_before_call", "closes_before_arrives"} & set(call.flags)


def test_the_hour_the_clock_leaps_over(read: Read) -> None:
    call = one(read(row(Start="2025-03-09 02:30:00", Closed="2025-03-09 03:40:00")))
    assert call.at == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)
    assert "time_skipped" in call.flags
    assert call.closed_at == datetime(2025, 3, 9, 7, 40, tzinfo=UTC)


def test_columns_may_move_grow_repeat_and_change_case(read: Read) -> None:
    call = one(
        read(
            "x,2025-03-01 10:00:00,SUICIDE,ignored,7,more",
            head="extra,START,type,Type,no,another",
        )
    )
    assert (call.external, call.type) == ("7", "suicidal person")


def test_what_is_odd_about_the_columns_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("No,Start,Type,Type,Lat,Lat.1\n1,2025-03-01 10:00:00,a,b,1,2\n")
    notes: list[str] = []
    list(read_calls(path, profile(), notes))
    assert "column Type is there twice; the first counts" in notes
    assert "column Lat.1 is there twice; the first counts" in notes
    assert "no column Closed for closed_at" in notes


def test_a_file_of_another_layout_is_refused_with_the_column(read: Read) -> None:
    with pytest.raises(Refused, match="no column Start or Seen, from which profile x takes at"):
        read("1,2", head="a,b")
    with pytest.raises(Refused, match="takes external"):
        read("2025-03-01 10:00:00", head="Seen")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(Start="soon"), "no time of the call that could be read"),
        (row(Start=""), "no time of the call that could be read"),
        ("1,2", "2 values where the first line names 16 columns"),
        (row() + ",x", "17 values where the first line names 16 columns"),
        (row(Type='"never closed'), "a quotation mark is never closed"),
        (row(Type='"a"b'), "quotation marks: ',' expected after '\"'"),
    ],
)
def test_a_bad_row_is_quarantined_and_the_rest_go_on(read: Read, bad: str, reason: str) -> None:
    found = read(row(), bad, *(row(No=str(n)) for n in range(2, 200)))
    assert len(found) == 200
    quarantined = [item for item in found if isinstance(item, Quarantined)]
    assert quarantined == [Quarantined(3, reason, bad)]


def test_a_quoted_value_may_span_lines(read: Read) -> None:
    found = read(row(Type='"a, ""b""\nc"'), "", row(No="2"))
    assert [call.type for call in found if isinstance(call, PastCall)] == [
        'a, "b" c',  # a type is one line
        "welfare check",
    ]


def _bytes(tmp_path: Path, content: bytes, name: str = "rows.csv") -> Found:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_calls(path, profile(), []))


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xc3\xaf\xc2\xbb\xc2\xbf"])
def test_byte_order_marks_however_often_encoded(tmp_path: Path, mark: bytes) -> None:
    content = mark + f"{HEAD}\r\n{row()}\r\n".encode()
    assert one(_bytes(tmp_path, content)).external == "1"


def test_another_encoding_is_guessed_and_flagged(tmp_path: Path) -> None:
    text = f"{HEAD}\n{row(Street='CAFÉ')}\n{row(No='2')}\n"
    first, second = _bytes(tmp_path, text.encode("cp1252"))
    assert isinstance(first, PastCall)
    assert isinstance(second, PastCall)
    assert first.place == "CAFÉ"
    assert "encoding_guessed" in first.flags
    assert "encoding_guessed" not in second.flags


def test_bytes_of_no_encoding_are_quarantined(tmp_path: Path) -> None:
    content = f"{HEAD}\n".encode() + row().encode() + b"\x81\n" + row(No="2").encode()
    bad, good = _bytes(tmp_path, content)
    assert isinstance(bad, Quarantined)
    assert bad.raw.endswith("\\x81")
    assert isinstance(good, PastCall)


def test_a_huge_line_costs_itself_only(tmp_path: Path) -> None:
    content = f"{HEAD}\n{row(Type='x' * 900_000)}\n{row(No='2')}\n".encode()
    bad, good = _bytes(tmp_path, content)
    assert isinstance(bad, Quarantined)
    assert bad.reason == "line too long"
    assert len(bad.raw) <= 1000
    assert isinstance(good, PastCall)


def test_compressed_whole_and_broken_off(tmp_path: Path) -> None:
    rows = "\n".join(row(No=str(n)) for n in range(5000))
    packed = gzip.compress(f"{HEAD}\n{rows}\n".encode())
    assert len(_bytes(tmp_path, packed, "rows.csv.gz")) == 5000
    *calls, last = _bytes(tmp_path, packed[:-2000], "rows.csv.gz")
    assert isinstance(last, Quarantined)
    assert last.reason == "the compressed file breaks off here"
    assert calls
    assert all(isinstance(call, PastCall) for call in calls)


def test_files_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="it is empty"):
        _bytes(tmp_path, b"\n\n")
    with pytest.raises(Refused, match="UTF-16, which is not read"):
        _bytes(tmp_path, HEAD.encode("utf-16"))
    with pytest.raises(Refused, match=r"cannot read none\.csv: No such file"):
        list(read_calls(tmp_path / "none.csv", profile(), []))


def test_the_text_of_montgomery_holds_the_time(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        "lat,lng,desc,zip,title,timeStamp,twp,addr,e\n"
        "40.31,-75.31,B ST & A ST;  TOWN; Station 1; 2016-06-06 @ 00:00:04;,,EMS: FALL VICTIM,"
        "2016-06-06 00:02:00,TOWN,B ST & A ST,1\n"
        "40.31,-75.31,no time,,Odd: NEW,2016-06-06 00:02:00,TOWN,,1\n"
    )
    first, second = read_calls(path, load_profile("montgomery"), [])
    assert isinstance(first, PastCall)
    assert isinstance(second, PastCall)
    assert first.at == datetime(2016, 6, 6, 4, 0, 4, tzinfo=UTC)
    assert (first.place, first.type) == ("A ST & B ST", "injury")
    assert (second.place, second.type, second.type_unmapped) == ("TOWN", "Odd: NEW", True)
    assert "time_second_choice" in second.flags


def test_nashville_breaks_are_kept_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text(
        "Event Number,Tencode,Tencode Description,Tencode Suffix,Disposition Code,"
        "Disposition Description,Block,Street Name,Zone,Latitude,Longitude,Call_Received\n"
        "PD1,95,MEAL BREAK,,4,ASSISTED CITIZEN,,,533,,,2024-01-01 00:06:09\n"
        "PD2,3,,P,14,ASSISTANCE REFUSED,,,,,,2024-07-01 00:06:09\n"
    )
    meal, coded = read_calls(path, load_profile("nashville"), [])
    assert isinstance(meal, PastCall)
    assert isinstance(coded, PastCall)
    assert (meal.type, meal.disposition, meal.place) == (
        "not a call: break",
        "not_needed",
        "zone 533",
    )
    assert "not_a_call" in meal.flags
    assert meal.at == datetime(2024, 1, 1, 6, 6, 9, tzinfo=UTC)
    assert (coded.disposition, coded.text) == ("refused", "10-3P")
    assert coded.closed_at == coded.at == datetime(2024, 7, 1, 5, 6, 9, tzinfo=UTC)
