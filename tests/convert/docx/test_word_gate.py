"""Hostile and broken Word files: a message, never an exception, a hang or a file outside (safety, rows 17-20)."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
from io import BytesIO

import pytest

from bulletin.convert.docx import read_docx
from bulletin.convert.docx.package import MOST_MEMBERS, MOST_XML
from tests.word_files import NAMES, item_list, p, png, r, word_file, zipped

DOCUMENT = "word/document.xml"
WHOLE = word_file(
    item_list()
    + p("甲" * 50)
    + p(runs='<w:ins w:author="a">' + r("乙") + "</w:ins>")
    + "<w:tbl><w:tr><w:tc>"
    + p("丙")
    + "</w:tc></w:tr></w:tbl>",
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    styles='<w:style w:type="paragraph" w:styleId="a"><w:name w:val="x"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style>',
    footnotes='<w:footnote w:id="1">' + p("注") + "</w:footnote>",
    **{"word/media/a.png": png(2, 2)},
)


def refused(content: bytes) -> str:
    """What is said of a file that is not read."""
    outcome = read_docx(content, "稿.docx")
    assert outcome.value is None
    assert len(outcome.problems) == 1
    assert outcome.problems[0].span.path == "稿.docx"
    return str(outcome.problems[0].message)


def with_document(content: str | bytes) -> bytes:
    return word_file("", **{DOCUMENT: content})


def named(*names: str) -> bytes:
    """Members of these names, two of one name among them."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there already
        for name in names:
            archive.writestr(name, b"x")
    return written.getvalue()


BODY = f"<w:document {NAMES}><w:body>{p('甲')}</w:body></w:document>"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a zip", "不是 Word 文件"),
        (b"PK\x03\x04 cut off", "不是 Word 文件"),
        (WHOLE[: len(WHOLE) // 2], "不是 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument", "旧格式"),
        (zipped({"a.txt": "甲"}), "没有正文"),
        (with_document("<html/>"), "没有正文"),
        (with_document(BODY[:-20]), "不合格式"),
        (with_document(LAUGHS + BODY), "声明"),
        (with_document('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + BODY), "声明"),
        (with_document((LAUGHS + BODY).encode("utf-16")), "声明"),
        (with_document(('<?xml version="1.0" encoding="utf-7"?>' + BODY).encode()), "声明"),
        (with_document((LAUGHS + BODY.replace('甲', 'a')).encode("cp037")), "声明"),
        (word_file(p("甲"), styles=""), None),
        (named(DOCUMENT, DOCUMENT), "重名"),
        (named(DOCUMENT, DOCUMENT.upper()), "重名"),
        (named("../../etc/cron.d/x"), "别处"),
        (named("/etc/passwd"), "别处"),
        (named("a\\..\\b"), "别处"),
        (named(*(f"{n}.xml" for n in range(MOST_MEMBERS + 1))), "成员超过"),
        (with_document(BODY.replace("甲", "a" * 20_000_000)), "反常"),
        (with_document(f"<w:document {NAMES}><w:body>" + "<w:sdt><w:sdtContent>" * 5_000), "不合格式"),
        (word_file(""), "没有文字"),
    ],
)  # fmt: skip
def test_what_is_refused(content: bytes, said: str | None) -> None:
    if said is None:
        assert read_docx(content, "稿.docx").value is not None
    else:
        assert said in refused(content)


def test_sizes_that_lie_are_not_believed() -> None:
    """The directory says ten bytes; what comes is counted."""
    content = bytearray(with_document(BODY.replace("甲", "甲" * 5_000)))
    place = content.rindex(DOCUMENT.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    assert refused(bytes(content))


def test_text_without_end_is_refused_by_its_sum() -> None:
    noise = random.Random(1)
    words = "".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(200_000))
    each = f"<w:ftr {NAMES}>{p(words)}</w:ftr>"
    count = MOST_XML // len(each.encode()) + 1
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
    related = "".join(f'<Relationship Id="f{n}" Type="{kind}" Target="f{n}.xml"/>' for n in range(count))
    said = refused(word_file(p("甲"), related, **{f"word/f{n}.xml": each for n in range(count)}))
    assert "超过" in said


def test_macros_are_never_run_and_told() -> None:
    outcome = read_docx(word_file(p("甲"), **{"word/vbaProject.bin": b"x"}), "稿.docm")
    assert outcome.value is not None
    assert [problem.code for problem in outcome.problems] == ["import-macro"]


def test_damaged_parts_that_are_not_the_text_are_told_too() -> None:
    assert "numbering.xml" in refused(word_file(p("甲"), numbering="<w:num>"))


def changed_member(dice: random.Random) -> bytes:
    """The file with one of its XML parts torn: bytes changed, cut, doubled, or attributes and tags exchanged."""
    with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members))
    content = bytearray(members[name])
    match dice.randrange(5):
        case 0 if content:
            for _ in range(dice.randrange(1, 6)):
                content[dice.randrange(len(content))] = dice.randrange(256)
        case 1:
            content = content[: dice.randrange(len(content) + 1)]
        case 2:
            place = dice.randrange(len(content) + 1)
            content[place:place] = content[dice.randrange(len(content) + 1) :]
        case 3:
            words = [
                b"w:p",
                b"w:r",
                b"w:t",
                b"w:tbl",
                b"w:tc",
                b"w:numPr",
                b"w:ins",
                b"w:pPr",
                b'"1"',
                b'"0"',
                b'"-9"',
                b'"99999999999"',
            ]
            content = content.replace(dice.choice(words), dice.choice(words))
        case _:
            del members[name]
            return zipped(members)
    members[name] = bytes(content)
    return zipped(members)


def changed_archive(dice: random.Random) -> bytes:
    content = bytearray(WHOLE)
    for _ in range(dice.randrange(1, 10)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content[: dice.randrange(len(content))]) if dice.random() < 0.2 else bytes(content)


@pytest.mark.parametrize("change", [changed_member, changed_archive])
def test_two_thousand_torn_files_end_in_a_document_or_a_message(change: object) -> None:
    dice = random.Random(20260723)
    read = 0
    for _ in range(1_000):
        outcome = read_docx(change(dice), "稿.docx")  # type: ignore[operator]
        assert outcome.value is not None or outcome.problems
        read += outcome.value is not None
    assert 20 < read < 980, "some are read in spite of it, some are not"
