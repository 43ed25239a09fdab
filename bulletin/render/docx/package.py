"""The container of a Word file (ECMA-376 part 2): the same bytes each time, and nobody's name in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from bulletin.render.docx.elements import part_bytes
from bulletin.render.docx.parts import OFFICE, Relations

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can state (APPNOTE.TXT, 4.4.6)."""
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "document": f"{_WORD}.document.main+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    **{name: f"{_WORD}.{name}+xml" for name in ("styles", "numbering", "settings", "fontTable", "footnotes")},
}
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of all properties that a user may set (ECMA-376 part 1, 22.3.2.2)."""


@dataclass(slots=True)
class Package:
    """Parts by name, and what they refer to."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, root: etree._Element, relations: Relations | None = None) -> None:
        """A part of `word/`, by its file name (`footer1.xml`)."""
        stem = name.removesuffix(".xml").rstrip("0123456789")
        self.parts[f"word/{name}"] = part_bytes(root)
        self.kinds[f"word/{name}"] = _KINDS[stem]
        if relations is not None and relations.targets:
            self.parts[f"word/_rels/{name}.rels"] = _relations_part(relations)

    def add_property(self, name: str, value: str) -> None:
        """The one property that a user may read under 文件, 信息, 高级属性."""
        root = _root(_CUSTOM_SPACE, "Properties", vt=_VALUES)
        said = etree.SubElement(root, f"{{{_CUSTOM_SPACE}}}property", fmtid=_FORMAT, pid="2", name=name)
        etree.SubElement(said, f"{{{_VALUES}}}lpwstr").text = value
        self.parts[_CUSTOM] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.kinds[_CUSTOM] = _CUSTOM_TYPE

    def zipped(self) -> bytes:
        """The file; what it holds comes first, as readers of the container look for it."""
        top = Relations()
        top.to(f"{OFFICE}/officeDocument", "word/document.xml")
        if _CUSTOM in self.parts:
            top.to(f"{OFFICE}/custom-properties", _CUSTOM)
        members = {"[Content_Types].xml": self._types(), "_rels/.rels": _relations_part(top)}
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name, content in (members | dict(sorted(self.parts.items()))).items():
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
        return written.getvalue()

    def _types(self) -> bytes:
        root = _root(_TYPES, "Types")
        defaults = {"jpeg": "image/jpeg", "png": "image/png", "xml": "application/xml"}
        defaults["rels"] = "application/vnd.openxmlformats-package.relationships+xml"
        for ending, kind in sorted(defaults.items()):
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
        for name, kind in sorted(self.kinds.items()):
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations_part(relations: Relations) -> bytes:
    root = _root(_RELATIONS, "Relationships")
    for (kind, target, external), key in relations.targets.items():
        made = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=key, Type=kind, Target=target)
        if external:
            made.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _root(space: str, name: str, **others: str) -> etree._Element:
    """An element of the default namespace `space`; other namespaces by their prefixes."""
    spaces: dict[str | None, str] = {None: space}
    spaces.update(others)
    return etree.Element(f"{{{space}}}{name}", nsmap=spaces)  # type: ignore[arg-type]  # None is the default one
