"""What Qt has to be told about its surroundings before it starts."""

from __future__ import annotations

import os
import sys


def speak_utf8() -> None:
    """Spare Qt the plain C locale, about which it complains and goes to UTF-8 anyway."""
    if os.environ.get("LC_ALL") in {"C", "POSIX"}:
        os.environ["LC_ALL"] = "C.UTF-8"


def choose(arguments: list[str]) -> None:
    """Without a display run the window in memory and say so; pictures never need a display."""
    speak_utf8()
    # Sound looks for libraries it can do without and reports each on stderr.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false")
    if os.environ.get("QT_QPA_PLATFORM"):
        return
    if arguments[:1] == ["screens"]:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        sys.stderr.write("crt-console: no display here, so the window runs without being shown\n")
