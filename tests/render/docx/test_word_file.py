"""Word files: valid, the same each time, with the numbers that an edition has."""

from __future__ import annotations

import io
import random
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from lxml import etree

from bulletin.compose import compose_edition
from bulletin.convert.docx import read_docx
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.export import Export, SourceState, source_states
from bulletin.model.foreign import DropKind, ForeignDocument, ForeignParagraph, ForeignTable
from bulletin.model.problem import Span
from bulletin.prove.exported import prove_exported
from bulletin.render.docx import render_docx
from bulletin.render.docx.elements import ORDERS, element, name_of
from tests.conftest import ARTICLE, Make, article, composed
from tests.gates import png

SOURCE = SourceState(ARTICLE, "0" * 64)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVERYTHING = """同志们：

## 第一件事

开头[^one]，**加粗**和*楷体*，`F5`，[网站](https://example.com/?a=1&b=2)。

### 其中一点

**1.先做。**接着说，见[上文](#第一件事)。

#### 再细一点

##### 最细一点

- 甲
- 乙

  乙的第二段

  - 乙之一

3. 第三
4. 第四

> 引用的话。

```
a   b
	c
```

| 项目 | 数量 | 备注 |
|---|--:|:-:|
| 甲乙 | 12 | |
| “丙”[^two] | 3 | |

![一幅图](room.png "图1 阅览室")

---

完了。\\
另一行。

[^one]: 第一条，见[网站](https://example.com/)。
[^two]: 第二条。
"""


def exported(make: Make, body: str, *, whole: bool = False, front: str = "") -> Export:
    text = article(
        body,
        front
        or "kind: speech\ntitle: [第一行, 第二行]\nsubtitle: 在会上的讲话\nspeaker: 张三\nposition: 局长\ndate: 2026-01-13\neditors_note: 值得一读。",
    )
    edition, _ = composed(make({ARTICLE: text, "issues/2026-01/room.png": png()}))
    return Export(edition, "" if whole else "01-report", (SOURCE,))


def read(content: bytes) -> ForeignDocument:
    back = read_docx(content, "x.docx")
    assert back.value is not None, back.problems
    return back.value


def proved(export: Export, content: bytes) -> list[str]:
    return [problem.code for problem in prove_exported(export, read(content), Span("issue.yaml"))]


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def changed(content: bytes, old: str, new: str, name: str = "word/document.xml") -> bytes:
    """The file with other words in a part."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.namelist():
            said = source.read(member)
            if member == name:
                assert old.encode() in said
                said = said.replace(old.encode(), new.encode(), 1)
            target.writestr(member, said)
    return written.getvalue()


@pytest.mark.parametrize("whole", [True, False])
def test_everything_is_read_back_to_the_character(make: Make, whole: bool) -> None:
    export = exported(make, EVERYTHING, whole=whole)
    content = render_docx(export)
    assert proved(export, content) == []
    assert render_docx(export) == content
    document = read(content)
    assert [note.label for note in document.notes] == ["1", "2"]
    assert {drop.kind for drop in document.dropped} <= {
        DropKind.HEADER,
        DropKind.FOOTER,
        DropKind.FIELD,
        DropKind.METADATA,
    }
    table = next(block for block in document.blocks if isinstance(block, ForeignTable))
    assert [[cell.paragraphs[0].text if cell.paragraphs else "" for cell in row] for row in table.rows] == [
        ["项目", "数量", "备注"],
        ["甲乙", "12", ""],
        ["“丙”", "3", ""],
    ]
    assert [(picture.alternative, picture.content[:4]) for picture in document.pictures] == [("一幅图", b"\x89PNG")]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/document.xml", "接着说", "接着"),
        ("word/document.xml", "完了。", "完了。。"),
        ("word/document.xml", ">甲乙<", ">乙<"),
        ("word/footnotes.xml", "第二条。", "第二条"),
        ("word/document.xml", '<w:footnoteReference w:id="2"/>', ""),
        ("word/numbering.xml", "%1、", "%1."),
        ("word/document.xml", "</w:drawing>", "</w:drawing><w:t>字</w:t>"),
        ("word/document.xml", '<a:blip r:embed="', '<a:blip r:embed="x'),
        ("docProps/custom.xml", "sha256:0", "sha256:1"),
        ("word/styles.xml", '<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="楷体_GB2312"', '<w:rPr><w:vanish/><w:rFonts w:ascii="Times New Roman" w:eastAsia="楷体_GB2312"'),
    ],
)  # fmt: skip
def test_what_differs_is_told(make: Make, name: str, old: str, new: str) -> None:
    export = exported(make, EVERYTHING)
    assert proved(export, changed(render_docx(export), old, new, name))


def test_every_part_stands_in_the_order_of_the_schema(make: Make) -> None:
    content = render_docx(exported(make, EVERYTHING, whole=True))
    orders = {name_of(parent): [name_of(f"w:{name}") for name in names.split()] for parent, names in ORDERS.items()}
    seen = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            for each in etree.fromstring(archive.read(name)).iter() if name.endswith(".xml") else ():
                if each.tag in orders:
                    places = [orders[each.tag].index(child.tag) for child in each]
                    assert all(before <= after for before, after in pairwise(places)), name
                    seen.add(each.tag)
    assert seen == set(orders)


def test_children_are_put_in_order() -> None:
    made = element("w:pPr", element("w:jc"), None, element("w:numPr"), element("w:pStyle"), element("w:ind"))
    assert [etree.QName(child).localname for child in made] == ["pStyle", "numPr", "ind", "jc"]


def test_another_library_opens_it(make: Make) -> None:
    document = Document(io.BytesIO(render_docx(exported(make, EVERYTHING, whole=True))))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Subtitle", "Heading 1", "Heading 4", "Body Text", "Quote", "List Bullet", "List Number"} <= styles
    assert document.core_properties.author in ("", "python-docx")
    section = document.sections[-1]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin, section.right_margin) if side] == [
        37,
        28,
        26,
    ]


def labels(content: bytes) -> list[tuple[str, str]]:
    """The number of each heading that Word makes, and its text."""
    blocks = read(content).blocks
    return [
        (block.number, block.text.removeprefix(block.number))
        for block in blocks
        if isinstance(block, ForeignParagraph) and block.level
    ]


HEADINGS = [
    ("## 甲\n\n### 乙\n\n### 丙\n\n## 丁\n\n### 戊", [("一、", "甲"), ("（一）", "乙"), ("（二）", "丙"), ("二、", "丁"), ("（一）", "戊")]),
    ("#### 甲\n\n##### 乙\n\n#### 丙", [("1.", "甲"), ("（1）", "乙"), ("2.", "丙")]),
    ("## 一、甲\n\n## 二、乙", [("一、", "甲"), ("二、", "乙")]),
    ("**一、甲。**文。\n\n### 乙\n\n**二、丙。**文。\n\n### 丁", [("（一）", "乙"), ("（一）", "丁")]),
    ("## 甲\n\n**二、乙。**文。\n\n## 丙", [("一、", "甲"), ("三、", "丙")]),
    ("\n\n".join(f"## 第{number}" for number in range(1, 22)), None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), HEADINGS)
def test_word_numbers_headings(make: Make, body: str, wanted: list[tuple[str, str]] | None) -> None:
    export = exported(make, body + "\n\n正文。")
    content = render_docx(export)
    assert proved(export, content) == []
    found = labels(content)
    assert found == wanted if wanted else [found[9][0], found[10][0], found[20][0]] == ["十、", "十一、", "二十一、"]


def test_a_number_out_of_turn_is_text() -> None:
    from bulletin.render.docx.numbering import HeadingCount, Numbering

    count = HeadingCount(Numbering())
    said = [(1, "一、"), (2, "（一）"), (1, "三、"), (2, "（一）"), (1, "三、"), (1, "4、"), (1, "五、")]
    assert [bool(count.next(level, label)) for level, label in said] == [True, True, False, True, True, False, True]


def test_each_article_counts_anew(make: Make) -> None:
    body = "## 甲\n\n### 乙\n\n文[^a]。\n\n[^a]: 注。"
    more = {"issues/2026-01/02-more.md": article(body), ARTICLE: article(body)}
    edition, _ = composed(make(more))
    export = Export(edition, "", (SOURCE,))
    content = render_docx(export)
    assert proved(export, content) == []
    assert labels(content) == [("一、", "甲"), ("（一）", "乙")] * 2
    openings = [each.text for each in read(content).paragraphs() if each.new_page]
    assert openings == ["标题", "标题"]


def test_marks_of_lists_are_words_own(make: Make) -> None:
    content = render_docx(exported(make, "- 甲\n  - 乙\n\n文。\n\n5. 丙\n6. 丁\n   1) 戊"))
    listed = [each for each in read(content).paragraphs() if each.list_level >= 0]
    assert [(each.number, each.list_level, each.text) for each in listed] == [
        ("•", 0, "•甲"), ("•", 1, "•乙"), ("5.", 0, "5.丙"), ("6.", 0, "6.丁"), ("1)", 1, "1)戊")
    ]  # fmt: skip


def test_links_lead_where_they_did(make: Make) -> None:
    content = render_docx(exported(make, EVERYTHING))
    links = [run.link for each in read(content).paragraphs() for run in each.runs if run.link]
    assert links == ["https://example.com/?a=1&b=2", "https://example.com/"]
    document = part(content)
    anchors = {each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")} - {None}
    marks = [each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")]
    assert anchors
    assert anchors <= set(marks)
    assert len(set(marks)) == len(marks)


PIECES = (
    "## 标题甲",
    "### 标题乙",
    "#### 标题丙",
    "##### 标题丁",
    "**一、段首。**接着说。",
    "**（三）段首。**接着说。",
    "**2.段首。**接着说。",
    "一段**粗**话，*楷*体，`代码`。",
    "- 甲\n- 乙\n  - 丙\n    1. 丁",
    "7) 甲\n8) 乙\n\n   > 引文",
    "> 引文。\n>\n> - 列表\n>\n> | 甲 | 乙 |\n> |---|---|\n> | 1 | 2 |",
    "| 甲 | 乙 |\n|---|---|\n| 1 | |",
    "![图](room.png)",
    "```\n原样\n```",
    "---",
)


@pytest.mark.parametrize("seed", range(40))
def test_blocks_in_any_order(make: Make, seed: int) -> None:
    chosen = random.Random(seed).choices(PIECES, k=14)
    text = article("\n\n".join((*chosen, "完。")))
    publication = load_publication(make({ARTICLE: text, "issues/2026-01/room.png": png()}))
    assert publication.value
    root = make()
    (root / ARTICLE).write_text(text, "utf-8")
    issue = load_issue(root, list_issues(root)[-1], publication.value).value
    assert issue
    export = Export(compose_edition(issue), "01-report", (SOURCE,))
    content = render_docx(export)
    assert proved(export, content) == []
    marks = [each.get(f"{W}name") for each in part(content).iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks)


def test_it_says_what_it_was_made_from_and_nobodys_name(make: Make) -> None:
    content = render_docx(exported(make, "文。"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if name.startswith("docProps")] == ["docProps/custom.xml"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = "".join(part(content, "docProps/custom.xml").itertext())
    assert source_states(said) == (SOURCE,)
    assert source_states("nothing\na b sha256:1") == (SourceState("a b", "1"),)


def test_marks_of_many_notes(make: Make) -> None:
    calls = "".join(f"字[^{number}]" for number in range(25))
    notes = "\n".join(f"[^{number}]: 注{number}。" for number in range(25))
    export = exported(make, f"{calls}。\n\n{notes}")
    assert proved(export, render_docx(export)) == []
