"""Colours of the web edition and how well they can be read."""

from __future__ import annotations

LIGHT_PAPER, DARK_PAPER = "#fffdf9", "#191816"
"""The paper of the light and the dark theme, as the style sheet has them."""
ACCENT, ACCENT_DARK = "#b3000c", "#ff8a80"
LEAST_CONTRAST = 4.5
_MIDDLE, _SHARES = 0.18, 100


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def nearest_readable(colour: str, paper: str) -> str:
    """The colour nearest to `colour`, of the same hue, that can be read on the paper: with a little black mixed in, or white on dark paper."""
    target = "#000000" if _luminance(paper) > _MIDDLE else "#ffffff"
    mixed = (_mixed(colour, target, share) for share in range(_SHARES + 1))
    return next(each for each in mixed if contrast(each, paper) >= LEAST_CONTRAST)


def _mixed(colour: str, other: str, share: int) -> str:
    """So many hundredths of the other colour mixed into one."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share / _SHARES):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
