"""What a cleared article has in common with one that is not: told where it is a sentence or a paragraph, not where it is a phrase."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.load.folders import article_slugs
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Severity
from bulletin.model.site_build import SiteReport
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.reading import read
from tests.archives import AT, write_archive
from tests.clearing import site_report
from tests.conftest import ARTICLE, Make, article, copy_sample

KEY = IssueKey(2026, False, 1)
SHARED = "经核查，黛湖疗养院三号楼漏雨已逾两月，拟于下月报常委会研究。"
LONG = f"另一句只在这里。{SHARED}\n\n再另起一段。"
OTHER = "issues/2026-01/02-b.md"
TITLE = "kind: report\ntitle: 内部情况\norganization: 某县"


def shared(problems: tuple[Problem, ...]) -> list[Problem]:
    return [each for each in problems if each.code == "clearance-shared"]


def said_of(make: Make, cleared: str, held: str, more: str | None = None) -> list[Problem]:
    """What is said when the first of two articles is cleared."""
    files = {ARTICLE: article(cleared), OTHER: article(held, TITLE)}
    if more is not None:
        files["issues/2026-01/03-c.md"] = article(more, TITLE)
    report = clear(make(files), KEY, ["1"], "甲某", AT)
    assert report.articles, report.problems
    return shared(report.problems)


def test_both_places_are_named_once_for_each_pair(make: Make) -> None:
    (problem,) = said_of(
        make, f"## 做法\n\n第一段。\n\n{LONG}", f"开头。\n\n{LONG}再来一句二十个字以上的话好让两处都有得比较。"
    )
    assert problem.severity is Severity.WARNING
    assert str(problem.span) == f"{ARTICLE}:11"
    said = str(problem.message)
    assert said.startswith("《标题》第 2 段与尚未审签的《内部情况》（issues/2026-01/02-b.md:9）有 1 句相同：“经核查")
    assert "《内部情况》" in str(problem.advice)


@pytest.mark.parametrize(
    ("cleared", "held"),
    [
        (SHARED, "经核查，黛湖疗养院三号楼并未漏雨。"),
        ("要坚持守正创新，扎实做好各项工作。", "要坚持守正创新，扎实做好各项工作。"),
        *[
            (said, said)
            for said in (
                "要深入学习贯彻习近平新时代中国特色社会主义思想，自觉把各项工作做细做实做到位。",
                "文件指出，各级党委要把老干部工作放在重要位置，经常研究，及时解决老同志的实际困难。",
                "各市、县（市、区）委老干部局，省直单位、省属高校、省属企业离退休工作部门：",
                "联系人：罗钰；电话：0386-8612047，传真：0386-8612048，邮箱：luoyu@lgb.example.cn。",
            )
        ],
    ],
)
def test_what_all_say_is_no_secret(make: Make, cleared: str, held: str) -> None:
    assert said_of(make, cleared, held) == []


def test_what_a_third_article_says_too_is_a_phrase(make: Make) -> None:
    assert said_of(make, SHARED, SHARED, more=SHARED) == []


def test_other_marks_and_blanks_hide_nothing(make: Make) -> None:
    spelt = "经核查：**黛湖疗养院**三号楼，漏雨已逾两月；拟于下月报常委会研究！".replace("；", "、")
    assert len(said_of(make, spelt, SHARED)) == 1


def test_a_table_has_no_paragraphs(make: Make) -> None:
    (problem,) = said_of(make, f"| 事项 |\n|---|\n| {SHARED} |", SHARED)
    assert "《标题》表格里与" in str(problem.message)


def test_once_both_are_cleared_nothing_is_said(make: Make) -> None:
    root = make({ARTICLE: article(SHARED), OTHER: article(SHARED, TITLE)})
    assert shared(clear(root, KEY, [], "甲某", AT).problems) == []
    revoke(root, KEY, ["1"], "甲某", AT)
    assert [each.span.path for each in shared(clear(root, KEY, ["2"], "甲某", AT).problems)] == [OTHER]


def test_an_article_that_names_one_which_is_not_public_is_told(make: Make) -> None:
    """Its link goes, its words stay; at `clear`, then in the checks, until the other is cleared or the link is gone."""
    files = {
        ARTICLE: article("见[这一篇](02-b.md)，也见[上文](#做法)。\n\n## 做法\n\n照做。"),
        OTHER: article("乙", TITLE),
    }
    root = make(files)
    assert "clearance-mention" not in {each.code for each in read(root, KEY).problems}, "nothing is public yet"
    for said in (clear(root, KEY, ["1"], "甲某", AT).problems, read(root, KEY).problems):
        (problem,) = [each for each in said if each.code == "clearance-mention"]
        assert (problem.severity, str(problem.span)[: len(ARTICLE)]) == (Severity.WARNING, ARTICLE)
        assert "没有公开的《内部情况》" in str(problem.message)
    clear(root, KEY, ["2"], "甲某", AT)
    assert "clearance-mention" not in {each.code for each in read(root, KEY).problems}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Issues that share one sentence, each with an article that is held."""
    root = write_archive(tmp_path / "publication", issues=3)
    for name in ("2024-01/01-a", "2024-02/03-a"):
        path = root / f"issues/{name}.md"
        path.write_text(path.read_text("utf-8") + f"\n{SHARED}\n", "utf-8")
    clear(root, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    return root


def places(report: SiteReport) -> list[str]:
    assert report.made, report.problems
    return [each.span.path for each in shared(report.problems)]


def test_the_site_tells_it_across_issues_that_are_made_anew(archive: Path, tmp_path: Path) -> None:
    assert places(site_report(archive, tmp_path / "out")) == ["issues/2024-01/01-a.md"]
    assert places(site_report(archive, tmp_path / "out")) == [], "nothing was made anew"
    clear(archive, IssueKey(2024, False, 2), ["3"], "周砚", AT)
    assert places(site_report(archive, tmp_path / "fresh")) == []


def test_the_sample_and_the_real_issue_raise_no_alarm(tmp_path: Path, seed: Path) -> None:
    sample = copy_sample(tmp_path / "sample")
    for key in ("2026-08", "2026-09", "2026-10"):
        assert shared(clear(sample, _key(key), ["1", "3"], "某人", AT).problems) == []
    (sample / "bulletin.yaml").write_text((sample / "bulletin.yaml").read_text("utf-8") + "  pdf: false\n", "utf-8")
    report = site_report(sample, tmp_path / "out")
    assert places(report) == []
    assert "setting-shared" not in {each.code for each in report.problems}
    real = Path(shutil.copytree(seed, tmp_path / "real"))
    for slug in article_slugs(real, _key("2020-07")):
        assert shared(clear(real, _key("2020-07"), [slug], "某人", AT).problems) == []


def _key(name: str) -> IssueKey:
    key = IssueKey.parse(name)
    assert key
    return key


@pytest.mark.parametrize("field", ["name", "description", "keywords", "contact", "column"])
def test_a_sentence_of_a_held_article_in_the_settings_is_told(archive: Path, tmp_path: Path, field: str) -> None:
    path = archive / "bulletin.yaml"
    text = (
        f"登载经验。{SHARED[:-1].replace('，', '、')}"
        if field != "keywords"
        else f"[党建, {SHARED[:19].replace('，', '')}]"
    )
    said = path.read_text("utf-8").replace("pdf: false", f"pdf: false, {field}: {text}")
    path.write_text(said, "utf-8")
    for output in ("out", "fresh"):
        report = site_report(archive, tmp_path / output)
        found = [each for each in report.problems if each.code == "setting-shared"]
        assert report.made
        (problem,) = found
        assert problem.severity is Severity.WARNING
        assert (problem.span.path, problem.span.line) == ("bulletin.yaml", 3)
        assert "（issues/2024-02/03-a.md:" in str(problem.message)
        assert f"“{'经核查黛湖疗养院三号楼漏雨已逾'}" in str(problem.message)
    clear(archive, IssueKey(2024, False, 2), ["3"], "周砚", AT)
    assert "setting-shared" not in {each.code for each in site_report(archive, tmp_path / "out").problems}


def test_names_in_the_settings_are_no_alarm(archive: Path, tmp_path: Path) -> None:
    path = archive / "bulletin.yaml"
    unit = "中共白川县委老干部局离退休干部服务管理中心"
    said = path.read_text("utf-8").replace(
        "pdf: false",
        f"pdf: false, sponsor: {unit}, undertaker: {unit}, name: {unit}, contact: {unit}，电话 0386-8612000",
    )
    path.write_text(said, "utf-8")
    held = archive / "issues/2024-02/03-a.md"
    held.write_text(held.read_text("utf-8") + f"\n{unit}报来。\n", "utf-8")
    assert "setting-shared" not in {each.code for each in site_report(archive, tmp_path / "out").problems}
