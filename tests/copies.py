"""What tests of numbered copies share: an issue of six pages with its print PDF, runs of it, and ways to spoil a finished file."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from bulletin.compose import compose_edition
from bulletin.model.copies import CodeKind, CopyMarks, make_code, number_text
from bulletin.model.issue import Issue
from bulletin.model.press import BUILT_IN_PROFILES, PressProfile
from bulletin.model.problem import Span
from bulletin.model.sheets import lay_out, page_order
from bulletin.model.stamp import CopyStamp, Stamping
from bulletin.prove.copies import RunFile, prove_run
from bulletin.prove.print_edition import count_pages
from bulletin.prove.stamps import find_number_room
from bulletin.render.copies import DigitFace, Stamper, draw_digits, render_run
from bulletin.render.copies.appending import Appendix
from bulletin.render.imposition import impose
from tests.conftest import ARTICLE, BASE, article, load, printed

PLAIN = next(profile for profile in BUILT_IN_PROFILES if profile.name == "双面")
SADDLE = next(profile for profile in BUILT_IN_PROFILES if profile.name == "骑马订")
EVERYTHING = CopyMarks(every_page=True, code=CodeKind.QR, tracing=True)
KEY = b"0123456789abcdef" * 2
LONG = article("\n\n".join(["一段话说明一件事，事情办得实在，老同志都说好。" * 9] * 11))


@dataclass(frozen=True)
class Printed:
    """An issue, its print PDF, and the digits of its numbers."""

    issue: Issue
    content: bytes
    digits: DigitFace

    def stamping(self, marks: CopyMarks = CopyMarks()) -> Stamping:  # noqa: B008  frozen
        room = find_number_room(self.content, "编号：")
        left = self.issue.publication.copy_number.position == "left"
        return Stamping(room.place if room else None, marks, left)

    def stamps(self, numbers: Iterable[int], *, coded: bool = True) -> tuple[CopyStamp, ...]:
        title, key = self.issue.publication.title, str(self.issue.head.key)
        texts = [number_text(number, self.issue.publication.copy_number.digits) for number in numbers]
        return tuple(CopyStamp(text, make_code(KEY, title, key, text, 1) if coded else None) for text in texts)

    def run(
        self,
        copies: int | Iterable[int] = 5,
        marks: CopyMarks = CopyMarks(),  # noqa: B008
        profile: PressProfile = PLAIN,
        stamper: Callable[[Stamping, DigitFace], Stamper] | None = None,
    ) -> RunFile:
        """A run and what it was made from."""
        stamps = self.stamps(range(1, copies + 1) if isinstance(copies, int) else copies)
        order = page_order(profile, count_pages(self.content), 0)
        sides = lay_out(profile, order)
        sheets, stamping = impose(self.content, sides, profile), self.stamping(marks)
        drawn_by = stamper(stamping, self.digits) if stamper else Stamper(stamping, self.digits, profile.colour)
        content = render_run(sheets, sides, profile, stamps, drawn_by)
        return RunFile(content, sheets, self.content, profile, order, stamps, stamping)


def print_issue(settings: str = "", body: str = LONG) -> Printed:
    """The small publication with other settings, its issue printed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = {**BASE, ARTICLE: body, "bulletin.yaml": BASE["bulletin.yaml"] + settings}
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, "utf-8")
        issue = load(root)
        content = printed(compose_edition(issue), issue.publication).content
        return Printed(issue, content, draw_digits(issue.publication))


@functools.cache
def six_pages() -> Printed:
    """The small publication with an article of six pages."""
    return print_issue()


def faults_of(run: RunFile) -> list[str]:
    return [str(problem.message) for problem in prove_run(run, Span("issue.yaml"))]


def copy_pages(pdf: pikepdf.Pdf, sides: int) -> list[list[pikepdf.Object]]:
    """The page objects of each copy of a run."""
    pages = [page.obj for page in pdf.pages]
    return [pages[start : start + sides] for start in range(0, len(pages), sides)]


class Spoiled(Appendix):
    """A finished file in which objects are replaced where they stand, as a faulty writer would have written them."""

    def replace(self, page: pikepdf.Object, **entries: bytes) -> None:
        """Gives a page other entries."""
        kept = pikepdf.Dictionary(
            {name: value for name, value in page.items() if name.removeprefix("/") not in entries}
        )
        said = b"".join(b"/%b %b " % (name.encode(), value) for name, value in entries.items())
        self.add(b"<<" + said + kept.unparse()[2:], page.objgen[0])


def references(*objects: pikepdf.Object) -> bytes:
    return b"[" + b" ".join(b"%d 0 R" % each.objgen[0] for each in objects) + b"]"


def text_of_page(content: bytes, index: int) -> str:
    with pdfium.PdfDocument(content) as document:
        return str(document[index].get_textpage().get_text_range())
