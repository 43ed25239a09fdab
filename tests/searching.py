"""A site with search, made without the rest of the build; and what a search must find, by going through every text."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bulletin.compose import compose_web_edition
from bulletin.compose.search import compose_search_text, compose_volumes
from bulletin.compose.site import compose_issue_card, compose_list_pages, compose_site
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.publication import Publication
from bulletin.model.search import SearchText, Volume
from bulletin.model.site import Around, Card, PageKind
from bulletin.render.web.frame import make_frame, render_shared
from bulletin.render.web.icons import render_icons
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page
from bulletin.render.web.search.texts import render_article_text
from bulletin.render.web.search.tokens import Tokens, tokens_of
from bulletin.render.web.search.volumes import render_volume, render_volumes

_PAGES = (PageKind.SEARCH, PageKind.MISSING)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a site with search is made from, and its files by path; `cards` and `texts` are oldest first."""

    publication: Publication
    editions: tuple[WebEdition, ...]
    cards: tuple[Card, ...]
    texts: tuple[SearchText, ...]
    volumes: tuple[Volume, ...]
    files: Mapping[str, Artifact]


def make_searched(root: Path, audience: Audience = Audience.INTRANET) -> Searched:
    """The search of a publication, with its page and those of the articles."""
    publication = load_publication(root).value
    assert publication
    issues = [load_issue(root, key, publication).value for key in list_issues(root)]
    editions = tuple(
        edition for issue in issues if issue and (edition := compose_web_edition(issue, audience)).articles
    )
    issue_cards = [compose_issue_card(edition, None) for edition in editions]
    by_path = {
        card.path: compose_search_text(article, card)
        for edition in editions
        for article, card in zip(edition.articles, edition.cards, strict=True)
    }
    in_volumes = compose_volumes(issue_cards)
    rendered = [render_volume(cards, tokens_by_issue(cards, by_path)) for cards in in_volumes]
    volumes = tuple(volume for volume, _ in rendered)
    cards = tuple(card for each in in_volumes for card in each)
    frame = make_frame(publication, audience)
    pages = (page for page in compose_list_pages(compose_site(audience, issue_cards)) if page.kind in _PAGES)
    files = [
        *render_shared(publication),
        *render_icons(publication),
        *(render_list_page(page, publication, frame) for page in pages),
        *(file for edition in editions for file in render_issue_pages(edition, publication, frame, Around(), None)),
        *(render_article_text(card, by_path[card.path]) for card in cards),
        *(file for _, each in rendered for file in each),
        render_volumes(volumes),
    ]
    texts = tuple(by_path[card.path] for card in cards)
    return Searched(publication, editions, cards, texts, volumes, {file.path: file for file in files})


def tokens_by_issue(cards: Iterable[Card], texts: Mapping[str, SearchText]) -> list[Tokens]:
    """The tokens of articles, those of an issue together."""
    return [tokens_of(texts[card.path] for card in each) for _, each in groupby(cards, lambda card: card.key)]


def write_files(files: Iterable[Artifact], folder: Path) -> Path:
    """Writes the files into the folder."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder


def pattern_of(phrase: str) -> re.Pattern[str]:
    """What finds a phrase in a text: its characters with or without blanks between them, numbers and words whole, marks for marks."""
    parts = re.findall(r"[0-9]+|[a-z]+|\w|[^\w\s]+", _plain(phrase))
    while parts and not re.match(r"\w", parts[0]):
        parts.pop(0)
    while parts and not re.match(r"\w", parts[-1]):
        parts.pop()
    pattern = ""
    for before, part in zip(["", *parts], parts, strict=False):
        alike = _kind(before) == _kind(part) != ""
        pattern += (r"[^\w]+" if alike else r"\s*") + _part(part)
    return re.compile(pattern)


def _kind(part: str) -> str:
    return "0-9" if re.fullmatch("[0-9]+", part) else "a-z" if re.fullmatch("[a-z]+", part) else ""


def _part(part: str) -> str:
    if kind := _kind(part):
        return f"(?<![{kind}]){part}(?![{kind}])"
    return re.escape(part) if re.match(r"\w", part) else r"[^\w\s][^\w]*"


def expected(searched: Searched, phrases: Iterable[str]) -> list[str]:
    """The addresses of the articles that have all the phrases: first those that have them in their titles; the newest issue first, and
    in it as they stand there."""
    patterns = [pattern_of(phrase) for phrase in phrases]
    titled, others = [], []
    articles = list(zip(searched.cards, searched.texts, strict=True))
    issues = {card.key: place for place, card in enumerate(searched.cards)}
    for card, text in sorted(articles, key=lambda article: -issues[article[0].key]):
        titles, passages = [_plain(each) for each in text.titles], [_plain(each) for each in text.passages]
        if all(any(map(pattern.search, titles)) for pattern in patterns):
            titled.append(card.path)
        elif all(any(map(pattern.search, titles + passages)) for pattern in patterns):
            others.append(card.path)
    return titled + others


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


_PLACES = ("铁岭县", "岫岩县", "沈阳市", "大连市振兴区", "盘锦市", "昌图县")
_CAMPAIGNS = ("红枫行动", "银辉行动", "金秋行动", "薪火行动")
_NAMES = ("刘文生", "张克", "欧阳海棠", "叶敏", "蒋博超", "㐂田一")
_SENTENCES = (
    "{place}委老干部局开展“{campaign}”，组织{number}名老党员参加，{name}同志带头。",
    "坚持“五求、五心”工作法，离退休干部党支部规范化建设走在前列。",
    "坚持五求 五心，{place}的做法在{year}年{month}月{day}日全省会议上交流。",
    "{name}说：“活到老、学到老。”他学会了 5G 手机和 deep learning 的道理。",
    "按照 GB/T 9704—2012 排印，用纸{number}㎡，比{year} 年少１.５万张；COVID-19期间没有停过。",
    "全县{number}个支部、{number}名党员，建成阵地12.6万平方米，覆盖率达75%。",
    "老干部大学开设课程，{campaign}进校园，{place}组织部牵头，注重实效。",
    "组织生活不断线，中办发〔{year}〕10号文件逐条落实，{name}同志作辅导。",
)


def write_searched_archive(root: Path, issues: int = 12, articles: int = 8) -> Path:
    """A publication of several years, in whose articles some words are rare and some are everywhere, with notes, tables, lists, quotations."""
    chance = random.Random(20)
    _write(root / "bulletin.yaml", "title: 测试动态\npublisher: 某局\nweb: {pdf: false}\n")
    _write(root / "house/recipients.yaml", "units:\n  - {name: 甲局, copies: 2}\n")
    for serial in range(1, issues + 1):
        year, number = 2018 + (serial - 1) // 3, (serial - 1) % 3 + 1
        folder = root / f"issues/{year}-{number:02}"
        head = f"number: {number}\nserial: {serial}\ndate: {year}-{number:02}-20\neditors: {{responsible: 张三, phone: 010-12345678}}\n"
        _write(folder / "issue.yaml", f"{head}distribution:\n  报: [[甲局]]\narchive: 1\n")
        for place in range(1, articles + 1):
            _write(folder / f"{place:02}-a.md", _article(chance, year))
    return root


def _article(chance: random.Random, year: int) -> str:
    place, campaign = chance.choice(_PLACES), chance.choice(_CAMPAIGNS)
    title = chance.choice(
        (f"{place}扎实开展 {campaign}", f"以规范化建设推动{place}老干部工作", "老有所为 老有所乐", "党支部建设经验")
    )
    if chance.random() < 0.3:
        front = f"kind: speech\ntitle: {title}\nsubtitle: 在{place}会议上的讲话\nspeaker: {chance.choice(_NAMES)}\nposition: 局长\ndate: {year}-01-05"
    else:
        front = f"kind: report\ntitle: {title}\norganization: 中共{place}委老干部局\nsubjects: [{chance.choice(('党建', '银龄行动'))}]"
    first, second, third, fourth, noted = (_sentence(chance, year) for _ in range(5))
    body = (
        f"## {chance.choice(('做法', '成效和体会'))}\n\n{first}{second}\n\n**一是抓学习。**{third}[^1]\n\n> {fourth}\n\n"
        f"- {campaign}第一组\n- {place}第二组\n\n| 单位 | 人数 |\n| --- | --- |\n| {place} | {chance.randrange(3000)} |\n\n[^1]: {noted}"
    )
    return f"---\n{front}\n---\n\n{body}\n"


def _sentence(chance: random.Random, year: int) -> str:
    return chance.choice(_SENTENCES).format(
        place=chance.choice(_PLACES),
        campaign=chance.choice(_CAMPAIGNS),
        name=chance.choice(_NAMES),
        number=chance.choice((134, 86, 1340, 2134, 12)),
        year=chance.choice((year, 2008)),
        month=chance.choice((1, 7, 12)),
        day=chance.choice((3, 13, 31)),
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
