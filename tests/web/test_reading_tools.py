"""Sizes, colours, reading mode, reading aloud, keys: in a real browser, with a voice that only writes down what it is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bulletin.model.audience import Audience
from bulletin.prove.passages import squeezed
from bulletin.prove.web.reading import read_page
from tests.browsers import visit
from tests.web.kinds import PAGES

pytestmark = pytest.mark.slow

VOICES = {
    "here": '{ lang: "zh-CN", name: "本机", localService: true }',
    "elsewhere": '{ lang: "zh-CN", name: "远处", localService: false }',
    "english": '{ lang: "en-GB", name: "English", localService: true }',
}
STUB = """
    window.said = [];
    window.cancelled = 0;
    window.SpeechSynthesisUtterance = function (text) { this.text = text };
    const voices = [VOICE];
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => voices, addEventListener: () => {},
        speak: each => { window.said.push(each) }, cancel: () => { window.cancelled += 1 },
    } });
"""


def stub(voice: str) -> str:
    return STUB.replace("VOICE", VOICES[voice])


def size(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).fontSize"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent || document.activeElement.name"))


def told(page: Page) -> str:
    return page.locator("#told").inner_text()


def read_on(page: Page) -> None:
    """The voice has ended its sentence."""
    page.evaluate("said[said.length - 1].onend()")


def test_the_keyboard_reaches_everything_in_order(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["article"]) as seen:
        reached = []
        for _ in range(17):
            seen.page.keyboard.press("Tab")
            reached.append(focused(seen.page).strip())
            ring = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring == "solid", reached
    assert reached == ["跳到正文", "银龄工作动态", "首页", "往期", "分类", "帮助", "q", "搜索", "标准", "大", "特大", "白底黑字", "夜间", "黑底白字", "只看正文", "恢复默认", "首页"]  # fmt: skip


def test_the_first_link_leads_past_the_head(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["article"]) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_choice_is_made_by_key_told_and_kept(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["home"]) as seen:
        page = seen.page
        page.focus("button[value=large]")
        page.keyboard.press("Enter")
        assert size(page) == "24px"
        assert told(page) == "字号：大，已选"
        page.focus("button[value=contrast]")
        page.keyboard.press("Space")
        page.goto(public + PAGES["article"])
        assert size(page) == "24px"
        assert page.get_attribute("button[value=contrast]", "aria-pressed") == "true"
        page.click("#reset")
        assert size(page) == "20px"
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert page.get_attribute("html", "data-theme") is None


def test_what_was_chosen_is_there_before_anything_is_shown(public: str, browser: Browser) -> None:
    """The script in the head is enough; the other one may come late, or never."""
    with visit(browser, public + PAGES["home"], size="largest", theme="dark") as seen:
        seen.page.route("**/reading*.js", lambda route: route.abort())
        seen.page.goto(public + PAGES["article"])
        assert size(seen.page) == "30px"
        assert seen.page.get_attribute("html", "data-theme") == "dark"


def test_a_browser_that_keeps_nothing_still_changes_the_page(public: str, browser: Browser) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused') } })"
    with visit(browser, public + PAGES["article"], first=refuse) as seen:
        seen.page.click("button[value=largest]")
        assert size(seen.page) == "30px"
        seen.page.click("#reset")
        assert size(seen.page) == "20px"
        assert seen.faults == []


def test_only_the_text_is_shown_where_the_reader_wants_that(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["article"]) as seen:
        page = seen.page
        page.click("button[data-choose=plain]")
        for selector in (".ways", ".trail", ".facts", ".contents", ".around", ".foot", "#search"):
            assert not page.locator(selector).is_visible(), selector
        assert page.locator("h1").is_visible()
        assert page.locator(".notes").is_visible()
        page.goto(public + PAGES["home"])
        assert page.locator(".ways").is_visible(), "pages that lead to others are not laid bare"
        page.goto(public + "2026/10/01/index.html")
        assert not page.locator(".foot").is_visible()
        page.click("button[data-choose=plain]")
        assert page.locator(".foot").is_visible()
        assert told(page).endswith("已取消")


def test_on_a_telephone_the_tools_open_by_one_button(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["home"], 320) as seen:
        opener = seen.page.locator("#opener")
        assert not seen.page.locator("button[value=large]").is_visible()
        opener.click()
        assert opener.get_attribute("aria-expanded") == "true"
        assert seen.page.locator("button[value=large]").is_visible()


def test_the_slash_leads_to_the_search_box_unless_it_is_turned_off(public: str, browser: Browser) -> None:
    with visit(browser, public + PAGES["help"]) as seen:
        page = seen.page
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        assert page.input_value("[name=q]") == ""
        page.keyboard.press("/")
        assert page.input_value("[name=q]") == "/"
        page.click("button[data-choose=keys]")
        page.goto(public + PAGES["article"])
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") != "q"


@pytest.mark.parametrize("path", ["2026/09/04/index.html", "2026/10/01/index.html", "2026/09/index.html"])
def test_all_of_a_text_is_read_aloud_sentence_by_sentence(
    path: str, public: str, sites: dict[Audience, Path], browser: Browser
) -> None:
    with visit(browser, public + path, first=stub("here")) as seen:
        page = seen.page
        page.click("#speak")
        while page.locator("#player").is_visible():
            read_on(page)
        said = page.evaluate("said.map(each => each.text)")
        assert told(page) == "读完了"
        assert page.evaluate("said.every(each => each.lang === 'zh-CN' && each.voice.name === '本机')")
        shown = page.evaluate("""() => {
            const copy = document.querySelector("[data-read]").cloneNode(true);
            copy.querySelectorAll("sup, nav, .facts, .mark").forEach(each => each.remove());
            return copy.textContent;
        }""")
        assert seen.faults == []
    assert max(map(len, said)) <= 150
    assert len(said) > 5

    def words(text: str) -> str:
        return "".join(filter(str.isalnum, squeezed(text)))

    assert words("".join(said)).replace("1.", "") in (
        words(shown),
        words(shown).replace("子", "1子").replace("丑", "2丑"),
    )
    whole = words(read_page((sites[Audience.PUBLIC] / path).read_text("utf-8")).text)
    assert len(words("".join(said))) >= 0.95 * len(whole)


def test_the_sentence_that_is_read_is_marked_and_the_text_is_not_changed(public: str, browser: Browser) -> None:
    marked = "[...CSS.highlights.get('spoken')].map(String).join('')"
    with visit(browser, public + "2026/10/01/index.html", first=stub("here")) as seen:
        page = seen.page
        before = page.evaluate("document.querySelector('article').innerHTML")
        page.click("#speak")
        for _ in range(8):
            read_on(page)
            assert page.evaluate(marked) == page.evaluate("said[said.length - 1].text")
        assert page.evaluate("document.querySelector('article').innerHTML") == before
        page.keyboard.press("Escape")
        assert not page.locator("#player").is_visible()
        assert not page.evaluate("CSS.highlights.has('spoken')")
        assert told(page) == "已结束朗读"


def test_without_highlights_the_paragraph_is_marked(public: str, browser: Browser) -> None:
    old = stub("here") + "; Object.defineProperty(CSS, 'highlights', { value: undefined })"
    with visit(browser, public + "2026/10/01/index.html", first=old) as seen:
        seen.page.click("#speak")
        assert seen.page.locator(".spoken").count() == 1
        seen.page.click("#stop")
        assert seen.page.locator(".spoken").count() == 0


def test_reading_is_paused_and_goes_on_with_the_same_sentence(public: str, browser: Browser) -> None:
    with visit(browser, public + "2026/10/01/index.html", first=stub("here")) as seen:
        page = seen.page
        page.click("#speak")
        read_on(page)
        page.click("#pause")
        assert page.locator("#pause").inner_text() == "继续"
        read_on(page)  # browsers report the end of what was cancelled: it must not go on
        count = page.evaluate("said.length")
        page.click("#pause")
        texts = page.evaluate("said.map(each => each.text)")
        assert (len(texts), texts[-1]) == (count + 1, texts[-2])
        page.click("#forward")
        page.click("#back")
        texts = page.evaluate("said.map(each => each.text)")
        assert texts[-1] == texts[-3]
        page.focus("#stop")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "speak"


def test_reading_begins_where_the_reader_is(public: str, browser: Browser) -> None:
    with visit(browser, public + "2026/10/01/index.html", first=stub("here")) as seen:
        page = seen.page
        page.evaluate("document.querySelectorAll('.body h2')[1].scrollIntoView({ behavior: 'instant' })")
        page.evaluate("document.getElementById('speak').click()")
        assert page.evaluate("said[0].text") == page.locator(".body h2").nth(1).inner_text()


def test_leaving_the_page_ends_the_voice(public: str, browser: Browser) -> None:
    with visit(browser, public + "2026/10/01/index.html", first=stub("here")) as seen:
        seen.page.click("#speak")
        ended = seen.page.evaluate(
            "(() => { const before = cancelled; dispatchEvent(new Event('pagehide')); return cancelled > before })()"
        )
        assert ended
        assert not seen.page.locator("#player").is_visible()


@pytest.mark.parametrize(
    ("audience", "voice", "offered"),
    [
        (Audience.PUBLIC, "here", True),
        (Audience.PUBLIC, "elsewhere", True),
        (Audience.PUBLIC, "english", False),
        (Audience.INTRANET, "here", True),
        (Audience.INTRANET, "elsewhere", False),
    ],
)
def test_reading_is_offered_only_where_there_is_a_fit_voice(
    audience: Audience, voice: str, offered: bool, addresses: dict[Audience, str], browser: Browser
) -> None:
    """On the intranet no voice that sends the text to another's computers."""
    with visit(browser, addresses[audience] + "2026/10/01/index.html", first=stub(voice)) as seen:
        assert seen.page.locator("#speak").is_visible() is offered


def test_the_early_script_is_the_same_text_in_a_page_as_by_itself(sites: dict[Audience, Path]) -> None:
    """Nothing in it is escaped, so no template needs to trust a text."""
    early = (Path(__file__).resolve().parents[2] / "assets/js/early.js").read_text("utf-8").strip()
    assert not set("<>&\"'") & set(early)
    for path in sites[Audience.PUBLIC].rglob("*.html"):
        assert f"<script>{early}</script>" in path.read_text("utf-8"), json.dumps(str(path))
