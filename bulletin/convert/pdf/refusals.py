"""What is said of a PDF that cannot be read, or not with certainty."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from bulletin.model.problem import Problem, Span, error, hint, message

_READ_IT_AGAIN = message("请向来稿单位要 Word 文件；没有的话，先用文字识别（OCR）软件识别，校对后再导入")


def refused(fault: pdfium.PdfiumError, name: str) -> Problem:
    """Why PDFium did not open the file."""
    if fault.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        what, advice = message("PDF 有密码"), message("请去掉密码，另存后再导入")
        return error("import-pdf-password", Span(name), what, advice)
    return broken(name)


def broken(name: str) -> Problem:
    """The file is no PDF, or a damaged one."""
    advice = message("请重新导出或重新传送这个文件")
    return error("import-pdf-broken", Span(name), message("PDF 打不开，可能已损坏"), advice)


def too_much(name: str) -> Problem:
    """The file unpacks to more than pages have."""
    what = message("PDF 里有一页的内容大得不正常，没有读取")
    return error("import-pdf-heavy", Span(name), what, _READ_IT_AGAIN)


def without_text(name: str) -> Problem:
    """The file shows pictures of pages."""
    return error("import-pdf-scanned", Span(name), message("这个 PDF 里没有文字（可能是扫描件）"), _READ_IT_AGAIN)


def garbled(name: str, share: int) -> Problem:
    """The file does not say which characters its glyphs are."""
    what = message("这个 PDF 里的文字有 {share}% 读不出是什么字（字库没有编码对照）", share=share)
    return error("import-pdf-garbled", Span(name), what, _READ_IT_AGAIN)


def too_long(name: str, what: str, most: int) -> Problem:
    """The file is none of a bulletin."""
    limits = {
        "pages": message("PDF 超过 {most} 页", most=most),
        "characters": message("PDF 超过 {most} 个字", most=most),
    }
    return error("import-pdf-long", Span(name), limits[what], message("请拆成几个文件再导入"))


def recognised(name: str) -> Problem:
    """The text is what a program read from scanned pages."""
    what = message("文字是软件从扫描的页面上识别出来的，可能有错字")
    return hint("import-pdf-recognised", Span(name), what, message("请对照原件逐字校对"))


def turned(name: str, pages: Sequence[int]) -> Problem:
    """Text that stands upright or slanting is left out."""
    what = message("第{pages}页有竖排或斜放的文字，没有导入", pages=_listed(pages))
    return hint("import-pdf-turned", Span(name), what, message("多半是水印或印章；如是正文，请手工补上"))


def pictures_left(name: str, pages: Sequence[int]) -> Problem:
    """Pictures that are too big, broken, or the ground of a page."""
    what = message("第{pages}页有图片没有导入（占满整页、太大或损坏）", pages=_listed(pages))
    return hint("import-pdf-picture", Span(name), what, message("要用的话，请另存图片，放进稿件所在的文件夹"))


_MOST = 10


def _listed(pages: Sequence[int]) -> tuple[str, ...]:
    return (*(str(page) for page in pages[:_MOST]), *(["…"] if len(pages) > _MOST else []))
