"""The shared libraries that Qt needs from the system, and who brings them on Debian."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Mapping

ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
SOUND = {
    "libpulse.so.0": "libpulse0",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libdrm.so.2": "libdrm2",
    "libbz2.so.1": "libbz2-1.0",
}
PACKAGES = ALWAYS | X11 | SOUND


def missing(libraries: Mapping[str, str]) -> list[str]:
    """Those of the libraries that cannot be loaded here."""
    return [name for name in libraries if not _loads(name)]


def wanted() -> Mapping[str, str]:
    """What a window needs on this machine: without a display the X11 part can be missing."""
    return ALWAYS | X11 if os.environ.get("DISPLAY") else ALWAYS


def explain(problem: ImportError) -> int:
    """Name a library that is missing and its remedy in one line; any other error goes on."""
    library = re.match(r"(\S+\.so[.\d]*): cannot open shared object file", str(problem))
    if library is None:
        raise problem
    name = library[1]
    package = PACKAGES.get(name, "the package that has it")
    sys.stderr.write(
        f"crt-console: the window needs {name}, which is missing."
        f" As root: apt-get install -y {package}\n"
    )
    return 1


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
