"""The proof report: honest, whole, the same each time, and nothing in it that leads elsewhere."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from bulletin.model.build import BuildOrder, Examination, FaceFigures, PrintFigures, ProofReport
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, hint, message, warning
from bulletin.pipeline.building import build
from bulletin.pipeline.reading import find_issue
from bulletin.prove.layout import prove_layout
from bulletin.render.proof import marked_pages, render_proof
from tests.conftest import ARTICLE, REPOSITORY, Make, article, composed, printed, typeset

TEMPLATES = (str(REPOSITORY / "templates"),)
FIGURES = PrintFigures(3, 1, 1234, 60, 40, 2, 0.004, 0.07, (FaceFigures("Fang", (15.75,)), FaceFigures("Odd", (9.0,))))
WHERE = Span("issues/2026-01/01-report.md", 9)
REPORT = ProofReport(
    key=IssueKey(2026, False, 1),
    title="测试动态",
    numbering="第1期（总第10期）",
    date_text="2026年1月20日",
    language="zh-CN",
    print_run=340,
    sha256="ab" * 32,
    version="1.2.3",
    examinations=(
        Examination(message("逐字相同"), 1234, message("字")),
        Examination(message("脚注同页"), 0, message("条")),
        Examination(message("行格"), None, message("行")),
    ),
    figures=FIGURES,
    problems=(),
    thumbnails=(b"one", b"two", b"three"),
)


class Reader(HTMLParser):
    """What a page asks for, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.alternatives: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "data", "srcset")]
        self.alternatives += [known.get("alt") or ""] if tag == "img" else []
        assert tag not in ("script", "iframe", "link", "object")

    def handle_data(self, data: str) -> None:
        self.said += f"{data} "


def read(report: ProofReport) -> Reader:
    reader = Reader()
    reader.feed(render_proof(report, TEMPLATES).content.decode())
    reader.said = " ".join(reader.said.split())
    return reader


def test_everything_that_an_editor_must_know_is_there() -> None:
    said = read(REPORT).said
    for part in (
        "《测试动态》第1期（总第10期）",
        "2026年1月20日",
        "340 份",
        "3 页",
        "1.2.3",
        "ab" * 32,
        "校对",
        "审签",
        "日期",
    ):
        assert part in said
    assert "1,234 字 ✓ 通过" in said
    assert "0 条 本期没有" in said, "an examination of nothing is not passed"
    assert "行格 — 未做" in said, "what did not run is named"
    assert "做过的 1 项核对全部通过；1 项没有做" in said
    assert "其中空白 1 页" in said
    assert "A4 双面，每份 2 张，共 680 张" in said
    assert "仿宋 15.75 磅" in said
    assert "没有发现问题" in said


def test_faults_and_problems_are_told_with_place_and_advice() -> None:
    problems: tuple[Problem, ...] = (
        warning("proof-edge", WHERE, message("第 {page} 页有一行不齐", page=2), message("增删几个字")),
        hint("line-loose", WHERE, message("第 {page} 页有一行稀", page=3)),
    )
    failed = replace(REPORT.examinations[0], faults=2)
    reader = read(replace(REPORT, problems=problems, examinations=(failed, *REPORT.examinations[1:])))
    assert "✗ 不通过，2 处" in reader.said
    assert "✗ 有 1 项不通过" in reader.said
    assert "issues/2026-01/01-report.md:9" in reader.said
    assert "→ 增删几个字" in reader.said
    assert "警告 1 个，提示 1 个" in reader.said
    assert "2 ✗ 有问题" in reader.said
    assert reader.said.count("✗ 有问题") == 1
    assert marked_pages(problems) == {2}


def test_nothing_leads_out_of_the_file() -> None:
    reader = read(REPORT)
    assert reader.addresses == [
        "data:image/png;base64," + base64.b64encode(each).decode() for each in REPORT.thumbnails
    ]
    assert reader.alternatives == [f"第 {page} 页的缩图" for page in (1, 2, 3)]
    html = render_proof(REPORT, TEMPLATES).content.decode()
    assert not re.search(r"https?://|url\(|@import", html)
    assert "default-src 'none'" in html


def test_what_authors_write_stays_text() -> None:
    wild = warning("x", Span("issues/a<b>.md", 1), message("“{text}”", text="<script>alert(1)</script>"))
    html = render_proof(replace(REPORT, problems=(wild,), title="<b>"), TEMPLATES).content.decode()
    assert "<script" not in html
    assert "<b>.md" not in html
    assert "&lt;script&gt;" in html


def test_thumbnails_are_small_pictures_of_the_pages(make: Make) -> None:
    edition, publication = composed(make({ARTICLE: article("正文" * 900)}))
    artifact = printed(edition, publication)
    thumbnails = prove_layout(
        edition, typeset(edition, publication), artifact, publication.typesetting.size, WHERE
    ).thumbnails
    assert len(thumbnails) >= 4
    for picture in (Image.open(io.BytesIO(each)) for each in thumbnails):
        assert picture.size == (179, 253)
        low, high = picture.convert("L").getextrema()
        assert low < 200, "something is printed"
        assert high == 255, "on white paper"
    assert (
        prove_layout(edition, typeset(edition, publication), artifact, publication.typesetting.size, WHERE).thumbnails
        == thumbnails
    )


Build = Callable[[Path], Path]


def built(root: Path, output: Path) -> Path:
    report = build(root, find_issue(root, None), BuildOrder(output), lambda _what: None)
    assert any(path.endswith("proof.html") for path in report.outputs) == bool(report.outputs)
    return output / str(report.key) / "proof.html"


def test_every_build_writes_one_for_the_very_pdf_beside_it(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("正文一段。")})
    path = built(root, tmp_path / "a")
    html = path.read_text("utf-8")
    assert hashlib.sha256((path.parent / "print.pdf").read_bytes()).hexdigest() in html
    assert "✗" not in html.split("<body>")[1]
    assert built(root, tmp_path / "b").read_bytes() == path.read_bytes()


def test_warnings_of_the_sources_are_no_pass(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("正文。", "kind: report\ntitle: 标题\norganization: 示例单位")})
    html = built(root, tmp_path).read_text("utf-8")
    assert "✗ 不通过，1 处" in html
    assert f"{ARTICLE}:4" in html


def test_an_issue_with_errors_leaves_the_report_as_it_was(make: Make, tmp_path: Path) -> None:
    path = built(make(), tmp_path)
    before = path.read_bytes()
    built(make({ARTICLE: "---\nkind: report\n---\n\n正文\n"}), tmp_path)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_the_real_issues_report_is_light(seed: Path, tmp_path: Path) -> None:
    path = built(seed, tmp_path)
    assert path.stat().st_size < 1_500_000
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    assert len(reader.addresses) > 60
    assert all(address.startswith("data:image/png") for address in reader.addresses)
