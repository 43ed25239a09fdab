"""A web page as a foreign document: its article in paragraphs, tables, notes and pictures; what is left out is told."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bulletin.convert.web_page.content import main_of, title_of
from bulletin.convert.web_page.decoding import decode_page
from bulletin.convert.web_page.notes import notes_of
from bulletin.convert.web_page.tables import data_tables
from bulletin.convert.web_page.walking import HAN, Parts, Walk
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import Message, Outcome, Problem, Span, error, hint, message

SIZE_LIMIT_BYTES = 8 * 1024**2
ELEMENT_LIMIT = 300_000
_UNTOLD = frozenset({"script", "style", "head", "title"})
_TOO_DEEP = "ERR_RESOURCE_LIMIT"
_MOST = 3


def read_html(content: bytes, name: str) -> Outcome[ForeignDocument]:
    """The text of a page in reading order; no value, and why, where it cannot be read.

    Args:
        content: The file, or what was pasted.
        name: Its name, for messages.
    """
    if len(content) > SIZE_LIMIT_BYTES or content.count(b"<") > ELEMENT_LIMIT:
        what = message(
            "网页太大（超过 {size} MB 或 {count} 个标签）", size=SIZE_LIMIT_BYTES // 1024**2, count=ELEMENT_LIMIT
        )
        return _refused("import-html-size", name, what, message("请只复制正文，另存后再导入"))
    decoded = decode_page(content, name)
    if decoded.value is None:
        return Outcome(None, decoded.problems)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    body = _body(decoded.value, parser)
    if any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        return _refused("import-html-deep", name, message("网页的标签套得太深"), message("请只复制正文，另存后再导入"))
    if body is None:
        return _refused(
            "import-html-empty", name, message("网页里没有文字"), message("请打开网页，复制正文，另存后再导入")
        )
    return _read(body, name, decoded.problems)


def _refused(code: str, name: str, what: Message, advice: Message) -> Outcome[ForeignDocument]:
    return Outcome(None, (error(code, Span(name), what, advice),))


def _body(text: str, parser: etree.HTMLParser) -> etree._Element | None:
    """The body of the page, `None` where it is empty."""
    if not text.strip():
        return None
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    found = root.find("body")
    return root if found is None else found


def _read(body: etree._Element, name: str, problems: tuple[Problem, ...]) -> Outcome[ForeignDocument]:
    main = main_of(body)
    title = title_of(body, main)
    read = frozenset((main,) if title is None else (title, main))
    walk = Walk(Parts(body, read, frozenset(data_tables(body)), notes_of(body)))
    walk.read()
    document = ForeignDocument(
        name,
        "html",
        tuple(walk.builder.blocks),
        tuple(walk.builder.notes),
        tuple(walk.pictures),
        tuple(walk.changes),
        dropped=tuple(walk.dropped),
        census="".join("".join(_all_text(body)).split()),
    )
    if not document.blocks:
        return _refused(
            "import-html-empty", name, message("网页里没有文字"), message("请打开网页，复制正文，另存后再导入")
        )
    return Outcome(document, (*problems, *_doubts(walk, name)))


def _all_text(body: etree._Element) -> Iterator[str]:
    """A second, cruder look: all text but code, and comments in Chinese."""
    for element in body.iter():
        if isinstance(element, etree._Comment):
            yield element.text if element.text and HAN.search(element.text) else ""
        elif element.tag not in _UNTOLD and isinstance(element.tag, str):
            yield element.text or ""
        if element is not body:
            yield element.tail or ""


def _doubts(walk: Walk, name: str) -> Iterator[Problem]:
    if walk.lost_links:
        what = message("有 {count} 个链接不能用在简报里，只留了文字", count=walk.lost_links)
        yield hint("import-html-links", Span(name), what, message("能用的是 https:// 开头的网址和邮箱"))
    if walk.lost_pictures:
        some = tuple(walk.lost_pictures[:_MOST])
        what = message("有 {count} 张图片没有取来（{some}）", count=len(walk.lost_pictures), some=some)
        yield hint("import-html-pictures", Span(name), what, message("请另存图片，放进稿件所在的文件夹"))
