"""The container of a Word file (OPC, ECMA-376 part 2): opened behind a gate, in memory, never on disk (safety, rows 17-20).

What is refused: more than `MOST_MEMBERS` members, members of one name, names that lead out of the archive, encryption, XML of more than `MOST_XML` bytes
in all or of one part that shrinks to less than a hundredth, ways of packing other than Deflate, document types, encodings other than UTF-8 and UTF-16, depth of more than 256 elements
(libxml2's own limit). Pictures of more than `MOST_PICTURE` bytes, or beyond `MOST_PICTURES` in all, are left out, and said so by who asks for them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from bulletin.model.problem import Message, Problem, Span, error, message

MOST_MEMBERS = 2_000
MOST_XML = 50_000_000
MOST_PICTURE = 40_000_000
MOST_PICTURES = 400_000_000
MOST_TIMES_SMALLER = 100
_SMALL = 1_000_000
"""What XML shrinks to is only asked of parts larger than this."""
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = re.compile(rb"""(\sxmlns(?::[A-Za-z0-9_.-]{1,50})?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)/""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
"""Names of the strict form, and of the form that all programs write (ECMA-376 part 1 and part 4)."""
_STRICT_KINDS = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODING = re.compile(r"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class PackageRefused(Exception):
    """The file is not opened; `problem` says why. Caught by `read_docx`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part names by an id: the kind (last word of its type), where it leads, and whether that is outside of the file."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An open Word file; its parts are read when they are asked for, with a count of what they hold."""

    name: str
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    xml_left: int = MOST_XML
    pictures_left: int = MOST_PICTURES
    known: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part; `None` where there is no such part.

        Raises:
            PackageRefused: It cannot or must not be read.
        """
        if part not in self.members:
            return None
        content = self._read(part, self.xml_left)
        packed = max(self.members[part].compress_size, 1)
        if len(content) > _SMALL and len(content) > MOST_TIMES_SMALLER * packed:
            raise self.refused(message("文件里的 {part} 展开后大得反常", part=part))
        self.xml_left -= len(content)
        return self._parse(part, content)

    def picture(self, part: str) -> bytes | None:
        """The bytes of a member that is a picture; `None` where there is none, or it is too large."""
        info = self.members.get(part)
        most = min(MOST_PICTURE, self.pictures_left)
        if info is None or info.file_size > most:
            return None
        try:
            content = self._read(part, most)
        except PackageRefused:
            return None
        self.pictures_left -= len(content)
        return content

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What `part` refers to, by id; targets inside are names of parts."""
        if part not in self.known:
            folder, name = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self.known[part] = dict(
                _relationship(each, folder) for each in (() if root is None else root) if each.get("Id")
            )
        return self.known[part]

    def of_kind(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that `part` refers to, each once."""
        found = (each.target for each in self.relationships(part).values() if each.kind == kind and not each.external)
        return list(dict.fromkeys(found))

    def refused(self, what: Message, advice: Message | None = None) -> PackageRefused:
        otherwise = message("请在 Word 或 WPS 里打开，另存为新的 .docx 再导入")
        return PackageRefused(error("import-docx", Span(self.name), what, advice or otherwise))

    def _read(self, part: str, most: int) -> bytes:
        """The bytes of a member, counted as they come: what the directory says of its size may be a lie."""
        try:
            with self.archive.open(self.members[part]) as stream:
                content = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as fault:
            raise self.refused(message("文件已损坏，里面的 {part} 读不出来", part=part)) from fault
        if len(content) > most:
            raise self.refused(message("文件里的文字部分超过 {limit} MB", limit=MOST_XML // 1_000_000))
        return content

    def _parse(self, part: str, content: bytes) -> etree._Element:
        if _has_document_type(content):
            raise self.refused(
                message("文件里的 {part} 含有 Word 文件不该有的声明，可能是恶意文件", part=part),
                message("请向供稿人要原文件"),
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            remove_blank_text=False,
        )
        try:
            root = etree.fromstring(_STRICT.sub(_TRANSITIONAL, content), parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise self.refused(message("文件已损坏，里面的 {part} 不合格式", part=part)) from fault
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refused(message("文件里的 {part} 含有 Word 文件不该有的声明，可能是恶意文件", part=part))
        return root


def open_package(content: bytes, name: str) -> Package:
    """The Word file that `content` is, if it may be opened.

    Raises:
        PackageRefused: It is no Word file, is broken, locked, or could do harm.
    """
    package = Package(name, zipfile.ZipFile(BytesIO(_EMPTY)), {})
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, OverflowError) as fault:
        raise package.refused(message("这不是 Word 文件（.docx），或者文件已损坏")) from fault
    if len(infos) > MOST_MEMBERS:
        raise package.refused(message("文件里的成员超过 {limit} 个", limit=MOST_MEMBERS))
    names = [info.filename for info in infos]
    if len({each.lower() for each in names}) < len(names):
        raise package.refused(message("文件里有重名的成员，可能是恶意文件"), message("请向供稿人要原文件"))
    if any(info.flag_bits & 0x1 for info in infos):
        raise package.refused(message("文件有密码"), message("请在 Word 里去掉密码，另存后再导入"))
    if any(info.compress_type not in _PACKED for info in infos):
        raise package.refused(message("文件里有成员用了 Word 不用的压缩方法"))
    if any(_leads_out(each) for each in names):
        raise package.refused(message("文件里有成员想写到别处，可能是恶意文件"), message("请向供稿人要原文件"))
    return Package(name, archive, {info.filename: info for info in infos})


_EMPTY = b"PK\x05\x06" + b"\0" * 18


def _leads_out(name: str) -> bool:
    return "\\" in name or "\0" in name or name.startswith("/") or ":" in name or ".." in name.split("/")


def _relationship(element: etree._Element, folder: str) -> tuple[str, Relationship]:
    external = element.get("TargetMode") == "External"
    target = element.get("Target") or ""
    inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    kind = (element.get("Type") or "").rsplit("/", 1)[-1]
    kind = _STRICT_KINDS.get(kind, kind)
    return element.get("Id") or "", Relationship(kind, target if external else inside, external)


def _has_document_type(content: bytes) -> bool:
    """True for XML with a document type, or in an encoding in which one could hide."""
    head = content.lstrip(b" \t\r\n")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
    elif content[:3] == b"\xef\xbb\xbf" or head[:1] == b"<":
        text = content.decode("utf-8-sig", "replace")
    else:
        return True
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "utf-16", "us-ascii", "ascii"):
        return True
    return "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text
