"""From a file or a photograph back to the copy: the numbers that are printed in it, and the codes that it shows, faint ones too.

The file may be anybody's: nothing in it is trusted, and it may be as large as it likes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageFile, ImageOps, ImageSequence

from bulletin.model.copies import CopyCode
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.printed import AREA_FOOT_PT, PrintedLine, lines_of
from bulletin.model.problem import message
from bulletin.model.stamp import SMALL_SIZE_PT, CopyMark, FileKind, MarkedFile
from bulletin.prove.code_reading import read_codes
from bulletin.prove.glyph_lines import glyphs_on

PAGE_LIMIT = 500
"""Pages of a file that are looked at; whoever has a whole run of copies has its numbers besides."""
PIXEL_LIMIT = 110_000_000
"""Of a picture: the largest that telephones take."""
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
_DPI = 200
_WIDEST_PT = 2000.0
"""Pages that are larger are drawn smaller."""
_LONGEST_PX = 3600
"""A photograph has no more of a page to tell than 300 dpi have."""
_NUMBER = re.compile(r"编号[：:](\d{3,8})")
_DEEPEST_FORM = 15
_RUNNING = re.compile(r"(增刊)?第(\d{1,4})期")
_YEAR = re.compile(r"(\d{4})年\d{1,2}月\d{1,2}日")
_SMALLER = message("裁出印有二维码的一块，或缩小以后再查")
_KINDS = message("要 PDF，或 JPEG、PNG、TIFF、WebP 图片；iPhone 的 HEIC 照片先存成 JPEG")


def read_copy_marks(content: bytes) -> MarkedFile:
    """What tells copies in a PDF or a picture.

    Raises:
        UsageError: It is neither; or it is broken, locked, or too large.
    """
    kind = FileKind.PDF if b"%PDF-" in content[:1024] else FileKind.PICTURE
    marks = _of_pdf(content) if kind is FileKind.PDF else _of_picture(content)
    return MarkedFile(kind, tuple(mark for mark in marks if mark.numbers or mark.codes))


def _of_pdf(content: bytes) -> Iterator[CopyMark]:
    with _opening(), pdfium.PdfDocument(content) as document:
        if len(document) > PAGE_LIMIT:
            what = message("文件有 {pages} 页，最多查 {most} 页", pages=len(document), most=PAGE_LIMIT)
            raise UsageError(what, message("拆出要查的几页再查"))
        for number, page in enumerate(document, start=1):
            lines = lines_of(glyphs_on(page))
            codes = _codes_of(_drawn(page), thoroughly=_has_pictures(page))
            yield CopyMark(number, _issue_of(lines), _numbers_of(lines), codes)


def _numbers_of(lines: Iterable[PrintedLine]) -> tuple[str, ...]:
    """Numbers after their label, and small ones alone at the foot of a page, each once."""
    found = []
    for line in lines:
        found += _NUMBER.findall(line.text)
        small = [glyph for glyph in line.glyphs if abs(glyph.size_pt - SMALL_SIZE_PT) < 1]
        text = "".join(glyph.character for glyph in small)
        if line.baseline_pt < AREA_FOOT_PT and re.fullmatch(r"[0-9]{3,8}", text):
            found.append(text)
    return tuple(dict.fromkeys(found))


def _issue_of(lines: Iterable[PrintedLine]) -> str:
    """The key of the issue whose head is on the page: its number, and the year of the first date."""
    text = "\n".join(line.text for line in lines)
    running, year = _RUNNING.search(text), _YEAR.search(text)
    return str(IssueKey(int(year[1]), bool(running[1]), int(running[2]))) if running and year else ""


def _codes_of(picture: Image.Image, *, thoroughly: bool = True) -> tuple[CopyCode, ...]:
    parsed = (CopyCode.parse(text) for text in read_codes(picture, thoroughly=thoroughly))
    return tuple(dict.fromkeys(code for code in parsed if code))


def _has_pictures(page: pdfium.PdfPage) -> bool:
    """True of a page that may be a scan; codes that are drawn are as clear as they ever will be."""
    return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST_FORM))


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    scale = _DPI / 72 * min(1.0, _WIDEST_PT / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


def _of_picture(content: bytes) -> Iterator[CopyMark]:
    with _opening():
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
            width, height = frame.size
            if width * height > PIXEL_LIMIT or number > PAGE_LIMIT:
                raise UsageError(message("图片太大（{width}×{height} 像素）", width=width, height=height), _SMALLER)
            frame.draft("L", (_LONGEST_PX, _LONGEST_PX))  # a JPEG is decoded no larger than is wanted
            upright = ImageOps.exif_transpose(frame).convert("L")
            upright.thumbnail((_LONGEST_PX, _LONGEST_PX))
            yield CopyMark(number, "", (), _codes_of(upright))


@contextmanager
def _opening() -> Iterator[None]:
    """Tells what is wrong with a file that cannot be opened or read to its end."""
    truncated = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # what is left of a picture may still show its code
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except pdfium.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        what = message("PDF 加了密码，打不开") if locked else message("PDF 打不开，可能已损坏")
        raise UsageError(what, message("先用密码打开，另存为没有密码的") if locked else _KINDS) from fault
    except Image.DecompressionBombError as fault:
        raise UsageError(message("图片的像素太多"), _SMALLER) from fault
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as fault:
        raise UsageError(message("文件打不开：不是 PDF，也不是认得的图片"), _KINDS) from fault
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = truncated
