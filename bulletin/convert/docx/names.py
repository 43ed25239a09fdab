"""Names of WordprocessingML (ECMA-376 part 1) as lxml writes them."""

from __future__ import annotations

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATED = f"{{{_R}}}id"
EMBEDDED = f"{{{_R}}}embed"
LINKED = f"{{{_R}}}link"
THEME_FONT = f"{{{_A}}}"
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


def number(said: str | None, otherwise: int = 0) -> int:
    """A whole number as files give them, bounded; `otherwise` for what is none."""
    try:
        return max(-1_000_000, min(1_000_000, round(float(said or ""))))
    except (ValueError, OverflowError):
        return otherwise
