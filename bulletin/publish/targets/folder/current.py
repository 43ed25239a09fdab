"""What visitors see: the folder `current` of a target, and how another release takes its place.

It is a link, and another one is renamed over it: that is one step. Where there are no links, `current` is itself the folder with the files of the live
release, which has no `site` at home meanwhile; by that it is known. The next release's files go to `next-<name>` first and change places with `current`, in
one step where the file system can, else by two renames. `next-<name>` is there only meanwhile, so each point at which a command can be killed looks different:

    current, no next              the live release is the one without files at home
    current, and next             not changed yet, or changed and the old files not at home yet: what lies in them tells
    next, and no current          between two renames: whoever looks finishes it
"""

from __future__ import annotations

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.publish.manifests import FILE, read_manifest
from bulletin.publish.targets.disk import Disk, LinksRefused
from bulletin.publish.targets.folder.layout import (
    CURRENT,
    NEXT,
    SITE,
    differing,
    folder_of,
    kept_on,
    named_by,
    site_of,
)


class Current:
    """The folder that the web server serves, on any disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def live(self) -> str:
        """The release that is seen; empty if there is none, or if `current` is not ours."""
        named = named_by(self._disk.points_to(CURRENT))
        if named:
            return named if SITE in self._disk.names(folder_of(named)) else ""
        return self._live_without_links()

    def at_once(self) -> bool:
        """True if the next switch will be one step."""
        return bool(self._disk.points_to(CURRENT)) or not self._is_there() or self._disk.exchanges()

    def site(self, name: str) -> str:
        """Where the files of a release are now."""
        is_link = bool(self._disk.points_to(CURRENT))
        return CURRENT if not is_link and self._live_without_links() == name else site_of(name)

    def refuse_strange(self) -> None:
        """Refuses a `current` that this program did not make: somebody's site would be gone.

        Raises:
            TargetUnavailable: It is a link to elsewhere, a folder of somebody's own, or a file.
        """
        link = self._disk.points_to(CURRENT)
        move = message("请网站服务器的管理员把它改名留底，如 mv current current.old，再发布")
        if link and not named_by(link):
            raise TargetUnavailable(
                message("发布目标里的 current 是指向“{link}”的链接，不是这个程序建的，没有动它", link=link), move
            )
        if not link and self._is_there() and not self._live_without_links():
            raise TargetUnavailable(message("发布目标里的 current 不是这个程序建的，没有动它"), move)

    def mend(self) -> None:
        """Finishes or takes back what a killed switch without links left; only for who holds the lock."""
        waiting = self._waiting()
        live = self._live_without_links() if waiting else ""
        if waiting and live != waiting:  # not changed yet
            self._send_home(waiting, waiting)
        elif self._waiting():  # changed: what waits is the one that was live before
            for before in self._away(but=waiting)[:1]:
                self._send_home(waiting, before)

    def served(self) -> str:
        """The folder that visitors see, where it is no link to another."""
        return CURRENT if self._is_there() and not self._disk.points_to(CURRENT) else ""

    def switch(self, name: str) -> None:
        """Lets visitors see a kept release."""
        self.mend()
        self.refuse_strange()
        if self._disk.points_to(CURRENT) or not self._is_there():
            try:
                self._disk.point(CURRENT, site_of(name))
                self._disk.synchronise([""])
            except LinksRefused:
                self._put(name)
        elif self._live_without_links() != name:
            self._put(name)

    def _put(self, name: str) -> None:
        """Puts the files of a release where `current` is."""
        disk, before = self._disk, self._live_without_links()
        coming = f"{NEXT}{name}"
        disk.rename(site_of(name), coming)
        disk.synchronise([folder_of(name), ""])
        if not before:
            self._finish(coming)
        elif disk.exchange(coming, CURRENT):
            disk.synchronise([""])
            self._send_home(name, before)
        else:
            self._put_by_two_renames(coming, before)
        disk.synchronise([""])

    def _put_by_two_renames(self, coming: str, before: str) -> None:
        self._disk.rename(CURRENT, site_of(before))
        try:
            self._finish(coming)
        except TargetUnavailable:
            self._disk.rename(site_of(before), CURRENT)
            raise
        self._disk.synchronise([folder_of(before)])

    def _finish(self, coming: str) -> None:
        """Lets visitors see what waits; somebody who looks for the live release may have done it a moment before."""
        try:
            self._disk.rename(coming, CURRENT)
        except TargetUnavailable:
            if not self._is_there():
                raise

    def _send_home(self, waiting: str, home: str) -> None:
        self._disk.rename(f"{NEXT}{waiting}", site_of(home))
        self._disk.synchronise([folder_of(home), ""])

    def _live_without_links(self) -> str:
        waiting, is_there = self._waiting(), self._is_there()
        if waiting and not is_there:
            self._finish(f"{NEXT}{waiting}")
            self._disk.synchronise([""])
            return waiting
        away = self._away(but=waiting) if is_there else []
        if waiting and self._faults(waiting, CURRENT) < self._faults(waiting, f"{NEXT}{waiting}"):
            return waiting
        return min(away, key=lambda name: self._faults(name, CURRENT)) if len(away) > 1 else "".join(away)

    def _waiting(self) -> str:
        """The release whose files were taken from home to become `current`; empty if there is none."""
        found = (name.removeprefix(NEXT) for name in self._disk.names("") if name.startswith(NEXT))
        return next((name for name in found if name in kept_on(self._disk)), "")

    def _away(self, but: str) -> list[str]:
        """The kept releases that have no files at home."""
        return [name for name, inside in kept_on(self._disk).items() if SITE not in inside and name != but]

    def _faults(self, name: str, folder: str) -> int:
        content = self._disk.read(f"{folder_of(name)}/{FILE}") or b""
        return len(differing(self._disk, folder, read_manifest(content, name).files))

    def _is_there(self) -> bool:
        return CURRENT in self._disk.names("")
