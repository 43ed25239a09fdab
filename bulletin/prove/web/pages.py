"""The web pages parsed again and compared with the edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import article_passages, note_passages, squeezed, web_issue_passages


def prove_web(edition: WebEdition, artifacts: tuple[Artifact, ...], issue_file: Span) -> tuple[Problem, ...]:
    """Problems if a page's text is not the edition's, a page or a picture is missing or too many, an address leads nowhere."""
    pages = {artifact.path: artifact for artifact in artifacts if artifact.media_type == "text/html"}
    folder = edition.folder
    expected = {
        f"{folder}/{article.position:02}/index.html": [*article_passages(article), *note_passages(article)]
        for article in edition.articles
    }
    if expected:
        expected[f"{folder}/index.html"] = list(web_issue_passages(edition, issue_file))
    problems: list[Problem] = []
    for path in sorted(expected.keys() ^ pages.keys()):
        missing, surplus = message("网页“{path}”没有生成", path=path), message("多出了网页“{path}”", path=path)
        problems.append(error("proof-pages", issue_file, missing if path in expected else surplus))
    figures = {
        f"{folder}/{each.position:02}/index.html": len(list(walk(each.blocks, Figure))) for each in edition.articles
    }
    read = {path: read_page(pages[path].content.decode()) for path in sorted(expected.keys() & pages.keys())}
    for path, page in read.items():
        problems += compare_text(expected[path], page.text, message("网页 {path}", path=path))
        if page.images != figures.get(path, 0):
            what = message(
                "网页 {path} 有 {found} 张图，应有 {wanted} 张",
                path=path,
                found=page.images,
                wanted=figures.get(path, 0),
            )
            problems.append(error("proof-pictures", issue_file, what))
    problems += _check_references(read, {artifact.path for artifact in artifacts}, issue_file)
    return tuple(problems)


def _check_references(pages: dict[str, WebPage], files: set[str], span: Span) -> Iterator[Problem]:
    """Every address inside the site leads to a file of it, and to an element of that page where it names one."""
    for path, page in pages.items():
        for reference in page.references:
            address = urlsplit(reference)
            if address.scheme:
                continue
            target = normpath(join(dirname(path), unquote(address.path))) if address.path else path
            known = pages[target].names if target in pages else frozenset()
            if target not in files or (address.fragment and unquote(address.fragment) not in known):
                what = message("网页 {path} 里的“{reference}”没有着落", path=path, reference=reference)
                yield error("proof-reference", span, what, message("请检查模板；跨期的链接不能用"))


@dataclass(frozen=True, slots=True)
class WebPage:
    """What is read back of a page: the text of `main` without white space, its pictures, addresses and anchors."""

    text: str
    images: int
    references: tuple[str, ...]
    names: frozenset[str]


def read_page(html: str) -> WebPage:
    """The page, parsed by Python's own parser."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return WebPage(squeezed("".join(reader.found)), reader.images, tuple(reader.references), frozenset(reader.names))


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.references: list[str] = []
        self.names: list[str] = []
        self.images = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.images += tag == "img" and self.inside
        for name, value in attrs:
            if name in ("href", "src"):
                self.references.append(value or "")
            elif name == "id":
                self.names.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)
