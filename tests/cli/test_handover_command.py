"""`bulletin handover`: what it says, in words and for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bulletin.cli.commands import bulletin
from bulletin.pipeline.clearing import revoke
from tests.conftest import Make
from tests.gates import AT
from tests.kits import KIT, publication


def run(root: Path, *arguments: str) -> Result:
    return invoke(root, "handover", "--by", "李晶鑫", *arguments)


def invoke(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(bulletin, ["-C", str(root), *arguments], standalone_mode=False)


def test_the_newest_issue_is_made_where_none_is_named(make: Make) -> None:
    root = publication(make)
    done = run(root)
    assert done.return_value == 0
    assert "2026-01：3 篇，附件 1 个，图片 1 张" in done.output
    assert (root / "build" / KIT).is_file()
    assert "没有变化" in run(root, "2026-01").output


def test_another_program_learns_all_of_it(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), str(tmp_path / "out")
    said = json.loads(run(root, "--all", "-o", output, "--json").stdout)
    (kit,) = said["kits"]
    assert (kit["key"], kit["articles"], kit["attachments"], kit["pictures"], kit["written"]) == (
        "2026-01",
        3,
        1,
        1,
        True,
    )
    assert kit["size"] == Path(kit["path"]).stat().st_size
    assert (said["empty"], said["removed"], said["failed"]) == ([], [], [])
    from bulletin.model.key import IssueKey

    key = IssueKey.parse("2026-01")
    assert key
    revoke(root, key, ["01-report", "02-notice", "03-form", "04-speech"], "某人", AT)
    done = run(root, "-o", output)
    assert done.return_value == 0
    assert "没有审签过的文章" in done.output
    assert f"{KIT} 里的文章都不再公开" in done.output


def test_an_issue_with_errors_fails(make: Make) -> None:
    root = publication(make)
    path = root / "issues/2026-01/04-speech.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nnonsense: 1\n", 1), "utf-8")
    done = run(root)
    assert done.return_value == 1
    assert "2026-01 的交接包没有制作" in done.output


@pytest.mark.parametrize("arguments", [("--all", "2026-01"), ("2031-01",)])
def test_what_cannot_be_meant_is_refused(make: Make, arguments: tuple[str, ...]) -> None:
    from bulletin.model.errors import UsageError

    assert isinstance(run(publication(make), *arguments).exception, UsageError)


def test_who_hands_over_is_asked_where_something_is_entered(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin.model.errors import UsageError

    monkeypatch.delenv("BULLETIN_BY", raising=False)
    root = publication(make)
    assert isinstance(invoke(root, "handover").exception, UsageError)
    assert not (root / "build" / KIT).exists()
    monkeypatch.setenv("BULLETIN_BY", "罗钰")
    assert invoke(root, "handover").return_value == 0
    monkeypatch.delenv("BULLETIN_BY")
    assert "没有变化" in invoke(root, "handover").output


def test_published_shows_what_was_handed_over(make: Make) -> None:
    root = publication(make)
    run(root)
    said = invoke(root, "published").output
    assert "交接" in said
    assert "交出 4 篇" in said
    assert "2026-01.zip" in said
    assert "关于报名的通知" in invoke(root, "published", "2026-01").output
    (event,) = json.loads(invoke(root, "published", "--json").stdout)
    assert (event["act"], event["target"], event["by"]) == ("handed-over", "交接包", "李晶鑫")
