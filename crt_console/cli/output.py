"""How the shell is spoken to: JSON or a line on stdout, one line on stderr when it went wrong."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

_OURS = Path(__file__).parents[1]


def emit(value: Any) -> None:
    """Write one JSON line, at once."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Write one line for a person, at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Write what is wrong and what to do, in one line, on stderr."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def fault(error: BaseException) -> str:
    """Return the sentence about a bug: where it is, and none of the words that it met."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(_OURS)] or frames
    where = f" in {Path(own[-1].filename).name} line {own[-1].lineno}" if own else ""
    kind = type(error).__name__
    return f"the program failed ({kind}{where}); whether anything was done is not known"


def nobody_reads() -> None:
    """Let the process end quietly after the reader of its output has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def table(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows in columns as wide as they need, one line each."""
    wide = [max(len(row[at]) for row in [headers, *rows]) for at in range(len(headers))]
    lines = [
        "  ".join(cell.ljust(wide[at]) for at, cell in enumerate(row)).rstrip()
        for row in [headers, *rows]
    ]
    return "\n".join(lines)
