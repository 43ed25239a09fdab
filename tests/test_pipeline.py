"""From sources to outputs: the sample issues, the real issue, sameness, size, and that nothing leaks."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.load.folders import list_issues
from bulletin.model.build import BuildOrder, BuildReport
from bulletin.model.problem import has_errors
from bulletin.pipeline.building import build
from bulletin.pipeline.reading import find_issue, read
from bulletin.prove.print_edition import Page, read_pages
from tests.conftest import ARTICLE, REPOSITORY, SAMPLE, Make, article, copy_sample, load


def built(root: Path, output: Path, issue: str | None = None) -> BuildReport:
    report = build(root, find_issue(root, issue), BuildOrder(output), lambda _what: None)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("key", list_issues(REPOSITORY), ids=str)
def test_the_sample_issues_are_clean(key) -> None:  # type: ignore[no-untyped-def]
    assert read(REPOSITORY, key).problems == ()


def test_the_sample_uses_every_feature() -> None:
    from bulletin.compose import compose_edition
    from bulletin.model import prose
    from bulletin.model.walk import characters, walk

    issue = load(REPOSITORY)
    edition = compose_edition(issue)
    used = {type(part).__name__ for part in walk(edition.articles, object)}
    kinds = {"Paragraph", "Salutation", "NumberedHeading", "RunInHeading", "Quote", "ItemList", "Table", "Figure",
             "Strong", "WebLink", "CrossLink", "Note", "AttachmentNote", "Signature"}  # fmt: skip
    assert kinds <= used
    assert {heading.level for heading in walk(edition.articles, prose.NumberedHeading)} >= {1, 2, 3}
    assert any(manuscript.comments for manuscript in issue.manuscripts)
    assert len(edition.articles) == 11
    assert 14_000 <= characters(edition.articles) <= 17_000


@pytest.mark.slow
def test_the_sample_issue_is_built_and_proved(tmp_path: Path) -> None:
    report = built(REPOSITORY, tmp_path)
    assert (report.articles, report.print_run) == (11, 280)


@pytest.fixture(scope="module")
def real(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildReport, tuple[Page, ...]]:
    """The real issue as built: the report, and its pages read back."""
    output = tmp_path_factory.mktemp("real")
    report = built(seed, output, "2020-07")
    return report, read_pages((output / "2020-07/print.pdf").read_bytes())


@pytest.mark.slow
def test_the_real_issue(real: tuple[BuildReport, tuple[Page, ...]]) -> None:
    """10 articles, 340 copies as the sum of the list, 要览 that says 8 reports, every character proved."""
    report, pages = real
    assert (report.articles, report.print_run) == (10, 340)
    assert report.problems == ()
    body = "".join(page.body for page in pages)
    assert "经验交流材料8篇" in pages[0].body
    assert "共印340份" in pages[-1].body
    assert len(body) > 33_000


@pytest.mark.slow
def test_the_real_issues_manuscripts_are_whole_on_paper(seed: Path, real: tuple[BuildReport, tuple[Page, ...]]) -> None:
    """Another way round than the program's own proof: from the raw files, without our reader."""
    paper = "".join(page.body for page in real[1])
    for path in sorted((seed / "issues/2020-07").glob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        bare = re.sub(r"\s+", "", re.sub(r"(?m)^#+ |\*\*", "", body))
        assert bare in paper, path.name


@pytest.mark.slow
@pytest.mark.parametrize(("standard", "issue"), [("a-2a", "2026-08"), ("a-3a", "2026-10")])
def test_same_sources_same_bytes(tmp_path: Path, standard: str, issue: str) -> None:
    """Two folders, two users' environments, two hash seeds, two time zones, two masks, two file orders; and no trace of them.

    The issue with every feature is set as the standard that does all that the other does, and attaches the sources.
    """
    outputs = []
    for number, environment in enumerate(
        [
            {
                "PYTHONHASHSEED": "1",
                "TZ": "Asia/Shanghai",
                "LANG": "zh_CN.UTF-8",
                "USER": "yangwenhua",
                "LOGNAME": "yangwenhua",
            },
            {
                "PYTHONHASHSEED": "77",
                "TZ": "America/New_York",
                "LANG": "en_US.UTF-8",
                "USER": "lijingxin",
                "LOGNAME": "lijingxin",
                "HOME": str(tmp_path),
            },
        ]
    ):
        root = tmp_path / f"place {number}"
        copy_sample(root, SAMPLE[::-1] if number else SAMPLE)
        settings = (REPOSITORY / "bulletin.yaml").read_text("utf-8")
        (root / "bulletin.yaml").write_text(f"{settings}pdf: {{standard: {standard}}}\n", "utf-8")
        output = tmp_path / f"output {number}"
        command = [sys.executable, "-m", "bulletin", "build", issue, "-o", str(output)]
        clean = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        subprocess.run(command, cwd=root, env=clean, umask=0o077 if number else 0o022, check=True, capture_output=True)
        outputs.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    assert outputs[0].keys() == outputs[1].keys()
    assert {str(path) for path in outputs[0]} >= {
        f"{issue}/{name}" for name in ("print.pdf", "print.json", "proof.html")
    }
    assert outputs[0] == outputs[1]
    with pikepdf.open(tmp_path / f"output 0/{issue}/print.pdf") as pdf:
        streams = [thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        written = b"".join([*streams, *(repr(thing).encode() for thing in pdf.objects)])
        assert bool(pdf.attachments) == (standard == "a-3a")
    for trace in ("yangwenhua", "lijingxin", str(tmp_path), "place 0", "output 0"):
        assert trace.encode() not in written


@pytest.mark.slow
def test_memory_stays_under_400_megabytes(seed: Path, tmp_path: Path) -> None:
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from bulletin.cli.entry import run\n"
        "code = run(sys.argv[1:])\n"
        "print(*re.findall(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text()), code)\n"
    )
    command = [sys.executable, "-c", script, "-C", str(seed), "build", "-o", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    peak_kb, code = done.stdout.split()[-2:]
    assert code == "0"
    assert int(peak_kb) < 400 * 1024


def test_no_trace_of_the_machine_in_the_pdf(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("正文，见[网页](https://example.org/a)和[邮箱](mailto:a@example.org)。")})
    built(root, tmp_path)
    document = pdfium.PdfDocument(tmp_path / "2026-01/print.pdf")
    assert set(document.get_metadata_dict(skip_empty=True)) <= {
        "Title",
        "Author",
        "Producer",
        "CreationDate",
        "ModDate",
    }
    strings = opened(tmp_path / "2026-01/print.pdf")
    assert b"https://example.org/a" in strings  # the scan sees what is in the compressed objects
    for trace in (b"file:", b"/tmp", b"/home", b"/root", str(root).encode(), str(REPOSITORY).encode()):
        assert trace not in strings


def opened(path: Path) -> bytes:
    """The bytes of a PDF with every compressed stream laid open."""
    content = path.read_bytes()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            content += zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
    return content


def test_nothing_is_written_when_there_are_errors(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("# 一级标题")})
    report = build(root, find_issue(root, None), BuildOrder(tmp_path / "out"), lambda _what: None)
    assert has_errors(report.problems)
    assert not list((tmp_path / "out").iterdir())


# Whatever is typed: problems or a proved build, never a traceback.

PIECES = st.lists(
    st.one_of(
        st.text(st.sampled_from("老干部工作，。“”（）《》——……、：；0123456789%abcAPP ·～-"), min_size=1, max_size=40),
        st.sampled_from(["\n\n", "\n", "## ", "### ", "**", "*", "> ", "- ", "1. ", "[^1]", "\n\n[^1]: 注\n\n", "|a|b|\n|-|-|\n|c|d|\n\n"]),
    ),
    max_size=25,
).map("".join)  # fmt: skip


TABLE = "|a|b|\n|-|-|\n|c|d|\n\n"


@pytest.mark.slow
@settings(max_examples=40)
@given(PIECES)
@example(TABLE + TABLE + "正文。")
@example(TABLE + "|a|b|\n|-|-|\n|c|d|\n|e|f|\n\n" + TABLE + "正文。")
def test_any_body_gives_problems_or_a_proved_build(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    root = tmp_path_factory.mktemp("any")
    from tests.conftest import BASE

    for path, content in {**BASE, ARTICLE: article(body)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    report = build(root, find_issue(root, None), BuildOrder(root / "build"), lambda _what: None)
    codes = Counter(problem.code for problem in report.problems)
    assert not {code for code in codes if code.startswith(("proof", "pdf-"))}, (body, report.problems)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
