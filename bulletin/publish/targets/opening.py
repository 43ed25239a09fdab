"""Opening a target by what the settings say of it; each kind is imported only when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.target import BucketPlace, FolderPlace, KitPlace, Place, ServerPlace
from bulletin.publish.targets.target import Target


@contextmanager
def open_target(root: Path, place: Place, tell: Progress) -> Iterator[Target]:
    """The target, connected.

    Args:
        root: The publication's folder: files that the settings name lie in it.
        place: Where the target is.
        tell: Told what an editor should know of the connection.

    Raises:
        TargetUnavailable: It cannot be reached, or its key is not known.
        UsageError: Nothing can be published there.
    """
    with closing(_opened(root, place, tell)) as target:
        yield target


def _opened(root: Path, place: Place, tell: Progress) -> Target:
    match place:
        case FolderPlace(path):
            from bulletin.publish.targets.folder.target import FolderTarget
            from bulletin.publish.targets.local.disk import LocalDisk

            return FolderTarget(LocalDisk(str(Path(path).expanduser())))
        case ServerPlace():
            from bulletin.publish.targets.folder.target import FolderTarget
            from bulletin.publish.targets.sftp.disk import SftpDisk

            return FolderTarget(SftpDisk(place, root, tell))
        case BucketPlace():
            from bulletin.publish.targets.storage.target import open_bucket

            return open_bucket(place)
        case KitPlace():
            raise UsageError(
                message("交接包不上传，没有版可言"), message("做交接包：bulletin handover；交给平台的编辑上传")
            )
