"""Hand-over kits: one archive an issue with what may be published of it, proven and searched before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import cleared_slugs, compose_web_edition
from bulletin.compose.handover import compose_kit
from bulletin.load.folders import issue_path, list_issues
from bulletin.load.publication import load_publication
from bulletin.load.stock import Stock, take_stock
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.errors import UsageError
from bulletin.model.handover import HANDOVER_FOLDER, HandoverReport, Kit, KitMade, kit_path
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, has_errors, in_order, message, warning
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.release import PublishedArticle
from bulletin.model.target import KitPlace, LockHolder
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.publishing.kit_furniture import bare_kit
from bulletin.pipeline.publishing.kit_gate import KitGate
from bulletin.pipeline.publishing.kit_log import KitChange, articles_handed_over, enter_kits
from bulletin.pipeline.reading import read_issue
from bulletin.prove.handover import prove_kit
from bulletin.prove.web.composition import prove_web_composition
from bulletin.publish import drop_file, locked, publish_file
from bulletin.render.handover import render_kit
from bulletin.render.own_templates import check_own_templates
from bulletin.render.web.frame import Frame, make_frame

_TOLD = re.compile("clearance-.*")
"""Warnings of an issue that matter to who hands it over; the others are told by `bulletin check`."""


def make_kits(
    root: Path, output: Path, issues: tuple[IssueKey, ...], holder: LockHolder, progress: Progress
) -> HandoverReport:
    """Makes `<output>/handover/<issue>.zip` of each issue that has anything to publish; takes away that of an issue that has nothing any more.

    A kit is written only if it is proven and the gate lets it pass; one that is the same already is left alone. Kits of issues that are not there any
    more are taken away whatever is wanted. What is handed over, and what no more, is entered in the log of publication before.

    Args:
        root: The publication's folder.
        output: The folder of outputs.
        issues: Which kits are wanted.
        holder: Who hands them over; the name may be empty where nothing is to be entered.
        progress: Told what is being done.

    Raises:
        UsageError: `root` is no publication; the sources changed meanwhile; something is to be entered, and nobody says by whom.
        RenderingFailed, CannotWrite, RegisterRefused, RegisterUnavailable: The machine is at fault.
    """
    require_publication(root)
    with locked(output):
        stock = take_stock(root)
        loaded = load_publication(root)
        if loaded.value is None or has_errors(loaded.problems):
            return HandoverReport(in_order(loaded.problems), failed=issues)
        if wrong := check_own_templates(loaded.value.templates):
            return HandoverReport(in_order(wrong), failed=issues)
        bench = _bench(root, output, loaded.value, stock)
        made = tuple(_make(bench, key, progress) for key in issues)
        _require_unchanged(root, stock)
        return _publish(bench, made, holder)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What all kits are made with. `address` is that of our own site, empty where it is not reached."""

    root: Path
    output: Path
    publication: Publication
    frame: Frame
    address: str
    gate: KitGate


@dataclass(frozen=True, slots=True)
class _Made:
    """A kit that may be written; none where nothing is to be published, or where it cannot be made, as the problems say."""

    key: IssueKey
    problems: tuple[Problem, ...]
    kit: Kit | None = None
    artifact: Artifact | None = None
    articles: tuple[PublishedArticle, ...] = ()

    @property
    def failed(self) -> bool:
        return has_errors(self.problems)


def _bench(root: Path, output: Path, publication: Publication, stock: Stock) -> _Bench:
    frame = make_frame(publication, Audience.PUBLIC)
    gate = KitGate(root, output, publication, stock, bare_kit(publication, frame))
    return _Bench(root, output, publication, frame, _own_site(publication), gate)


def _own_site(publication: Publication) -> str:
    """The address of the public site; none where kits are all that goes out: then our pages are nowhere."""
    public = [target for target in publication.targets if target.audience is Audience.PUBLIC]
    only_kits = bool(public) and all(isinstance(target.place, KitPlace) for target in public)
    return "" if only_kits else publication.web.url


def _make(bench: _Bench, key: IssueKey, progress: Progress) -> _Made:
    progress(message("正在制作交接包：{issue}", issue=str(key)))
    read = read_issue(bench.root, key, bench.publication)
    if read.value is None or has_errors(read.problems):
        return _Made(key, read.problems)
    composed = _compose(read.value, read.problems)
    if composed.value is None or has_errors(composed.problems) or not composed.value.articles:
        return _Made(key, composed.problems)
    kit = compose_kit(composed.value, bench.address)
    artifact = render_kit(kit, bench.publication, bench.frame)
    progress(message("正在核对、搜查交接包：{issue}", issue=str(key)))
    proven = prove_kit(artifact.content, kit, bench.publication.web, Span(issue_path(key)))
    leaks = () if has_errors(proven) else bench.gate.find_leaks(kit, artifact)
    articles = articles_handed_over(composed.value, read.value.clearances)
    return _Made(key, (*composed.problems, *proven, *leaks), kit, artifact, articles)


def _compose(issue: Issue, problems: tuple[Problem, ...]) -> Outcome[WebEdition]:
    """What everybody may read of the issue, and what of its problems matters to that."""
    cleared = cleared_slugs(issue)
    edition = compose_web_edition(issue, Audience.PUBLIC, cleared)
    told = tuple(problem for problem in problems if _TOLD.fullmatch(problem.code))
    return Outcome(edition, (*told, *prove_web_composition(issue, edition, cleared)))


def _require_unchanged(root: Path, stock: Stock) -> None:
    if take_stock(root) != stock:
        what = message("制作交接包的时候，稿件或设置又改了")
        raise UsageError(what, message("交接包没有改动；请再运行一次 bulletin handover"))


def _publish(bench: _Bench, made: tuple[_Made, ...], holder: LockHolder) -> HandoverReport:
    """What is no longer public goes first; then the kits that may be written; before all, it is entered."""
    empty = tuple(each.key for each in made if not each.failed and each.artifact is None)
    gone = tuple(dict.fromkeys((*empty, *_without_issue(bench))))
    removed = tuple(path for path in map(kit_path, gone) if (bench.output / path).is_file())
    changes = (*map(KitChange, gone), *_changes(bench.output, made))
    enter_kits(bench.root, bench.publication, holder, changes)
    for path in removed:
        drop_file(bench.output / path)
    failed = tuple(each.key for each in made if each.failed)
    kits = tuple(
        _write(bench.output, each.kit, each.artifact) for each in made if not each.failed and each.kit and each.artifact
    )
    problems = (*(problem for each in made for problem in each.problems), *_left(bench.output, failed))
    return HandoverReport(in_order(problems), kits, empty, removed, failed)


def _changes(output: Path, made: tuple[_Made, ...]) -> Iterator[KitChange]:
    """What is entered of the kits that may be written."""
    for each in made:
        if not each.failed and each.artifact:
            written = not _is_there(output, each.artifact)
            yield KitChange(each.key, each.articles, each.artifact.content, written)


def _is_there(output: Path, artifact: Artifact) -> bool:
    path = output / artifact.path
    return path.is_file() and path.read_bytes() == artifact.content


def _without_issue(bench: _Bench) -> Iterator[IssueKey]:
    """Kits of issues that were deleted."""
    known = set(list_issues(bench.root))
    for path in sorted((bench.output / HANDOVER_FOLDER).glob("*.zip")):
        key = IssueKey.parse(path.stem)
        if key and key not in known:
            yield key


def _left(output: Path, failed: tuple[IssueKey, ...]) -> Iterator[Problem]:
    """A warning for each kit that is still there, and is not what the sources say."""
    for key in failed:
        if (output / kit_path(key)).is_file():
            what = message("原来的交接包“{path}”没有重做，可能还有已经撤回的文章", path=kit_path(key))
            yield warning(
                "kit-old",
                Span(issue_path(key)),
                what,
                message("不要再用它；改正上面的错误，重新运行 bulletin handover"),
            )


def _write(output: Path, kit: Kit, artifact: Artifact) -> KitMade:
    path = output / artifact.path
    there = _is_there(output, artifact)
    publish_file(output, artifact)
    attachments = sum(1 for each in kit.articles if each.card.attached_to)
    pictures = sum(len({shown.file for shown in each.pictures}) for each in kit.articles)
    articles = len(kit.articles) - attachments
    return KitMade(
        kit.edition.masthead.key, str(path), articles, attachments, pictures, len(artifact.content), written=not there
    )
