"""Rollback and withdrawal: what visitors see afterwards, what is kept, and what the log says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.key import IssueKey
from bulletin.model.publication_log import shown_on
from bulletin.model.publishing import WithdrawalReport
from bulletin.model.release import PublishedArticle
from bulletin.model.target import LockHolder
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.publishing import switching
from bulletin.pipeline.publishing.releases import Approach, list_releases, rollback
from bulletin.pipeline.publishing.withdrawing import withdraw
from bulletin.publish.serving import Served
from bulletin.publish.targets.lock import write_lock
from tests.archives import AT
from tests.pipeline.publishing.conftest import Bureau, quiet

FIRST = "issues/2024-01/01-a.md"
KEY = IssueKey(2024, False, 1)
SECRET = "这一句要撤下来。"


def take_back(bureau: Bureau, *articles: str) -> WithdrawalReport:
    return withdraw(bureau.root, bureau.order(), (KEY, articles), "数字有误", quiet)


def test_back_and_forth(bureau: Bureau) -> None:
    bureau.publish()
    first = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    second = bureau.live()
    report = bureau.rollback()
    assert (report.before[:5], report.after[:5]) == ("00002", "00001")
    assert [each.path for each in report.put_up] == ["2024/01/01"]
    assert bureau.live() == first
    bureau.rollback("2")
    assert bureau.live() == second
    assert [act for act, _ in bureau.acts()] == ["published", "published", "rolled-back", "rolled-back"]
    bureau.rollback("00001")
    assert bureau.publish().release[:5] == "00002", "what was received before is switched to, not sent again"
    assert bureau.live() == second


def test_there_is_nothing_to_go_back_to(bureau: Bureau) -> None:
    bureau.publish()
    with pytest.raises(UsageError, match="没有更早的版"):
        bureau.rollback()
    with pytest.raises(UsageError, match="没有保留“7”"):
        bureau.rollback("7")
    with pytest.raises(UsageError, match="现在正是"):
        bureau.rollback("1")


def test_what_was_taken_back_does_not_return(bureau: Bureau) -> None:
    bureau.publish()
    revoke(bureau.root, KEY, ["1"], "周砚", AT)
    bureau.publish()
    before = bureau.live()
    with pytest.raises(UsageError, match="已经撤回"):
        bureau.rollback()
    assert bureau.live() == before


def test_a_version_that_was_taken_back_does_not_return_though_another_is_public(bureau: Bureau) -> None:
    bureau.publish()
    revoke(bureau.root, KEY, ["1"], "周砚", AT)
    bureau.edit(FIRST, "改正了的一句话。")
    bureau.publish()
    bureau.edit(FIRST, "又改了一句。")
    bureau.publish()
    assert bureau.rollback().after[:5] == "00002", "a version that was only replaced may"
    with pytest.raises(UsageError, match="已经撤回"):
        bureau.rollback("1")


def test_a_kept_release_that_was_edited_by_hand_is_not_gone_back_to(bureau: Bureau) -> None:
    first = bureau.publish().release
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    before = bureau.live()
    page = bureau.folder / "releases" / first / "site/2024/02/01/index.html"
    page.unlink()
    page.write_text("by hand")
    with pytest.raises(UsageError, match="被人改动过"):
        bureau.rollback()
    assert bureau.live() == before


def test_what_was_received_and_then_edited_by_hand_is_mended_before_it_goes_live(bureau: Bureau) -> None:
    bureau.publish()
    bureau.edit(FIRST, "新添的一句话。")
    second = bureau.publish().release
    bureau.rollback()
    page = bureau.folder / "releases" / second / "site/2024/01/01/index.html"
    page.unlink()
    page.write_text("by hand")
    assert bureau.publish().release == second
    assert bureau.live() == bureau.made()


def test_a_release_of_the_intranet_is_not_gone_back_to(bureau: Bureau) -> None:
    bureau.publish()
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    other = bureau.folder.with_name("nei")
    bureau.set(f"}}\n  内网: {{to: {other}, audience: intranet")
    inner = bureau.publish(target="内网").release
    shutil.copytree(other / "releases" / inner, bureau.folder / "releases" / inner)
    before = bureau.live()
    with pytest.raises(UsageError, match="内网网站"):
        rollback(bureau.root, Approach("外网", bureau.holder()), inner, quiet)
    assert bureau.live() == before


def test_an_old_copy_of_the_sources_does_not_bring_back_what_was_withdrawn(bureau: Bureau, tmp_path: Path) -> None:
    bureau.publish()
    old = tmp_path / "old"
    shutil.copytree(bureau.root, old)
    assert take_back(bureau, "01-a").done
    before = bureau.live()
    other = Bureau(old, bureau.folder, bureau.minutes)
    with pytest.raises(UsageError, match="已经撤稿"):
        other.publish()
    assert bureau.live() == before
    later = "2026-12-01T09:00:00+08:00"
    assert clear(bureau.root, KEY, ["1"], "周砚", later).articles
    assert bureau.publish().done
    assert "2024/01/01" in {each.path for each in list_articles(bureau)}


def list_articles(bureau: Bureau) -> tuple[PublishedArticle, ...]:
    return tuple(shown_on(bureau.log(), "外网").values())


def test_a_withdrawal_that_could_not_be_done_is_finished_by_the_next_publishing(bureau: Bureau) -> None:
    bureau.publish()
    (bureau.folder / "lock").write_bytes(write_lock(LockHolder("王明", "office-2", 7, AT)))
    report = take_back(bureau, "01-a")
    assert not report.done
    assert "王明" in str(report.targets[0].failed)
    assert "2024/01/01/index.html" in bureau.live()
    (bureau.folder / "lock").unlink()
    bureau.publish()
    told = next(each.entry for each in bureau.log() if each.entry.act.value == "withdrawn")
    assert (told.note, [each.path for each in told.taken_off]) == ("数字有误", ["2024/01/01"])
    assert [name[:5] for name in bureau.kept()] == ["00002"]


def test_the_kit_and_the_intranet_are_told_of(bureau: Bureau) -> None:
    bureau.set(f"}}\n  内网: {{to: {bureau.folder.with_name('nei')}, audience: intranet")
    kit = bureau.root / "build/handover/2024-01.zip"
    kit.parent.mkdir(parents=True)
    kit.write_bytes(b"")
    bureau.publish(target="外网")
    report = take_back(bureau, "01-a")
    assert ["内网" in str(note) for note in report.notes] == [True, False]
    assert "bulletin handover 2024-01" in str(report.notes[1])


def test_what_is_served_wrong_is_undone(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")
    monkeypatch.setattr(switching, "fetch_all", lambda *_: Served(3, ("index.html",)))
    with pytest.raises(TargetUnavailable, match="已换回第 00001"):
        bureau.publish()
    assert bureau.live() == before
    assert [act for act, _ in bureau.acts()] == ["published", "published", "restored"]
    monkeypatch.undo()
    bureau.publish()
    assert bureau.live() == bureau.made()


def test_a_withdrawn_article_is_nowhere(bureau: Bureau) -> None:
    bureau.publish()
    bureau.edit(FIRST, SECRET)
    bureau.publish()
    report = take_back(bureau, "01-a")
    assert report.done
    (done,) = report.targets
    assert done.published
    assert [name[:5] for name in done.published.removed] == ["00002", "00001"]
    assert [name[:5] for name in bureau.kept()] == ["00003"]
    for path in bureau.folder.rglob("*"):
        if path.is_file() and path.name != "release.json":
            assert SECRET.encode() not in path.read_bytes(), path
    page = bureau.live()["2024/01/01/index.html"].decode()
    assert "已撤回" in page
    assert "noindex" in page
    for path in ("feed.xml", "sitemap.xml", "archive/index.html", "index.html"):
        assert b"2024/01/01" not in bureau.live()[path]
    assert [act for act, _ in bureau.acts()] == [
        "published",
        "published",
        "withdrawn",
        "published",
        "removed",
        "removed",
    ]
    told = next(each.entry for each in bureau.log() if each.entry.act.value == "withdrawn")
    assert "数字有误" in told.note
    assert [each.path for each in told.taken_off] == ["2024/01/01"]
    assert told.taken_off[0].cleared_by == "周砚"
    with pytest.raises(UsageError, match="没有更早的版"):
        bureau.rollback()


def test_releases_without_it_stay(bureau: Bureau) -> None:
    revoke(bureau.root, KEY, ["1"], "周砚", AT)
    bureau.publish()
    bureau.edit(FIRST, SECRET)
    bureau.publish()
    (done,) = take_back(bureau, "01-a").targets
    assert done.published
    assert [name[:5] for name in done.published.removed] == ["00002"]
    assert [name[:5] for name in bureau.kept()] == ["00001", "00003"]
    assert bureau.rollback().after[:5] == "00001"


def test_a_target_out_of_reach_is_told_and_the_others_go_on(bureau: Bureau) -> None:
    other = bureau.folder.with_name("other")
    bureau.set(f"}}\n  乙网: {{to: {other}")
    bureau.publish(target="外网")
    bureau.publish(target="乙网")
    away = bureau.folder.rename(bureau.folder.with_name("away"))
    bureau.folder.write_text("a file")
    report = take_back(bureau, "01-a")
    assert not report.done
    one, two = report.targets
    assert one.failed.template
    assert not two.failed.template
    assert "已撤回" in (other / "current/2024/01/01/index.html").read_text("utf-8")
    bureau.folder.unlink()
    away.rename(bureau.folder)
    assert take_back(bureau, "01-a").done, "running it again finishes"
    assert "已撤回" in bureau.live()["2024/01/01/index.html"].decode()


def test_a_reason_is_wanted(bureau: Bureau) -> None:
    with pytest.raises(UsageError, match="原因"):
        withdraw(bureau.root, bureau.order(), (KEY, ("01-a",)), " ", quiet)


@pytest.fixture
def signed(bureau: Bureau, tmp_path: Path) -> Bureau:
    key = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (bureau.root / "house/signers").write_text(f"li@example.cn {key.with_suffix('.pub').read_text()}")
    bureau.set(f", signing_key: {key}, signers: house/signers")
    return bureau


def test_only_what_is_signed_is_gone_back_to(signed: Bureau) -> None:
    signed.publish()
    signed.edit(FIRST, "新添的一句话。")
    signed.publish()
    newest, older = list_releases(signed.root, "", quiet, examine=False).kept
    assert newest.signed_by == older.signed_by == "li@example.cn"
    manifest = signed.folder / "releases" / older.name / "release.json"
    manifest.write_bytes(manifest.read_bytes().replace("李晶鑫".encode(), "别的人".encode()))
    assert list_releases(signed.root, "", quiet, examine=False).kept[1].fault.template
    with pytest.raises(TargetUnavailable, match="签名不对"):
        signed.rollback()
    manifest.with_name("release.json.sig").unlink()
    with pytest.raises(TargetUnavailable, match="没有签名"):
        signed.rollback()
