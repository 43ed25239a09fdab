"""The broken publications: those written as text in `broken/`, and those that only a program can write."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.archive import BASE, BROKEN, FIRST_ISSUE, Archive, read_archive, unpack
from tests.faces import foreign

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = f"issues/{FIRST_ISSUE}"
ARTICLE = f"{FOLDER}/01-report.md"
ISSUE = f"{FOLDER}/issue.yaml"
RECIPIENTS = "house/recipients.yaml"
FRONT = "---\nkind: report\ntitle: 支部建在院里\norganization: 某市委老干部局\n---\n\n"
"""Front matter of an article, whose body then begins on line 7."""
NOTICE = (
    "---\nkind: notice\ntitle: 关于验收工作的通知\norganization: 某省委老干部局\ndate: 2026-01-10\n---\n\n各单位：\n"
)
PROSE = "全市三百个支部都有了固定的活动场所，老同志出门走几步就能到。\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A broken publication: how it is written into an empty folder, and what must be said of it."""

    name: str
    build: Callable[[Path], None]
    expected: tuple[str, ...]
    issue: str = FIRST_ISSUE

    def make(self, folder: Path) -> Path:
        root = folder / "publication"
        root.mkdir()
        self.build(root)
        return root


def text_cases() -> Iterator[Case]:
    for path in sorted(BROKEN.glob("*.txt")):
        if path != BASE:
            archive = read_archive(path)
            yield Case(path.stem, lambda root, archive=archive: unpack(archive, root), archive.expected, archive.issue)


BUILT: list[Case] = []
HEAVY: list[Case] = []
"""Cases for a process of their own; those that are not also in `BUILT` would take too long while they fail."""


def built(*expected: str, heavy: bool = False, only_heavy: bool = False) -> Callable[[Callable[[Path], None]], None]:
    """Registers a builder, which is given the base publication, with the problems expected of what it makes."""

    def register(build: Callable[[Path], None]) -> None:
        def over_base(root: Path) -> None:
            unpack(Archive(), root)
            build(root)

        case = Case(build.__name__.removeprefix("_").replace("_", "-"), over_base, expected)
        if not only_heavy:
            BUILT.append(case)
        if heavy or only_heavy:
            HEAVY.append(case)

    return register


def _write_body(root: Path, body: str) -> None:
    (root / ARTICLE).write_text(FRONT + body, encoding="utf-8", newline="")


def _change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="")


# Fonts of the bureau's own


def _name_fonts(root: Path, fonts: dict[str, tuple[str, bytes]]) -> None:
    """Writes the files, and names them from the fourth line of `bulletin.yaml`."""
    (root / "fonts").mkdir()
    lines = ["title: 甲局动态", "publisher: 甲局", "fonts:"]
    for role, (name, content) in fonts.items():
        lines.append(f"  {role}: fonts/{name}")
        (root / "fonts" / name.split("#")[0]).write_bytes(content)
    (root / "bulletin.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@built(
    "bulletin.yaml:4:7 error face-embedding",
    "bulletin.yaml:5:7 error face-collection",
    "bulletin.yaml:6:7 error face-variable",
    "bulletin.yaml:7:8 error face-outlines",
    "bulletin.yaml:8:7 error face-encoding",
    "bulletin.yaml:9:7 error face-coverage",
)
def _font_files_that_cannot_be_used(root: Path) -> None:
    """May not be embedded; several fonts in one file; several weights in one; no outlines; no Unicode; no letters."""
    from fontTools.ttLib import newTable

    restricted, variable, bitmap, symbols = (foreign.box_font() for _ in range(4))
    restricted["OS/2"].fsType = 2
    variable["fvar"] = newTable("fvar")
    variable["fvar"].axes, variable["fvar"].instances = [], []
    for table in ("glyf", "loca"):
        del bitmap[table]
    bitmap["maxp"].tableVersion = 0x00005000
    for table in symbols["cmap"].tables:
        table.platformID, table.platEncID = 1, 0
        table.cmap = {1: "box"}
    symbols["cmap"].tables = symbols["cmap"].tables[:1]
    fonts = {
        "仿宋": ("a.ttf", restricted),
        "黑体": ("c.ttf", variable),
        "小标宋": ("d.ttf", bitmap),
        "宋体": ("e.ttf", symbols),
    }
    contents = {role: (name, foreign.content_of(font)) for role, (name, font) in fonts.items()}
    contents["楷体"] = ("b.ttc", foreign.collection(foreign.box_font(), foreign.box_font()))
    contents["西文"] = ("f.ttf", foreign.content_of(foreign.box_font("0123456789")))
    _name_fonts(root, {role: contents[role] for role in ("仿宋", "楷体", "黑体", "小标宋", "宋体", "西文")})


@built(
    "bulletin.yaml:4:7 error face-coverage",
    "bulletin.yaml:5:7 warning face-coverage",
    "bulletin.yaml:6:7 error face-width",
    "bulletin.yaml:7:8 error face-marks",
    "bulletin.yaml:8:7 error face-marks",
    "bulletin.yaml:9:7 error face-collection",
)
def _font_files_that_are_not_for_chinese_text(root: Path) -> None:
    """Too few Han; rather few; narrow ones; marks in the middle as in Taiwan; no marks; the second font of a file of one."""
    han, marks = foreign.BOX_HAN, foreign.MARKS_AND_SIGNS
    fonts = {
        "仿宋": ("a.ttf", foreign.box_font(han[:3000] + marks)),
        "楷体": ("b.ttf", foreign.box_font(han[:6000] + marks)),
        "黑体": ("c.ttf", foreign.box_font(advance=800)),
        "小标宋": ("d.ttf", foreign.box_font(ink=(300, 700))),
        "宋体": ("e.ttf", foreign.box_font(han)),
        "西文": ("f.ttf#1", foreign.box_font(marks)),
    }
    _name_fonts(root, {role: (name, foreign.content_of(font)) for role, (name, font) in fonts.items()})


# Encodings


def _encoded(codec: str, mark: bytes = b"") -> Callable[[Path], None]:
    def build(root: Path) -> None:
        unpack(Archive(), root)
        (root / ARTICLE).write_bytes(mark + (FRONT + PROSE).encode(codec))

    return build


ENCODINGS = (
    ("gbk", b""),
    ("gb18030", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
)
BUILT.extend(
    Case(f"encoding-{codec}{'-bom' if mark else ''}", _encoded(codec, mark), (f"{ARTICLE} hint encoding",))
    for codec, mark in ENCODINGS
)


@built(f"{ARTICLE} hint encoding")
def _encoding_gb18030_four_bytes(root: Path) -> None:
    """Characters that GBK does not have."""
    (root / ARTICLE).write_bytes((FRONT + PROSE + "\n朱镕基、𠮷野。\n").encode("gb18030"))


@built()
def _encoding_crlf(root: Path) -> None:
    """Line ends of Windows, and of an old Macintosh, are no fault."""
    (root / ARTICLE).write_bytes((FRONT + PROSE).replace("\n", "\r\n").encode())
    (root / RECIPIENTS).write_bytes((root / RECIPIENTS).read_bytes().replace(b"\n", b"\r"))


@built("bulletin.yaml hint encoding", f"{ISSUE} hint encoding")
def _encoding_yaml(root: Path) -> None:
    """YAML files saved by an old Notepad."""
    for path, codec in (("bulletin.yaml", "gbk"), (ISSUE, "utf-8-sig")):
        (root / path).write_bytes((root / path).read_text(encoding="utf-8").encode(codec))


@built(f"{ARTICLE} error encoding")
def _encoding_big5(root: Path) -> None:
    """Big5 decodes as GB18030, to nonsense: it must be refused, be it ever so short."""
    text = (
        FRONT.replace("某市委老干部局", "老幹部局").replace("支部建在院里", "黨建") + "全市三百個支部，都有固定場所。\n"
    )
    (root / ARTICLE).write_bytes(text.encode("big5"))


@built(f"{ARTICLE} error encoding")
def _encoding_big5_long(root: Path) -> None:
    text = (
        "全省離退休幹部黨建工作持續深入開展，各級黨委老幹部局認真學習貫徹會議精神，把支部建在樓院裡、網上和社團中。\n"
    )
    (root / ARTICLE).write_bytes((text * 10).encode("big5"))


@built(f"{ARTICLE} error encoding")
def _encoding_mixed(root: Path) -> None:
    """A line of GBK appended to a file in UTF-8."""
    (root / ARTICLE).write_bytes((FRONT + PROSE).encode() + PROSE.encode("gbk"))


@built(f"{ARTICLE} error encoding")
def _encoding_cut(root: Path) -> None:
    """A file that ends in the middle of a character."""
    (root / ARTICLE).write_bytes((FRONT + PROSE).encode()[:-2])


@built(f"{ARTICLE} error encoding")
def _random_bytes(root: Path) -> None:
    (root / ARTICLE).write_bytes(random.Random(1).randbytes(5000))


@built(f"{FOLDER}/02-nothing.md error encoding", f"{ISSUE} error encoding")
def _only_nul(root: Path) -> None:
    """What a crash leaves of a file: its length, filled with NUL. One message, not one for each character."""
    for name in (ISSUE, f"{FOLDER}/02-nothing.md"):
        (root / name).write_bytes(bytes(4096))


# Characters

UNWANTED = (
    "\u200b\u202e\x08\x1b\x7f\u2f00\uf9dc\u2028\u2029\u3164\u00ad\u0301\ue000\ufeff\ufe0f\U000e0041\ufffd\U0002f804"
)
"""Zero width, bidi, control, Kangxi radical, compatibility ideographs, line separators, Hangul filler, soft hyphen,
combining mark, private use, byte order mark, variation selector, tag, replacement character."""


@built(*(f"{ARTICLE}:{line}:3 error character" for line in range(7, 7 + len(UNWANTED))))
def _characters(root: Path) -> None:
    """One character on each line that must not reach a page."""
    _write_body(root, "".join(f"支部{character}活动\n" for character in UNWANTED))


@built(f"{ARTICLE}:7:4 error character", f"{ARTICLE}:8:3 error character")
def _characters_look_alike(root: Path) -> None:
    """Cyrillic Р and Greek Α among Latin letters; a word all in Cyrillic is meant as it stands."""
    _write_body(root, "均GD\u0420增长；\n编号\u0391B；\n《\u041f\u0440\u0430\u0432\u0434\u0430》报。\n")


@built(f"{RECIPIENTS}:2:14 error character", f"{ISSUE}:5:25 error character")
def _characters_yaml(root: Path) -> None:
    """A zero-width character and a control character in YAML: one message each."""
    _change(root, ISSUE, "王明", "王\u200b明")
    _change(root, RECIPIENTS, "省委办公厅", "省委\x08办公厅")
    _change(root, ISSUE, "[[省委办公厅, 省委组织部]]", "[[省委组织部]]")


@built(f"{ARTICLE}:1:1 error character")
def _characters_before_front_matter(root: Path) -> None:
    """A zero-width character before `---`: that the front matter is missing would be misleading."""
    (root / ARTICLE).write_text("\u200b" + FRONT + PROSE, encoding="utf-8")


@built("bulletin.yaml:1:8 error yaml", "bulletin.yaml:1:10 error character")
def _characters_line_separator(root: Path) -> None:
    """YAML counts U+2028 as a line end; editors do not."""
    _change(root, "bulletin.yaml", "老干部工作动态", "'老\u2028干部工作动态")


# Sizes


@built(f"{FOLDER}/02-long.md error file-size", heavy=True)
def _million_lines(root: Path) -> None:
    (root / FOLDER / "02-long.md").write_text(FRONT + "甲\n" * 1_000_000, encoding="utf-8")


@built(f"{ISSUE} error file-size")
def _yaml_size(root: Path) -> None:
    with (root / ISSUE).open("a", encoding="utf-8") as file:
        file.write("# 备注\n" * 40_000)


@built(f"{ARTICLE}:9 error too-long")
def _long_line(root: Path) -> None:
    _write_body(root, "第一段。\n\n" + "工作" * 3000 + "\n")


@built(f"{ARTICLE}:7 error too-long")
def _long_paragraph(root: Path) -> None:
    """25,000 characters, the first paragraph of the article."""
    _write_body(root, ("一行字" * 16 + "\n") * 520)


@built(f"{ARTICLE}:9 error too-long")
def _many_brackets(root: Path) -> None:
    _write_body(root, "第一段。\n\n" + ("甲[乙" * 5 + "\n") * 100)


@built(f"{ARTICLE}:9 error nesting")
def _nested_quotes(root: Path) -> None:
    _write_body(root, "第一段。\n\n" + ">" * 60 + " 引文。\n")


@built(f"{ARTICLE}:18 error nesting")
def _nested_lists(root: Path) -> None:
    _write_body(root, "第一段。\n\n" + "".join("  " * depth + "- 甲\n" for depth in range(60)))


@built(f"{ARTICLE}:9 error nesting", heavy=True)
def _nested_emphasis(root: Path) -> None:
    _write_body(root, "第一段。\n\n" + "*a " * 600 + "b*" * 600 + "\n")


@built(f"{ARTICLE}:{7 + 4 * 99} error heading-number")
def _hundred_headings(root: Path) -> None:
    """More headings of one level than are numbered (1 to 99): the hundredth is refused, once."""
    _write_body(root, "".join(f"## 第{number}个问题\n\n正文。\n\n" for number in range(1, 121)))


@built(f"{FOLDER} error issue-size", f"{FOLDER}/99-notice.md error article-order")
def _hundred_articles(root: Path) -> None:
    for name in (*(f"{order:02}-notice" for order in range(2, 100)), "99-last"):
        (root / FOLDER / f"{name}.md").write_text(NOTICE, encoding="utf-8")


SECTIONS = 40
LINKS = 4000


@built(
    *(f"{ARTICLE}:{7 + 398 * SECTIONS + 2 * link} error link-missing" for link in range(LINKS)),
    only_heavy=True,
)
def _many_links(root: Path) -> None:
    """Thousands of run-in headings, and as many links to one that is not there: the work must not be their product."""
    section = "## 节\n\n" + "".join(f"**（{number}）题。**\n\n正文。\n\n" for number in range(1, 100))
    _write_body(root, section * SECTIONS + "[甲](#乙丙丁)\n\n" * LINKS)


RECIPIENTS_LISTED = 6000


@built(
    *(f"{ISSUE}:7:{8 + 10 * number} error recipient-unknown" for number in range(RECIPIENTS_LISTED)), only_heavy=True
)
def _many_recipients(root: Path) -> None:
    """Thousands of recipients, and as many misspelt names: the work must not be their product."""
    _change(
        root,
        RECIPIENTS,
        "units:\n",
        "units:\n" + "".join(f"  - {{name: 单位{n:05}号}}\n" for n in range(RECIPIENTS_LISTED)),
    )
    names = ", ".join(f"单伩{n:05}号" for n in range(RECIPIENTS_LISTED))
    _change(root, ISSUE, "[[省委办公厅, 省委组织部]]", f"[[{names}]]")


# YAML


@built(f"{ISSUE}:1:16 error yaml", heavy=True)
def _yaml_deep_brackets(root: Path) -> None:
    (root / ISSUE).write_text("a: " + "[" * 10_000, encoding="utf-8")


@built(f"{ISSUE}:13:13 error yaml")
def _yaml_deep_indentation(root: Path) -> None:
    (root / ISSUE).write_text("".join(" " * depth + "a:\n" for depth in range(600)), encoding="utf-8")


def _bomb_problems(first: str, each: int, step: int) -> Iterator[str]:
    """The places of the anchors and aliases of `LEVELS` lines like `l1: &l1 [*l0, *l0]`."""
    yield f"{ISSUE}:1:5 error yaml"
    for line in range(2, 10):
        yield f"{ISSUE}:{line}:5 error yaml"
        yield from (f"{ISSUE}:{line}:{len(first) + 1 + step * position} error yaml" for position in range(each))


@built(*_bomb_problems("l1: &l1 [", 9, 5), heavy=True)
def _yaml_alias_bomb(root: Path) -> None:
    """A billion laughs."""
    lines = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 9)]
    (root / ISSUE).write_text("l0: &l0 [lol, lol]\n" + "".join(lines), encoding="utf-8")


@built(
    f"{ISSUE}:1:5 error yaml",
    *(
        f"{ISSUE}:{line}:{column} error yaml"
        for line in range(2, 32)
        for column in ((5, 10, 15, 20) if line <= 10 else (6, 12, 17, 23 if line > 11 else 22))
    ),
    heavy=True,
)
def _yaml_merge_bomb(root: Path) -> None:
    """Merge keys that double at each level."""
    lines = [f"l{level}: &l{level} {{<<: [*l{level - 1}, *l{level - 1}]}}\n" for level in range(1, 31)]
    (root / ISSUE).write_text("l0: &l0 {k: v}\n" + "".join(lines), encoding="utf-8")


# Files that are none


@built(f"{FOLDER}/02-link.md error file-link")
def _article_symlink(root: Path) -> None:
    (root / FOLDER / "02-link.md").symlink_to("/etc/passwd")


@built(f"{FOLDER}/02-link.md error file-link")
def _article_symlink_cycle(root: Path) -> None:
    (root / FOLDER / "02-link.md").symlink_to("02-link.md")


@built(f"{FOLDER}/03-folder.md error file-kind")
def _article_folder(root: Path) -> None:
    (root / FOLDER / "03-folder.md").mkdir()


@built(f"{FOLDER}/03-pipe.md error file-kind")
def _article_pipe(root: Path) -> None:
    os.mkfifo(root / FOLDER / "03-pipe.md")


@built(f"{FOLDER}/02-\udcc9\udcf2.md error article-name")
def _article_name_gbk(root: Path) -> None:
    """A file name in GBK, as an archive from Windows leaves it."""
    Path(os.fsdecode(os.fsencode(root / FOLDER) + b"/02-\xc9\xf2.md")).write_text(NOTICE, encoding="utf-8")


@built(f"{FOLDER} error file-link")
def _issue_folder_symlink(root: Path) -> None:
    """The folder of the issue leads out of the publication."""
    outside = root.parent / "outside"
    (root / FOLDER).rename(outside)
    (root / FOLDER).symlink_to(outside)


@built(f"{RECIPIENTS} error file-link")
def _house_symlink_cycle(root: Path) -> None:
    (root / RECIPIENTS).unlink()
    (root / "house").rmdir()
    (root / "house").symlink_to("house")


if os.geteuid() != 0:

    @built(f"{FOLDER}/02-closed.md error file-unreadable")
    def _article_unreadable(root: Path) -> None:
        (root / FOLDER / "02-closed.md").write_text(NOTICE, encoding="utf-8")
        (root / FOLDER / "02-closed.md").chmod(0)


# Pictures


def _picture(root: Path, name: str) -> Path:
    """The path for a picture that the article shows on line 7."""
    _write_body(root, f"![楼院里的书屋]({name})\n\n正文。\n")
    return root / FOLDER / name


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int) -> bytes:
    """A PNG that declares its size and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


@built(f"{ARTICLE}:7 error file-size", heavy=True)
def _picture_size(root: Path) -> None:
    """100 MB, sparse."""
    with _picture(root, "a.png").open("wb") as file:
        file.write(_png(10, 10))
        file.truncate(100 * 1024**2)


@built(f"{ARTICLE}:7 error picture-pixels", heavy=True)
def _picture_bomb(root: Path) -> None:
    _picture(root, "a.png").write_bytes(_png(20_000, 20_000))


@built(f"{ARTICLE}:7 error picture-pixels")
def _picture_pixels(root: Path) -> None:
    _picture(root, "a.png").write_bytes(_png(10_000, 5_000))


@built(f"{ARTICLE}:7 error picture-broken")
def _picture_cut(root: Path) -> None:
    path = _picture(root, "a.png")
    Image.effect_noise((64, 64), 80).save(path)
    path.write_bytes(path.read_bytes()[:1000])


@built(f"{ARTICLE}:7 error picture-kind")
def _picture_svg(root: Path) -> None:
    """An SVG renamed."""
    _picture(root, "a.jpg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")


@built(f"{ARTICLE}:7 error picture-kind")
def _picture_empty(root: Path) -> None:
    _picture(root, "a.png").touch()


@built(f"{ARTICLE}:7 error file-link")
def _picture_symlink(root: Path) -> None:
    _picture(root, "a.png").symlink_to("/etc/passwd")


@built(f"{ARTICLE}:7 error file-link")
def _picture_symlink_cycle(root: Path) -> None:
    _picture(root, "a.png").symlink_to("b.png")
    (root / FOLDER / "b.png").symlink_to("a.png")


@built(f"{ARTICLE}:7 error file-kind")
def _picture_pipe(root: Path) -> None:
    os.mkfifo(_picture(root, "a.png"))


@built(f"{ARTICLE}:7 error file-kind")
def _picture_folder(root: Path) -> None:
    _picture(root, "a.png").mkdir()


@built(f"{ARTICLE}:7 error file-unreadable")
def _picture_name_long(root: Path) -> None:
    _picture(root, "a" * 300 + ".png")


@built()
def _picture_from_telephone(root: Path) -> None:
    """Nothing: many telephones put a second picture behind the first (MPO); it is a JPEG all the same."""
    image = Image.new("RGB", (64, 48), "red")
    image.save(_picture(root, "a.jpg"), "MPO", save_all=True, append_images=[image])


@built()
def _picture_bad_exif(root: Path) -> None:
    """Nothing: the camera's remarks are damaged, the picture is not, and the remarks are dropped anyway."""
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x05\x01\x0f\x00\x02\x00\x00\xff\xff\x00\x00\x10\x00"
    Image.new("RGB", (64, 48), "red").save(_picture(root, "a.jpg"), exif=exif)
