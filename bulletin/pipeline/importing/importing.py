"""`bulletin import`: a foreign file is read, repaired, recognised, written, read back and proven; only then is it put in its place."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.convert.reading import MOST_BYTES, read_foreign
from bulletin.convert.recognising import looks_like_issue, recognise_article, recognise_issue
from bulletin.convert.repairs import repair
from bulletin.load.folders import (
    ANCHOR_FILE,
    CLEARANCES_FILE,
    ISSUES_FOLDER,
    SIGNOFF_FILE,
    issue_folder,
    list_issues,
)
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.errors import BulletinError, UsageError, reason_of
from bulletin.model.foreign import ChangePolicy, DropKind, ForeignDocument, TrackedChange
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, error, has_errors, message
from bulletin.model.publication import Publication
from bulletin.model.secrecy import marks_in_lines
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.importing.placing import is_there, put_in_place, same_article
from bulletin.pipeline.importing.sources import prove_sources, write_sources
from bulletin.publish import locked, publish_file
from bulletin.render.importing import render_import_report

_CHANGES_SHOWN = 5
ISSUE_THERE = "import-issue-there"
"""The code of what is said of an issue that is there already; its place is the issue's folder."""


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
        UsageError: The file cannot be read, or the issue that articles go into is not there.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    understood = understand(_content(file), file.name, publication, wanted)
    if understood.value is None:
        return understood
    with locked(root / ISSUES_FOLDER):
        key = _key_of(root, understood.value, wanted)
        if isinstance(key, Problem):
            return Outcome(None, (*understood.problems, key))
        written = write_sources(root, understood.value, key, publication)
        done = replace(written.imported, paths=tuple(each.path for each in written.files))
        there = is_there(root, done, written.files)
        read = prove_sources(written, key, publication)
        refused = () if there else _refused(root, done, written.files, key, wanted)
        problems = (*understood.problems, *read.problems, *refused)
        if read.value is None or refused:
            return Outcome(None, problems)
        if not wanted.dry_run and not there:
            put_in_place(root, done, written.files, key)
    return Outcome(_reported(root, replace(done, problems=problems), key, publication, wanted), problems)


def _reported(root: Path, done: Imported, key: IssueKey, publication: Publication, wanted: Wanted) -> Imported:
    """The import with its report, which lies with the outputs of its issue."""
    if wanted.dry_run:
        return done
    report = render_import_report(done, key, publication.templates)
    with locked(root / "build"):
        publish_file(root / "build", report)
    return replace(done, report=f"build/{report.path}")


def understand(content: bytes, name: str, publication: Publication, wanted: Wanted) -> Outcome[Imported]:
    """The file as read, repaired and recognised; nothing is written.

    A fault of ours is told as one of the file, so that the other files of an archive come in.
    """
    try:
        return _understand(content, name, publication, wanted)
    except (BulletinError, MemoryError):
        raise
    except Exception as fault:
        what = message("读这个文件时程序出错：{reason}", reason=f"{type(fault).__name__}: {fault}")
        advice = message("请把这个文件发给维护人员；着急时，在 Word 里另存为纯文本再导入")
        return Outcome(None, (error("import-failed", Span(name), what, advice),))


def _understand(content: bytes, name: str, publication: Publication, wanted: Wanted) -> Outcome[Imported]:
    read = read_foreign(content, name, wanted.changes or ChangePolicy.ACCEPT)
    document = read.value
    if document is None or has_errors(read.problems):
        return Outcome(None, read.problems)
    if classified := _classified(document):
        return Outcome(None, classified)
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


def _classified(document: ForeignDocument) -> tuple[Problem, ...]:
    """Marks of secrecy, in running heads and what is hidden too: such a file must not be on this machine."""
    left_out = "\n".join(dropped.text for dropped in document.dropped if dropped.kind is not DropKind.METADATA)
    return (*marks_in_lines(document.text, document.name, 1), *marks_in_lines(left_out, document.name, 1))[:1]


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
        UsageError: The issue that an article goes into is not there, or not said.
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
    if IssueKey.parse(str(key)) != key:
        return error("import-unnumbered", Span(imported.document.name), message("没有这样的期号：{key}", key=str(key)))
    return key


def _refused(
    root: Path, imported: Imported, files: tuple[Artifact, ...], key: IssueKey, wanted: Wanted
) -> tuple[Problem, ...]:
    """Why it may not be put in its place."""
    folder = root / issue_folder(key)
    span = Span(issue_folder(key))
    if isinstance(imported.draft, DraftArticle):
        same = same_article(root, key, files[0])
        return (
            (error("import-article-there", Span(same), message("这一篇已经有了：{path}", path=same)),) if same else ()
        )
    if not os.path.lexists(folder):
        return ()
    if not wanted.replace_issue:
        what = message("已经有“{key}”这一期，没有动它", key=str(key))
        return (error(ISSUE_THERE, span, what, message("要用导入的换掉它，加 --replace（旧的文件夹改名保留）")),)
    if any((folder / name).exists() for name in (CLEARANCES_FILE, SIGNOFF_FILE, ANCHOR_FILE)):
        what = message("“{key}”有审签、签发或份号的记录，不能换掉", key=str(key))
        return (error(ISSUE_THERE, span, what, message("要改其中的文章，用 bulletin import --update")),)
    return ()
