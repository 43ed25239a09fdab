"""`bulletin import`: a foreign file is read, repaired, recognised, written, read back and proven; only then is it put in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.convert.reading import MOST_BYTES, read_foreign
from bulletin.convert.recognising import looks_like_issue, recognise_article, recognise_issue
from bulletin.convert.repairs import repair
from bulletin.load.folders import issue_folder, list_issues
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.errors import UsageError, reason_of
from bulletin.model.foreign import ChangePolicy, ForeignDocument, TrackedChange
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, error, has_errors, message
from bulletin.model.publication import Publication
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.importing.sources import prove_sources, write_sources
from bulletin.publish import locked, publish_file, publish_folder, publish_new, set_aside
from bulletin.render.importing import render_import_report

_CHANGES_SHOWN = 5
_BEFORE = ".{key}-before-import"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of a file.

    `into` is the issue that articles go into, or the folder of a whole issue whose number could not be told; `whole` whether it is a whole issue (`None`: look
    and see); `changes` what becomes of tracked changes (`None`: refuse a file that has any); `replace_issue` whether an issue that is there
    gives way; `dry_run` that nothing is written.
    """

    into: IssueKey | None = None
    whole: bool | None = None
    changes: ChangePolicy | None = None
    replace_issue: bool = False
    dry_run: bool = False


def open_publication(root: Path) -> Publication:
    """The publication that files are brought into.

    Raises:
        UsageError: `root` is none, or its settings have errors.
    """
    require_publication(root)
    outcome = load_publication(root)
    if outcome.value is None or has_errors(outcome.problems):
        raise UsageError(message("刊物的设置有错误"), message("先用 bulletin check 查看并改正"))
    return outcome.value


def import_file(root: Path, publication: Publication, file: Path, wanted: Wanted) -> Outcome[Imported]:
    """Brings a file in; without a value nothing was written, and the problems say why.

    Raises:
        UsageError: The file cannot be read, the issue is there already, or is not there.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    understood = understand(_content(file), file.name, publication, wanted)
    if understood.value is None:
        return understood
    with locked(root / "issues"):
        key = _key_of(root, understood.value, wanted)
        if isinstance(key, Problem):
            return Outcome(None, (*understood.problems, key))
        written = write_sources(root, understood.value, key, publication)
        read = prove_sources(written, key, publication)
        problems = (*understood.problems, *read.problems)
        if read.value is None:
            return Outcome(None, problems)
        done = replace(written.imported, problems=problems, paths=tuple(each.path for each in written.files))
        if not wanted.dry_run:
            _put_in_place(root, done, written.files, key)
    if not wanted.dry_run:
        report = render_import_report(done, key, publication.templates)
        publish_file(root / "build", report)
        done = replace(done, report=f"build/{report.path}")
    return Outcome(done, problems)


def understand(content: bytes, name: str, publication: Publication, wanted: Wanted) -> Outcome[Imported]:
    """The file as read, repaired and recognised; nothing is written."""
    read = read_foreign(content, name, wanted.changes or ChangePolicy.ACCEPT)
    document = read.value
    if document is None or has_errors(read.problems):
        return Outcome(None, read.problems)
    if document.changes and wanted.changes is None:
        return Outcome(None, (*read.problems, _undecided(document)))
    repaired = repair(document)
    kinds = publication.kinds or ()
    whole = looks_like_issue(repaired.document) if wanted.whole is None else wanted.whole
    draft: DraftIssue | DraftArticle
    if whole:
        draft = recognise_issue(repaired.document, repaired.repairs, kinds)
    else:
        draft = recognise_article(repaired.document, repaired.repairs, kinds)
    return Outcome(Imported(document, repaired.document, repaired.repairs, draft), read.problems)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as fault:
        raise UsageError(message("读不了“{file}”：{reason}", file=str(file), reason=reason_of(fault))) from fault


def _undecided(document: ForeignDocument) -> Problem:
    shown = tuple(_told(change) for change in document.changes[:_CHANGES_SHOWN])
    rest = len(document.changes) - len(shown)
    what = message(
        "文件里有 {count} 处修订没有处理：{changes}",
        count=len(document.changes),
        changes=(*shown, *(("……",) if rest else ())),
    )
    advice = message("加 --changes accept 全部接受，或 --changes reject 全部拒绝；要逐处定，先在 Word 里处理")
    return error("import-changes", Span(document.name), what, advice)


def _told(change: TrackedChange) -> str:
    sign = "＋" if change.kind.value == "inserted" else "－"
    return f"{sign}“{change.text[:20]}”" + (f"（{change.author}）" if change.author else "")


def _key_of(root: Path, imported: Imported, wanted: Wanted) -> IssueKey | Problem:
    """The issue that the file is, or goes into.

    Raises:
        UsageError: The issue is not there, or is there already.
    """
    draft, keys = imported.draft, list_issues(root)
    if isinstance(draft, DraftArticle):
        if wanted.into is None:
            raise UsageError(message("没有写放进哪一期"), message("加 --into 2026-07；是整期旧刊，加 --as issue"))
        if wanted.into not in keys:
            raise UsageError(message("没有“{key}”这一期", key=str(wanted.into)), message("用 bulletin new issue 新建"))
        return wanted.into
    if draft.date is None or (not draft.number and wanted.into is None):
        what = message("没有认出期号或日期，不知道是哪一期")
        advice = message("在文件开头写明“第7期（总第494期）”“2020年7月23日”，再导入；不是整期的，加 --as article")
        return error("import-unnumbered", Span(imported.document.name), what, advice)
    key = wanted.into or IssueKey(draft.date.year, draft.supplement, draft.number)
    if (root / issue_folder(key)).exists() and not wanted.replace_issue:
        raise UsageError(
            message("已经有“{key}”这一期，没有动它", key=str(key)),
            message("要用导入的换掉它，加 --replace（旧的文件夹改名保留）"),
        )
    return key


def _put_in_place(root: Path, imported: Imported, artifacts: tuple[Artifact, ...], key: IssueKey) -> None:
    if isinstance(imported.draft, DraftIssue):
        folder = issue_folder(key)
        if (root / folder).exists():
            set_aside(root, folder, f"issues/{_BEFORE.format(key=key)}")
        publish_folder(root, folder, artifacts)
        return
    for artifact in reversed(artifacts):
        publish_new(root, artifact)
