"""The same story on every kind of target, with real servers: published, edited, gone back, withdrawn, listed, pruned."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable
from bulletin.model.key import IssueKey
from bulletin.pipeline.publishing.releases import Approach, list_releases, prune
from bulletin.pipeline.publishing.withdrawing import withdraw
from tests.pipeline.publishing.conftest import Bureau, quiet
from tests.ssh_server import at_home, ssh_server
from tests.storage_server import Bucket, storage_server
from tests.web_servers import nginx_at

FIRST = "issues/2024-01/01-a.md"
SECRET = "这一句要撤下来。"
Live = Callable[[], Mapping[str, bytes]]


@contextmanager
def _folder(bureau: Bureau) -> Iterator[tuple[str, Live]]:
    """A folder that nginx serves: what was published is fetched from it again."""
    with tempfile.TemporaryDirectory(prefix="bulletin-served-") as folder:
        Path(folder).chmod(0o755)
        bureau.folder = Path(folder)
        with nginx_at(bureau.folder / "current") as server:
            yield f"{folder}, url: '{server.home}'", bureau.live


@contextmanager
def _server(bureau: Bureau) -> Iterator[tuple[str, Live]]:
    with ssh_server() as server, at_home(server):
        folder = server.new_folder()
        bureau.folder = folder
        yield f"'sftp://{server.user}@127.0.0.1:{server.port}{folder}'", bureau.live


@contextmanager
def _storage(bureau: Bureau) -> Iterator[tuple[str, Live]]:
    with storage_server() as new:
        bucket: Bucket = new("gzdt/")
        place = bucket.place
        yield (
            f"'s3://{place.bucket}/{place.prefix}', endpoint: '{place.endpoint}'",
            lambda: {path: bucket.get(path) for path in bucket.site()},
        )


TARGETS = {"folder": _folder, "sftp": _server, "s3": _storage}


@pytest.mark.slow
@pytest.mark.parametrize("kind", TARGETS)
def test_the_life_of_a_site(bureau: Bureau, kind: str) -> None:
    with TARGETS[kind](bureau) as (to, live):
        path = bureau.root / "bulletin.yaml"
        head = path.read_text("utf-8").partition("publish:")[0]
        path.write_text(f"{head}publish:\n  外网: {{to: {to}, keep: 3}}\n", "utf-8")
        first = bureau.publish()
        assert live() == bureau.made()
        assert first.fetched > 0 or kind != "folder"
        assert bureau.publish().sent == 0
        bureau.edit(FIRST, SECRET)
        second = bureau.publish()
        assert second.plan
        assert second.sent <= len(second.plan.difference.sent)
        assert live() == bureau.made()
        assert SECRET.encode() in live()["2024/01/01/index.html"]
        bureau.rollback()
        assert SECRET.encode() not in live()["2024/01/01/index.html"]
        bureau.rollback("2")
        assert live() == bureau.made()
        assert [each.wrong for each in list_releases(bureau.root, "", quiet, examine=True).kept] == [(), ()]
        report = withdraw(bureau.root, bureau.order(), (IssueKey(2024, False, 1), ("01-a",)), "数字有误", quiet)
        assert report.done, report.targets
        assert live() == bureau.made()
        assert not any(SECRET.encode() in content for content in live().values())
        assert [each.name[:5] for each in list_releases(bureau.root, "", quiet, examine=True).kept] == ["00003"]
        assert prune(bureau.root, Approach("", bureau.holder()), 1, quiet) == ()
        assert [act for act, _ in bureau.acts()] == [
            *("published", "published", "rolled-back", "rolled-back", "withdrawn", "published"),
            *("removed", "removed"),
        ]


def test_a_server_whose_key_is_not_known_gets_nothing(bureau: Bureau) -> None:
    with ssh_server() as server, at_home(server):
        server.known_hosts.write_text("")
        folder: Path = server.new_folder()
        path = bureau.root / "bulletin.yaml"
        head = path.read_text("utf-8").partition("publish:")[0]
        to = f"sftp://{server.user}@127.0.0.1:{server.port}{folder}"
        path.write_text(f"{head}publish:\n  外网: {{to: '{to}'}}\n", "utf-8")
        with pytest.raises(TargetUnavailable, match="SHA256:"):
            bureau.publish()
        assert not any(folder.iterdir())
        assert not (bureau.root / "registers").exists()
