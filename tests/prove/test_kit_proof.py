"""The proof of hand-over kits finds whatever is not as the edition says: each fault is made, with sums that agree with it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bulletin.model.handover import GUIDE_FILE, PAGE_FILE, SHEET_FILE, SOURCE_FILE, SUMS_FILE, Kit
from bulletin.model.publication import Publication
from tests.kits import kit_of, packed, proven, publication, rendered, unpacked

Files = dict[str, bytes]
FIRST, FORM, SPEECH = "01-样样都有的一篇", "02-关于报名的通知/03-附件-报名表", "04-讲话"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kit, Publication, bytes]:
    """A kit, its publication, its archive."""
    folder = tmp_path_factory.mktemp("kit")

    def make(files: dict[str, str | bytes | None] | None = None, name: str = "publication") -> Path:
        from tests.conftest import BASE

        for path, content in {**BASE, **(files or {})}.items():
            assert content is not None
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / name

    kit, settings = kit_of(publication(make))
    return kit, settings, rendered(kit, settings)


def summed(files: Files) -> Files:
    """The files with sums that agree with them."""
    names = sorted(files.keys() - {SUMS_FILE})
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    return {**files, SUMS_FILE: sums.encode()}


def changed(name: str, old: str, new: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        text = files[name].decode()
        assert old in text
        return {**files, name: text.replace(old, new, 1).encode()}

    return change


def cell(sheet: str, place: str, said: object) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        book = load_workbook(io.BytesIO(files[SHEET_FILE]))
        assert book[sheet][place].value != said
        book[sheet][place] = said
        written = io.BytesIO()
        book.save(written)
        return {**files, SHEET_FILE: written.getvalue()}

    return change


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {each: content for each, content in files.items() if each != name}


PAGE, SOURCE = f"{FIRST}/{PAGE_FILE}", f"{FIRST}/{SOURCE_FILE}"
FAULTS: dict[str, Callable[[Files], Files]] = {
    "a character of a page": changed(PAGE, "引号开头", "引号开关"),
    "a character of a source": changed(SOURCE, "引号开头", "引号开关"),
    "a paragraph twice": changed(SOURCE, "</blockquote>", "</blockquote><p>同志们：</p>"),
    "a note is lost": changed(PAGE, "①见《关于〈规范〉的通知》。", ""),
    "the heading of notes is lost": changed(PAGE, "注释：", ""),
    "a cell of a table": changed(SOURCE, ">21<", ">12<"),
    "a number of a heading": changed(SOURCE, "一、表格", "表格"),
    "a mark of a list": changed(SOURCE, "2. 丑", "丑"),
    "title of an attachment": changed(f"{FORM}/{SOURCE_FILE}", "报名表", ""),
    "label of an attachment": changed(f"{FORM}/{PAGE_FILE}", ">附件<", "><"),
    "a title where it goes into the form": changed(PAGE, "<body", "<p>样样都有的一篇</p><body"),
    "the byline": changed(f"{SPEECH}/{PAGE_FILE}", ">某人<", ">别人<"),
    "a class": changed(SOURCE, "<hr>", '<hr class="x">'),
    "a name": changed(SOURCE, "<h2 ", '<h2 id="x" '),
    "a style sheet": changed(SOURCE, "<hr>", "<style>p{}</style><hr>"),
    "a script": changed(SOURCE, "<hr>", "<script>1</script><hr>"),
    "a handler": changed(SOURCE, "<hr>", '<hr onclick="x">'),
    "a comment": changed(SOURCE, "<hr>", "<!--x--><hr>"),
    "a frame": changed(SOURCE, "<hr>", '<iframe src="https://example.org/"></iframe><hr>'),
    "text that is hidden": changed(SOURCE, "text-indent:0;", "text-indent:0;display:none;"),
    "text without size": changed(SOURCE, "font-size:1em", "font-size:0"),
    "white text": changed(SOURCE, "font-size:1em", "color:#fff"),
    "something fetched by a style": changed(SOURCE, "border:0", "background:url(https://example.org/a)"),
    "an element that is not closed": changed(SOURCE, "<hr>", "<p><hr>"),
    "an attribute twice": changed(SOURCE, 'alt="还是它"', 'alt="还是它" alt="还是它"'),
    "a link elsewhere": changed(SOURCE, "https://example.org/z", "https://example.org/y"),
    "a link more": changed(PAGE, "完。", '<a href="https://example.org/">完。</a>'),
    "a link to another article": changed(SOURCE, "2026/01/02/", "2026/01/03/"),
    "a picture of another site": changed(SOURCE, 'src="图1.png"', 'src="https://example.org/a.png"'),
    "a picture that is not there": changed(SOURCE, 'src="图1.png"', 'src="图2.png"'),
    "words for a picture": changed(SOURCE, 'alt="还是它"', 'alt="别的"'),
    "a picture in the page that is copied": changed(PAGE, "<hr>", '<hr><img src="图1.png" alt="">'),
    "the place of a picture": changed(PAGE, "【此处插入图片：图1.png】", ""),
    "another picture": lambda files: {**files, f"{FIRST}/图1.png": files[f"{FIRST}/图1.png"] + b"\0"},
    "text in the head of a page": changed(PAGE, "</head>", "</head><p>x</p>"),
    "text behind a page": changed(PAGE, "</html>", "</html>某"),
    "a page is lost": without(PAGE),
    "a picture is lost": without(f"{FIRST}/图1.png"),
    "a file more": lambda files: {**files, "别的.txt": b""},
    "a value in the guide": changed(GUIDE_FILE, ">某长<", ">某<"),
    "a title in the guide": changed(GUIDE_FILE, ">讲话</a>", ">说话</a>"),
    "a link of the guide": changed(GUIDE_FILE, "/正文.html", "/正.html"),
    "a link out of the guide": changed(GUIDE_FILE, "<h2>", '<a href="https://example.org/">x</a><h2>'),
    "a title in the sheet": cell("文章", "C2", "别的"),
    "a summary": cell("文章", "L2", "别的"),
    "a day of clearance": cell("文章", "J2", "2026-01-18"),
    "a count": cell("文章", "M2", 7),
    "an address": cell("文章", "P2", ""),
    "a cell more": cell("文章", "AB2", "别的"),
    "a row more": cell("文章", "A9", 9),
    "a formula": cell("文章", "C5", "=1+1"),
    "words for a picture in the sheet": cell("图片", "C2", "别的"),
    "a tag": cell("网页标签", "D8", '<meta name="ArticleTitle" content="别的">'),
    "a tag in other letters": cell("网页标签", "D8", '<meta name="articletitle" content="样样都有的一篇">'),
    "markup in a tag": cell("网页标签", "D8", '<meta name="ArticleTitle" content="样样都有的一篇"><script>'),
    "a tag of another article": cell("网页标签", "A8", 4),
    "head of the tags": cell("网页标签", "D1", "x"),
    "no workbook": lambda files: {**files, SHEET_FILE: b"PK"},
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_found(made: tuple[Kit, Publication, bytes], fault: str) -> None:
    kit, settings, content = made
    assert proven(content, kit, settings) == ()
    faulty = packed(summed(FAULTS[fault](unpacked(content))))
    assert proven(faulty, kit, settings)


def test_archives_with_anything_but_their_files_are_refused(made: tuple[Kit, Publication, bytes]) -> None:
    kit, settings, content = made
    assert proven(packed(unpacked(content)), kit, settings) == ()
    assert proven(b"secret" + content, kit, settings)
    assert proven(content + b"secret", kit, settings)
    assert proven(content[:-1], kit, settings)
    for spoil in (_commented, _with_extra, _named_twice, _with_hole):
        assert proven(spoil(content), kit, settings), spoil.__name__


def _rewritten(content: bytes, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], None]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for name, each in unpacked(content).items():
            change(target, zipfile.ZipInfo(name), each)
    return written.getvalue()


def _commented(content: bytes) -> bytes:
    def write(target: zipfile.ZipFile, entry: zipfile.ZipInfo, each: bytes) -> None:
        entry.comment = b"secret"
        target.writestr(entry, each)

    return _rewritten(content, write)


def _with_extra(content: bytes) -> bytes:
    def write(target: zipfile.ZipFile, entry: zipfile.ZipInfo, each: bytes) -> None:
        entry.extra = b"\xca\xfe\x06\x00secret"
        target.writestr(entry, each)

    return _rewritten(content, write)


def _with_hole(content: bytes) -> bytes:
    def write(target: zipfile.ZipFile, entry: zipfile.ZipInfo, each: bytes) -> None:
        assert target.fp
        target.fp.write(b"secret")
        target.start_dir = target.fp.tell()
        target.writestr(entry, each)

    return _rewritten(content, write)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def _named_twice(content: bytes) -> bytes:
    def write(target: zipfile.ZipFile, entry: zipfile.ZipInfo, each: bytes) -> None:
        target.writestr(entry, each)
        if entry.filename == GUIDE_FILE:
            target.writestr(GUIDE_FILE.upper(), b"secret")

    return _rewritten(content, write)
