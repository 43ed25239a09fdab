"""The gate before hand-over kits: nothing goes out in one that was not cleared, in whatever file or shape."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bulletin.compose import cleared_slugs
from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.encoding import read_text
from bulletin.load.folders import list_issues
from bulletin.load.sources import load_raw_sources
from bulletin.load.stock import Stock
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.handover import SUMS_FILE, Kit
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, has_errors
from bulletin.model.publication import Publication
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.reading import read_issue
from bulletin.pipeline.site.kept import Torn, recall, secrets_file
from bulletin.prove.leaks.explaining import explain
from bulletin.prove.leaks.files import texts_of
from bulletin.prove.leaks.gathering import house_secrets, secrets_of, unread_secrets
from bulletin.prove.leaks.issue_secrets import Secrets, unpack_secrets
from bulletin.prove.leaks.reading import read_texts
from bulletin.prove.leaks.searching import find_leaks
from bulletin.prove.leaks.sights import look_at_all, told_by, told_together


class KitGate:
    """What must not be told of the whole publication: of every issue, whatever kits are wanted.

    Of issues whose secrets the last build of the public site kept, and that are the same since, these are taken.
    """

    def __init__(self, root: Path, output: Path, publication: Publication, stock: Stock, furniture: Artifact) -> None:
        self.root = root
        self.output = output
        self.publication = publication
        self.made_from = stock.made_from()
        self.furniture = furniture

    def find_leaks(self, kit: Kit, artifact: Artifact) -> tuple[Problem, ...]:
        """Problems for everything in the archive that must not be told, file by file as they are unpacked from its very bytes."""
        files = tuple(_unpacked(artifact))
        house, of_issue = self._house, self._packed[kit.edition.masthead.key]
        paths = dict.fromkeys((str(self.root.resolve()), str(self.output.resolve())))
        addresses = (self.publication.web.url,) if self.publication.web.url else ()
        told = told_together((told_by(house, tuple(paths), addresses), told_by(unpack_secrets(of_issue))))
        sums = read_texts(file.content.decode() for file in files if file.path.endswith(f"/{SUMS_FILE}"))
        told = replace(told, numbers=told.numbers | sums.numbers)  # of digests that are proven: digits by chance
        sights = look_at_all(files, told)
        return explain(find_leaks(sights, self._secrets).leaks, sights, self._source)

    @cached_property
    def _house(self) -> Secrets:
        """Those of the publication; what an empty kit says is furniture."""
        said = (texts_of(file.path, file.content).texts for file in _unpacked(self.furniture))
        return house_secrets(self.publication, [text for texts in said for text in texts])

    @cached_property
    def _packed(self) -> dict[IssueKey, bytes]:
        """Those of each issue, packed: 8 KB for an article."""
        return {key: self._secrets_of(key) for key in list_issues(self.root)}

    def _secrets(self) -> Iterator[Secrets]:
        yield self._house
        yield from map(unpack_secrets, self._packed.values())

    def _secrets_of(self, key: IssueKey) -> bytes:
        kept = secrets_file(SiteOrder(Audience.PUBLIC, self.output), str(key), self.made_from[key])
        if kept.is_file():
            try:
                return recall(kept)
            except Torn:
                pass  # then they are gathered again
        read = read_issue(self.root, key, self.publication)
        issue = read.value
        if issue and issue.complete:
            cleared = frozenset[str]() if has_errors(read.problems) else cleared_slugs(issue)
            return secrets_of(issue, cleared).pack()
        return unread_secrets(str(key), ((path, text or "") for path, text in load_raw_sources(self.root, key))).pack()

    def _source(self, path: str) -> str:
        """The text of a source in which something was written that leaked."""
        return read_text(self.root, path, ARTICLE_LIMIT).value or ""


def _unpacked(artifact: Artifact) -> Iterable[Artifact]:
    with zipfile.ZipFile(io.BytesIO(artifact.content)) as archive:
        for entry in archive.infolist():
            yield Artifact(f"{artifact.path}/{entry.filename}", "", archive.read(entry))
