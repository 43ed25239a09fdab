"""The web pages of an issue read back and compared with the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, article_passages, note_passages, web_issue_passages
from bulletin.prove.web.reading import WebPage, read_page


def prove_web(edition: WebEdition, artifacts: tuple[Artifact, ...], issue_file: Span) -> tuple[Problem, ...]:
    """Problems if a page of the issue's folder is missing or too many, or if its text or its pictures are not the edition's."""
    read = {each.path: read_page(each.content.decode()) for each in artifacts if each.media_type == "text/html"}
    return tuple(_page_problems(edition, read, issue_file))


def _page_problems(edition: WebEdition, read: Mapping[str, WebPage], issue_file: Span) -> Iterator[Problem]:
    expected = dict(_expected(edition, issue_file))
    for path in sorted(expected.keys() ^ read.keys()):
        missing, surplus = message("网页“{path}”没有生成", path=path), message("多出了网页“{path}”", path=path)
        yield error("proof-pages", issue_file, missing if path in expected else surplus)
    for path in sorted(expected.keys() & read.keys()):
        passages, figures = expected[path]
        page = read[path]
        yield from compare_text(passages, page.text, message("网页 {path}", path=path))
        if page.images != figures:
            what = message(
                "网页 {path} 有 {found} 张图，应有 {wanted} 张", path=path, found=page.images, wanted=figures
            )
            yield error("proof-pictures", issue_file, what)
        if page.faults:
            what = message("网页 {path} 的正文里有不该有的“{what}”", path=path, what=page.faults[0])
            advice = message("标了 data-text 的部分只放正文：不能有脚本、样式、藏起来的字；标签要成对，属性要加引号")
            yield error("proof-markup", issue_file, what, advice)


def _expected(edition: WebEdition, issue_file: Span) -> Iterator[tuple[str, tuple[list[Passage], int]]]:
    """The passages and the number of pictures of each page, by its path."""
    for article in edition.articles:
        passages = [*article_passages(article), *note_passages(article)]
        figures = sum(1 for _ in walk((article.editors_note, article.blocks), Figure))
        yield f"{edition.folder}/{article.position:02}/index.html", (passages, figures)
    if edition.articles:
        figures = sum(1 for _ in walk(edition.editors_note, Figure))
        yield f"{edition.folder}/index.html", (list(web_issue_passages(edition, issue_file)), figures)
