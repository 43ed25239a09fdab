"""Names of WordprocessingML (ECMA-376 part 1) as lxml writes them."""

from __future__ import annotations

from math import isnan

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATED = f"{{{_R}}}id"
EMBEDDED = f"{{{_R}}}embed"
LINKED = f"{{{_R}}}link"
THEME_FONT = f"{{{_A}}}"
_UNITS = {"pt": 1.0, "pc": 12.0, "pi": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_OFF = ("0", "false", "off", "none")


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{name}"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(parent: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child; `None` where there is no such child, empty where it has no such attribute."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w(attribute)) or ""


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property is on, off, or not spoken of (ECMA-376 part 1, 17.17.4)."""
    said = value(parent, name)
    return None if said is None else said.lower() not in _OFF


def points(said: str | None, parts: int) -> float:
    """A measure in pt: with its unit, as strict files have it (ECMA-376 part 1, 22.9.2.15), else in `parts` of a pt; 0 for what is none."""
    text = (said or "").strip()
    unit = _UNITS.get(text[-2:])
    return number(text) / parts if unit is None else _real(text[:-2]) * unit


def number(said: str | None, otherwise: int = 0) -> int:
    """A whole number as files give them, bounded; `otherwise` for what is none."""
    try:
        return round(_bounded(said or ""))
    except ValueError:
        return otherwise


def _real(said: str) -> float:
    try:
        return _bounded(said)
    except ValueError:
        return 0.0


def _bounded(said: str) -> float:
    """Between a million below and above 0."""
    real = float(said)
    if isnan(real):
        raise ValueError(said)
    return max(-1_000_000.0, min(1_000_000.0, real))
