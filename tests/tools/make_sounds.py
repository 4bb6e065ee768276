"""Writes the tones of `resources/sounds`: each told from the others by rhythm and by pitch."""

import math
import struct
import wave
from itertools import pairwise
from pathlib import Path

RATE = 22050
FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sounds"

# (hertz from, hertz to, seconds, loudness 0-1); 0 hertz is a rest. Loudness of everything but
# the emergency stays low: it is heard in a quiet room beside a headset, eight hours a day.
Note = tuple[float, float, float, float]


def _steady(hertz: float, seconds: float, loud: float = 0.32) -> Note:
    return (hertz, hertz, seconds, loud)


_REST = (0.0, 0.0, 0.07, 0.0)
TONES: dict[str, tuple[Note, ...]] = {
    # Two rising notes: somebody is calling.
    "new_call": (_steady(659, 0.14), _REST, _steady(880, 0.24)),
    # Three even knocks on one high note: a call that nobody has assessed.
    "unassessed_due": (_steady(988, 0.09), _REST, _steady(988, 0.09), _REST, _steady(988, 0.09)),
    # Two falling notes, slow: something is due.
    "due": (_steady(587, 0.2), _REST, _steady(440, 0.3)),
    # Low, high, low: another agency has not answered.
    "handover": (_steady(440, 0.12), _REST, _steady(659, 0.12), _REST, _steady(440, 0.2)),
    # A siren of three sweeps, twice as loud as the rest and with overtones: a team needs help.
    "emergency": tuple((620.0, 1480.0, 0.34, 0.8) for _ in range(3)),
    # One short low buzz: the act was refused.
    "refused": (_steady(196, 0.22, 0.4),),
    # One short soft high note: done.
    "confirm": (_steady(1175, 0.07, 0.2),),
}
OVERTONES = {"emergency": (1.0, 0.5, 0.33), "refused": (1.0, 0.6, 0.5)}
RAMP = 0.012  # seconds of fading in and out, so that no tone clicks


def _note(note: Note, overtones: tuple[float, ...]) -> list[float]:
    low, high, seconds, loud = note
    count = int(seconds * RATE)
    phase, samples = 0.0, []
    for step in range(count):
        phase += 2 * math.pi * (low + (high - low) * step / count) / RATE
        edge = min(step, count - step) / (RAMP * RATE)
        wave_at = sum(part * math.sin(phase * (n + 1)) for n, part in enumerate(overtones))
        samples.append(loud * min(1.0, edge) * wave_at / sum(overtones))
    return samples


def samples(name: str) -> list[float]:
    """The tone of that name, from -1 to 1 at `RATE` a second."""
    overtones = OVERTONES.get(name, (1.0, 0.12))
    return [value for note in TONES[name] for value in _note(note, overtones)]


def write(name: str, folder: Path = FOLDER) -> Path:
    """Writes one tone as 16-bit mono and says where."""
    path = folder / f"{name}.wav"
    values = samples(name)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(values)}h", *(int(v * 32767) for v in values)))
    return path


def steps(name: str) -> list[str]:
    """Up, down or level from note to note: what an ear keeps of a tone."""
    heard = [(low, high) for low, high, _, _ in TONES[name] if low]
    return ["up" if b > a else "down" if b < a else "level" for (_, a), (b, _) in pairwise(heard)]


if __name__ == "__main__":
    for tone in TONES:
        write(tone)
