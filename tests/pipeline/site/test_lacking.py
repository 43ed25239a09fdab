"""What a bureau's public site usually says is asked for once, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity
from bulletin.model.site_build import SiteReport
from bulletin.pipeline.clearing import clear
from tests.archives import AT, write_archive
from tests.clearing import site_report
from tests.conftest import BASE
from tests.sites import PUBLICATION, picture


def lacked(report: SiteReport) -> list[str]:
    assert report.made, report.problems
    found = [each for each in report.problems if each.code == "web-lacking"]
    assert {each.severity for each in found} <= {Severity.HINT}
    return [str(each.message) for each in found]


@pytest.mark.parametrize(
    ("web", "said"),
    [
        (
            "{pdf: false}",
            ["公开的网站通常还有：网址 url、联系方式 contact、网站标识码 id_code、ICP 备案号 icp、公安备案号 police"],
        ),
        (
            "{pdf: false, contact: 电话, icp: 辽ICP备05023109号-3, police: 辽公网安备21010202000031号}",
            ["公开的网站通常还有：网址 url、网站标识码 id_code"],
        ),
    ],
)
def test_all_that_is_missing_is_one_hint(tmp_path: Path, web: str, said: list[str]) -> None:
    root = write_archive(tmp_path / "publication", issues=2)
    (root / "bulletin.yaml").write_text(f"{BASE['bulletin.yaml']}web: {web}\n", "utf-8")
    assert lacked(site_report(root, tmp_path / "out")) == said
    path = root / "issues/2024-01/01-a.md"
    path.write_text(path.read_text("utf-8") + "\n再添一句。\n", "utf-8")
    clear(root, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    assert lacked(site_report(root, tmp_path / "out")) == [], "told when the settings are new, not with every edit"
    assert lacked(site_report(root, tmp_path / "out", Audience.INTRANET)) == []


def test_who_says_all_hears_nothing(tmp_path: Path) -> None:
    root = write_archive(tmp_path / "publication", issues=1)
    (root / "bulletin.yaml").write_text(PUBLICATION, "utf-8")
    (root / "assets").mkdir()
    (root / "assets/emblem.png").write_bytes(picture(60, 60))
    assert lacked(site_report(root, tmp_path / "out")) == []
