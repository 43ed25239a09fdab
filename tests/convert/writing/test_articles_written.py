"""What is written of a draft is read back as the same: blocks, inlines, fields, whatever characters there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.convert.writing import WrittenArticle, write_article
from bulletin.load.article import read_manuscript
from bulletin.load.publication import load_publication
from bulletin.model.draft import DraftArticle
from bulletin.model.issue import Manuscript
from bulletin.model.problem import Span, has_errors
from bulletin.model.prose import (
    Code,
    Divider,
    Emphasis,
    Heading,
    ItemList,
    LineBreak,
    Link,
    ListItem,
    NoteRef,
    NoteText,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Verbatim,
)
from bulletin.model.publication import Publication
from bulletin.prove.imported import unplaced
from tests.conftest import BASE

SPAN = Span("稿.docx", 3)
_SIGNS = "甲乙，。：“”（）《》—…·　 aB1290.)(-+*_`#>|~\\[]!&<;:=/$%@^{}'\"＃＊"
_WORDS = (
    "党建", "老干部局", "2020年", "1.", "1)", "- ", "+ ", "# ", "## ", "> ", "---", "***", "```", "~~~", "&amp;", "&#65;", "<b>",
    "<!-- x -->", "<!--", "[^1]", "[^1]:", "[a](b)", "![a](b)", "| a |", "\\", "  ", "http://a.cn/x_y", "**", "__", "3*4*5", "::", "=",
)  # fmt: skip
texts = st.lists(st.sampled_from([*_SIGNS, *_WORDS]), min_size=1, max_size=8).map("".join)
leaves: st.SearchStrategy[Any] = st.one_of(
    texts.map(Text), texts.map(Text), st.just(LineBreak()), texts.map(Code), st.sampled_from("12").map(lambda label: NoteRef(label, SPAN))
)  # fmt: skip


def _looks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    content = st.lists(inner, min_size=1, max_size=3).map(tuple)
    targets = st.sampled_from(["https://a.cn/", "https://a.cn/x_(y)*z", "https://a.cn/?a=1&amp;b#c", "mailto:a@b.cn"])
    return st.one_of(
        content.map(Strong), content.map(Emphasis), st.builds(lambda to, words: Link(to, words, SPAN), targets, content)
    )


inlines = st.lists(st.recursive(leaves, _looks, max_leaves=4), min_size=1, max_size=5).map(tuple)
_cells = st.lists(st.one_of(st.just(()), inlines), min_size=1, max_size=3).map(tuple)
_tables = st.builds(
    lambda head, rows, to: Table(head, tuple(rows), (to,) * len(head), SPAN),
    _cells, st.lists(_cells, max_size=2), st.sampled_from(["", "left", "center", "right"]),
)  # fmt: skip
_simple: st.SearchStrategy[Any] = st.one_of(
    inlines.map(lambda content: Paragraph(content, SPAN)),
    inlines.map(lambda content: Paragraph(content, SPAN)),
    st.builds(lambda level, content: Heading(level, content, SPAN), st.integers(1, 4), inlines),
    _tables,
    texts.map(lambda content: Verbatim(content.strip(), SPAN)),
    st.just(Divider()),
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    blocks = st.lists(inner, min_size=1, max_size=2).map(tuple)
    items = st.lists(blocks, min_size=1, max_size=3)
    return st.one_of(
        blocks.map(Quote),
        items.map(lambda listed: ItemList(ordered=False, items=tuple(ListItem("•", each) for each in listed))),
        items.map(lambda listed: ItemList(True, tuple(ListItem(f"{n}.", each) for n, each in enumerate(listed, 1)))),
    )


blocks = st.lists(st.recursive(_simple, _nested, max_leaves=4), min_size=1, max_size=4).map(tuple)
drafts = st.builds(
    lambda found, title, note, fields: DraftArticle(
        slug="report",
        kind="report",
        title=tuple(title),
        subtitle=fields[0],
        organization=fields[1],
        date=date(2020, 7, 13),
        editors_note=fields[2],
        blocks=found,
        notes=(NoteText("1", note, SPAN), NoteText("2", (Text("注二"),), SPAN)),
    ),
    blocks,
    st.lists(texts.filter(str.strip), min_size=1, max_size=3),
    inlines,
    st.lists(st.one_of(st.just(""), texts), min_size=3, max_size=3),
)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    root = tmp_path_factory.mktemp("publication")
    for path, text in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    loaded = load_publication(root).value
    assert loaded
    return loaded


def _read_back(written: WrittenArticle, publication: Publication) -> tuple[Manuscript, str]:
    text = written.files[0].content.decode()
    outcome = read_manuscript(text, written.files[0].path, publication)
    serious = [each for each in outcome.problems if each.code not in ("note-missing", "article-empty", "field-missing")]
    assert not has_errors(tuple(serious)), (text, serious)
    assert outcome.value, text
    return outcome.value, text


@settings(max_examples=200)
@given(drafts)
def test_reading_gives_back_what_was_written(publication: Publication, draft: DraftArticle) -> None:
    written = write_article(draft, "issues/2026-01/03-report.md")
    manuscript, text = _read_back(written, publication)
    assert unplaced(manuscript.blocks) == unplaced(written.draft.blocks), text
    assert unplaced(manuscript.notes) == unplaced(written.draft.notes), text
    for name in ("slug", "title", "subtitle", "organization", "editors_note", "date"):
        assert getattr(manuscript, name) == getattr(written.draft, name), text
