"""Proof sheets: the whole text, each finding marked and listed, fit for a small screen and for black and white paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from bulletin.model.finding import Verdict
from bulletin.model.proofreading import Proofreading, Selection
from bulletin.pipeline.deciding import Resolve, decide
from bulletin.pipeline.mending import MendOrder, mend_issue
from bulletin.pipeline.proof_sheets import publish_sheets
from bulletin.pipeline.proofreading import proofread_issue
from tests.conftest import Make
from tests.desks import ARTICLE, FRONT, KEY, Use, rule_of, use

__all__ = ["use"]
BODY = (
    "学习“甲法”、“乙法”等内容。\n\n## 二级 <标题>\n\n又学习“丙”、“丁”、“戊”等 & 其他。<!-- 校:保留 TST001 原文 -->\n\n"
    "| 甲 | 乙 |\n|---|---|\n| “一”、“二”等 | 丙 |\n\n再学习《己》、《庚》。\n"
)


class Reader(HTMLParser):
    """The text of the section, the marks, and what is linked to what."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("meta", "br", "link"):
            self.inside.append(f"{tag}.{given.get('class') or ''}")
        self.ids.add(given.get("id") or "")
        self.links.add((given.get("href") or "").removeprefix("#"))
        if tag == "mark":
            self.marks.append((given.get("class") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        path = "/".join(self.inside)
        if "section.text" in path and "sup" not in path and "span.kind" not in path:
            self.text.append(data)
        if "section.text" in path and self.inside[-1].startswith("mark"):
            self.marks[-1] = (self.marks[-1][0], data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture
def root(make: Make, use: Use) -> Path:
    use(rule_of("TST001", "、(?=[“《])", ""))
    root = make({ARTICLE: FRONT + BODY})
    last = proofread_issue(root, KEY).judged[-1].finding.fingerprint
    decide(root, KEY, [last], Resolve(Verdict.ASK, "问<作者>", "周砚", "2026-01-20T09:00:00+08:00"))
    return root


def sheets(root: Path, reading: Proofreading | None = None) -> dict[str, Path]:
    paths = publish_sheets(root, reading or proofread_issue(root, KEY), (), root / "build")
    return {Path(path).name: Path(path) for path in paths}


def test_the_text_is_whole_and_the_findings_are_marked_in_it(root: Path) -> None:
    reading = proofread_issue(root, KEY)
    html = sheets(root)["01-report.html"].read_text("utf-8")
    reader = read(html)
    shown = re.sub(r"[\s\u2060]", "", "".join(reader.text))
    (article,) = (each for each in reading.texts if each.slug == "01-report")
    assert shown == re.sub(r"\s", "", "".join(text.content for text in article.texts))
    assert [mark for mark in reader.marks if mark[1]] == [
        ("warning", "、"), ("kept", "、"), ("kept", "、"), ("warning", "、"), ("asked", "、")
    ]  # fmt: skip
    assert {f"f{number}" for number in range(1, 6)} | {f"t{number}" for number in range(1, 6)} <= reader.ids
    assert reader.links - {""} <= reader.ids


def test_what_is_open_kept_and_asked_is_listed_with_reasons(root: Path) -> None:
    html = sheets(root)["01-report.html"].read_text("utf-8")
    assert [re.sub(r"\s", "", each) for each in re.findall("<h3>(.*?)</h3>", html)][:3] == [
        "未处理2",
        "在问作者1",
        "写明理由保留2",
    ]
    assert "问&lt;作者&gt;（周砚，2026-01-20）" in html
    assert "理由：原文" in html
    assert html.count("□ 改") == 3, "what is kept needs no box to tick"
    assert "<script" not in html


def test_each_article_has_a_sheet_of_its_own(root: Path) -> None:
    assert set(sheets(root)) == {"issue.html", "01-report.html"}
    chosen = proofread_issue(root, KEY).only(Selection(slugs=frozenset({"01-report"})))
    assert set(sheets(root, chosen)) == {"01-report.html"}
    assert "没有发现问题" in sheets(root)["issue.html"].read_text("utf-8")


def test_what_was_just_mended_is_listed(root: Path) -> None:
    mended = mend_issue(root, KEY, MendOrder(Selection(), write=True))
    paths = publish_sheets(root, mended.proofreading, mended.made, root / "build")
    html = next(Path(path) for path in paths if "report" in path).read_text("utf-8")
    assert "刚改好　2" in html
    assert "（删去）" in html


def test_it_fits_a_telephone_and_paper(root: Path, browser: Browser, tmp_path: Path) -> None:
    address = sheets(root)["01-report.html"].as_uri()
    for width in (320, 390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    page = browser.new_page()
    page.goto(address)
    underlines = {
        look: page.evaluate(f"getComputedStyle(document.querySelector('mark.{look}')).textDecorationStyle")
        for look in ("error", "warning", "hint", "asked", "kept")
    }
    assert len(set(underlines.values())) == 5, "told apart without colour"
    page.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
    page.close()
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as pdf:
        assert pdf[0].get_size() == pytest.approx((595, 842), abs=2)
        text = "".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    assert "初校" in text
    assert "三校" in text
