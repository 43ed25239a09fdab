"""Comparing two print PDFs: which pages changed, and a PDF that shows them side by side."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from bulletin.compare import compare_pages, with_other_looks
from bulletin.load.publication import load_publication
from bulletin.model.build import CompareReport
from bulletin.model.comparison import Comparison, PageChange, Spread
from bulletin.model.errors import UsageError
from bulletin.model.printed import PrintedPage
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.prove.glyph_lines import read_printed
from bulletin.prove.looks import other_looks
from bulletin.publish import locked, publish_file
from bulletin.render.comparison import Side, render_comparison

PRINT_FILE = "print.pdf"
_OUTPUT = "compare.pdf"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be compared: the names as the editor gave them, where the result goes, and whether pages that did not change
    are shown too. Without an output it is put beside the new PDF."""

    old: str
    new: str
    output: Path | None = None
    all_pages: bool = False


def compare(root: Path, request: Request, progress: Progress) -> CompareReport:
    """Compares two PDFs; writes the PDF that shows the changes, or nothing where there are none.

    Raises:
        UsageError: There is no such PDF, it cannot be read, or the output would replace one of the two.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    paths = find_pdf(root, request.old), find_pdf(root, request.new)
    output = request.output or paths[1].parent / _OUTPUT
    if output.resolve() in {path.resolve() for path in paths}:
        raise UsageError(
            message("“{path}”是要对照的 PDF，不能写在它上面", path=str(output)), message("用 -o 另起一个名字")
        )
    old, new = Side(request.old, paths[0].read_bytes()), Side(request.new, paths[1].read_bytes())
    progress(message("正在对照"))
    before, after = _pages_of(paths[0], old.content), _pages_of(paths[1], new.content)
    comparison = _seen(compare_pages(before, after), old.content, new.content)
    report = CompareReport(request.old, request.new, len(before), len(after), comparison)
    if not comparison.changed:
        return report
    progress(message("正在画出改动"))
    shown = comparison.spreads if request.all_pages else _worth_showing(comparison)
    artifact = render_comparison(old, new, shown, _publication(root), output.name)
    with locked(output.parent):
        written = publish_file(output.parent, artifact)
    return replace(report, output=str(written))


def find_pdf(root: Path, name: str) -> Path:
    """The PDF called `name`: a file, a folder that a build wrote, or an issue whose build lies in the publication's `build/`.

    Raises:
        UsageError: There is none.
    """
    given = Path(name)
    for path in (given, given / PRINT_FILE, root / "build" / name / PRINT_FILE):
        if path.is_file():
            return path
    raise UsageError(
        message("找不到“{name}”的 PDF", name=name),
        message("写 PDF 文件、成品文件夹，或制作过的期号（如 2026-07，先运行 bulletin build）"),
    )


def _seen(comparison: Comparison, old: bytes, new: bytes) -> Comparison:
    """The comparison, with those pages marked that have the same text and look different."""
    if old == new:
        return comparison
    pairs = [(spread.old_page, spread.new_page) for spread in comparison.having([PageChange.NONE])]
    return with_other_looks(comparison, other_looks(old, new, pairs))


def _worth_showing(comparison: Comparison) -> tuple[Spread, ...]:
    """The pages with other text or other looks; where there are none, those that have only other lines."""
    return comparison.having([PageChange.TEXT, PageChange.LOOKS]) or comparison.changed


def _publication(root: Path) -> Publication:
    """The settings of the publication, or the built-in ones outside any."""
    publication = load_publication(root).value
    assert publication is not None, "other settings stand in for those that cannot be read"
    return publication


def _pages_of(path: Path, content: bytes) -> tuple[PrintedPage, ...]:
    try:
        pikepdf.open(io.BytesIO(content)).close()
        return read_printed(content)
    except (pdfium.PdfiumError, pikepdf.PdfError) as fault:
        what = message("读不了 PDF“{path}”（英文说明：{reason}）", path=str(path), reason=str(fault))
        raise UsageError(what, message("文件可能损坏、加了密码，或不是 PDF")) from fault
