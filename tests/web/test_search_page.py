"""The search page in Chromium, from a server and from a folder: it finds what reading every text finds, in the right order, and says so."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from bulletin.model.audience import Audience
from bulletin.prove.web.search.tokens import hash_of, tokens_in
from bulletin.render.web.frame import make_frame
from bulletin.render.web.servers import content_security_policy
from tests.browsers import visit
from tests.conftest import REPOSITORY, Make, article
from tests.searching import Searched, expected, make_searched, pattern_of, write_files, write_searched_archive
from tests.sites import serving
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.slow
SCRIPT = REPOSITORY / "assets/js/search.js"
PATH = "search/index.html"


@dataclass(frozen=True, slots=True)
class SearchSite:
    """A site to search, and where its home page is: on a server, and in its folder."""

    searched: Searched
    served: str
    folder: str


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], SearchSite]]:
    """Makes the site of a publication, in volumes of some 40 articles, and serves it."""
    servers = []

    def made(root: Path) -> SearchSite:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bulletin.compose.search.VOLUME_ARTICLES", 40)
            searched = make_searched(root)
        folder = write_files(searched.files.values(), tmp_path_factory.mktemp("site"))
        servers.append(serving(folder))
        return SearchSite(searched, servers[-1].__enter__(), f"{folder.as_uri()}/")

    yield made
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture(scope="module")
def site(site_of: Callable[[Path], SearchSite], tmp_path_factory: pytest.TempPathFactory) -> SearchSite:
    """An archive of 96 articles in two volumes."""
    made = site_of(write_searched_archive(tmp_path_factory.mktemp("archive")))
    assert len(made.searched.volumes) == 2
    return made


@pytest.fixture(params=["server", "folder"], scope="module")
def kept_page(request: pytest.FixtureRequest, site: SearchSite, browser: Browser) -> Iterator[Page]:
    """The search page, for one query after another."""
    home = site.served if request.param == "server" else site.folder
    with visit(browser, home + PATH) as seen:
        yield seen.page
        assert seen.faults == []


@pytest.fixture(params=["server", "folder"])
def page(request: pytest.FixtureRequest, site: SearchSite, browser: Browser) -> Iterator[Page]:
    """The search page, on which nothing may go wrong."""
    home = site.served if request.param == "server" else site.folder
    with visit(browser, home + PATH) as seen:
        seen.page.wait_for_selector("#filters:not([hidden])")
        yield seen.page
        assert seen.faults == []


ALL = """async query => {
  history.pushState(100000, "", query);
  dispatchEvent(new PopStateEvent("popstate"));
  const told = document.getElementById("status"), more = document.getElementById("more");
  while (told.textContent.includes("正在") || !more.hidden) await new Promise(go => setTimeout(go, 2));
  const links = [...document.querySelectorAll("#results h2 a")];
  return [told.textContent, links.map(link => link.getAttribute("href"))];
}"""
"""Searches as the back button would, with all results shown."""


def find_all(page: Page, query: str) -> tuple[str, list[str]]:
    """What the page says, and the addresses of the articles that it lists."""
    told, links = page.evaluate(ALL, f"?q={quote(query)}")
    found = [re.search(r"(?:^|/)(\d{4}/s?\d+/\d+)/index\.html", link) for link in links]
    assert all(found)
    return told, [each[1] for each in found if each]


def search(page: Page, query: str) -> str:
    """What the page says after the reader has typed the words and pressed Enter."""
    page.fill("#q", query)
    page.press("#q", "Enter")
    return told(page)


def told(page: Page) -> str:
    page.wait_for_function("!document.getElementById('status').textContent.includes('正在')")
    return page.inner_text("#status")


def assert_finds(page: Page, searched: Searched, query: str, phrases: list[str]) -> int:
    """The page lists exactly the articles that hold the phrases, in order, and says how many."""
    said, found = find_all(page, query)
    wanted = expected(searched, phrases)
    assert found == wanted, query
    assert f"共 {len(wanted)} 篇" in said if wanted else "没有找到" in said
    return len(wanted)


QUERIES = {
    "红枫行动": ["红枫行动"],
    "规范化建设": ["规范化建设"],
    "范化建": ["范化建"],
    "134": ["134"],
    "１３４": ["134"],
    "34": ["34"],
    "铁岭县": ["铁岭县"],
    "铁岭县委老干部局": ["铁岭县委老干部局"],
    "学习": ["学习"],
    "张克": ["张克"],
    "欧阳海棠": ["欧阳海棠"],
    "㐂田一": ["㐂田一"],
    "的": ["的"],
    "龘": ["龘"],
    "7": ["7"],
    "2008年": ["2008年"],
    "2008 年": ["2008", "年"],
    "2018年7月13日": ["2018年7月13日"],
    "7月13日": ["7月13日"],
    "COVID-19": ["covid-19"],
    "covid 19": ["covid", "19"],
    "GB/T 9704": ["gb/t", "9704"],
    '"GB/T 9704"': ["gb/t 9704"],
    "5g手机": ["5g手机"],
    "deep": ["deep"],
    "dee": ["dee"],
    "“deep learning”": ["deep learning"],
    "1.5万": ["1.5万"],
    "12.6万平方米": ["12.6万平方米"],
    "㎡": ["m2"],
    "75%": ["75%"],
    "五求、五心": ["五求、五心"],
    "五求，五心": ["五求、五心"],
    "五求五心": ["五求五心"],
    "“五求、五心”工作法": ["五求、五心”工作法"],
    "中办发〔2019〕10号": ["中办发〔2019〕10号"],
    "扎实开展红枫行动": ["扎实开展红枫行动"],
    "老有所为老有所乐": ["老有所为老有所乐"],
    "红枫行动 铁岭县": ["红枫行动", "铁岭县"],
    "　铁岭县　 “规范化建设”  134 ": ["铁岭县", "规范化建设", "134"],
    "「活到老、学到老」": ["活到老、学到老"],
    "《红枫行动》": ["红枫行动"],
    "党建": ["党建"],
    "一个红色的": ["一个红色的"],
    "按照GB/T 9704—2012排印，用纸": ["按照gb/t", "9704—2012排印，用纸"],
    "离退休干部党支部规范化建设走在前列": ["离退休干部党支部规范化建设走在前列"],
}


@pytest.mark.parametrize("query", QUERIES)
def test_what_readers_look_for(kept_page: Page, site: SearchSite, query: str) -> None:
    assert_finds(kept_page, site.searched, query, QUERIES[query])


def cuttings(searched: Searched, count: int) -> Iterator[tuple[str, list[str]]]:
    """Queries cut from the texts at random, and some put together from two places, which are seldom anywhere."""
    chance = random.Random(75)
    passages = [passage for text in searched.texts for passage in (*text.titles, *text.passages)]
    while count:
        cut = _cut(chance, passages) + (_cut(chance, passages) if chance.random() < 0.15 else "")
        if pattern_of(cut).pattern and not re.search(r"[\"“”「」『』\s]", cut):
            count -= 1
            other = _cut(chance, passages)
            if chance.random() < 0.2 and pattern_of(other).pattern and not re.search(r"[\"“”「」『』\s]", other):
                yield f"{cut} {other}", [cut, other]
            else:
                yield cut, [cut]


def _cut(chance: random.Random, passages: list[str]) -> str:
    passage = chance.choice(passages)
    start = chance.randrange(len(passage))
    return passage[start : start + chance.choice((1, 2, 2, 3, 4, 5, 8, 14))]


def found_by_cuttings(browser: Browser, site: SearchSite, count: int) -> list[int]:
    with visit(browser, site.served + PATH) as seen:
        return [assert_finds(seen.page, site.searched, *cut) for cut in cuttings(site.searched, count)]


def test_hundreds_of_queries_find_what_reading_everything_finds(browser: Browser, site: SearchSite) -> None:
    counts = found_by_cuttings(browser, site, 400)
    assert 0 in counts
    assert 1 in counts
    assert max(counts) > 60


def test_queries_on_the_sample(browser: Browser, site_of: Callable[[Path], SearchSite]) -> None:
    assert max(found_by_cuttings(browser, site_of(REPOSITORY), 100)) > 10


def test_queries_on_the_real_issue(browser: Browser, site_of: Callable[[Path], SearchSite], seed: Path) -> None:
    real = site_of(seed)
    found_by_cuttings(browser, real, 100)
    with visit(browser, real.served + PATH) as seen:
        for query in ("红枫行动", "规范化建设", "134", "铁岭县", "疫情", "书记", "五求、五心", "中办发"):
            assert assert_finds(seen.page, real.searched, query, [query])


VARIED = ((1, 0x3410), (0x4DB0, 0x4E10), (0x9FF0, 0xAC10), (0xD7A0, 0x10400), (0x16F00, 0x17000), (0x1D000, 0x1D800), (0x1E000, 0x1F300),
          (0x1FFF0, 0x20010), (0x2F7F0, 0x2FA30), (0x323A0, 0x323C0))  # fmt: skip
"""Where characters are of many kinds, and where blocks of Han begin and end."""


def test_script_and_index_fold_every_character_alike(browser: Browser, site: SearchSite) -> None:
    """Units and pairs of each character between others: as the page makes them, and as they are in the index; but for characters
    that Python's Unicode does not have yet."""
    script = SCRIPT.read_text("utf-8")
    part = script[script.index("const KINDS") : script.index("/** The terms of a query")]
    run = f"""([first, last]) => {{
      {part}
      const found = [];
      for (let code = first; code < last; code += 1) {{
        const character = code >= 0xd800 && code < 0xe000 ? "" : String.fromCodePoint(code);
        const units = unitsOf(`中${{character}}7${{character}}7 a${{character}}a文`).map((each) => each.unit);
        found.push([...units, ...units.map((unit, place) => unit && units[place + 1] && unit + units[place + 1])]);
      }}
      return found;
    }}"""
    with visit(browser, site.served + PATH) as seen:
        for first, last in VARIED:
            for code, tokens in enumerate(seen.page.evaluate(run, [first, last]), start=first):
                character = "" if 0xD800 <= code < 0xE000 else chr(code)
                if not character or unicodedata.category(character) != "Cn":
                    there = tokens_in([f"中{character}7{character}7 a{character}a文"])
                    assert {*filter(None, tokens)} == there, hex(code)


def test_a_phrase_must_stand_together(make: Make, browser: Browser, site_of: Callable[[Path], SearchSite]) -> None:
    """The index leads to an article that has all pairs of a phrase apart; its text is read, and it is left out."""
    body = "红枫叶。枫行道。行动快。\n\n他说：“动行枫红。”"
    there = site_of(make({"issues/2026-01/01-report.md": article(body)}))
    with visit(browser, there.served + PATH) as seen:
        assert "没有找到" in find_all(seen.page, "红枫行动")[0]
        assert find_all(seen.page, "红枫")[1] == ["2026/01/01"]


def test_ten_at_a_time_then_more(page: Page, site: SearchSite) -> None:
    wanted = expected(site.searched, ["红枫行动"])
    assert len(wanted) > 20
    said = search(page, "红枫行动")
    assert re.search(r"约 \d+ 篇，已列出 10 篇", said)
    assert page.locator("#results > li").count() == 10
    page.focus("#more")
    page.press("#more", "Enter")
    page.wait_for_function("document.querySelectorAll('#results > li').length === 20")
    assert f"/{wanted[10]}/index.html" in page.evaluate("document.activeElement.href")
    page.evaluate("() => { for (let times = 0; times < 3; times += 1) document.getElementById('more').click() }")
    page.wait_for_function("document.querySelectorAll('#results > li').length === 30")
    while page.is_visible("#more"):
        before = page.locator("#results > li").count()
        page.click("#more")
        page.wait_for_function("before => document.querySelectorAll('#results > li').length > before", arg=before)
    assert told(page) == f"“红枫行动”：共 {len(wanted)} 篇，题目里有的在前，其余从新到旧。"
    links = page.eval_on_selector_all("#results h2 a", "links => links.map(link => link.href)")
    assert [f"/{path}/index.html" in link for path, link in zip(wanted, links, strict=True)] == [True] * len(wanted)


def test_exact_at_once_where_the_index_cannot_err(page: Page, site: SearchSite) -> None:
    """Words of two characters, single ones, numbers with what follows."""
    for query in ("老有", "的", "134"):
        said = search(page, query)
        assert f"共 {len(expected(site.searched, [query]))} 篇，已列出 10 篇" in said


def test_titles_come_first_then_the_newest_issue(page: Page, site: SearchSite) -> None:
    """The articles of an issue stand as they do there: the leaders' speeches before the reports."""

    def by_issue(paths: list[str]) -> list[str]:
        return sorted(sorted(paths), key=lambda path: path.rsplit("/", 1)[0], reverse=True)

    _, found = find_all(page, "红枫行动")
    titled = [card.path for card in site.searched.cards if "红枫行动" in card.title]
    assert set(found[: len(titled)]) == set(titled) != set(found)
    assert found == by_issue(titled) + by_issue(found[len(titled) :])
    assert found != sorted(found, reverse=True)


def test_what_was_found_is_marked(page: Page) -> None:
    search(page, "五求、五心 2008年")
    marks = set(page.locator("#results mark").all_inner_texts())
    assert marks <= {"五求、五心", "2008年", "2008 年"}
    assert {"五求、五心", "2008 年"} <= marks
    first = page.locator("#results > li").first
    assert first.locator(".summary").count() <= 2
    assert all(len(text) < 180 for text in page.locator("#results .summary").all_inner_texts())


def test_an_excerpt_of_a_long_passage_begins_near_the_find(
    make: Make, browser: Browser, site_of: Callable[[Path], SearchSite]
) -> None:
    rare = "𬇙𠮷"
    body = "甲乙丙丁戊己庚" * 30 + "𠮷" * 40 + f"要找的{rare}在这里" + "𠮷" * 150
    there = site_of(make({"issues/2026-01/01-report.md": article(body)}))
    with visit(browser, there.served + PATH) as seen:
        search(seen.page, f"找的{rare}在")
        (text,) = seen.page.locator("#results .summary").all_inner_texts()
        assert re.fullmatch(f"……𠮷+要找的{rare}在这里𠮷+……", text)
        assert seen.page.locator("#results mark").all_inner_texts() == [f"找的{rare}在"]


def test_an_excerpt_begins_and_ends_at_punctuation(
    make: Make, browser: Browser, site_of: Callable[[Path], SearchSite]
) -> None:
    """Where it is cut, …… says so, with no comma before it; where it is not, there is nothing."""
    before, after = "前面的话很长很长很长，" * 9, "后面的话也很长很长；" * 14
    body = f"{before}他们说：“红枫正红。”{after}\n\n短的一段，银杏也黄了。\n\n{before}石榴熟了。\n\n腊梅开了，{after}"
    there = site_of(make({"issues/2026-01/01-report.md": article(body)}))
    wanted = {
        "红枫": r"……(前面的话很长很长很长，)+他们说：“红枫正红。”(后面的话也很长很长；)+后面的话也很长很长……",
        "银杏": "短的一段，银杏也黄了。",
        "石榴": "……(前面的话很长很长很长，)+石榴熟了。",
        "腊梅": "腊梅开了，(后面的话也很长很长；)+后面的话也很长很长……",
    }
    with visit(browser, there.served + PATH) as seen:
        for query, pattern in wanted.items():
            search(seen.page, query)
            (text,) = seen.page.locator("#results .summary").all_inner_texts()
            assert re.fullmatch(pattern, text), text
            assert len(text) < 150


def test_few_results_are_counted_exactly(make: Make, browser: Browser, site_of: Callable[[Path], SearchSite]) -> None:
    """A phrase of the index is at first a guess; once all texts have been read, the count is true."""
    files = {f"issues/2026-01/0{place}-a.md": article("铁岭县委老干部局牵头。") for place in range(1, 5)}
    files["issues/2026-01/05-a.md"] = article("铁岭县委。县委老干部局。")
    there = site_of(make(files))
    with visit(browser, there.served + PATH) as seen:
        assert search(seen.page, "铁岭县委老干部局").startswith("“铁岭县委老干部局”：共 4 篇")
        links = seen.page.eval_on_selector_all("#results h2 a", "links => links.map(link => link.pathname)")
        wanted = expected(there.searched, ["铁岭县委老干部局"])
        assert links == [f"/{path}/index.html" for path in wanted]
        assert wanted == sorted(wanted)


def test_the_page_says_that_numbers_are_found_whole(page: Page) -> None:
    assert "数字要写完整" in page.inner_text(".hint")
    assert "没有找到" not in search(page, "1340")
    assert search(page, "134").split("共 ")[1] != search(page, "1340").split("共 ")[1]
    assert "没有找到" not in search(page, "2134")
    assert "没有找到" in search(page, "213")


def test_text_is_shown_as_text(make: Make, browser: Browser, site_of: Callable[[Path], SearchSite]) -> None:
    body = r"代码\<img src=x onerror=alert(1)\>和“&lt;b&gt;”都是字。"
    there = site_of(make({"issues/2026-01/01-report.md": article(body)}))
    with visit(browser, there.served + PATH) as seen:
        search(seen.page, "都是字")
        assert "代码<img src=x onerror=alert(1)>和“<b>”都是字。" in seen.page.inner_text("#results")
        assert seen.page.locator("#results img").count() == 0
        search(seen.page, "<b>没有的")
        assert "“<b>没有的”：没有找到" in told(seen.page)
        assert seen.faults == []


def test_a_result_leads_to_the_place(page: Page) -> None:
    search(page, "扎实开展")
    link = page.locator("#results h2 a").first
    assert not urlsplit(link.get_attribute("href") or "").fragment
    search(page, "COVID-19期间")
    link = page.locator("#results h2 a").first
    assert (link.get_attribute("href") or "").endswith("/index.html#:~:text=COVID%2D19%E6%9C%9F%E9%97%B4")
    link.click()
    page.wait_for_url("**/index.html*")
    assert "COVID-19期间" in page.inner_text("main")


def test_the_address_says_what_was_searched(page: Page, site: SearchSite) -> None:
    """And the back button goes through it."""
    plain = page.title()
    search(page, "红枫行动")
    assert page.title() == f"“红枫行动”——{plain}"
    page.select_option("[name=year]", "2019")
    assert "没有" not in told(page)
    page.select_option("[name=kind]", label="领导讲话")
    told(page)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["红枫行动"], "year": ["2019"], "kind": ["领导讲话"]}
    page.go_back()
    page.wait_for_function("document.querySelector('[name=kind]').value === ''")
    assert page.input_value("[name=year]") == "2019"
    page.go_back()
    page.wait_for_function("document.querySelector('[name=year]').value === ''")
    page.go_back()
    page.wait_for_function("document.getElementById('q').value === ''")
    assert page.title() == plain
    assert page.locator("#results > li").count() == 0
    page.go_forward()
    page.wait_for_function("document.querySelectorAll('#results > li').length === 10")
    assert page.input_value("#q") == "红枫行动"


def test_results_are_there_again_after_reading_one(page: Page) -> None:
    search(page, "红枫行动")
    page.click("#more")
    page.wait_for_function("document.querySelectorAll('#results > li').length === 20")
    page.locator("#results h2 a").nth(15).click()
    page.wait_for_selector("article")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('#results > li').length === 20")


def test_filters(page: Page, site: SearchSite) -> None:
    """By year, kind and unit, one at a time and together; they offer what there is, in order."""
    cards = {card.path: card for card in site.searched.cards}
    assert page.locator("[name=year] option").all_inner_texts() == ["全部", "2021", "2020", "2019", "2018"]
    assert page.locator("[name=kind] option").all_inner_texts() == ["全部", "经验交流材料", "领导讲话"]
    units = page.locator("[name=unit] option").all_inner_texts()
    assert set(units[1:]) == {card.organization for card in cards.values()} - {""}
    assert units[1] == "中共昌图县委老干部局"  # by sound
    wanted = expected(site.searched, ["红枫行动"])
    _, everything = page.evaluate(ALL, "?q=红枫行动")
    _, in_year = page.evaluate(ALL, "?q=红枫行动&year=2020")
    _, of_kind = page.evaluate(ALL, "?q=红枫行动&kind=经验交流材料")
    _, of_unit = page.evaluate(ALL, "?q=红枫行动&unit=中共铁岭县委老干部局")
    year = next(path[:4] for path in wanted if cards[path].organization == "中共铁岭县委老干部局")
    _, together = page.evaluate(ALL, f"?q=红枫行动&unit=中共铁岭县委老干部局&year={year}&kind=经验交流材料")
    assert len(everything) == len(wanted)
    assert len(in_year) == sum(path.startswith("2020/") for path in wanted)
    assert len(of_kind) == sum(cards[path].section == "report" for path in wanted)
    assert len(of_unit) == sum(cards[path].organization == "中共铁岭县委老干部局" for path in wanted)
    assert set(together) == set(of_unit) & {link for link in everything if f"/{year}/" in link} != set()
    assert page.input_value("[name=unit]") == "中共铁岭县委老干部局"
    said, none = page.evaluate(ALL, "?q=红枫行动&unit=没有的单位&year=1999")
    assert (none, "改回“全部”" in said) == ([], True)
    assert (page.input_value("[name=unit]"), page.input_value("[name=year]")) == ("没有的单位", "1999")


def test_what_cannot_be_searched(page: Page) -> None:
    assert search(page, "。") == "标点符号不能查找，请输入字词或数字。"
    assert search(page, "……《》") == "标点符号不能查找，请输入字词或数字。"
    assert "没有找到。请看看有没有错字" in search(page, "没有这样的话")
    assert search(page, "   ") == ""
    assert not page.is_visible("#more")


def test_loaded_is_little(browser: Browser, site: SearchSite) -> None:
    """For a phrase of four: of each volume the table and three shards, once; and the texts of the articles that are listed."""
    with visit(browser, site.served + PATH) as seen:
        seen.page.wait_for_selector("#filters:not([hidden])")
        asked = loaded_scripts(seen.page)
        search(seen.page, "红枫行动")
        assert len(asked) == len(set(asked))
        shards = {hash_of(token) % len(site.searched.volumes[0].shards) for token in ("红枫", "枫行", "行动")}
        assert sum(path.startswith("/search/") for path in asked) == len(shards) * len(site.searched.volumes)
        assert (
            sum(path.endswith("/text.js") for path in asked)
            == 10
            == len(asked) - len(shards) * len(site.searched.volumes)
        )
        asked.clear()
        search(seen.page, "铁岭县")
        asked.clear()
        search(seen.page, "红枫行动")
        assert asked == []


def test_a_long_phrase_loads_no_more(browser: Browser, site_of: Callable[[Path], SearchSite]) -> None:
    """Some of its pairs are looked up, from all of its length; the rest is the texts' affair."""
    there = site_of(REPOSITORY)
    assert len(there.searched.volumes[0].shards) > 8
    phrase = max((passage for text in there.searched.texts for passage in text.passages), key=len)[:120]
    with visit(browser, there.served + PATH) as seen:
        seen.page.wait_for_selector("#filters:not([hidden])")
        asked = loaded_scripts(seen.page)
        assert find_all(seen.page, phrase)[0].endswith("：共 1 篇。")
        assert 3 < sum(path.startswith("/search/") for path in asked) <= 8


def loaded_scripts(page: Page) -> list[str]:
    """The paths of the scripts that the page loads from now on."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(urlsplit(sent.url).path) if sent.resource_type == "script" else None)
    return asked


def failing(page: Page, pattern: str, content: str | None = None) -> None:
    def answer(route: Route) -> None:
        if content is None:
            route.abort()
        else:
            route.fulfill(content_type="text/html", body=content)

    page.route(pattern, answer)


def test_a_volume_that_cannot_be_loaded_is_named(browser: Browser, site: SearchSite) -> None:
    newer = [path for path in expected(site.searched, ["红枫行动"]) if path[:4] in ("2020", "2021")]
    with visit(browser, site.served + PATH) as seen:
        failing(seen.page, "**/search/2018-2019/*")
        said, found = find_all(seen.page, "红枫行动")
        assert found == newer
        assert "2018-2019年的搜索数据没有打开，结果不全。请检查网络" in said
        seen.page.unroute("**/search/2018-2019/*")
        seen.page.click("#search button")
        seen.page.wait_for_function("!document.getElementById('status').textContent.includes('没有打开')")
        assert find_all(seen.page, "红枫行动")[1] == expected(site.searched, ["红枫行动"])


def test_a_part_of_before_an_update_is_asked_for_once_more(browser: Browser, site: SearchSite) -> None:
    """A browser may keep under a new address what a server still had of old; the page asks past it, and takes only what it asked for."""
    volume = site.searched.volumes[0]
    shard = volume.shard_path(hash_of("红枫") % len(volume.shards))
    right = site.searched.files[shard].content.decode()
    stale = right.replace(right[10:16], "000000", 1)
    with visit(browser, site.served + PATH) as seen:
        asked: list[str] = []
        seen.page.on("request", lambda sent: asked.append(sent.url) if sent.url.endswith("again") else None)
        seen.page.route(
            re.compile(f"{shard}.*d=[0-9a-f]{{6}}$"),
            lambda route: route.fulfill(content_type="text/javascript", body=stale),
        )
        assert_finds(seen.page, site.searched, "红枫行动", ["红枫行动"])
        assert [urlsplit(url).path for url in asked] == [f"/{shard}"]
    with visit(browser, site.served + PATH) as seen:
        seen.page.route(f"**/{shard}*", lambda route: route.fulfill(content_type="text/javascript", body=stale))
        assert f"{volume.name}年的搜索数据没有打开，结果不全" in find_all(seen.page, "红枫行动")[0]


@pytest.mark.parametrize("content", [None, "<!DOCTYPE html><p>请先登录</p>"], ids=["nothing", "another-page"])
def test_an_index_that_cannot_be_loaded_is_told(browser: Browser, site: SearchSite, content: str | None) -> None:
    with visit(browser, site.served + "404.html") as seen:
        failing(seen.page, "**/search/volumes.js", content)
        seen.page.goto(f"{site.served}{PATH}?q=红枫行动")
        assert told(seen.page).startswith("搜索用的文件没有打开。请检查网络")
        seen.page.unroute("**/search/volumes.js")
        seen.page.click("#search button")
        seen.page.wait_for_function("document.querySelectorAll('#results > li').length === 10")


def test_a_text_that_cannot_be_loaded_is_listed_unchecked(browser: Browser, site: SearchSite) -> None:
    first, *_ = expected(site.searched, ["红枫行动"])
    with visit(browser, site.served + PATH) as seen:
        failing(seen.page, f"**/{first}/text.js")
        search(seen.page, "红枫行动")
        assert seen.page.locator("#results h2").first.inner_text() == f"{first}（文字没有打开，没能核对）"
        assert seen.page.locator("#results > li").count() == 10


def test_the_page_keeps_to_the_policy_of_the_site(browser: Browser, site: SearchSite) -> None:
    policy = content_security_policy(make_frame(site.searched.publication, Audience.INTRANET))
    with visit(browser, site.served + "404.html") as seen:
        seen.page.route(
            f"**/{PATH}*",
            lambda route: route.fulfill(
                response=route.fetch(), headers={"Content-Type": "text/html", "Content-Security-Policy": policy}
            ),
        )
        seen.faults.clear()
        seen.page.goto(f"{site.served}{PATH}?q=红枫行动")
        assert "已列出 10 篇" in told(seen.page)
        assert [fault for fault in seen.faults if "Security" in fault] == []


def test_the_search_box_of_another_page_leads_here(browser: Browser, site: SearchSite) -> None:
    with visit(browser, f"{site.folder}2021/03/01/index.html") as seen:
        seen.page.fill("header input[name=q]", "铁岭县")
        seen.page.press("header input[name=q]", "Enter")
        seen.page.wait_for_url(f"**/{PATH}?q=*")
        seen.page.wait_for_selector("#results > li")
        assert seen.page.input_value("#q") == "铁岭县"
        assert "“铁岭县”：约" in told(seen.page)


def test_without_scripts_other_ways_are_shown(browser: Browser, site: SearchSite) -> None:
    with visit(browser, f"{site.served}{PATH}?q=铁岭县", scripts=False) as seen:
        assert "没有运行脚本" in seen.page.inner_text("noscript")
        assert not seen.page.is_visible("#filters")
        assert seen.page.locator("main a[href='../2021/index.html']").count() == 1


def test_results_are_accessible(browser: Browser, site: SearchSite, checkers: Path) -> None:
    axe = (checkers / "axe-core/axe.min.js").read_text("utf-8")
    for width, theme in ((320, "light"), (1280, "dark"), (768, "contrast")):
        with visit(browser, f"{site.served}{PATH}?q=红枫行动", width, theme=theme) as seen:
            told(seen.page)
            seen.page.evaluate(axe)
            assert list(violations(seen.page)) == []
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
            assert seen.page.get_attribute("#status", "aria-live") == "polite"


def test_the_script_is_small() -> None:
    """Without remarks: 13 kB."""
    lines = SCRIPT.read_text("utf-8").split("\n")
    assert len("\n".join(line for line in lines if not re.match(r"\s*(//|/\*)", line)).encode()) <= 13 * 1024
