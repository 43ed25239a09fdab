"""The XMP packet of a PDF: one RDF that says what the Info dictionary says, and which standards the file keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""
"""PDF/A knows no `pdfuaid`, so the file must describe it (ISO 19005-2, 6.6.2.3.3)."""


def xmp_packet(info: Mapping[str, str], language: str, part: int) -> bytes:
    """The packet for a file that keeps PDF/A-2 or -3 at level A, and PDF/UA-1 (ISO 19005-2, 6.6.4; ISO 14289-1, 5).

    Args:
        info: The Info dictionary by key without `/`; dates as `D:20261023`.
        language: What the text is written in.
        part: 2 or 3.
    """
    names = "".join(f'\n xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    body = "".join(_properties(info, language, part))
    packet = (
        f'{_HEAD}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{names}>\n'
        f'<rdf:Description rdf:about="">\n{body}</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )
    return packet.encode()


def _properties(info: Mapping[str, str], language: str, part: int) -> Iterator[str]:
    yield f"<pdfaid:part>{part}</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
    yield f"<pdfuaid:part>1</pdfuaid:part>\n{_EXTENSION}"
    yield f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>\n"
    templates = {
        "Title": '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>\n',
        "Author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
        "Subject": '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n',
        "Keywords": "<pdf:Keywords>{}</pdf:Keywords>\n",
        "Producer": "<pdf:Producer>{}</pdf:Producer>\n",
        "Creator": "<xmp:CreatorTool>{}</xmp:CreatorTool>\n",
        "CreationDate": "<xmp:CreateDate>{}</xmp:CreateDate>\n",
        "ModDate": "<xmp:ModifyDate>{}</xmp:ModifyDate>\n",
    }
    for key, template in templates.items():
        if key in info:
            value = _xmp_date(info[key]) if key.endswith("Date") else info[key]
            yield template.format(escape(value))


def _xmp_date(pdf_date: str) -> str:
    """`D:20261023` as `2026-10-23` (XMP, part 1, 8.2.1.2)."""
    digits = pdf_date.removeprefix("D:")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
