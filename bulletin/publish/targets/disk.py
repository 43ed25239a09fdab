"""What a target needs of a disk: this machine's, or a server's behind SFTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message

MOST_READ_MB = 64
"""No manifest, signature or lock is larger: the manifest of 100,000 files has 15 MB."""
NO_FILE = -1
"""What stands for the size of a link, a pipe, a device: no file of a release has it."""


class LinksRefused(TargetUnavailable):
    """The file system has no symbolic links: FAT, exFAT, some network shares."""


class Unreadable(TargetUnavailable):
    """What lies in the place of a file is none (a folder, a link, a pipe), or larger than any that this program writes to be read."""


def no_file(path: str) -> Unreadable:
    """What is said of a path where a folder, a link or a pipe lies."""
    return Unreadable(message("“{path}”不是普通的文件，没有读", path=path), _WHO)


def too_large(path: str) -> Unreadable:
    """What is said of a file that would fill the memory."""
    return Unreadable(message("“{path}”超过 {most} MB，没有读", path=path, most=MOST_READ_MB), _WHO)


_WHO = message("这不是本程序放的；请网站服务器的管理员查明是谁放的，移走后再运行")


class Disk(Protocol):
    """Files and folders below the target's folder; paths are relative to it, with `/`. All may raise `TargetUnavailable`.

    What is given many paths does them side by side where that is quicker.
    """

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder, by name; nothing where there is no folder."""

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Bytes of every file below a folder, by its path below that folder; `NO_FILE` of what is neither file nor folder: nothing is followed."""

    def read(self, path: str) -> bytes | None:
        """A file; `None` where there is none.

        Raises:
            Unreadable: It is no file, nor is a link followed; or it has more than `MOST_READ_MB`.
        """

    def make_folders(self, folders: Iterable[str]) -> None:
        """Makes folders, and those above them, readable for the web server whatever the umask."""

    def write(self, paths: Sequence[str], content: Callable[[str], bytes]) -> None:
        """Writes files, each beside its place, synchronised with the disk, and then renamed: a name stands for a whole file. Folders are there."""

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Gives files another name, from the first of each pair to the second; copies them, without sending them, where there are no links."""

    def sums(self, paths: Sequence[str]) -> Mapping[str, str]:
        """The SHA-256 sum of each file, read whole; a file that is not there has none. Ask only of what `sizes` says is a file."""

    def create(self, path: str, content: bytes) -> bool:
        """Writes a file if there is none, in one step that nobody else can come between; false if there is one."""

    def synchronise(self, folders: Iterable[str]) -> None:
        """Makes sure that the names in folders survive a power cut, as far as the place can."""

    def point(self, link: str, to: str) -> None:
        """Makes a link lead elsewhere, in one step: whoever follows it meets the old or the new.

        Raises:
            LinksRefused: There are no links here.
        """

    def points_to(self, link: str) -> str:
        """Where a link leads, as it is written; empty where there is no link."""

    def exchanges(self) -> bool:
        """True if two folders can change places in one step here; may try it with two folders of its own."""

    def exchange(self, one: str, other: str) -> bool:
        """Lets two folders change places in one step; false where that cannot be done, and nothing was changed."""

    def rename(self, old: str, new: str) -> None:
        """Gives a file or a folder another name; a file that has it is replaced, a folder with something in it is not."""

    def remove(self, path: str) -> None:
        """Removes a file, a link, or a folder with all that is in it, where there is one."""

    def close(self) -> None:
        """Ends the connection."""
