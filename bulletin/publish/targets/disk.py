"""What a target needs of a disk: this machine's, or a server's behind SFTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol


class Disk(Protocol):
    """Files and folders below the target's folder; paths are relative to it, with `/`. All may raise `TargetUnavailable`.

    What is given many paths does them side by side where that is quicker.
    """

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder, by name; nothing where there is no folder."""

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Bytes of every file below a folder, by its path below that folder."""

    def read(self, path: str) -> bytes | None:
        """A file; `None` where there is none."""

    def make_folders(self, folders: Iterable[str]) -> None:
        """Makes folders, and those above them, readable for the web server whatever the umask."""

    def write(self, paths: Sequence[str], content: Callable[[str], bytes]) -> None:
        """Writes files, each beside its place, synchronised with the disk, and then renamed: a name stands for a whole file. Folders are there."""

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Gives files another name, from the first of each pair to the second; copies them, without sending them, where there are no links."""

    def sums(self, paths: Sequence[str]) -> Mapping[str, str]:
        """The SHA-256 sum of each file, read whole; a file that is not there has none."""

    def create(self, path: str, content: bytes) -> bool:
        """Writes a file if there is none, in one step that nobody else can come between; false if there is one."""

    def synchronise(self, folders: Iterable[str]) -> None:
        """Makes sure that the names in folders survive a power cut, as far as the place can."""

    def point(self, link: str, to: str) -> None:
        """Makes a link lead elsewhere, in one step: whoever follows it meets the old or the new."""

    def points_to(self, link: str) -> str:
        """Where a link leads, as it is written; empty where there is no link."""

    def rename(self, old: str, new: str) -> None:
        """Gives a file or a folder another name; a file that has it is replaced."""

    def remove(self, path: str) -> None:
        """Removes a file, a link, or a folder with all that is in it, where there is one."""

    def close(self) -> None:
        """Ends the connection."""
