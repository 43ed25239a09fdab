"""Rules about the file as a whole: ISO 19005-2 (PDF/A-2), ISO 14289-1 (PDF/UA-1) and the Matterhorn protocol (MH)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from bulletin.model.problem import Message, message
from bulletin.prove.conformance.print_file import PrintFile

_HEADER = re.compile(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}")
_ACTIONS = frozenset({"/URI", "/GoTo"})
_ALL_ACTIONS = _ACTIONS | {
    *("/GoToR", "/GoToE", "/Launch", "/Thread", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm", "/ResetForm"),
    *("/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/SetState", "/NOP"),
}
_BLENDING = frozenset(
    {
        *(
            "/Normal",
            "/Compatible",
            "/Multiply",
            "/Screen",
            "/Overlay",
            "/Darken",
            "/Lighten",
            "/ColorDodge",
            "/ColorBurn",
        ),
        *("/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"),
    }
)
"""ISO 32000-1, 11.3.5."""


def check_header(file: PrintFile) -> Iterator[Message]:
    """A header that says the version and that the file is binary, and a file identifier (ISO 19005-2, 6.1.2 and 6.1.3)."""
    if not _HEADER.match(file.content) or "/ID" not in file.pdf.trailer:
        yield message("文件头或文件标识不合规定")


def check_encryption(file: PrintFile) -> Iterator[Message]:
    """No encryption: the file can be read for ever, by screen readers too (ISO 19005-2, 6.1.3)."""
    if file.pdf.is_encrypted:
        yield message("PDF 加了密")


def check_language(file: PrintFile) -> Iterator[Message]:
    """The language of the text is said (ISO 14289-1, 7.2; MH 11-001 to 11-006)."""
    if str(file.pdf.Root.get("/Lang", "")) != file.edition.masthead.language:
        yield message("PDF 没有写明正文语言（{language}）", language=file.edition.masthead.language)


def check_title_shown(file: PrintFile) -> Iterator[Message]:
    """Windows show the title and not the file's name (ISO 14289-1, 7.1; MH 07-001, 07-002)."""
    if not _is_true(file.pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle")):
        yield message("窗口标题不显示刊名")


def check_marked(file: PrintFile) -> Iterator[Message]:
    """The file says that it is tagged, and that its tags are sure (ISO 14289-1, 6.2 and 7.1; MH 01-007)."""
    said = file.pdf.Root.get("/MarkInfo", Dictionary())
    if not _is_true(said.get("/Marked")) or _is_true(said.get("/Suspects")):
        yield message("PDF 没有声明有可靠的结构标签")


def check_actions(file: PrintFile) -> Iterator[Message]:
    """Nothing runs: no script, no program, no sound; links alone (ISO 19005-2, 6.5.1)."""
    for thing in _dictionaries(file):
        kind = str(thing.get("/S", ""))
        if (kind in _ALL_ACTIONS and kind not in _ACTIONS) or "/AA" in thing or "/JS" in thing:
            yield message("PDF 里有会自动运行的动作：{kind}", kind=kind or "AA")
    if "/OpenAction" in file.pdf.Root or "/JavaScript" in file.pdf.Root.get("/Names", Dictionary()):
        yield message("PDF 里有会自动运行的动作：{kind}", kind="OpenAction")


def check_attachments(file: PrintFile) -> Iterator[Message]:
    """Attached is what should be, and nothing else (ISO 19005-2, 6.8; ISO 19005-3, 6.8: each with its relationship)."""
    found = [thing for thing in _dictionaries(file) if "/EF" in thing]
    listed = {each.objgen for each in file.pdf.Root.get("/AF", Array())}
    attached = {str(each.UF): each.EF.F.read_bytes() for each in found}
    if attached != {source.name: source.content for source in file.sources}:
        names = tuple(sorted(attached)) or ("—",)
        yield message("PDF 的附件不是应有的附件：{names}", names=names)
    if any(each.objgen not in listed or each.get("/AFRelationship") != "/Source" for each in found):
        yield message("附件没有写明与 PDF 的关系")


def check_output_intent(file: PrintFile) -> Iterator[Message]:
    """What the colours mean: an RGB profile, embedded (ISO 19005-2, 6.2.3)."""
    intents = [each for each in file.pdf.Root.get("/OutputIntents", Array()) if each.get("/S") == "/GTS_PDFA1"]
    profiles = [each.DestOutputProfile for each in intents if "/DestOutputProfile" in each]
    if len(profiles) != 1 or profiles[0].get("/N") != 3 or profiles[0].read_bytes()[16:20] != b"RGB ":
        yield message("PDF 没有内嵌 RGB 输出意图")


def check_colours(file: PrintFile) -> Iterator[Message]:
    """No colour that the output intent does not explain: no CMYK (ISO 19005-2, 6.2.4.3)."""
    images = [each for each in _streams(file) if each.get("/Subtype") == Name.Image]
    if any(page.cmyk for page in file.pages) or any(each.get("/ColorSpace") == "/DeviceCMYK" for each in images):
        yield message("PDF 里有没有说明的 CMYK 颜色")


def check_blending(file: PrintFile) -> Iterator[Message]:
    """Transparency is blended in ways that PDF defines (ISO 19005-2, 6.2.10)."""
    for thing in _dictionaries(file):
        mode = thing.get("/BM")
        modes = list(mode) if isinstance(mode, Array) else [mode]
        if mode is not None and not all(str(each) in _BLENDING for each in modes):
            yield message("PDF 里有不合规定的透明效果")


def check_pictures(file: PrintFile) -> Iterator[Message]:
    """Pictures are shown as they are: not smoothed, no stand-ins (ISO 19005-2, 6.2.8)."""
    for thing in _streams(file):
        if thing.get("/Subtype") == Name.Image and (
            _is_true(thing.get("/Interpolate")) or "/Alternates" in thing or "/OPI" in thing
        ):
            yield message("图片的显示方式不合规定")


def _is_true(value: object) -> bool:
    return value is True


def _dictionaries(file: PrintFile) -> Iterator[Object]:
    """All dictionaries of the file, those inside others too."""
    for thing in file.pdf.objects:
        yield from _inside(thing)


def _inside(thing: object) -> Iterator[Object]:
    if isinstance(thing, (Dictionary, Stream)):
        yield thing
        for value in thing.values():
            if isinstance(value, Object) and not value.is_indirect:
                yield from _inside(value)
    elif isinstance(thing, Array):
        for value in thing:
            if isinstance(value, Object) and not value.is_indirect:
                yield from _inside(value)


def _streams(file: PrintFile) -> Iterator[Object]:
    return (thing for thing in file.pdf.objects if isinstance(thing, Stream))
