"""Things that are kept for the next build: by what they are of, and what that was made from; whole, or taken for lost."""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path

from bulletin.model.audience import Audience
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.ledger import Ledger
from bulletin.publish import drop_files, keep_file

_SECRETS, _SIGHTS, _TOKENS = "secrets", "sights", "tokens"
_HOUSE = "house"
_CHECK_BYTES = 4


class Torn(Exception):
    """Something that was kept is not as it was: all is to be made anew."""


def keep(path: Path, content: bytes) -> None:
    """Keeps something until the next build, so that it is seen whether it is whole.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    keep_file(path, zlib.crc32(content).to_bytes(_CHECK_BYTES) + content)


def recall(path: Path) -> bytes:
    """What was kept.

    Raises:
        Torn: It is not there, or not whole.
    """
    try:
        kept = path.read_bytes()
    except OSError as fault:
        raise Torn(path.name) from fault
    content = kept[_CHECK_BYTES:]
    if kept[:_CHECK_BYTES] != zlib.crc32(content).to_bytes(_CHECK_BYTES):
        raise Torn(path.name)
    return content


def secrets_file(order: SiteOrder, issue: str, made_from: str) -> Path:
    """What the issue must not say in public, and what it may."""
    return order.kept / _SECRETS / _name(issue, made_from)


def house_file(order: SiteOrder, common: str) -> Path:
    """What the publication must not say in public, and what it and the program's own pages may."""
    return order.kept / _SECRETS / _name(_HOUSE, common)


def sights_file(order: SiteOrder, unit: str, made_from: str) -> Path:
    """What is left of the unit's files when all is taken away that may be told."""
    return order.kept / _SIGHTS / _name(unit, made_from)


def tokens_file(order: SiteOrder, issue: str, made_from: str) -> Path:
    """What the index of the search needs of the issue's articles."""
    return order.kept / _TOKENS / _name(issue, made_from)


def is_complete(order: SiteOrder, ledger: Ledger) -> bool:
    """True if everything is there that is needed of what is not made again."""
    if not _listed(order.kept / _TOKENS) >= _wanted_tokens(ledger):
        return False
    if order.audience is not Audience.PUBLIC:
        return True
    return _listed(order.kept / _SECRETS) >= _wanted_secrets(ledger) and _listed(
        order.kept / _SIGHTS
    ) >= _wanted_sights(ledger)


def drop_others(order: SiteOrder, ledger: Ledger) -> None:
    """Forgets what is of no issue and no unit any more."""
    drop_files(order.kept / _TOKENS, _wanted_tokens(ledger))
    drop_files(order.kept / _SECRETS, _wanted_secrets(ledger))
    drop_files(order.kept / _SIGHTS, _wanted_sights(ledger))


def _wanted_secrets(ledger: Ledger) -> set[str]:
    issues = {_name(str(key), made_from) for key, made_from in ledger.stock.made_from().items()}
    return issues | {_name(_HOUSE, ledger.stock.common)}


def _wanted_tokens(ledger: Ledger) -> set[str]:
    return {_name(str(key), issue.unit.made_from) for key, issue in ledger.issues.items() if issue.card}


def _wanted_sights(ledger: Ledger) -> set[str]:
    return {_name(name, unit.made_from) for name, unit in ledger.all_units().items()}


def _name(of: str, made_from: str) -> str:
    return hashlib.blake2b(f"{of} {made_from}".encode(), digest_size=12).hexdigest()


def _listed(folder: Path) -> set[str]:
    return set(os.listdir(folder)) if folder.is_dir() else set()
