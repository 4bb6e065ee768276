"""A pack that is wrong says where and how to mend it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crt_console.protocol.checking import Problem, check, problems
from crt_console.protocol.engine import evaluate
from crt_console.protocol.loader import load, parse
from crt_console.protocol.pack import Exemption
from tests.support.packs import CALM, HEAD, asking, derived, small, table

RULE = table("rules", id="r", response="CRT_ALONE", when={"nature": ["noise"]})
QUESTION = '[[questions]]\nfact = "weapon"\nask = "?"\nsay = {{ {say} }}\nanswers = [{answers}]\n'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("rules = x", "line 1"),
        (HEAD, "rules"),
        (HEAD + table("rules", id="r", respons="EMS"), "respons"),
        (HEAD + table("rules", id="r", response="TAXI"), r"rule r: no response 'TAXI'.*CRT_ALONE"),
        (HEAD + table("rules", id="r", agencies=["taxi"]), r"rule r: no agency 'taxi'.*police"),
        (HEAD + table("rules", id="r", when={"colour": ["red"]}), r"rule r: no fact 'colour'"),
        (HEAD + table("rules", id="r", when={"weapon": ["sword"]}), r"weapon has no value 'sword'"),
        (HEAD + table("rules", id="r", unless={"weapon": []}), "names? at least one"),
        (HEAD + table("rules", id="r", asked=["colour"]), "colour"),
        (HEAD + table("rules", id="r", on="moon"), r"rule r: no switch 'moon'"),
        (HEAD + RULE + RULE, "rule r stands there twice"),
        (HEAD + RULE + "[unknown.colour]\nadds=[]\nbecause='x'\nsource='y'\n", "colour"),
        (HEAD + RULE + derived("d", [{}]) + derived("d", [{}]), "d: derived twice"),
        (HEAD + derived("d", [{}], value="x") + RULE, "can only become true"),
        (
            HEAD + derived("d", [{}]) + table("rules", id="r", when={"d": [False]}),
            r"write d = \[true\]",
        ),
        (HEAD + RULE + QUESTION.format(say='es = "x"', answers=""), r"say\.en"),
        (
            HEAD + RULE + QUESTION.format(say='en = "x"', answers=f'["none", "{"long " * 5}"]'),
            "more than 18 letters",
        ),
        (HEAD + RULE + '[[exemptions]]\nfact="weapon"\nvalue="sword"\nbecause="x"\n', "sword"),
        (HEAD + "[priorities]\nparty = 1\n" + RULE, "party"),
    ],
)
def test_what_is_wrong_is_named(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse(text, "mine.toml")


def test_the_file_is_named_too() -> None:
    with pytest.raises(ValueError, match=r"^mine\.toml: "):
        parse("x", "mine.toml")


def test_a_pack_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no pack 'gotham'.*hartford"):
        load("gotham")
    with pytest.raises(ValueError, match="no switch 'moon'"):
        load("hartford", {"moon": True})


def test_a_pack_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + RULE, encoding="utf-8")
    pack = load(file)
    assert (pack.id, pack.version) == ("small", "1")
    assert evaluate(pack, {**CALM, "nature": "noise"}).agencies == {"crt"}


def test_a_problem_of_the_file_is_a_problem_of_the_pack(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + table("rules", id="r", response="TAXI"), encoding="utf-8")
    (found,) = check(str(file))
    assert found.kind == "schema"
    assert "TAXI" in found.because
    assert check("hartford") == []


def kinds(*tables: str) -> dict[str, Problem]:
    return {p.kind: p for p in problems(small(*tables))}


def test_less_than_the_floor_is_found_with_an_example() -> None:
    found = kinds(RULE)["floor"]
    assert "police" in found.because or "ems" in found.because
    assert found.example


def test_a_rule_without_reason_or_source_is_found() -> None:
    assert kinds(table("rules", id="r", response="EMS", because=" "))["unexplained"].rule == "r"
    assert kinds(table("rules", id="r", response="EMS", source=""))["unexplained"].rule == "r"


def test_a_rule_that_can_never_match_is_found() -> None:
    same = {"nature": ["noise"]}
    never = table("rules", id="never", response="EMS", when=same, unless=same)
    assert kinds(never)["dead"].rule == "never"


def test_a_fact_that_nobody_asks_is_found() -> None:
    assert "question" in kinds(RULE)
    whole = asking(small(RULE), "nature", *CALM)
    assert "question" not in {p.kind for p in problems(whole)}


def test_more_danger_that_takes_police_away_is_found_with_the_facts_that_show_it() -> None:
    lax = table(
        "rules", id="lax", agencies=["police"], unless={"history_violence": ["person_on_person"]}
    )
    pack = small(lax)
    (found,) = [p for p in problems(pack) if p.kind == "danger"]
    assert "history_violence from none_known to person_on_person takes away police" in found.because
    worse = evaluate(pack, found.example).agencies
    calmer = evaluate(pack, {**found.example, "history_violence": "none_known"}).agencies
    assert "police" in calmer - worse


def test_unknown_in_place_of_harmless_counts_as_more_danger() -> None:
    lax = table("rules", id="lax", agencies=["ems"], when={"crime": ["none"]})
    found = [p.because for p in problems(small(lax)) if p.kind == "danger"]
    assert any("crime from none to unknown takes away ems" in because for because in found)


def test_a_declared_exemption_is_left_alone() -> None:
    lax = table(
        "rules", id="lax", agencies=["police"], unless={"history_violence": ["person_on_person"]}
    )
    argued = Exemption("history_violence", "person_on_person", "for the test")
    pack = replace(small(lax), exemptions=(argued,))
    assert "danger" not in {p.kind for p in problems(pack)}
