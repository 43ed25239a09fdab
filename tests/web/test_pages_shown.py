"""What a reader sees: all text without scripts, nothing that moves or overflows, nothing from elsewhere, little to load."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser

from bulletin.model.audience import Audience
from bulletin.prove.passages import squeezed
from bulletin.prove.web.reading import read_page
from tests.browsers import SIZES, WIDTHS, visit
from tests.web.kinds import PAGES

pytestmark = pytest.mark.slow

SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => sum += each.value)).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 120);
})"""
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACING = """
    window.spacing = new CSSStyleSheet();
    spacing.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        + "p { margin-bottom: 2em !important }");
"""


@pytest.mark.parametrize("audience", Audience)
def test_without_scripts_all_text_is_there(
    audience: Audience, sites: dict[Audience, Path], addresses: dict[Audience, str], browser: Browser
) -> None:
    """The text that is shown in the regions of each page, by the browser's own account, is the edition's."""
    paths = sorted(path.relative_to(sites[audience]) for path in sites[audience].glob("2026/*/**/index.html"))
    assert len(paths) > 10
    with visit(browser, addresses[audience], width=320, scripts=False) as seen:
        for path in paths:
            seen.page.goto(f"{addresses[audience]}{path}")
            shown = "".join(seen.page.locator("[data-text]").all_inner_texts())
            assert squeezed(shown) == read_page((sites[audience] / path).read_text("utf-8")).text
            assert not seen.page.locator(".tools button").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_pages_load_nothing_from_elsewhere_and_nothing_fails(name: str, public: str, browser: Browser) -> None:
    """Under the headers that forbid inline styles and scripts and every other server."""
    with visit(browser, public + PAGES[name]) as seen:
        seen.page.wait_for_load_state("networkidle")
        faults = [fault for fault in seen.faults if not (name == "missing" and "404" in fault)]
        assert faults == []
        assert seen.page.evaluate("getComputedStyle(document.body).containerName") == "page"


@pytest.mark.parametrize("name", [name for name in PAGES if name != "missing"])
def test_pages_work_from_a_folder(name: str, sites: dict[Audience, Path], browser: Browser) -> None:
    with visit(browser, f"{sites[Audience.PUBLIC].as_uri()}/{PAGES[name]}", size="large") as seen:
        assert seen.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        assert seen.faults == []


@pytest.mark.parametrize("name", [name for name in PAGES if name != "found"])
def test_nothing_moves_while_a_page_loads(name: str, public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES[name], size="largest", theme="dark") as seen:
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            seen.page.reload()
            assert seen.page.evaluate(SHIFTS) == 0


def test_the_measure_of_movement_sees_movement(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["home"]) as seen:
        seen.page.wait_for_timeout(700)
        seen.page.evaluate(
            "document.querySelector('.top').insertAdjacentHTML('beforebegin', '<p>晚到的一行</p>'.repeat(5))"
        )
        assert seen.page.evaluate(SHIFTS) > 0


@pytest.mark.parametrize("name", PAGES)
def test_no_script_holds_up_the_page(name: str, public: str, browser: Browser) -> None:
    """One inline script, and it is short; the others are deferred."""
    with visit(browser, public + PAGES[name]) as seen:
        inline, blocking = seen.page.evaluate("""() => {
            const scripts = [...document.scripts].filter(each => each.type !== "application/ld+json");
            const loaded = performance.getEntriesByType("resource").filter(each => each.initiatorType === "script");
            return [
                scripts.filter(each => !each.src).map(each => each.text.length),
                loaded.filter(each => each.renderBlockingStatus !== "non-blocking").map(each => each.name),
            ];
        }""")
        assert (len(inline), blocking) == (1, [])
        assert inline[0] < 500


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_small_telephone(name: str, public: str, browser: Browser) -> None:
    """WCAG 2.2, 1.4.10, at each size, with all tools open, and with the spacing of 1.4.12."""
    with visit(browser, public + PAGES[name], 320, first=SPACING) as seen:
        page = seen.page
        page.click("#opener")
        page.evaluate("(document.getElementById('player') || {}).hidden = false")
        for size in SIZES:
            page.evaluate("size => document.documentElement.setAttribute('data-size', size)", size)
            assert page.evaluate(WIDE) == 0
            page.evaluate("document.adoptedStyleSheets = [spacing]")
            assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.skip')).letterSpacing)") > 2
            assert page.evaluate(WIDE) == 0
            page.evaluate("document.adoptedStyleSheets = []")


def test_a_wide_table_scrolls_by_itself_and_by_keyboard(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["article"], 320) as seen:
        table = seen.page.locator(".table").first
        table.focus()
        seen.page.keyboard.press("ArrowRight")
        moved = "new Promise(done => { const look = () => table.scrollLeft > 0 ? done(true) : requestAnimationFrame(look); look() })"
        assert seen.page.evaluate(f"(() => {{ const table = document.querySelector('.table'); return {moved} }})()")


HINT = """() => [...document.querySelectorAll(".table")].map(table => [table.scrollWidth > table.clientWidth,
    getComputedStyle(table, "::before").visibility === "visible" && parseFloat(getComputedStyle(table, "::before").height) > 20])"""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("name", "width"), [("article", 320), ("article", 1280), ("help", 1280)])
def test_only_a_table_that_is_too_wide_says_so(
    name: str, width: int, scripts: bool, public: str, browser: Browser
) -> None:
    with visit(browser, public + PAGES[name], width, scripts) as seen:
        seen.page.wait_for_timeout(100)
        assert seen.page.evaluate(HINT) == [[name == "article"] * 2]


@pytest.mark.parametrize("name", ["home", "help", "missing"])
def test_a_telephone_number_is_called_by_a_touch_and_not_broken(name: str, public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES[name], 320, size="largest") as seen:
        for number in seen.page.locator("a.tel").all():
            assert number.get_attribute("href") == "tel:+863868610000"
            lines = "each => new Set([...each.getClientRects()].map(box => Math.round(box.top))).size"
            assert number.evaluate(lines) == 1
        assert seen.page.locator(".foot a.tel").count() == 1


@pytest.mark.parametrize(("size", "width"), [("standard", 320), ("largest", 320), ("standard", 1280)])
@pytest.mark.parametrize("name", ["home", "issue", "article"])
def test_the_intranet_is_marked_before_anything_else_is_seen(
    name: str, size: str, width: int, intranet: str, browser: Browser
) -> None:
    with visit(browser, intranet + PAGES[name], width, size=size, plain="on") as seen:
        marking = seen.page.locator(".internal")
        assert marking.inner_text() == "内部资料 · 注意保存"
        box = marking.bounding_box()
        assert box
        assert box["y"] == 0
        assert box["height"] > 30


def test_every_printed_page_of_the_intranet_is_marked(intranet: str, public: str, browser: Browser) -> None:
    for home, marked in ((intranet, True), (public, False)):
        with visit(browser, home + ("2026/10/03/index.html" if marked else "2026/10/01/index.html")) as seen:
            document = pdfium.PdfDocument(BytesIO(seen.page.pdf(prefer_css_page_size=True)))
        pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
        assert len(pages) > 1
        assert ["内部资料·注意保存" in text for text in pages] == [marked] * len(pages)


@pytest.mark.parametrize(("size", "pixels"), [("standard", 20), ("large", 24), ("largest", 30)])
def test_text_is_large_and_lines_are_short_and_wide_apart(
    size: str, pixels: int, public: str, browser: Browser
) -> None:
    with visit(browser, public + "2026/10/01/index.html", size=size) as seen:
        style, width, indent = seen.page.evaluate("""() => {
            const paragraph = document.querySelector(".body p:not(.salutation)");
            const style = getComputedStyle(paragraph);
            return [[style.fontSize, style.lineHeight].map(parseFloat), paragraph.clientWidth, parseFloat(style.textIndent)];
        }""")
        assert style[0] == pixels
        assert style[1] >= 1.8 * pixels
        assert width <= 36 * pixels
        assert indent == 2 * pixels


@pytest.mark.parametrize("name", PAGES)
def test_what_is_pressed_is_large_enough(name: str, public: str, browser: Browser) -> None:
    """44 px, and 60 px for what matters most at the largest size (适老化通用设计规范); links in running text aside."""
    with visit(browser, public + PAGES[name], 320) as seen:
        seen.page.click("#opener")
        seen.page.evaluate("(document.getElementById('player') || {}).hidden = false")
        for size, main in (("standard", 44), ("largest", 60)):
            seen.page.evaluate("size => document.documentElement.setAttribute('data-size', size)", size)
            found = seen.page.evaluate(PRESSED)
            assert len(found) > 10
            small = [each for each in found if each[2] < (main if each[1] else 44) - 0.5 or each[3] < 30]
            assert small == [], size


PRESSED = """() => {
    const inText = "p:not(.paper) a, .heading a, li p a, sup a, .facts a, .others a, .skip";
    const shown = [...document.querySelectorAll("a, button, input, select, [tabindex='0']")]
        .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.matches(inText));
    return shown.map(each => [each.textContent.slice(0, 20), each.matches("button, input, select, .ways a, .jumps a"),
        each.getBoundingClientRect().height, each.getBoundingClientRect().width]);
}"""


@pytest.mark.parametrize("name", ["home", "article"])
@pytest.mark.parametrize("audience", Audience)
def test_a_page_weighs_less_than_100_kb(
    name: str, audience: Audience, addresses: dict[Audience, str], browser: Browser
) -> None:
    """All that it loads but pictures, not compressed."""
    with visit(browser, "about:blank/" + addresses[audience][7:]) as seen:
        sizes: dict[str, int] = {}
        seen.page.on(
            "response",
            lambda got: sizes.update({got.url: len(got.body())} if "image" not in got.headers["content-type"] else {}),
        )
        seen.page.goto(addresses[audience] + PAGES[name], wait_until="networkidle")
        assert len(sizes) >= 4
        assert sum(sizes.values()) < 100_000


def test_the_system_decides_where_the_reader_has_not(public: str, browser: Browser) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    with visit(browser, public + PAGES["article"]) as seen:
        seen.page.emulate_media(color_scheme="light")
        light = seen.page.evaluate(paper)
        seen.page.emulate_media(color_scheme="dark")
        assert seen.page.evaluate(paper) != light
        seen.page.wait_for_selector("button[value=dark][aria-pressed=true]")
        seen.page.click("button[value=light]")
        assert seen.page.evaluate(paper) == light


def test_forced_colours_still_show_what_is_pressed(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["home"]) as seen:
        seen.page.emulate_media(forced_colors="active")
        pressed, other = seen.page.evaluate(
            "['standard', 'large'].map(each => getComputedStyle(document.querySelector(`button[value=${each}]`)).backgroundColor)"
        )
        assert pressed != other


def test_the_masthead_has_its_printed_face_without_another_file(public: str, browser: Browser) -> None:
    faces = "document.fonts.ready.then(() => [...document.fonts].map(each => `${each.family} ${each.status}`))"
    with visit(browser, public + PAGES["home"]) as seen:
        assert seen.page.evaluate(faces) == ["Masthead loaded"]
        assert seen.faults == []


def test_printed_an_article_is_its_text_on_a4_in_black(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["article"], theme="dark", size="largest") as seen:
        document = pdfium.PdfDocument(BytesIO(seen.page.pdf(prefer_css_page_size=True, print_background=True)))
        seen.page.emulate_media(media="print")
        colours = json.loads(
            seen.page.evaluate(
                "JSON.stringify([...document.querySelectorAll('.body *, h1, .facts')].map(each => getComputedStyle(each).color))"
            )
        )
    text = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert "表格图片脚注样样都有" in text
    assert "第二条注释" in text
    assert "内部资料" not in text
    for furniture in ("搜索", "只看正文", "本文目录", "上一篇", "当前位置", "跳到正文", "网站地图"):
        assert furniture not in text
    assert "example.org" not in text  # addresses of links are not printed into the text
    assert set(colours) == {"rgb(0, 0, 0)"}


def test_the_intranet_says_on_every_page_that_it_is_internal(sites: dict[Audience, Path]) -> None:
    for audience, marked in ((Audience.INTRANET, True), (Audience.PUBLIC, False)):
        for path in sites[audience].rglob("*.html"):
            text = path.read_text("utf-8")
            assert ('class="internal"' in text) == marked, path
            assert marked <= ('name="robots" content="noindex' in text), path
