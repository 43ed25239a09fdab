"""What a page of a PDF may unpack to is bounded, however it is packed, before any of it is read."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from bulletin.convert.pdf import read_pdf
from bulletin.convert.pdf.gate import (
    DOCUMENT_LIMIT_BYTES,
    DRAWING_LIMIT_BYTES,
    PAGE_LIMIT_BYTES,
    TooMuch,
    check_content,
)

WORDS = b"BT /F 12 Tf (A) Tj ET\n"
BLANKS = b" " * 1024**2


def page_of(pdf: pikepdf.Pdf, content: bytes, **objects: pikepdf.Object) -> None:
    page = pdf.add_blank_page()
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/{k}": v for k, v in objects.items()}))


def form(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    return pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file, its streams packed once, and those that are packed as they are."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and "/Filter" not in each:
            each.write(zlib.compress(each.read_bytes()), filter=pikepdf.Name.FlateDecode)
    content = io.BytesIO()
    pdf.save(content, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return content.getvalue()


def with_text(size: int) -> bytes:
    pdf = pikepdf.new()
    page_of(pdf, WORDS + b" " * (size - len(WORDS)))
    return saved(pdf)


def without_text(size: int) -> bytes:
    pdf = pikepdf.new()
    page_of(pdf, b"\n" * size)
    return saved(pdf)


def is_too_much(content: bytes) -> bool:
    try:
        check_content(content)
    except TooMuch:
        return True
    return False


@pytest.mark.parametrize(("make", "limit"), [(with_text, PAGE_LIMIT_BYTES), (without_text, DRAWING_LIMIT_BYTES)])
def test_a_page_may_unpack_to_the_limit_and_no_more(make, limit) -> None:  # type: ignore[no-untyped-def]
    assert len(make(limit)) < limit / 100
    assert check_content(make(limit))
    assert is_too_much(make(limit + 1))


def test_the_editor_is_told() -> None:
    (problem,) = read_pdf(with_text(PAGE_LIMIT_BYTES + 1), "甲.pdf").problems
    assert problem.code == "import-pdf-heavy"


def test_forms_count_as_often_as_they_are_shown() -> None:
    def shown(times: int) -> bytes:
        pdf = pikepdf.new()
        page_of(pdf, WORDS + b"/X Do\n" * times, X=form(pdf, BLANKS))
        return saved(pdf)

    assert check_content(shown(5))
    assert is_too_much(shown(6))


def test_forms_in_forms_are_not_unpacked_a_thousandfold() -> None:
    pdf = pikepdf.new()
    inner = form(pdf, WORDS)
    for _ in range(9):
        outer = form(pdf, b"/X Do\n" * 10)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = outer
    page_of(pdf, b"/X Do\n", X=inner)
    assert is_too_much(saved(pdf))


def test_a_form_that_shows_itself_ends() -> None:
    pdf = pikepdf.new()
    itself = form(pdf, b"/X Do\n" + WORDS)
    itself.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=itself))
    page_of(pdf, b"/X Do\n", X=itself)
    assert check_content(saved(pdf))


def test_a_chain_of_forms_that_no_program_makes_is_refused() -> None:
    pdf = pikepdf.new()
    inner = form(pdf, WORDS)
    for _ in range(30):
        outer = form(pdf, b"/X Do\n")
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = outer
    page_of(pdf, b"/X Do\n", X=inner)
    assert is_too_much(saved(pdf))


def test_content_that_is_packed_twice_is_refused() -> None:
    pdf = pikepdf.new()
    page_of(pdf, b"")
    page = pdf.pages[0]
    packed = zlib.compress(zlib.compress(WORDS + BLANKS))
    page.obj.Contents = pikepdf.Stream(pdf, packed, Filter=[pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    assert is_too_much(saved(pdf))


def test_all_pages_together_are_bounded() -> None:
    pdf = pikepdf.new()
    page_of(pdf, b"\n" * DRAWING_LIMIT_BYTES)
    first = pdf.pages[0]
    for _ in range(DOCUMENT_LIMIT_BYTES // DRAWING_LIMIT_BYTES):
        pdf.pages.append(first)
    assert is_too_much(saved(pdf))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_what_is_no_pdf_is_said_to_be_broken(content: bytes) -> None:
    assert not check_content(content)
