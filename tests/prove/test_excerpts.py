"""Excerpts of runs: the same bytes, fewer of them; what is not written as runs are is refused."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from bulletin.prove.excerpts import LongRun, UnknownStructure
from tests.copies import Spoiled, faults_of, six_pages, text_of_page


def test_excerpts_have_the_copies_of_the_run_one_after_another() -> None:
    run = six_pages().run(130)
    whole = LongRun(run.content, run.sheets)
    parts = [whole.excerpt(branch) for branch in whole.branches()]
    copies = []
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as pdf:
            assert pdf.check_pdf_syntax() == []
            copies.append(len(pdf.pages) // len(run.order))
    assert copies == [64, 64, 2]
    assert "000065" in text_of_page(parts[1], 0)
    assert text_of_page(parts[2], 6) == text_of_page(run.content, 129 * 6)


def test_excerpts_are_no_larger_in_a_long_run() -> None:
    """However many copies come before and behind: so time grows with the copies, and memory does not."""
    run = six_pages().run(640)
    whole = LongRun(run.content, run.sheets)
    sizes = [len(whole.excerpt(branch)) for branch in whole.branches()]
    assert len(sizes) == 10
    assert max(sizes) - min(sizes) < 1_000
    assert max(sizes) < len(run.sheets) + len(run.content[len(run.sheets) :]) / 5


def test_excerpts_are_the_runs_own_bytes() -> None:
    """Of a page whose object was replaced, they have what has taken its place."""
    run = six_pages().run(3)
    file = Spoiled(run.content)
    page = file.pdf.pages[6].obj
    number = page.objgen[0]
    file.replace(page, Rotate=b"90")
    (branch,) = (whole := LongRun(file.finished(), run.sheets)).branches()
    with pikepdf.open(io.BytesIO(whole.excerpt(branch))) as pdf:
        assert (pdf.pages[6].obj.objgen[0], pdf.pages[6].obj.Rotate) == (number, 90)
        assert "/Rotate" not in pdf.pages[12].obj


@pytest.mark.parametrize("cut", [2, 40, 300, 5_000])
def test_what_is_broken_is_refused(cut: int) -> None:
    run = six_pages().run(3)
    content = run.content[: len(run.content) - cut - 7] + b"\n%%EOF\n"
    with pytest.raises(UnknownStructure):
        LongRun(content, run.sheets)


def test_a_run_written_anew_is_not_taken_for_one() -> None:
    """As another library would save it: the sheets are not its beginning, and nothing is said of its copies."""
    run = six_pages().run(3)
    with pikepdf.open(io.BytesIO(run.content)) as pdf:
        written = io.BytesIO()
        pdf.save(written)
    found = faults_of(replace(run, content=written.getvalue()))
    assert [each.split("：")[0] for each in found] == ["打了份号的文件不是照份号文件的样子写成的"]


def test_objects_of_the_sheets_that_are_taken_away_are_missed() -> None:
    run = six_pages().run(2)
    file = Spoiled(run.content)
    file._replaced[5] = bytes(7)
    with pytest.raises(UnknownStructure, match="taken away"):
        (whole := LongRun(file.finished(), run.sheets)).excerpt(whole.branches()[0])
