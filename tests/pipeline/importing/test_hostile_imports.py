"""Files that are torn, twisted or made up: each ends in sources that are proven, or in words that say why not; none in a fault of ours."""

from __future__ import annotations

import copy
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from bulletin.load.publication import load_publication
from bulletin.model.draft import DraftIssue
from bulletin.model.foreign import ChangePolicy
from bulletin.model.key import IssueKey
from bulletin.model.publication import Publication
from bulletin.pipeline.importing.importing import Wanted, understand
from bulletin.pipeline.importing.sources import prove_sources, write_sources
from tests.conftest import BASE
from tests.convert.recognising.test_issues_recognised import SAMPLES
from tests.word_files import item_list, p, r, word_file, zipped

KEY = IssueKey(2026, False, 1)
FAILED, UNPROVED = "import-failed", "import-unproved"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
TABLE = '<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{1}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{2}</w:tc></w:tr></w:tbl>'
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
HTML = (
    "<!DOCTYPE html><html><body><h1>东河的做法</h1><p style='text-indent:2em'>正文<b>一段</b><br>又一行，<a href='https://a.cn'>链接</a>。</p>"
    "<ul><li>甲</li><li>乙</li></ul><table><tr><td colspan='2'>表</td></tr><tr><td>1</td><td>2</td></tr></table><img src='x.png' alt='图'></body></html>"
)
MARKDOWN = (
    "---\ntitle: 题\n---\n\n# 东河的做法\n\n正文**加重**一段[^1]，见[链接](https://a.cn)。\n\n> 引文\n\n1. 甲\n2. 乙\n\n| 单位 | 数 |\n|---|---:|\n| 甲 | 1 |\n\n"
    "```\n照印\n```\n\n[^1]: 注文。\n"
)


@cache
def word() -> bytes:
    """A Word file with something of everything."""
    body = (
        p("东河的做法", '<w:pStyle w:val="Title"/><w:jc w:val="center"/>')
        + p("中共东河市委", '<w:jc w:val="center"/>')
        + p("提升站位", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + p(runs=r("正文") + r("一段", "<w:b/>") + NOTE + r("暗处", "<w:vanish/>") + r("完。"))
        + p(
            runs='<w:ins w:author="王"><w:r><w:t>加的</w:t></w:r></w:ins><w:del w:author="王"><w:r><w:delText>删的</w:delText></w:r></w:del>'
        )
        + item_list()
        + TABLE.format(p("单位"), p("个数"), p("合计"))
        + p("一、强化引领。市委把它作为大事来抓。")
    )
    notes = f'<w:footnote w:id="2">{p("注文。")}</w:footnote>'
    return word_file(body, numbering=NUMBERING, footnotes=notes)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("publication")
    for path, text in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def publication(root: Path) -> Publication:
    loaded = load_publication(root).value
    assert loaded
    return loaded


def torn(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, left out, doubled, or cut off."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(found) + 1)
        width = chance.choice((1, 1, 2, 8, 64))
        match chance.randrange(6):
            case 0:
                found[at : at + width] = bytes(chance.randrange(256) for _ in range(width))
            case 1:
                del found[at : at + width]
            case 2:
                found[at:at] = found[at : at + width]
            case 3:
                other = chance.randrange(len(found) + 1)
                found[at:at] = found[other : other + 16 * width]
            case 4:
                found[at:at] = chance.choice(SPLINTERS)
            case 5 if chance.random() < 0.2:
                del found[at:]
        if not found:
            break
    return bytes(found)


WORDS = ("&", "<w:p>", "二", "（一）", "**", "2020年7月1日", "\u2028", "\ue000", "　")
SPLINTERS = tuple(
    text.encode()
    for text in (
        "<w:p>", "</w:p>", "<w:r><w:t>", "</w:t></w:r>", "<w:tbl>", "</w:tbl>", "<w:tc>", "<w:br/>", "<w:tab/>", "&#0;", "&lt;", "&#x202E;", "]]>", "<!--", "-->",
        "<!DOCTYPE a>", "\n\n", "　", "**", "`", "[^1]", "|", "\\", "# ", "- ", "1. ", "> ", "---\n", "\u2028", "\ufffe", "\ue000", "：", "（一）", "一、", "2020年7月1日",
    )
)  # fmt: skip


def torn_text(content: bytes, chance: random.Random) -> bytes:
    """A text with words changed, left out, doubled, or from elsewhere; it still is one."""
    found = content.decode()
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, width = chance.randrange(len(found) + 1), chance.choice((1, 1, 2, 8, 64))
        other = chance.randrange(len(found) + 1)
        middle = (chance.choice(SPLINTERS).decode(), found[other : other + width], found[at : at + width] * 2, "")
        found = found[:at] + chance.choice(middle) + found[at + chance.choice((0, width)) :]
    return found.encode()


def in_gbk(content: bytes, chance: random.Random) -> bytes:
    """The same in the encoding of older Windows."""
    return torn_text(content, chance).decode().encode("gb18030")


def torn_words(content: bytes, chance: random.Random) -> bytes:
    """The Word file with one part torn: its bytes, or elements of it gone, doubled, in other places, with other attributes and words."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        members: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    name = chance.choice([each for each in members if each.endswith((".xml", ".rels"))])
    part = members[name]
    assert isinstance(part, bytes)
    members[name] = torn(part, chance) if chance.random() < 0.1 else _torn_tree(part, chance)
    return zipped(members)


def _torn_tree(part: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(part)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        every = list(root.iter())
        one, other = chance.choice(every), chance.choice(every)
        match chance.randrange(6):
            case 0 if (parent := one.getparent()) is not None:
                parent.remove(one)
            case 1 if other is not root:
                one.append(copy.deepcopy(other))
            case 2 if (parent := one.getparent()) is not None:
                parent.insert(chance.randrange(len(parent)), copy.deepcopy(one))
            case 3:
                one.tag = other.tag
            case 4:
                for name in one.attrib:
                    one.set(
                        name,
                        chance.choice(("", "-1", "0", "7", "99999999999", "x", "１", "1.5", *other.attrib.values())),
                    )
            case 5:
                one.text = chance.choice(("", "字", *WORDS, "一、题"))
    return etree.tostring(root)


KINDS: dict[str, tuple[str, Callable[[], bytes], Callable[[bytes, random.Random], bytes], int]] = {
    "parts of Word files": ("稿.docx", word, torn_words, 400),
    "Word files": ("稿.docx", word, torn, 60),
    "texts": ("稿.txt", (SAMPLES / "columns.txt").read_bytes, torn_text, 60),
    "texts in GBK": ("稿.txt", (SAMPLES / "wrapped.txt").read_bytes, in_gbk, 60),
    "Markdown": ("稿.md", MARKDOWN.encode, torn_text, 200),
    "pages": ("页.html", HTML.encode, torn_text, 200),
}


def _mutants(kind: str) -> Iterator[tuple[str, bytes]]:
    name, whole, tear, count = KINDS[kind]
    for number in range(count):
        yield name, tear(whole(), random.Random(f"{kind} {number}"))


def _codes(root: Path, content: bytes, name: str, publication: Publication) -> set[str]:
    """What is said of the file at last; `fine` where it may come in."""
    understood = understand(content, name, publication, Wanted(changes=ChangePolicy.ACCEPT))
    if understood.value is None:
        return {problem.code for problem in understood.problems}
    draft = understood.value.draft
    if isinstance(draft, DraftIssue) and draft.date is None:
        return {"fine"}
    written = write_sources(root, understood.value, KEY, publication)
    outcome = prove_sources(written, KEY, publication)
    return {"fine"} if outcome.value is not None else {problem.code for problem in outcome.problems}


# Words in elements that have none, and notes of one number, are refused by the proof.
@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_of_ours(root: Path, publication: Publication, kind: str) -> None:
    found: Counter[str] = Counter()
    for number, (name, content) in enumerate(_mutants(kind)):
        codes = _codes(root, content, name, publication)
        assert codes, number
        assert FAILED not in codes, number
        found.update(codes)
    total = sum(found.values())
    assert found["fine"] > (total / 2 if kind != "Word files" else 0), found
    assert found[UNPROVED] <= (total / 5 if kind == "parts of Word files" else 0), found
