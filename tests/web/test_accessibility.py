"""WCAG 2.2 AA, as far as a machine can judge, on every kind of page, in every theme, at every size (axe-core)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import WIDTHS, visit
from tests.web.kinds import PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag21a", "wcag22aa", "best-practice"]
MODES = [{"theme": "light"}, {"theme": "dark"}, {"theme": "contrast"}, {"theme": "light", "size": "largest"}]


@pytest.fixture(scope="module")
def axe(checkers: Path) -> str:
    return (checkers / "axe-core/axe.min.js").read_text("utf-8")


def violations(page: Page) -> Iterator[str]:
    """What axe, which the page has loaded, finds: the rule, and the places."""
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(found => found.violations)",
        TAGS,
    )
    for each in found:
        places = [f"{node['html'][:120]} {node['failureSummary'][:300]}" for node in each["nodes"][:3]]
        yield f"{each['id']}: {'; '.join(places)}"


def in_every_mode(page: Page) -> Iterator[str]:
    """The page in each theme and the largest type, at each width: what is in force."""
    for mode in MODES:
        page.evaluate("mode => ['size', 'theme'].forEach(name => show(name, mode[name]))".replace("show", SHOW), mode)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            yield f"{mode} {width}"


SHOW = (
    "((name, value) => value ? document.documentElement.setAttribute('data-' + name, value)"
    " : document.documentElement.removeAttribute('data-' + name))"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule(name: str, public: str, browser: Browser, axe: str) -> None:
    with visit(browser, public + PAGES[name]) as seen:
        seen.page.wait_for_load_state("networkidle")
        seen.page.evaluate(axe)
        found = {mode: list(violations(seen.page)) for mode in in_every_mode(seen.page)}
        assert (seen.page.locator("#results li").count() > 0) == (name == "found")
    assert len(found) == 12
    assert {mode: each for mode, each in found.items() if each} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["home", "issue", "article"])
def test_the_intranet_neither(name: str, intranet: str, browser: Browser, axe: str) -> None:
    with visit(browser, intranet + PAGES[name], width=320) as seen:
        seen.page.evaluate(axe)
        assert list(violations(seen.page)) == []


@pytest.mark.slow
def test_open_tools_and_player_neither(public: str, browser: Browser, axe: str) -> None:
    with visit(browser, public + PAGES["article"], width=320) as seen:
        seen.page.click("#opener")
        seen.page.evaluate("document.getElementById('player').hidden = false")
        seen.page.evaluate(axe)
        assert list(violations(seen.page)) == []


@pytest.mark.slow
def test_axe_sees_what_is_wrong(public: str, browser: Browser, axe: str) -> None:
    """Each fault of a spoiled page is reported: the checker works, and works on these pages."""
    spoil = """
        document.documentElement.removeAttribute("lang");
        document.querySelector("h1").innerHTML = "";
        document.querySelector(".search input").removeAttribute("aria-label");
        document.querySelector("figure img").removeAttribute("alt");
        document.querySelectorAll(".ways, .ways a").forEach(each => each.style.cssText = "gap: 0; display: inline; min-height: 0; font-size: 8px; line-height: 1");
        document.querySelectorAll(".ways a").forEach(each => each.style.display = "inline-block");
        document.querySelector(".facts").style.color = "#aaa";
        document.querySelector("#notes, .notes ol").insertAdjacentHTML("beforeend", "<p>漏</p>");
    """
    with visit(browser, public + PAGES["article"], width=320) as seen:
        seen.page.evaluate(axe)
        seen.page.evaluate(spoil)
        rules = {each.split(":")[0] for each in violations(seen.page)}
    assert rules >= {"html-has-lang", "empty-heading", "label", "image-alt", "color-contrast", "list", "target-size"}
