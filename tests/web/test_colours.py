"""The colours of every theme, from the style sheet itself, can be read."""

from __future__ import annotations

import re

import pytest

from bulletin.model.contrast import ACCENT, ACCENT_DARK, DARK_PAPER, LEAST_CONTRAST, LIGHT_PAPER, contrast
from tests.conftest import REPOSITORY

CSS = (REPOSITORY / "assets/css/site.css").read_text("utf-8")
BUREAU = {"var(--accent-light)": ACCENT, "var(--accent-dark)": ACCENT_DARK}
THEMES = {
    "light": ":root {",
    "dark": ':root[data-theme="dark"] {',
    "dark by the system": "@media (prefers-color-scheme: dark) { :root:not([data-theme]) {",
    "contrast": ':root[data-theme="contrast"] {',
}
BEST, TEXT, CONTROL = 7.0, LEAST_CONTRAST, 3.0
"""WCAG 2.2, 1.4.6, 1.4.3, 1.4.11."""
PAIRS = [
    ("ink", "paper", BEST),
    ("ink", "wash", BEST),
    ("ink", "spoken", BEST),
    ("quiet", "paper", BEST),
    ("quiet", "wash", BEST),
    ("accent", "paper", TEXT),
    ("accent", "wash", CONTROL),
    ("edge", "paper", CONTROL),
    ("edge", "wash", CONTROL),
]


def colours(theme: str) -> dict[str, str]:
    """The colours of a theme, `#rrggbb` by name."""
    block = CSS.split(THEMES[theme])[1].split("}")[0]
    said = {
        name: BUREAU.get(value, value) for name, value in re.findall(r"--([a-z]+): (#\w+|var\(--accent-\w+\))", block)
    }
    return {name: re.sub(r"^#(\w)(\w)(\w)$", r"#\1\1\2\2\3\3", value) for name, value in said.items()}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_colours_stand_out_from_each_other(theme: str, one: str, other: str, least: float) -> None:
    found = colours(theme)
    assert contrast(found[one], found[other]) >= least


def test_the_themes_have_the_papers_that_the_bureau_s_colours_are_judged_on() -> None:
    assert (colours("light")["paper"], colours("dark")["paper"]) == (LIGHT_PAPER, DARK_PAPER)
    assert colours("dark") == colours("dark by the system")


def test_no_rule_has_a_colour_of_its_own() -> None:
    """Every colour is a custom property, so that a theme changes all; but the white behind pictures, and print."""
    rules = CSS.split("html {")[1].split("@page")[0]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", rules)) == {"#fff"}
    assert rules.count("#fff") == 1
