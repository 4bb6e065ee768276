"""The question: keys count only after it has stood, more answers than keys turn over."""

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from crt_console.protocol.guidance import question
from crt_console.protocol.loader import load
from tests.support.desks import drive, until
from ui import theme
from ui.panels.question import QuestionBox
from ui.widgets import WrapLabel

PACK = load("hartford")


@pytest.fixture
def box(qtbot: QtBot) -> QuestionBox:
    made = QuestionBox()
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    return made


def show(box: QuestionBox, fact: str) -> None:
    box.show_question("one", question(PACK, fact), again=False)


@pytest.mark.parametrize("fact", sorted(PACK.facts))
def test_every_answer_of_the_pack_can_be_given_by_a_number(box: QuestionBox, fact: str) -> None:
    async def play() -> None:
        given: list[object] = []
        box.answered.connect(lambda _, value: given.append(value))
        for answer in PACK.facts[fact].answers:
            box.forget()
            show(box, fact)
            box.go_live()
            key: str | None = None
            for _ in range(4):
                named = (b.key() for b in box.buttons if b.accessibleName() == answer.label)
                key = next(named, None)
                if key is not None:
                    break
                assert box.press("9")
                assert not box.live
                box.go_live()
            assert key is not None
            assert box.press(key)
        assert given == [answer.value for answer in PACK.facts[fact].answers]

    drive(play())


@pytest.mark.parametrize("quiet", [False, True])
def test_only_what_has_to_be_asked_lights_its_caps_in_the_accent(
    box: QuestionBox, *, quiet: bool
) -> None:
    box.show_question("one", question(PACK, "weapon"), again=False, quiet=quiet)
    box.go_live()
    box.grab()
    picture = box.buttons[0].grab().toImage()
    seen = {picture.pixel(x, y) for x in range(40) for y in range(picture.height())}

    assert (theme.current().colour("accent").rgb() in seen) is not quiet


def test_a_key_that_comes_too_early_counts_for_nothing(box: QuestionBox) -> None:
    async def play() -> None:
        given: list[object] = []
        box.answered.connect(lambda _, value: given.append(value))
        show(box, "weapon")
        assert box.press("1")
        assert not given
        await until(partial(getattr, box, "live"))
        box.press("1")
        box.press("1")  # meant for this question: the next one must not take it
        assert given == ["none"]

    drive(play())


def test_the_same_question_shown_again_keeps_its_buttons_and_its_time(box: QuestionBox) -> None:
    async def play() -> None:
        show(box, "weapon")
        before = box.buttons
        show(box, "weapon")  # a change on the board draws everything anew
        assert box.buttons is before
        await until(partial(getattr, box, "live"))
        show(box, "weapon")
        assert box.live

    drive(play())


def test_no_key_counts_while_nobody_sees_the_question(box: QuestionBox) -> None:
    async def play() -> None:
        given: list[object] = []
        box.answered.connect(lambda _, value: given.append(value))
        show(box, "weapon")
        await until(partial(getattr, box, "live"))
        box.set_seen(seen=False)
        box.press("1")
        show(box, "suicide")  # nor does it begin to count by itself
        box.press("1")
        assert not box.live
        assert not given
        box.set_seen(seen=True)
        box.press("1")
        assert not given, "it has to stand as long as any"
        await until(partial(getattr, box, "live"))
        box.press("1")
        assert len(given) == 1

    drive(play())


def test_the_echo_stands_beside_the_last_answers_where_they_leave_room(box: QuestionBox) -> None:
    echo = WrapLabel("Weapon: No weapon")
    show(box, "caller_relation")  # ten answers in three columns leave two places
    box.hold(echo)
    box.resize(640, 500)
    drive(until(lambda: echo.y() > 0))
    last = box.buttons[-1]
    assert echo.x() > last.geometry().right()
    assert abs(echo.geometry().center().y() - last.geometry().center().y()) <= 1
    show(box, "weapon")
    drive(until(lambda: echo.y() > box.buttons[-1].geometry().bottom()))
