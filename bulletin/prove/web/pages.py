"""The web pages read back and compared with the edition, and the links between all pages of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bulletin.model.edition import WebEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, article_passages, note_passages, web_issue_passages
from bulletin.prove.web.reading import PageLinks, WebPage


def prove_web(edition: WebEdition, read: Mapping[str, WebPage], issue_file: Span) -> tuple[Problem, ...]:
    """Problems if a page of the issue's folder is missing or too many, or if its text or its pictures are not the edition's.

    `read` has the pages as they were read back, by their paths.
    """
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


def prove_links(pages: Iterable[PageLinks], files: Collection[str], site_file: Span) -> tuple[Problem, ...]:
    """Problems for each address that leads to no file of the site, or to a place that its page does not have.

    Args:
        pages: All pages of the site, from `links_of`; those of unchanged pages may be kept from the build before.
        files: The paths of all files of the site.
        site_file: What is named where a link is wrong: `bulletin.yaml`.
    """
    listed = tuple(pages)
    names = {page.path: page.names for page in listed}
    known = frozenset(files)
    return tuple(
        problem
        for page in listed
        for target in sorted(page.targets)
        if not _leads(target, names, known)
        for problem in (_astray(page.path, target, site_file),)
    )


def _leads(target: str, names: Mapping[str, frozenset[str]], files: frozenset[str]) -> bool:
    path, _, fragment = target.partition("#")
    return path in files and (not fragment or path.endswith(".pdf") or fragment in names.get(path, ()))


def _astray(path: str, target: str, site_file: Span) -> Problem:
    what = message("网页 {path} 里的“{reference}”没有着落", path=path, reference=target)
    return error("proof-reference", site_file, what, message("请检查模板；跨期的链接不能用"))
