"""Files brought into a publication: what is written, what is never written over, what is refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.errors import UsageError
from bulletin.model.foreign import ChangePolicy
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome
from bulletin.pipeline.importing import importing
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication
from tests.conftest import Make
from tests.word_files import p, r, word_file

INTO = IssueKey(2026, False, 1)
MANUSCRIPT = word_file(
    p("关于秋季学习情况的报告", '<w:jc w:val="center"/>')
    + p("某县委老干部局", '<w:jc w:val="center"/>')
    + p("　　今年以来，我县共办班12 期，参加的老同志有340人次。")
    + p("　　一、主要做法")
    + p("　　一是抓组织，各支部(含流动支部)都订了计划。")
)
ISSUE = """内部资料

测试动态

第3期（总第12期）

某局

2026年3月20日

本期要览

某县开展秋季学习
经验材料1篇

某县开展秋季学习

中共某县委老干部局

　　今年以来，我县共办班12期，参加的老同志有340人次，比去年多了两成，老同志都说办得好、来得值。

　　下一步，我们将继续办好学习班，把学习送到老同志家门口，让更多老同志学得上、学得好。

报：省委老干部局。

责任编辑：张三　电话：010-12345678

共印90份
"""
TRACKED = word_file(
    p("关于学习的报告", '<w:jc w:val="center"/>')
    + p(runs=r("　　甲乙丙丁，") + '<w:ins w:author="王">' + r("新写的。") + "</w:ins>")
)


def bring(root: Path, name: str, content: bytes | str, wanted: Wanted) -> Outcome[Imported]:
    file = root.parent / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_file(root, open_publication(root), file, wanted)


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_manuscript_becomes_the_next_article_and_has_a_report(make: Make) -> None:
    root = make()
    before = files_of(root)
    imported = bring(root, "来稿.docx", MANUSCRIPT, Wanted(INTO)).value
    assert imported is not None
    after = files_of(root)
    assert before.items() <= after.items(), "what was there is as it was"
    path = next(iter(imported.paths))
    assert path.startswith("issues/2026-01/02-")
    text = after[path].decode()
    assert "title: 关于秋季学习情况的报告" in text
    assert "organization: 某县委老干部局" in text
    assert "\n## 主要做法\n" in text
    assert "共办班12期" in text
    assert "（含流动支部）" in text
    report = after[imported.report].decode()
    assert "汉字与数字之间多余的空格" in report
    assert "来稿.docx" in report


def test_a_back_issue_becomes_a_folder(make: Make) -> None:
    root = make()
    imported = bring(root, "第3期.txt", ISSUE, Wanted()).value
    assert imported is not None
    said = (root / "issues/2026-03/issue.yaml").read_text("utf-8")
    for field in (
        "number: 3",
        "serial: 12",
        "date: 2026-03-20",
        "responsible: 张三",
        "phone: 010-12345678",
        "text: 省委老干部局",
        "archive: 90",
    ):
        assert field in said
    assert "省委老干部局" in next(line for line in said.split("\n") if "名册" in line and "没有" in line)


def test_an_issue_that_is_there_is_left_alone_or_kept_under_another_name(make: Make) -> None:
    root = make()
    bring(root, "第3期.txt", ISSUE, Wanted())
    (root / "issues/2026-03/01-report.md").write_text("我改过的", encoding="utf-8")
    before = files_of(root)
    refused = bring(root, "第3期.txt", ISSUE, Wanted())
    assert refused.value is None
    assert "没有动它" in str(refused.problems[-1].message)
    assert files_of(root) == before
    assert bring(root, "第3期.txt", ISSUE, Wanted(replace_issue=True)).value is not None
    kept = [path for path in root.rglob("01-report.md") if path.read_text("utf-8") == "我改过的"]
    assert len(kept) == 1


def test_a_dry_run_writes_nothing(make: Make) -> None:
    root = make()
    before = files_of(root)
    imported = bring(root, "来稿.docx", MANUSCRIPT, Wanted(INTO, dry_run=True)).value
    assert imported is not None
    assert imported.paths
    assert files_of(root) == before


@pytest.mark.parametrize(
    ("policy", "seen"), [(ChangePolicy.ACCEPT, "甲乙丙丁，新写的。"), (ChangePolicy.REJECT, "甲乙丙丁，")]
)
def test_tracked_changes_are_decided_about_first(make: Make, policy: ChangePolicy, seen: str) -> None:
    root = make()
    refused = bring(root, "修订.docx", TRACKED, Wanted(INTO))
    assert refused.value is None
    assert [problem.code for problem in refused.problems] == ["import-changes"]
    assert "新写的" in str(refused.problems[0].message)
    imported = bring(root, "修订.docx", TRACKED, Wanted(INTO, changes=policy)).value
    assert imported is not None
    assert (root / imported.paths[0]).read_text("utf-8").rstrip().endswith(seen)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [(Wanted(), "没有写放进哪一期"), (Wanted(IssueKey(2026, False, 9)), "没有“2026-09”这一期")],
)
def test_a_manuscript_needs_an_issue(make: Make, wanted: Wanted, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        bring(make(), "来稿.docx", MANUSCRIPT, wanted)


def test_an_issue_without_a_number_is_no_issue(make: Make) -> None:
    outcome = bring(make(), "旧刊.txt", "只有一段话，没有期号，也没有日期。", Wanted(whole=True))
    assert outcome.value is None
    assert outcome.problems[-1].code == "import-unnumbered"


def test_what_cannot_be_proven_is_not_written(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repair that loses a word and does not say so."""
    root = make()
    before = files_of(root)
    real = importing.repair

    def careless(document: object) -> object:
        from dataclasses import replace

        repaired = real(document)  # type: ignore[arg-type]
        blocks = repaired.document.blocks
        return replace(repaired, document=replace(repaired.document, blocks=blocks[:-1]))

    monkeypatch.setattr(importing, "repair", careless)
    outcome = bring(root, "来稿.docx", MANUSCRIPT, Wanted(INTO))
    assert outcome.value is None
    assert {problem.code for problem in outcome.problems if problem.severity.value == "error"} == {"import-unproved"}
    assert files_of(root) == before


def torn_word(dice: random.Random) -> tuple[str, bytes]:
    content = bytearray(MANUSCRIPT)
    for _ in range(dice.randrange(1, 4)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return "a.docx", bytes(content)


def torn_text(dice: random.Random) -> tuple[str, bytes]:
    """Pieces of an issue in another order, among bytes and marks of Markdown, YAML and HTML."""
    pieces = [ISSUE[at : at + dice.randrange(1, 60)] for at in (dice.randrange(len(ISSUE)) for _ in range(8))]
    odd = [
        "\0",
        "---\n",
        "<!-- ",
        "-->",
        "**",
        "[^1]",
        "\u3000",
        "\ufeff",
        "|a|b|\n|-|-|\n",
        "{{x}}",
        "\x1b[2J",
        "\U0001f600",
        "`" * 9,
        "1. ",
        "#" * 7 + " ",
    ]
    pieces += dice.choices(odd, k=4)
    dice.shuffle(pieces)
    return dice.choice(("a.txt", "a.md", "a.html")), "".join(pieces).encode(
        dice.choice(("utf-8", "gb18030", "utf-16")), "replace"
    )


@pytest.mark.parametrize("torn", [torn_word, torn_text])
def test_torn_files_end_in_sources_or_a_message(make: Make, torn: Callable[[random.Random], tuple[str, bytes]]) -> None:
    """Nothing outside of the issue and of `build/` is ever written."""
    root = make()
    dice = random.Random(9)
    before = files_of(root.parent)
    done = 0
    for _ in range(150):
        name, content = torn(dice)
        outcome = bring(root, name, content, Wanted(INTO, whole=False, changes=ChangePolicy.ACCEPT, dry_run=True))
        assert outcome.value is not None or outcome.problems
        done += outcome.value is not None
    assert 5 < done < 150
    after = {path: content for path, content in files_of(root.parent).items() if not path.startswith("a.")}
    assert after == before
