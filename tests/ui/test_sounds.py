"""The tones that ship are the ones the script makes, and no two sound alike."""

import wave

import pytest

from tests.tools import make_sounds
from ui import theme


@pytest.mark.parametrize("name", sorted(make_sounds.TONES))
def test_the_shipped_file_is_that_tone(name: str) -> None:
    with wave.open(str(theme.resource("sounds", f"{name}.wav"))) as file:
        shipped = file.getnframes()

    assert shipped == len(make_sounds.samples(name))


def test_no_two_tones_have_the_same_melody_and_length() -> None:
    heard = {
        (tuple(make_sounds.steps(name)), round(len(make_sounds.samples(name)) / 2000), notes[0][0])
        for name, notes in make_sounds.TONES.items()
    }

    assert len(heard) == len(make_sounds.TONES)


def test_only_the_emergency_is_loud() -> None:
    loudest = {name: max(make_sounds.samples(name)) for name in make_sounds.TONES}

    assert loudest.pop("emergency") > 1.4 * max(loudest.values())
