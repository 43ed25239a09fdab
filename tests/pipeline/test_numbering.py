"""Orders of numbered copies: which files come of them, what they hold, and when there are none."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont

from bulletin.compose import compose_edition
from bulletin.model.copies import CodeKind, CopyMarks, make_code
from bulletin.model.issue import Issue
from bulletin.model.press import BUILT_IN_PROFILES
from bulletin.model.problem import Message, Outcome, Span
from bulletin.model.publication import PdfStandard
from bulletin.model.stamp import CopyGroup, CopyOrder, CopyPackage, NumberedFile, batches_of
from bulletin.pipeline.conforming import sources_to_attach
from bulletin.pipeline.copies.assigning import assign
from bulletin.pipeline.copies.digits import assure_digits
from bulletin.pipeline.copies.names import copies_path
from bulletin.pipeline.copies.numbering import make_copies
from bulletin.pipeline.faces import assure_faces
from bulletin.prove.conformance import prove_conformance
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.print_edition import count_pages
from bulletin.prove.tracing import read_copy_marks
from bulletin.render.copies import Stamper, digits_fingerprint
from bulletin.render.print_edition import render_print
from tests.conftest import ARTICLE, BASE, REPOSITORY, Make, load, printed, typeset
from tests.copies import KEY, LONG, PLAIN, SADDLE, print_issue, six_pages
from tests.faces.foreign import content_of, foreign, make_proportional
from tests.pages import glyphs_of
from tests.pipeline.test_copies import KEY as KEY_OF_ISSUE
from tests.pipeline.test_copies import asked, signed
from tests.pipeline.test_copies import printed as print_order
from tests.programs import installed, node_of

PDFJS_PAGE = REPOSITORY / "tests/render/pdfjs_page.mjs"

EACH = tuple((number, 1) for number in range(1, 11))


def quiet(_what: Message) -> None: ...


def made(
    order: CopyOrder, issue: Issue | None = None, content: bytes | None = None
) -> Outcome[tuple[NumberedFile, ...]]:
    return make_copies(content or six_pages().content, issue or six_pages().issue, order, quiet)


def order_of(groups: Sequence[CopyGroup], marks: CopyMarks = CopyMarks(), **said: object) -> CopyOrder:  # noqa: B008
    return CopyOrder(tuple(groups), marks, KEY, **said)  # type: ignore[arg-type]


def names(outcome: Outcome[tuple[NumberedFile, ...]]) -> list[str]:
    assert outcome.value is not None, outcome.problems
    return [file.artifact.path for file in outcome.value]


def numbers_in(file: NumberedFile) -> list[str]:
    """The numbers that PDFium reads after their labels, page by page."""
    return [number for mark in read_copy_marks(file.artifact.content).marks for number in mark.numbers]


def codes(outcome: Outcome[tuple[NumberedFile, ...]]) -> list[str]:
    return [problem.code for problem in outcome.problems]


def test_one_file_for_all() -> None:
    outcome = made(order_of(batches_of(EACH)))
    assert outcome.problems == ()
    assert names(outcome) == ["copies/000001-000010.pdf"]
    (file,) = outcome.value or ()
    assert file.numbers == tuple(range(1, 11))
    assert numbers_in(file) == [f"{number:06}" for number in range(1, 11)]
    assert len(file.sha256) == 64


def test_the_same_order_gives_the_same_bytes() -> None:
    order = order_of(batches_of(EACH, 4), CopyMarks(tracing=True), profile=SADDLE)
    assert made(order).value == made(order).value
    again = replace(order, groups=batches_of(tuple((number, 2) for number, _ in EACH), 4))
    assert {file.sha256 for file in made(again).value or ()}.isdisjoint(file.sha256 for file in made(order).value or ())


def test_batches() -> None:
    outcome = made(order_of(batches_of(EACH, 4)))
    assert names(outcome) == ["copies/000001-000004.pdf", "copies/000005-000008.pdf", "copies/000009-000010.pdf"]
    assert [numbers_in(file) for file in outcome.value or ()][2] == ["000009", "000010"]


def test_a_file_for_each_recipient() -> None:
    groups = [
        CopyGroup(((1, 1), (2, 1)), "甲局"),
        CopyGroup(((3, 1),), "中共某市委/老干部局"),
        CopyGroup(((4, 2), (7, 1)), "丙"),
    ]
    outcome = made(order_of(groups))
    assert names(outcome) == [
        "copies/000001-000002-甲局.pdf",
        "copies/000003-中共某市委_老干部局.pdf",
        "copies/000004-000007-2份-丙.pdf",
    ]
    assert [numbers_in(file) for file in outcome.value or ()] == [
        ["000001", "000002"],
        ["000003"],
        ["000004", "000007"],
    ]


def test_a_file_of_one_copy_is_the_signed_pdf_with_its_number() -> None:
    """It can be read aloud and kept for ever, as what was signed; a run of one on sheets is for the press."""
    outcome = made(order_of([CopyGroup(((number, 1),)) for number in (1, 2, 3)], CopyMarks(code=CodeKind.QR)))
    for file in outcome.value or ():
        assert file.artifact.content.startswith(six_pages().content)
        edition = compose_edition(six_pages().issue)
        conforming = PrintFile(file.artifact.content, edition, PdfStandard.A_2A)
        assert prove_conformance(conforming, Span("issue.yaml")) == ()
    (sheet,) = made(order_of([CopyGroup(((1, 1),))], profile=SADDLE)).value or ()
    assert not sheet.artifact.content.startswith(six_pages().content)
    assert sheet.artifact.path == "copies/000001-骑马订.pdf"


def test_a_single_copy_keeps_what_is_attached(make: Make) -> None:
    root = make({"bulletin.yaml": BASE["bulletin.yaml"] + "pdf: {standard: a-3a}\n"})
    issue = load(root)
    edition, sources = compose_edition(issue), sources_to_attach(root, issue)
    content = render_print(typeset(edition, issue.publication), issue.publication, sources).content
    outcome = made(order_of([CopyGroup(((1, 1),))]), issue, content)
    assert outcome.problems == ()
    with pikepdf.open(io.BytesIO((outcome.value or ())[0].artifact.content)) as pdf:
        assert len(pdf.Root.AF) == len(sources) == 2


@pytest.mark.parametrize("profile", [PLAIN, SADDLE, *BUILT_IN_PROFILES], ids=lambda profile: profile.name)
def test_a_package_of_outer_and_inner_sheets(profile: object) -> None:
    """The numbered sheets, the table for the numbering machine, and what all copies share, once."""
    outcome = made(order_of(batches_of(EACH, 6), profile=profile, package=CopyPackage.OUTER))  # type: ignore[arg-type]
    name = getattr(profile, "name", "")
    assert names(outcome) == [
        f"copies/000001-000006-{name}-外页.pdf",
        f"copies/000001-000006-{name}-份号.csv",
        f"copies/000007-000010-{name}-外页.pdf",
        f"copies/000007-000010-{name}-份号.csv",
        f"copies/000001-000010-{name}-内页.pdf",
    ]
    first, table, _second, _, inner = outcome.value or ()
    assert numbers_in(first) == [f"{number:06}" for number in range(1, 7)]
    assert count_pages(first.artifact.content) == 6 * 2
    assert table.artifact.content.decode("utf-8-sig").split() == ["份号", *(f"{number:06}" for number in range(1, 7))]
    assert (table.numbers, inner.numbers) == ((), ())
    assert numbers_in(inner) == []
    assert count_pages(inner.artifact.content) == (2 if getattr(profile, "folded", False) else 4)


@pytest.mark.parametrize("marks", [CopyMarks(every_page=True), CopyMarks(tracing=True)], ids=["every page", "tracing"])
def test_no_inner_sheets_where_every_sheet_differs(marks: CopyMarks) -> None:
    outcome = made(order_of(batches_of(EACH), marks, package=CopyPackage.OUTER))
    assert (outcome.value, codes(outcome)) == (None, ["copies-outer"])
    assert made(order_of(batches_of(EACH), CopyMarks(code=CodeKind.QR), package=CopyPackage.OUTER)).value


def test_a_place_is_needed() -> None:
    printed_one = print_issue("copy_number: {position: none}\n")
    for marks, wanted in (
        (CopyMarks(), ["copies-place"]),
        (CopyMarks(code=CodeKind.QR), ["copies-place"]),
        (CopyMarks(every_page=True), []),
    ):
        outcome = made(order_of(batches_of(EACH[:2]), marks), printed_one.issue, printed_one.content)
        assert codes(outcome) == wanted
    (file,) = outcome.value or ()
    marks_found = read_copy_marks(file.artifact.content).marks
    assert {mark.page for mark in marks_found} == {*range(1, 13)}, "the first page has its number at the foot then"


def test_a_label_that_is_not_there() -> None:
    """The publication's own template has left it out."""
    settings, bare = six_pages(), print_issue("copy_number: {position: none}\n")
    outcome = made(order_of(batches_of(EACH)), settings.issue, bare.content)
    assert codes(outcome) == ["copies-place"]
    assert "编号：" in str(outcome.problems[0].message)


def test_a_number_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = six_pages().issue
    wide = replace(
        issue, publication=replace(issue.publication, copy_number=replace(issue.publication.copy_number, digits=11))
    )
    outcome = made(order_of(batches_of(EACH)), wide)
    assert codes(outcome) == ["copies-place"]
    assert "11 位" in str(outcome.problems[0].message)


def test_warnings_of_sheets_are_told_once() -> None:
    outcome = made(order_of(batches_of(EACH, 5), profile=SADDLE))
    assert codes(outcome) == ["press-blank"]
    assert len(outcome.value or ()) == 2


def test_too_many_pages_for_a_booklet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletin.pipeline.imposing.SADDLE_LIMIT", 4)
    outcome = made(order_of(batches_of(EACH), profile=SADDLE))
    assert (outcome.value, codes(outcome)) == (None, ["press-thick"])


def test_nothing_is_handed_on_that_fails_its_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Stamper._number
    monkeypatch.setattr(Stamper, "_number", lambda self, number, place: right(self, number.replace("7", "1"), place))
    for groups in (batches_of(EACH), batches_of(EACH, 3), [CopyGroup((copy,)) for copy in EACH]):
        outcome = made(order_of(groups))
        assert outcome.value is None
        assert codes(outcome) == ["proof-copies"]
        assert "000007" in str(outcome.problems[0].message)


def test_codes_are_of_the_key_and_the_piece() -> None:
    outcome = made(order_of([CopyGroup(((5, 1),)), CopyGroup(((5, 2),))], CopyMarks(code=CodeKind.QR)))
    found = [read_copy_marks(file.artifact.content).marks[0].codes[0] for file in outcome.value or ()]
    assert found == [make_code(KEY, "测试动态", "2026-01", "000005", piece) for piece in (1, 2)]
    assert found[0].check != found[1].check


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("", "000001"),
        ("../../etc/passwd", "000001-etc_passwd"),
        ('a:b*c?d"e<f>g|h\\i', "000001-a_b_c_d_e_f_g_h_i"),
        ("甲\n乙　丙 .", "000001-甲_乙_丙"),
        ("...", "000001"),
    ],
)
def test_names_of_files(holder: str, name: str) -> None:
    assert copies_path(CopyGroup(((1, 1),), holder), 6, None) == f"copies/{name}.pdf"


def test_long_names_are_cut_between_characters() -> None:
    path = copies_path(CopyGroup(EACH, "省" * 200), 8, SADDLE, "外页")
    assert path.startswith("copies/00000001-00000010-省")
    assert path.endswith("省-骑马订-外页.pdf")
    assert 190 < len(Path(path).name.encode()) <= 200


def test_digits_are_of_the_bureaus_own_face_and_may_be_of_any_width(make: Make) -> None:
    """A 西文 of the bureau's own, whose 1 is narrow: numbers begin after the label, at the foot they end at the type area."""
    latin = TTFont(io.BytesIO(foreign("".join(map(chr, range(0x20, 0x7F))), 1000, "GWLatin.ttf")))
    make_proportional(latin, "1")
    settings = BASE["bulletin.yaml"] + "fonts: {西文: fonts/a.ttf}\n"
    root = make({"bulletin.yaml": settings, "fonts/a.ttf": content_of(latin)})
    issue = load(root)
    with pytest.raises(ValueError, match="faces"):
        made(order_of(batches_of(EACH)), issue)
    faces = assure_faces(issue.publication, root / "build", quiet)
    assert faces.value is not None, faces.problems
    ready = replace(issue, publication=faces.value)
    content = printed(compose_edition(ready), ready.publication).content
    outcome = made(order_of([CopyGroup(((111111, 1), (200002, 1)))], CopyMarks(every_page=True)), ready, content)
    assert [str(problem.message) for problem in outcome.problems] == []
    (file,) = outcome.value or ()
    pages = count_pages(content)
    widths = []
    for copy in range(2):
        digits = [glyph for glyph in glyphs_of(file.artifact.content, copy * pages + 1) if glyph.face == "HouseLat"]
        number = [glyph for glyph in digits if glyph.size_pt > 15 and glyph.y_mm < 50]
        assert len(number) == 6
        widths.append(number[-1].x_mm - number[0].x_mm)
        small = [glyph for glyph in glyphs_of(file.artifact.content, copy * pages + 2) if glyph.size_pt < 8]
        assert small[-1].x_mm < 182 < small[-1].x_mm + 2
    assert widths[0] < 0.9 * widths[1]


def test_a_publication_with_faces_of_its_own_is_printed(make: Make) -> None:
    """From the command's spine: the faces are prepared where the issue was built, and the digits are in the page's own."""
    latin = foreign("".join(map(chr, range(0x20, 0x7F))), 1000, "GWLatin.ttf")
    settings = BASE["bulletin.yaml"] + "fonts: {西文: fonts/a.ttf}\n"
    root = signed(make({"bulletin.yaml": settings, "fonts/a.ttf": latin}))
    assign(root, KEY_OF_ISSUE, asked("assign"), dry_run=False)
    report = print_order(root)
    assert report.files, report.problems
    digits = [glyph for glyph in glyphs_of(Path(report.files[0].path).read_bytes(), 1) if glyph.character == "1"]
    assert {glyph.face for glyph in digits if glyph.y_mm < 50} == {"HouseLat"}


MEASURED = """
import json, re, sys, time
from pathlib import Path
from bulletin.model.copies import CopyMarks, CodeKind
from bulletin.model.stamp import CopyOrder, batches_of
from bulletin.pipeline.copies.digits import assure_digits
from bulletin.pipeline.copies.numbering import make_copies
from tests.conftest import load
root, printed, output, copies = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]), int(sys.argv[4])
issue, start = load(root), time.process_time()
order = CopyOrder(batches_of(tuple((number, 1) for number in range(1, copies + 1))), CopyMarks(), b"")
made = make_copies(printed, issue, order, lambda what: None, assure_digits(issue.publication, output.parent))
(file,) = made.value
output.write_bytes(file.artifact.content)
memory = int(re.search("VmHWM: *(.+) kB", Path("/proc/self/status").read_text())[1]) * 1024  # getrusage counts the parent's
print(json.dumps({"seconds": time.process_time() - start, "memory": memory, "size": len(file.artifact.content)}))
"""


def measured(root: Path, printed_path: Path, output: Path, copies: int) -> dict[str, float]:
    """What making a run takes, in a process of its own."""
    command = [sys.executable, "-c", MEASURED, str(root), str(printed_path), str(output), str(copies)]
    said = subprocess.run(
        command, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(said.stdout)
    return found


def built(root: Path, folder: Path) -> tuple[float, Path]:
    """What the build of an issue takes, in seconds of CPU in a process of its own, and the print PDF that it has made."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bulletin", "-C", str(root), "build", "-o", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (path,) = folder.glob("*/print.pdf")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, path


@pytest.mark.slow
def test_the_real_issue_in_340_copies(seed: Path, tmp_path: Path, pdfjs: Path) -> None:
    """No larger than 1.3 times one copy and 3 MB, in less than 400 MB of memory and less time than the build of one; every
    number is where it should be, all else is the same objects, and other programs read and draw the last."""
    once, path = built(seed, tmp_path)
    content, run = path.read_bytes(), tmp_path / "run.pdf"
    found = measured(seed, path, run, 340)
    assert found["size"] <= 1.3 * len(content) + 3_000_000
    assert found["memory"] < 400_000_000
    assert found["seconds"] < once
    pages = count_pages(content)
    with pdfium.PdfDocument(run) as document:
        assert len(document) == 340 * pages
        for copy in range(340):
            text = document[copy * pages].get_textpage().get_text_range()
            assert re.findall(r"(?<!\d)\d{6}(?!\d)", text) == [f"{copy + 1:06}"]
    with pikepdf.open(run) as pdf:
        streams = [page.obj.Contents for page in pdf.pages]
        for side in range(pages):
            shared = {
                tuple(each.objgen for at, each in enumerate(streams[copy * pages + side]) if side or at != 3)
                for copy in range(340)
            }
            assert len(shared) == 1, f"side {side}"
        assert len({streams[copy * pages][3].objgen for copy in range(340)}) == 340
    last = str(339 * pages + 1)
    assert "No syntax or stream encoding errors" in said_by("qpdf", "qpdf", "--check", str(run))
    assert "000340" in said_by("pdftotext", "poppler-utils", "-f", last, "-l", last, str(run), "-")
    assert "000340" in said_by("mutool", "mupdf-tools", "draw", "-q", "-F", "txt", str(run), last)
    page = [node_of(pdfjs), str(PDFJS_PAGE), str(pdfjs / "pdfjs-dist"), str(run), last]
    shown = json.loads(subprocess.run(page, check=True, capture_output=True).stdout)
    assert "000340" in shown["text"]
    assert "000340" in shown["shown"]
    assert shown["label"] == "000340-1"


@pytest.mark.slow
def test_a_run_grows_by_the_copy(tmp_path: Path) -> None:
    """As many bytes for each, and no more memory for many than for some: less than 1 kB for each page more."""
    path = tmp_path / "print.pdf"
    path.write_bytes(six_pages().content)
    root = tmp_path / "publication"
    for name, text in {**BASE, ARTICLE: LONG}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    found = [measured(root, path, tmp_path / "run.pdf", copies) for copies in (1_000, 2_000, 4_000)]
    first, second = (after["size"] - before["size"] for before, after in pairwise(found))
    assert second == pytest.approx(2 * first, rel=0.05)
    pages = 3_000 * count_pages(six_pages().content)
    assert found[-1]["memory"] - found[0]["memory"] < 1_000 * pages
    assert found[-1]["memory"] < 250_000_000


def said_by(command: str, package: str, *arguments: str) -> str:
    return subprocess.run([installed(command, package), *arguments], check=True, capture_output=True, text=True).stdout


def test_digits_are_kept_and_give_the_same_file(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that a build has drawn are read, not drawn; a change of faces or style draws them anew, and only the newest stay."""
    root = make()
    publication = load(root).publication
    first = assure_digits(publication, root / "build")
    assert first == six_pages().digits
    left = replace(publication, copy_number=replace(publication.copy_number, position="left"))
    assert digits_fingerprint(left) != digits_fingerprint(publication)
    monkeypatch.setattr("bulletin.render.copies.digits.draw", None)
    assert assure_digits(publication, root / "build") == first
    order = order_of(batches_of(EACH))
    kept = make_copies(six_pages().content, six_pages().issue, order, quiet, first)
    monkeypatch.undo()
    assert kept.value == made(order).value
    assure_digits(left, root / "build")
    assert [path.stem for path in (root / "build/.digits").iterdir()] == [digits_fingerprint(left)[:32]]
