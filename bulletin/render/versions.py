"""The versions of what sets and writes a PDF, asked without loading the layout engine."""

from __future__ import annotations

import ctypes
import sys
from importlib.metadata import version

_PACKAGES = ("weasyprint", "uharfbuzz", "pikepdf")
_SYSTEM = (("libpango-1.0.so.0", "pango_version_string"), ("libharfbuzz.so.0", "hb_version_string"))


def library_versions() -> tuple[str, ...]:
    """Of the packages, and on Linux of the system's libraries that place and cut glyphs; empty where one is not there."""
    return (*map(version, _PACKAGES), *(map(_asked, _SYSTEM) if sys.platform == "linux" else ()))


def _asked(library: tuple[str, str]) -> str:
    file, function = library
    try:
        ask = getattr(ctypes.CDLL(file), function)
    except OSError:
        return ""
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()
