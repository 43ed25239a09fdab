"""The web pages parsed again and compared with the edition."""

from __future__ import annotations

from html.parser import HTMLParser

from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import article_passages, note_passages, squeezed, web_issue_passages


def prove_web(edition: WebEdition, artifacts: tuple[Artifact, ...], issue_file: Span) -> tuple[Problem, ...]:
    """Problems if a page's text is not the edition's, or a page is missing or too many."""
    pages = {artifact.path: artifact for artifact in artifacts if artifact.media_type == "text/html"}
    folder = edition.masthead.key.web_path
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
    for path in sorted(expected.keys() & pages.keys()):
        text = main_text(pages[path].content.decode())
        problems += compare_text(expected[path], text, message("网页 {path}", path=path))
    return tuple(problems)


def main_text(html: str) -> str:
    """The text of the page's `main` element without white space."""
    reader = _MainReader()
    reader.feed(html)
    reader.close()
    return squeezed("".join(reader.found))


class _MainReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)
