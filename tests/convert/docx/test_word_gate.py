"""Hostile and broken Word files: a message, never an exception, a hang or a file outside (safety, rows 17-20)."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
from functools import partialmethod
from io import BytesIO
from time import process_time

import pytest

from bulletin.convert.docx import read_docx
from bulletin.convert.docx.package import MOST_MEMBERS, MOST_XML, Package
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


def packed(method: int) -> bytes:
    """A whole file, its members packed in another way."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(WHOLE)) as source, zipfile.ZipFile(written, "w", method) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return written.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_word_does_not_know_is_refused(method: int) -> None:
    assert "压缩方法" in refused(packed(method))
    assert read_docx(packed(zipfile.ZIP_STORED), "稿.docx").value is not None


def test_pictures_are_bounded_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three pictures two are let in; the third is told."""
    shown = png(20, 20)
    monkeypatch.setattr(Package, "__init__", partialmethod(Package.__init__, pictures_left=2 * len(shown) + 1))
    related = "".join(f'<Relationship Id="p{n}" Type="x/image" Target="media/{n}.png"/>' for n in range(3))
    body = "".join(p(runs=f'<w:r><w:drawing><a:blip r:embed="p{n}"/></w:drawing></w:r>') for n in range(3))
    outcome = read_docx(word_file(body, related, **{f"word/media/{n}.png": shown for n in range(3)}), "稿.docx")
    assert outcome.value is not None
    assert len(outcome.value.pictures) == 2
    assert ["图片" in str(problem.message) for problem in outcome.problems] == [True]


@pytest.mark.parametrize(
    ("form", "strict"),
    [
        ("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
        ("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/"),
        ("schemas.openxmlformats.org/drawingml/2006/", "purl.oclc.org/ooxml/drawingml/"),
    ],
)
def test_the_strict_form_is_read_alike(form: str, strict: str) -> None:
    """ECMA-376 part 1 has other names for the same elements; Word writes them as “Strict Open XML 文档”."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(WHOLE)) as source, zipfile.ZipFile(written, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(form.encode(), strict.encode()))
    read, plain = read_docx(written.getvalue(), "稿.docx").value, read_docx(WHOLE, "稿.docx").value
    assert plain is not None
    assert strict.encode() in written.getvalue()
    assert read == plain


def alike(words: str) -> str:
    return BODY.replace(p("甲"), words)


LINES = 1_500
GROWING = {
    "runs of one look": lambda n: alike("<w:p>" + r("字") * n * 20 + "</w:p>"),
    "ends that were deleted": lambda n: alike(
        ('<w:p><w:pPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr>' + r("甲") + "</w:p>") * n * 4 + p("末")
    ),
    "comments that never end": lambda n: alike(
        "<w:p>" + "".join(f'<w:commentRangeStart w:id="{each}"/>' for each in range(n)) + r("甲") * n + "</w:p>"
    ),
    "fields in fields": lambda n: alike(
        "<w:p>"
        + ('<w:fldChar w:fldCharType="begin"/>' + r("甲")) * n * 4
        + '<w:fldChar w:fldCharType="end"/>' * n * 4
        + "</w:p>"
        + p("末")
    ),
    "alternatives": lambda n: alike(
        "<w:p><mc:AlternateContent>" + "<mc:Choice Requires='zz'/>" * n * 20 + "</mc:AlternateContent></w:p>" + p("末")
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GROWING)
def test_hostile_files_cost_no_more_than_their_length(kind: str) -> None:
    """Eight times the file may take twenty times as long, but not sixty-four times."""

    def seconds(lines: int) -> float:
        content = with_document(GROWING[kind](lines))
        begun = process_time()
        read_docx(content, "稿.docx")
        return process_time() - begun

    small = max(min(seconds(LINES // 8) for _ in range(3)), 0.002)
    assert seconds(LINES) < 20 * small or seconds(LINES) < 20 * small


def test_lists_of_one_kind_cost_no_more_than_their_number() -> None:
    """Many lists share an abstract list of many levels: it is read once."""
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'

    def seconds(count: int) -> float:
        nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(count))
        content = word_file(
            item_list(), numbering=f'<w:abstractNum w:abstractNumId="1">{levels * count}</w:abstractNum>{nums}'
        )
        begun = process_time()
        assert read_docx(content, "稿.docx").value is not None
        return process_time() - begun

    small = max(min(seconds(200) for _ in range(3)), 0.002)
    assert seconds(1_600) < 20 * small or seconds(1_600) < 20 * small


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
