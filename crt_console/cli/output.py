"""How the shell is spoken to: JSON or a line on stdout, one line on stderr when it went wrong."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import msgspec


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
