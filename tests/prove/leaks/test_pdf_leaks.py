"""PDFs: what pages show, what is written beside it, and what is left of pages that are no more."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from bulletin.model.artifact import Artifact
from tests.conftest import Make, composed, printed
from tests.gates import FILES, SECRET, SENTENCE, gate, named, publication


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The cleared article by itself, and the whole issue, as they are printed, without what is for recipients."""
    made = []
    for number in range(2):
        root = tmp_path_factory.mktemp("pdf")
        for path, content in FILES.items():
            if content is None or (path == SECRET and not number):
                continue
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
        issue = root / "issues/2026-01/issue.yaml"
        said = issue.read_text("utf-8").splitlines(keepends=True)
        issue.write_text("".join(line for line in said if not line.startswith(("highlights", "editors_note"))), "utf-8")
        article = root / "issues/2026-01/01-report.md"
        article.write_text(article.read_text("utf-8").replace("02-canary-plan.md", "https://example.org"), "utf-8")
        made.append(printed(*composed(root)).content)
    return made[0], made[1]


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


def leaked(make: Make, content: bytes) -> set[str]:
    """The lines of the article that is not cleared that the PDF tells."""
    found = gate(publication(make), [Artifact("2026/01/bulletin.pdf", "application/pdf", content)])
    assert {name for problem in found for name in named(problem)} <= {"2026/01/bulletin.pdf"}
    return {problem.span.path for problem in found}


def with_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SENTENCE, 0))


def with_info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo[Name.Subject] = SENTENCE


def with_xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = SENTENCE


def with_alternative(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(SENTENCE))


def with_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = f"<p>{SENTENCE}</p>".encode()


def with_name_of_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{SENTENCE}.txt"] = b"x"


def with_annotation(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String(SENTENCE))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def with_destination(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(SENTENCE), pdf.pages[0].obj])))


def with_utf_8(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Note = String(SENTENCE.encode())


def with_actual_text(pdf: pikepdf.Pdf) -> None:
    text = SENTENCE.encode("utf-16-be").hex()
    pdf.pages[0].contents_add(f"/Span <</ActualText <FEFF{text}>>> BDC EMC".encode())


def with_unused_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Rest = pdf.make_stream(SENTENCE.encode("utf-16-be"))


def with_pdf_in_it(pdf: pikepdf.Pdf) -> None:
    inner = io.BytesIO()
    with pikepdf.new() as other:
        other.add_blank_page()
        other.docinfo[Name.Title] = SENTENCE
        other.save(inner)
    pdf.attachments["a.pdf"] = inner.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f'app.alert("{SENTENCE}")'))


BESIDE = [with_outline, with_info, with_xmp, with_alternative, with_attachment, with_name_of_attachment, with_annotation,
          with_destination, with_utf_8, with_actual_text, with_unused_stream, with_pdf_in_it, with_script]  # fmt: skip


def test_a_pdf_of_what_is_cleared_is_clean_but_for_its_imprint(make: Make, pdfs: tuple[bytes, bytes]) -> None:
    """Here it is the print edition: whom it goes to, its print run, its editors' telephone stand on its last page."""
    found = gate(publication(make), [Artifact("a.pdf", "application/pdf", pdfs[0])])
    fields = {str(dict(problem.message.values)["field"]) for problem in found}
    assert fields == {"发送范围", "编辑电话", "印数"}


def test_the_text_of_a_page_is_caught(make: Make, pdfs: tuple[bytes, bytes]) -> None:
    assert SECRET in leaked(make, pdfs[1])
    assert SECRET not in leaked(make, pdfs[0])


@pytest.mark.parametrize("change", BESIDE, ids=lambda change: change.__name__)
def test_what_is_written_beside_the_pages_is_caught(
    make: Make, pdfs: tuple[bytes, bytes], change: Callable[[pikepdf.Pdf], None]
) -> None:
    assert SECRET in leaked(make, changed(pdfs[0], change))


def test_a_deleted_page_is_caught_if_it_is_still_in_the_file(make: Make, pdfs: tuple[bytes, bytes]) -> None:
    """Safety, finding 4: the pages are gone for every reader, and what they said is not."""

    def without_pages(pdf: pikepdf.Pdf) -> None:
        for name in ("/StructTreeRoot", "/Outlines", "/Names", "/Metadata"):
            if name in pdf.Root:
                del pdf.Root[name]
        kept = [pdf.pages[0].obj]
        removed = [page.obj for page in list(pdf.pages)[1:]]
        pdf.Root.Kept = Array([page.Contents for page in removed])
        del pdf.pages[1:]
        assert len(pdf.pages) == len(kept)

    content = changed(pdfs[1], without_pages)
    assert SECRET in leaked(make, content)


def test_a_stream_that_is_not_even_in_the_table_of_objects_is_caught(make: Make, pdfs: tuple[bytes, bytes]) -> None:
    """As an older revision leaves it behind: bytes before the end of the file that nothing refers to."""
    end = pdfs[0].rindex(b"startxref")
    stream = zlib.compress(b"BT " + f"<FEFF{SENTENCE.encode('utf-16-be').hex()}> Tj ET".encode())
    left = b"99999 0 obj\n<</Length %d /Filter /FlateDecode>>\nstream\n%b\nendstream\nendobj\n" % (len(stream), stream)
    content = pdfs[0][:end] + left + pdfs[0][end:]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not any(isinstance(each, pikepdf.Stream) and each.read_raw_bytes() == stream for each in pdf.objects)
    assert SECRET in leaked(make, content)


def test_pages_left_behind_are_read_by_the_maps_of_their_fonts(make: Make, pdfs: tuple[bytes, bytes]) -> None:
    """The codes of a page's text are no characters; without the maps of the fonts nothing of it could be read."""
    with pikepdf.open(io.BytesIO(pdfs[1])) as pdf:
        pages = b"".join(page.Contents.read_bytes() for page in pdf.pages if isinstance(page.Contents, pikepdf.Stream))
    assert not re.search(SENTENCE[:8].encode("utf-16-be").hex().encode(), pages, re.IGNORECASE)
    with pikepdf.open(io.BytesIO(pdfs[1])) as pdf:
        raw = [page.Contents.read_raw_bytes() for page in pdf.pages]

    def emptied(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(b" ")
            if "/Annots" in page:
                del page["/Annots"]
        for name in ("/StructTreeRoot", "/Outlines", "/Names", "/Metadata"):
            if name in pdf.Root:
                del pdf.Root[name]

    content = changed(pdfs[1], emptied)
    assert SECRET not in leaked(make, content)
    left = b"".join(
        b"%d 0 obj\n<<>>\nstream\n%b\nendstream\nendobj\n" % (99990 + n, each) for n, each in enumerate(raw)
    )
    end = content.rindex(b"startxref")
    assert SECRET in leaked(make, content[:end] + left + content[end:])


def test_a_pdf_with_a_password_is_refused(make: Make, pdfs: tuple[bytes, bytes], tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdfs[0])) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    (problem,) = gate(publication(make), [Artifact("a.pdf", "", (tmp_path / "a.pdf").read_bytes())])
    assert problem.code == "leak-unreadable"


def test_bytes_that_only_begin_as_a_pdf_are_refused(make: Make) -> None:
    (problem,) = gate(publication(make), [Artifact("a.pdf", "", b"%PDF-1.7\nnothing of the kind")])
    assert problem.code == "leak-unreadable"
