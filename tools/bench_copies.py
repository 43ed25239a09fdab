"""Measures numbered copies: runs of more and more of them beside one build, beside setting each anew, and beside pypdf.

python tools/bench_copies.py ROOT PRINT_PDF COPIES CODE    makes one run and prints what it took, as JSON
"""

from __future__ import annotations

import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.model.copies import CodeKind, CopyMarks
from bulletin.model.issue import Issue
from bulletin.model.problem import Span, has_errors
from bulletin.model.stamp import CopyOrder, batches_of
from bulletin.pipeline.copies.digits import assure_digits
from bulletin.pipeline.copies.numbering import make_copies
from bulletin.pipeline.reading import find_issue, read
from bulletin.render.print_edition import render_print
from bulletin.typeset import typeset_edition

PYPDF = "pypdf==7.1.0"
RUNS = (340, 1_000, 3_000, 10_000)
RENDERED, STAMPED = 5, 10
"""Copies that are set anew, and that pypdf makes; the rest is reckoned from them."""
_RIVAL = """
import io, re, sys, time
sys.path.insert(0, {folder!r})
from pypdf import PdfReader, PdfWriter
printed, number = open({printed!r}, "rb").read(), open({number!r}, "rb").read()
start = time.process_time()
size = 0
if {together}:
    reader, writer = PdfReader(io.BytesIO(printed)), PdfWriter()
    for copy in range({copies}):
        writer.append(reader)
        writer.pages[copy * len(reader.pages)].merge_page(PdfReader(io.BytesIO(number)).pages[0])
    file = io.BytesIO()
    writer.write(file)
    size = len(file.getvalue())
    open({folder!r} + "/../together.pdf", "wb").write(file.getvalue())
else:
    for copy in range({copies}):
        writer = PdfWriter(clone_from=io.BytesIO(printed))
        writer.pages[0].merge_page(PdfReader(io.BytesIO(number)).pages[0])
        file = io.BytesIO()
        writer.write(file)
        size += len(file.getvalue())
print(time.process_time() - start, size, re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def report_copies(root: Path, issue: Issue, build_s: float) -> None:
    """The table; `build_s` is what a whole build of the issue takes, in seconds of CPU."""
    typeset, _ = typeset_edition(compose_edition(issue), issue.publication, Span("issue.yaml"))
    printed = render_print(typeset, issue.publication).content
    times = []
    for _ in range(RENDERED):
        start = time.process_time()
        render_print(typeset, issue.publication)
        times.append(time.process_time() - start)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "print.pdf"
        path.write_bytes(printed)
        print(f"\n{'numbered copies':<38}{'CPU':>9}{'/ build':>9}{'MB':>9}{'/ one':>8}{'peak MB':>9}")
        for copies in RUNS:
            _row(f"{copies} in one run", _measured(root, path, copies, CodeKind.NONE), build_s, len(printed))
        _row("340 in one run, with QR codes", _measured(root, path, 340, CodeKind.QR), build_s, len(printed))
        again = {"seconds": 340 * statistics.median(times), "size": 340 * len(printed), "memory": 0}
        _row(f"340 set anew (from {RENDERED})", again, build_s, len(printed))
        if not _install_pypdf(Path(temporary)):
            print("pypdf could not be installed: not measured")
            return
        each, together = (_pypdf(path, Path(temporary), together=how) for how in (False, True))
        _row(f"340 files by pypdf (from {STAMPED})", each, build_s, len(printed))
        wrong = " WRONG" if _numbers_on_first(Path(temporary) / "together.pdf") != 1 else ""
        _row(f"one file by pypdf (from {STAMPED}){wrong}", together, build_s, len(printed))
        if wrong:
            print("WRONG: the numbers of all copies stand on each, one over the other")


def _row(name: str, took: dict[str, float], build_s: float, one: int) -> None:
    seconds, size, memory = took["seconds"], took["size"], took["memory"] / 1e6
    peak = f"{memory:.0f}" if memory else "–"
    print(f"{name:<38}{seconds:>8.1f}s{seconds / build_s:>9.2f}{size / 1e6:>9.1f}{size / one:>8.2f}{peak:>9}")


def _measured(root: Path, printed: Path, copies: int, code: CodeKind) -> dict[str, float]:
    """What one run takes, read back and all, in a process of its own."""
    command = [sys.executable, __file__, str(root), str(printed), str(copies), code.value]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ})
    found: dict[str, float] = json.loads(said.stdout)
    return found


def _install_pypdf(folder: Path) -> bool:
    """Puts pypdf beside the measurement; it is no part of the program."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder / "pypdf"), PYPDF]
    return subprocess.run(pip, check=False, capture_output=True).returncode == 0


def _pypdf(printed: Path, folder: Path, *, together: bool) -> dict[str, float]:
    """What pypdf takes, and reads nothing back: for files of one copy each, or for one file by the recipe that is found everywhere."""
    number = folder / "number.pdf"
    number.write_bytes(_number_pdf())
    where = {"folder": str(folder / "pypdf"), "printed": str(printed), "number": str(number)}
    script = _RIVAL.format(**where, copies=STAMPED, together=together)
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    seconds, size, memory = map(float, said)
    return {"seconds": seconds * 340 / STAMPED, "size": size * 340 / STAMPED, "memory": memory * 1024}


def _numbers_on_first(path: Path) -> int:
    """How often a number was put on the first page: how many streams paint one."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        contents = pdf.pages[0].Contents
        each = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        return sum(stream.read_bytes().count(b"000001") for stream in each)


def _number_pdf() -> bytes:
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595.28, 841.89))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F 16 Tf 436 716 Td (000001) Tj ET")
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def main() -> None:
    """Makes one run and prints what it took."""
    root, printed, copies, code = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), CodeKind(sys.argv[4])
    outcome = read(root, find_issue(root, None))
    if outcome.value is None or has_errors(outcome.problems):
        raise SystemExit("the issue has errors; run `bulletin check`")
    digits = assure_digits(outcome.value.publication, printed.parent)  # as a build has left them
    start = time.process_time()
    groups = batches_of(tuple((number, 1) for number in range(1, copies + 1)))
    order = CopyOrder(groups, CopyMarks(code=code), b"the key of a bench, and no secret")
    made = make_copies(printed.read_bytes(), outcome.value, order, lambda _: None, digits)
    if made.value is None:
        raise SystemExit(str(made.problems[0].message))
    seconds, size = time.process_time() - start, len(made.value[0].artifact.content)
    print(json.dumps({"seconds": seconds, "size": size, "memory": _peak_bytes()}))


def _peak_bytes() -> int:
    """The most memory that this process had; `getrusage` counts that of the process which started it too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    main()
