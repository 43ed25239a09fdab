"""Publishing to a folder: first, again, after an edit, and whatever must be refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable, UsageError
from bulletin.model.key import IssueKey
from bulletin.model.publication_log import periods
from bulletin.model.publishing import Plan
from bulletin.model.target import LockHolder
from bulletin.pipeline.clearing import revoke
from bulletin.pipeline.publishing import publishing
from bulletin.pipeline.publishing.releases import Approach, list_releases, prune
from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.lock import write_lock
from tests.archives import AT
from tests.pipeline.publishing.conftest import Bureau, quiet

FIRST = "issues/2024-01/01-a.md"
HELD = "issues/2024-01/03-a.md"


def test_the_first_time_all_is_sent_and_entered(bureau: Bureau) -> None:
    report = bureau.publish()
    assert report.done
    assert report.plan
    assert report.plan.live == ""
    assert len(report.plan.put_up) == 6
    assert bureau.live() == bureau.made()
    assert report.sent == len(bureau.made())
    (event,) = bureau.log()
    assert (event.entry.act.value, event.entry.release) == ("published", report.release)
    assert [each.cleared_by for each in event.entry.put_up] == ["周砚"] * 6
    assert event.request.actor == "李晶鑫"


def test_again_nothing_is_sent_or_entered(bureau: Bureau) -> None:
    first = bureau.publish()
    again = bureau.publish()
    assert again.done
    assert again.plan
    assert not again.plan.difference
    assert (again.sent, again.release) == (0, first.release)
    assert len(bureau.log()) == 1
    assert bureau.kept() == [first.release]


def test_an_edit_sends_what_depends_on_it(bureau: Bureau) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")
    report = bureau.publish()
    after = bureau.live()
    assert after == bureau.made()
    differs = {path for path in after if before.get(path) != after[path]}
    assert report.plan
    assert set(report.plan.difference.sent) == differs
    assert report.sent == len(differs)
    assert [each.path for each in report.plan.changed] == ["2024/01/01"]
    assert report.plan.put_up == report.plan.taken_off == ()
    assert "2024/02/01/index.html" not in differs


def test_dry_run_only_looks(bureau: Bureau) -> None:
    report = bureau.publish(dry_run=True)
    assert report.plan
    assert report.plan.difference.added
    assert not report.done
    assert not bureau.folder.exists() or not any(bureau.folder.iterdir())
    assert not (bureau.root / "registers").exists()


def test_what_is_not_cleared_does_not_go_out(bureau: Bureau) -> None:
    secret = "这一句没有审签，不能上网。"
    bureau.edit(HELD, secret, cleared=False)
    assert bureau.publish().done
    assert not any(secret.encode() in content for content in bureau.live().values())


def test_a_failing_check_refuses(bureau: Bureau) -> None:
    bureau.publish()
    before = bureau.live()
    path = bureau.root / FIRST
    path.write_text(path.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    report = bureau.publish()
    assert not report.done
    assert report.plan is None
    assert any(each.severity.value == "error" for each in report.problems)
    assert bureau.live() == before


def test_a_file_that_changed_after_the_proof_does_not_go_out(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")
    make = publishing.build_site

    def tampered(*arguments: object) -> object:
        report = make(*arguments)  # type: ignore[arg-type]
        page = bureau.root / "build/web/public/2024/01/01/index.html"
        page.write_bytes(page.read_bytes().replace("新添".encode(), "偷换".encode()))
        return report

    monkeypatch.setattr(publishing, "build_site", tampered)
    with pytest.raises(UsageError, match="在核对之后被改动过"):
        bureau.publish()
    assert bureau.live() == before
    assert [act for act, _ in bureau.acts()] == ["published"]
    monkeypatch.undo()
    assert bureau.publish().done
    assert bureau.live() == bureau.made()


def test_many_pages_do_not_go_unasked(bureau: Bureau) -> None:
    bureau.set(", allow_removed: 1")
    bureau.publish()
    before = bureau.live()
    for key in (IssueKey(2024, False, 1), IssueKey(2024, False, 2)):
        revoke(bureau.root, key, [], "周砚", AT)
    with pytest.raises(UsageError, match="超过 1 个") as refused:
        bureau.publish()
    assert "--allow-delete" in str(refused.value.advice)
    assert bureau.live() == before
    assert bureau.publish(allow_removed=True).done
    assert bureau.live() == bureau.made()
    assert not any(path.startswith("2024/01/") for path in bureau.live())
    last = bureau.log()[-1].entry
    assert len(last.taken_off) == 4


def test_what_was_broken_off_before_the_switch_is_not_sent_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")

    def broken(*_: object) -> None:
        raise TargetUnavailable(publishing.message("断了"))

    monkeypatch.setattr(FolderTarget, "switch", broken)
    with pytest.raises(TargetUnavailable):
        bureau.publish()
    assert bureau.live() == before
    monkeypatch.undo()
    report = bureau.publish()
    assert (report.sent, report.release[:5]) == (0, "00002")
    assert bureau.live() == bureau.made()
    assert bureau.acts() == [("published", "01"), ("published", "02"), ("restored", "01"), ("published", "02")]


def test_somebody_else_published_from_another_machine(bureau: Bureau) -> None:
    bureau.publish()
    shutil.rmtree(bureau.root / "registers")
    bureau.edit(FIRST, "新添的一句话。")
    report = bureau.publish()
    assert "还没有这个目标" in str(report.notes[0])
    assert bureau.acts() == [("found", "01"), ("published", "02")]
    assert len(bureau.log()[0].entry.put_up) == 6


def test_a_lock_is_told_and_not_broken_silently(bureau: Bureau) -> None:
    bureau.publish()
    bureau.edit(FIRST, "新添的一句话。")
    other = LockHolder("王明", "office-2", 7, "2026-11-23T08:30:00+08:00")
    (bureau.folder / "lock").write_bytes(write_lock(other))
    before = bureau.live()
    with pytest.raises(TargetLocked, match="王明"):
        bureau.publish()
    assert bureau.live() == before
    assert bureau.publish(breaking=True).done
    assert not (bureau.folder / "lock").exists()
    assert bureau.live() == bureau.made()


def test_no_target_or_a_wrong_one_is_told(bureau: Bureau) -> None:
    with pytest.raises(UsageError, match="没有“外王”"):
        bureau.publish(target="外王")
    bureau.set("")
    path = bureau.root / "bulletin.yaml"
    path.write_text(path.read_text("utf-8").partition("publish:")[0], "utf-8")
    with pytest.raises(UsageError, match="还没有写发布到哪里"):
        bureau.publish()


@pytest.mark.parametrize("folder", ["", "build", "build/web/public"])
def test_the_publications_own_folder_is_no_target(bureau: Bureau, folder: str) -> None:
    bureau.folder = bureau.root / folder
    bureau.set("")
    with pytest.raises(UsageError, match="刊物自己的文件夹"):
        bureau.publish()


def test_wrong_settings_refuse(bureau: Bureau) -> None:
    bureau.set(", keep: 0")
    with pytest.raises(UsageError, match=r"bulletin\.yaml"):
        bureau.publish()


def test_old_releases_go(bureau: Bureau) -> None:
    bureau.set(", keep: 2")
    for each in range(4):
        bureau.edit(FIRST, f"第{each}句。")
        report = bureau.publish()
    assert [name[:5] for name in bureau.kept()] == ["00003", "00004"]
    assert [name[:5] for name in report.removed] == ["00002"]
    assert ("removed", "02") in bureau.acts()
    assert [name[:5] for name in prune(bureau.root, Approach("", bureau.holder()), 1, quiet)] == ["00003"]
    assert [name[:5] for name in bureau.kept()] == ["00004"]
    assert bureau.live() == bureau.made()


def test_releases_are_listed_and_verified(bureau: Bureau) -> None:
    bureau.publish()
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    newest, older = list_releases(bureau.root, "外网", quiet, examine=True).kept
    assert (newest.live, older.live) == (True, False)
    assert newest.wrong == older.wrong == ()
    page = bureau.folder / "current/2024/01/01/index.html"
    page.chmod(0o644)
    page.write_bytes(page.read_bytes() + b"<!-- -->")
    (bureau.folder / "current/strange.html").write_text("x")
    newest, older = list_releases(bureau.root, "外网", quiet, examine=True).kept
    assert set(newest.wrong) == {"2024/01/01/index.html", "strange.html"}
    assert older.wrong == ()


def test_what_was_edited_on_the_server_is_found_and_mended_though_nothing_changed(bureau: Bureau) -> None:
    bureau.publish()
    site = bureau.folder / "current"
    page = site / "2024/01/01/index.html"
    page.write_bytes(page.read_bytes().replace("经验".encode(), "教训".encode()))
    (site / "2024/01/02/index.html").unlink()
    (site / "extra.html").write_text("x")
    looked = bureau.publish(dry_run=True)
    assert set(looked.wrong) == {"2024/01/01/index.html", "2024/01/02/index.html", "extra.html"}
    report = bureau.publish()
    assert report.done
    assert "3 个文件被人改动" in str(report.notes[-1])
    assert bureau.live() == bureau.made()
    assert bureau.publish().notes == (), "once is enough"


def test_a_site_of_another_audience_is_not_put_in_its_place(bureau: Bureau) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.set(", audience: intranet")
    for dry_run in (True, False):
        with pytest.raises(UsageError, match="现在是《测试动态》的公开网站，这次要放的是《测试动态》的内网网站"):
            bureau.publish(dry_run=dry_run)
    assert bureau.live() == before


def test_another_publication_is_not_put_in_its_place(bureau: Bureau) -> None:
    bureau.publish()
    path = bureau.root / "bulletin.yaml"
    path.write_text(path.read_text("utf-8").replace("title: 测试动态", "title: 别的动态"), "utf-8")
    shutil.rmtree(bureau.root / "registers")
    with pytest.raises(UsageError, match="《测试动态》"):
        bureau.publish()


def test_an_empty_place_where_releases_should_be_is_refused(bureau: Bureau) -> None:
    bureau.publish()
    bureau.folder.rename(bureau.folder.with_name("unmounted"))
    with pytest.raises(UsageError, match="现在那里却是空的"):
        bureau.publish()
    assert bureau.publish(fresh=True).release[:5] == "00002"


def test_an_edit_without_clearance_takes_nothing_from_the_site_unasked(bureau: Bureau) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "顺手改了一个字。", cleared=False)
    with pytest.raises(UsageError, match="1 篇已公开的文章改动后没有重新审签") as refused:
        bureau.publish()
    assert "bulletin clear" in str(refused.value.advice)
    assert bureau.live() == before
    assert bureau.publish(allow_removed=True).done
    assert "2024/01/01/index.html" not in bureau.live()


def test_the_editor_is_asked_before_anything_is_sent(bureau: Bureau) -> None:
    bureau.publish()
    before, asked = bureau.live(), []
    bureau.edit(FIRST, "新添的一句话。")

    def no(plan: Plan) -> bool:
        asked.append([each.path for each in plan.changed])
        assert bureau.kept() == [plan.live]
        return False

    assert not bureau.publish(confirm=no).done
    assert asked == [["2024/01/01"]]
    assert bureau.live() == before
    assert len(bureau.kept()) == len(bureau.log()) == 1


def test_what_was_revoked_while_it_was_sent_does_not_go_live(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.publish()
    before = bureau.live()
    bureau.edit(FIRST, "新添的一句话。")
    receive = FolderTarget.receive

    def slow(*arguments: object) -> object:
        received = receive(*arguments)  # type: ignore[arg-type]
        revoke(bureau.root, IssueKey(2024, False, 1), ["1"], "周砚", AT)
        return received

    monkeypatch.setattr(FolderTarget, "receive", slow)
    with pytest.raises(UsageError, match="又改了"):
        bureau.publish()
    assert bureau.live() == before
    assert len(bureau.log()) == 1


def test_a_switch_that_fails_is_told_by_the_log_at_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.publish()
    revoke(bureau.root, IssueKey(2024, False, 1), ["1"], "周砚", AT)

    def broken(*_: object) -> None:
        raise TargetUnavailable(publishing.message("断了"))

    monkeypatch.setattr(FolderTarget, "switch", broken)
    with pytest.raises(TargetUnavailable):
        bureau.publish()
    assert [act for act, _ in bureau.acts()] == ["published", "published", "restored"]
    (period,) = [each for each in periods(bureau.log()) if each.article.path == "2024/01/01"]
    assert period.until == "", "it was public all the time"


def test_a_kept_release_that_nobody_can_read_keeps_nobody_from_publishing(bureau: Bureau) -> None:
    bureau.publish()
    stranger = bureau.folder / "releases/99999-deadbeef"
    (stranger / "site").mkdir(parents=True)
    (stranger / "release.json").write_text("{}")
    bureau.edit(FIRST, "新添的一句话。")
    assert bureau.publish().release.startswith("100000-")
    assert bureau.live() == bureau.made()
    assert bureau.rollback("1").after[:5] == "00001"


def test_signing_is_configured_whole_or_not_at_all(bureau: Bureau) -> None:
    (bureau.root / "house/signers").write_text("")
    bureau.set(", signers: house/signers")
    with pytest.raises(UsageError, match="没有写签名的密钥"):
        bureau.publish()


def test_what_was_edited_on_the_server_is_mended_by_the_next_release(bureau: Bureau) -> None:
    bureau.publish()
    page = bureau.folder / "current/2024/02/01/index.html"
    page.write_bytes(page.read_bytes().replace(b"2024", b"2025"))
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    assert bureau.live() == bureau.made()
    assert Path(bureau.folder / "current").is_symlink()
