"""What was handed over, in the log of publication: entered before a kit is written or taken away, so that the log never says less."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bulletin.compose.publishing import came_and_went
from bulletin.model.clearance_log import standing
from bulletin.model.edition import WebEdition
from bulletin.model.errors import UsageError
from bulletin.model.handover import kit_path
from bulletin.model.issue import Clearance
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.model.publication import Publication
from bulletin.model.publication_log import Act, Entry, Shown, shown_on
from bulletin.model.release import PublishedArticle, issue_at
from bulletin.model.site import Card
from bulletin.model.target import KitPlace, LockHolder
from bulletin.pipeline.publishing.log import opened_log
from bulletin.register import open_register

_NO_TARGET = "交接包"
"""The target in the log where `bulletin.yaml` names none; the log is kept as it is written."""


@dataclass(frozen=True, slots=True)
class KitChange:
    """What becomes of the kit of an issue: the articles that it holds from now, its bytes, and whether its file is written anew; nothing of
    all that where it goes."""

    key: IssueKey
    articles: tuple[PublishedArticle, ...] = ()
    content: bytes = b""
    written: bool = False


def articles_handed_over(edition: WebEdition, clearances: tuple[Clearance, ...]) -> tuple[PublishedArticle, ...]:
    """The articles of a kit as the log tells of them."""
    cleared = {each.number: each for each in standing(clearances).values() if each.digest}
    return tuple(_article(card, cleared.get(card.number)) for card in edition.cards)


def enter_kits(root: Path, publication: Publication, holder: LockHolder, changes: Sequence[KitChange]) -> None:
    """Enters what is handed over, an entry for each kit that changes: its file in `note`, the SHA-256 sum of that in `manifest`.

    A kit of before that the log does not know is entered too, though its file stays as it is.

    Raises:
        UsageError: There is something to enter, and `holder` has no name.
        RegisterRefused: What would be entered is no record.
        RegisterUnavailable: The register cannot be used.
    """
    target = _target_of(publication)
    shown = _shown_before(root, publication, target, holder)
    entries = tuple(entry for each in changes if (entry := _entry(target, shown, each)))
    if not entries:
        return
    if not holder.by:
        what = message("交出去的文章要记入发布记录，请写经手人：--by 姓名")
        raise UsageError(what, message("常用的可以设在环境变量 BULLETIN_BY 里；交接包没有改动"))
    with opened_log(root, publication, target, holder) as log:
        log.enter(*entries)


def _article(card: Card, entry: Clearance | None) -> PublishedArticle:
    if entry is None:
        return PublishedArticle(card.path, card.title)
    return PublishedArticle(card.path, card.title, entry.digest, entry.by, entry.at)


def _target_of(publication: Publication) -> str:
    return next((each.name for each in publication.targets if isinstance(each.place, KitPlace)), _NO_TARGET)


def _shown_before(root: Path, publication: Publication, target: str, holder: LockHolder) -> Shown:
    """What was handed over and not taken back, by path; nothing where there is no register, and none is made by asking."""
    try:
        with open_register(root, publication.register, at=holder.at, create=False) as register:
            return shown_on(register.publications.events(target), target)
    except UsageError:
        return {}


def _entry(target: str, shown: Shown, change: KitChange) -> Entry | None:
    """What is to be entered of a kit; nothing where nothing changes."""
    before = tuple(each for path, each in shown.items() if issue_at(path) == change.key.web_path)
    came, went = came_and_went(before, change.articles)
    if change.written:
        came = change.articles
    if not came and not went:
        return None
    digest = hashlib.sha256(change.content).hexdigest() if change.articles else ""
    file = PurePosixPath(kit_path(change.key)).name
    return Entry(Act.HANDED_OVER, target, "", digest, file, came, went)
