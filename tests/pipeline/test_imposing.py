"""Imposing a publication's issue: which profile, from which print PDF, and what is said to the person at the press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.load.issue import load_signoff
from bulletin.model.build import BuildOrder, ImposeReport, PressOrder
from bulletin.model.errors import UsageError
from bulletin.model.issue import ForcedPrint
from bulletin.model.problem import has_errors
from bulletin.pipeline.building import build
from bulletin.pipeline.imposing import impose
from bulletin.pipeline.printed import digest_of_pdf
from bulletin.pipeline.reading import find_issue
from bulletin.pipeline.signing import Hand, revoke, sign
from bulletin.prove.print_edition import read_pages
from tests.conftest import ARTICLE, BASE, Make, article

SETTINGS = BASE["bulletin.yaml"]


def long(paragraphs: int) -> str:
    """An article of so many paragraphs of eight lines."""
    return article("\n\n".join(["一段话说明一件事，事情办得实在，老同志都说好。" * 9] * paragraphs))


def built(root: Path) -> Path:
    output = root / "build"
    assert not has_errors(build(root, find_issue(root, None), BuildOrder(output), lambda _: None).problems)
    return output


def imposed(root: Path, name: str | None = None) -> ImposeReport:
    return impose(root, find_issue(root, None), PressOrder(name, draft=True), root / "build", lambda _: None)


def codes(report: ImposeReport) -> list[str]:
    return [problem.code for problem in report.problems]


def test_without_settings(make: Make) -> None:
    """Two pages come onto one sheet: a front with the first and nothing beside it."""
    root = make()
    output = built(root)
    report = imposed(root)
    assert report.made is not None
    assert report.made.output == str(output / "2026-01/press/骑马订-样张.pdf")
    assert (report.made.pages, report.made.blanks, report.made.sheets, report.made.signatures) == (2, 2, 1, 1)
    assert report.made.copies == 10
    assert codes(report) == ["press-blank"]
    before = Path(report.made.output).read_bytes()
    assert imposed(root) == report
    assert Path(report.made.output).read_bytes() == before
    assert not list(output.rglob(".part-*"))


def test_profiles_of_the_settings_come_first(make: Make) -> None:
    settings = "press:\n  印刷厂: {imposition: side, colour: grey, crop_marks: true, signature_sheets: 1}\n  胶印: {imposition: duplex}\n"
    root = make({"bulletin.yaml": SETTINGS + settings, ARTICLE: long(9)})
    built(root)
    report = imposed(root)
    assert report.made is not None
    assert (report.made.profile.name, report.made.profile.span.line) == ("印刷厂", 4)
    assert report.made.signatures == report.made.sheets == 2
    assert Path(report.made.output).name == "印刷厂-样张.pdf"
    for name in ("胶印", "骑马订", "平订", "双面"):
        other = imposed(root, name)
        assert other.made is not None
        assert other.made.profile.name == name
    assert len(list((root / "build/2026-01/press").iterdir())) == 5
    with pytest.raises(UsageError, match="没有“印刷场”这个印制方案") as raised:
        imposed(root, "印刷场")
    assert "是不是想写“印刷厂”" in str(raised.value.advice)


def change_text(root: Path) -> None:
    path = root / ARTICLE
    path.write_text(path.read_text("utf-8").replace("正文一段", "正文二段"), "utf-8")


def change_print_run(root: Path) -> None:
    path = root / "issues/2026-01/issue.yaml"
    path.write_text(path.read_text("utf-8").replace("spare: 1", "spare: 2"), "utf-8")


def change_pdf(root: Path) -> None:
    with (root / "build/2026-01/print.pdf").open("ab") as file:
        file.write(b"\n")


def lose_record(root: Path) -> None:
    (root / "build/2026-01/print.json").unlink()


def spoil_record(root: Path) -> None:
    (root / "build/2026-01/print.json").write_text("[1, 2]")


def lose_pdf(root: Path) -> None:
    (root / "build/2026-01/print.pdf").unlink()


@pytest.mark.parametrize("change", [change_text, change_print_run, change_pdf, lose_record, spoil_record, lose_pdf])
def test_a_print_pdf_that_is_not_the_present_one_is_refused(make: Make, change: Callable[[Path], None]) -> None:
    root = make()
    built(root)
    change(root)
    report = imposed(root)
    assert codes(report) == ["print-stale"]
    assert "bulletin build 2026-01" in str(report.problems[0].advice)
    assert report.made is None
    assert not (root / "build/2026-01/press").exists()
    built(root)
    assert imposed(root).made


def test_remarks_and_profiles_do_not_make_it_stale(make: Make) -> None:
    root = make()
    built(root)
    (root / ARTICLE).write_text(BASE[ARTICLE].replace("正文", "<!-- 已核 -->\n\n正文"), "utf-8")
    (root / "bulletin.yaml").write_text(f"# 说明\n{SETTINGS}press:\n  甲: {{imposition: duplex}}\n", "utf-8")
    report = imposed(root)
    assert codes(report) == []
    assert report.made is not None


def test_another_style_is_told(make: Make) -> None:
    root = make()
    built(root)
    (root / "bulletin.yaml").write_text(SETTINGS + "typesetting: {size: 16}\n", "utf-8")
    assert codes(imposed(root, "双面")) == ["print-style"]
    built(root)
    assert codes(imposed(root, "双面")) == []


def test_errors_of_the_issue_come_first(make: Make) -> None:
    root = make()
    built(root)
    (root / ARTICLE).write_text(article("第一行<br>"), "utf-8")
    assert codes(imposed(root)) == ["html"]


def test_as_many_pages_as_a_booklet_takes(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make()
    built(root)
    monkeypatch.setattr("bulletin.pipeline.imposing.SADDLE_LIMIT", 4)
    assert imposed(root).made
    monkeypatch.setattr("bulletin.pipeline.imposing.SADDLE_LIMIT", 3)
    assert codes(imposed(root)) == ["press-thick"]
    assert imposed(root, "平订").made


def test_too_many_pages_for_a_booklet(make: Make) -> None:
    root = make({f"issues/2026-01/{number:02}-report.md": long(9) for number in range(1, 24)})
    output = built(root)
    pages = len(read_pages((output / "2026-01/print.pdf").read_bytes()))
    assert pages > 64
    report = imposed(root)
    assert report.made is None
    assert codes(report) == ["press-thick"]
    assert f"骑马订最多 64 页，本期 {pages} 页" in str(report.problems[0].message)
    assert "平订" in str(report.problems[0].advice)
    thin = imposed(root, "平订")
    assert thin.made is not None
    assert thin.made.signatures == -(-(thin.made.pages + thin.made.blanks) // 16)


@pytest.mark.parametrize(
    ("paragraphs", "where"), [((1, 4, 4), "第 5 页前加 2 个白页（不编页码），报尾在封底"), ((11,), "末尾加 2 个白页")]
)
def test_blanks_never_part_an_article(make: Make, paragraphs: tuple[int, ...], where: str) -> None:
    """Six pages: the last of three articles has two of them; or the only one runs on from the second page to the end."""
    root = make({f"issues/2026-01/{at:02}-report.md": long(many) for at, many in enumerate(paragraphs, start=1)})
    pages = read_pages((built(root) / "2026-01/print.pdf").read_bytes())
    assert len(pages) == 6
    assert [page.body.startswith("标题某县") for page in pages][4] == (len(paragraphs) == 3)
    (problem,) = imposed(root).problems
    assert where in str(problem.message)


def test_only_what_is_signed_goes_to_the_press(make: Make) -> None:
    root = make()
    key = find_issue(root, None)
    output = built(root)
    with pytest.raises(UsageError, match="还没有签发"):
        impose(root, key, PressOrder("双面"), output, lambda _: None)
    sign(root, key, Hand("周砚", "2026-01-20T09:00:00+08:00"), BuildOrder(output), lambda _: None)
    report = impose(root, key, PressOrder("双面"), output, lambda _: None)
    assert report.made is not None
    assert Path(report.made.output).name == "双面.pdf"
    change_text(root)
    built(root)
    with pytest.raises(UsageError, match="签发后有改动（第1篇）"):
        impose(root, key, PressOrder("双面"), output, lambda _: None)
    forced = ForcedPrint("程以宁", "2026-01-20T10:00:00+08:00", "会议下午要用", pdf="")
    assert impose(root, key, PressOrder("双面", forced=forced), output, lambda _: None).made
    record = load_signoff(root, key).value
    assert record is not None
    assert [(each.by, each.reason) for each in record.forced] == [("程以宁", "会议下午要用")]
    assert record.forced[0].pdf == digest_of_pdf((output / "2026-01/print.pdf").read_bytes())


def test_sheets_do_not_outlive_what_they_were_made_of(make: Make) -> None:
    """Neither a signature that is taken back nor a new print PDF leaves sheets behind that look as if they might be printed."""
    root = make()
    key, output = find_issue(root, None), root / "build"
    press = output / "2026-01/press"
    hand, order = Hand("周砚", "2026-01-20T09:00:00+08:00"), BuildOrder(output)
    sign(root, key, hand, order, lambda _: None)
    assert impose(root, key, PressOrder("双面"), output, lambda _: None).made
    built(root)
    assert (press / "双面.pdf").is_file()
    assert revoke(root, key, output).signed
    assert not press.exists()
    sign(root, key, hand, order, lambda _: None)
    assert impose(root, key, PressOrder("双面"), output, lambda _: None).made
    change_text(root)
    built(root)
    assert not press.exists()
