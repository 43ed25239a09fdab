"""An issue's folder to an `Issue`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bulletin.load.article import load_manuscript
from bulletin.load.encoding import read_text
from bulletin.load.files import link_problem
from bulletin.load.folders import (
    ANCHOR_FILE,
    MOST_ARTICLES,
    SIGNOFF_FILE,
    IssueFolders,
    check_names,
    clearances_path,
    issue_folder,
    issue_path,
    list_articles,
    list_folders,
)
from bulletin.load.pictures import load_pictures
from bulletin.load.schemas import (
    AnchorSchema,
    ClearanceSchema,
    ClearancesSchema,
    DistributionSchema,
    IssueSchema,
    SignOffRecordSchema,
)
from bulletin.load.strict_yaml import YamlTree, parse_yaml, places_of
from bulletin.load.validate import validate
from bulletin.load.yaml_files import YAML_LIMIT, load_yaml
from bulletin.model.errors import UsageError
from bulletin.model.issue import (
    Addressee,
    Clearance,
    DistributionList,
    Editors,
    ForcedPrint,
    Issue,
    IssueHead,
    Manuscript,
    PrintRecord,
    Regular,
    SignOff,
    SignOffRecord,
    Supplement,
)
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Places, Problem, Span, error, message, warning
from bulletin.model.publication import Publication
from bulletin.model.recipient_list import Addressed
from bulletin.model.register import Head
from bulletin.model.secrecy import marks_in_lines


def load_head(root: Path, key: IssueKey) -> Outcome[IssueHead]:
    """Number, serial and date of an issue."""
    said, tree = load_yaml(root, issue_path(key), IssueSchema)
    if said.value is None or tree is None:
        return Outcome(None, said.problems)
    return Outcome(_head(key, said.value, tree), said.problems)


def load_addressed(root: Path, key: IssueKey) -> Outcome[Addressed]:
    """Whom an issue names, without its articles."""
    said, tree = load_yaml(root, issue_path(key), IssueSchema)
    if said.value is None or tree is None:
        return Outcome(None, said.problems)
    lists = _distribution(said.value.distribution, tree)
    addressees = tuple(addressee for listed in lists for addressee in listed.addressees())
    return Outcome(Addressed(_head(key, said.value, tree), addressees), said.problems)


def load_issue(
    root: Path, key: IssueKey, publication: Publication, folders: IssueFolders | None = None
) -> Outcome[Issue]:
    """The issue `key`; its value is missing only where the file `issue.yaml` cannot be read as one.

    `folders` is what lies in `issues/`, where that is known: for a whole archive it is looked at once.
    """
    folders = folders or list_folders(root)
    if (root / issue_folder(key)).is_symlink():
        return Outcome(None, (link_problem(Span(issue_folder(key)), issue_folder(key)),))
    said, tree = load_yaml(root, issue_path(key), IssueSchema)
    names = list_articles(root, key)[:MOST_ARTICLES]
    manuscripts, faults = _load_manuscripts(root, key, names, publication)
    pictures = load_pictures(root, issue_folder(key), manuscripts)
    clearances = load_clearances(root, key)
    signoff = load_signoff(root, key)
    read = (said, pictures, clearances, signoff)
    problems = [*check_names(root, key, folders), *faults, *(problem for each in read for problem in each.problems)]
    if said.value is None or tree is None:
        return Outcome(None, (*problems, *_secrecy_of(root, issue_path(key))))
    value, head = said.value, _head(key, said.value, tree)
    siblings = _load_siblings(root, folders.beside(key), head.places)
    issue = Issue(
        publication=publication,
        head=head,
        marking=value.marking,
        editors=Editors(value.editors.responsible, value.editors.editors, value.editors.phone),
        distribution=tuple(_distribution(value.distribution, tree)),
        archive=value.archive,
        spare=value.spare,
        highlights=value.highlights,
        editors_note=value.editors_note or "",
        manuscripts=tuple(manuscripts),
        pictures=pictures.value or (),
        clearances=clearances.value or (),
        signoff=signoff.value.signoff if signoff.value else None,
        siblings=siblings.value or (),
        slugs=tuple(Path(name).stem for name in names),
    )
    return Outcome(issue, (*problems, *siblings.problems))


def reread_head(issue: Issue, text: str) -> Issue | None:
    """The issue if its `issue.yaml` said this, which differs in words that are printed; `None` where it could not be read."""
    tree = parse_yaml(text, issue_path(issue.head.key))
    said = validate(tree, IssueSchema, tree.path).value
    if said is None:
        return None
    return replace(
        issue,
        marking=said.marking,
        editors=Editors(said.editors.responsible, said.editors.editors, said.editors.phone),
        distribution=tuple(_distribution(said.distribution, tree)),
        highlights=said.highlights,
        editors_note=said.editors_note or "",
    )


def _secrecy_of(root: Path, path: str) -> Iterator[Problem]:
    """Grades in an `issue.yaml` that cannot be read as one: nobody else will look there."""
    text = read_text(root, path, YAML_LIMIT).value or ""
    return marks_in_lines(text, path, body_line=len(text) + 2)


def load_clearances(root: Path, key: IssueKey) -> Outcome[tuple[Clearance, ...]]:
    """The clearances recorded for the issue; none where there is no file yet."""
    path = clearances_path(key)
    if not os.path.lexists(root / path):
        return Outcome(())
    outcome, tree = load_yaml(root, path, ClearancesSchema)
    if outcome.value is None or tree is None:
        return Outcome(None, tuple(_merging(root, path)) or outcome.problems)
    places = (tree.places[("clearances", place)] for place in range(len(outcome.value.clearances)))
    return Outcome(
        tuple(_clearance(said, place) for said, place in zip(outcome.value.clearances, places, strict=True)),
        outcome.problems,
    )


def _clearance(said: ClearanceSchema, place: Span) -> Clearance:
    return Clearance(
        slug=said.article,
        number=said.number,
        by=said.by,
        at=said.at,
        digest=said.digest or "",
        span=place,
        chain=said.chain or "",
        withdrawn=said.withdrawn,
        reason=said.reason or "",
    )


def _merging(root: Path, path: str) -> Iterator[Problem]:
    """A problem where version control could not join the additions of two editors by itself, and left its marks in the log."""
    lines = (read_text(root, path, YAML_LIMIT).value or "").split("\n")
    found = next((number for number, line in enumerate(lines, start=1) if line.startswith("<<<<<<< ")), None)
    if found:
        what = message("审签记录里有没有解决的合并冲突：两个人同时审签，记录添在了同一处")
        advice = message(
            "两边的记录都要：只删去 <<<<<<<、=======、>>>>>>> 开头的三种行，其余一行不动，再运行 bulletin check"
        )
        yield error("clearance-conflict", Span(path, found), what, advice)


def load_anchor(root: Path, key: IssueKey) -> Head | None:
    """The event of the copy register that was its last when the issue's copies were recorded; none where none was.

    Raises:
        UsageError: The file is not as it was written.
    """
    path = f"{issue_folder(key)}/{ANCHOR_FILE}"
    if not os.path.lexists(root / path):
        return None
    said = load_yaml(root, path, AnchorSchema)[0].value
    if said is None:
        raise UsageError(message("{path} 读不懂，不能核对登记册", path=path), message("用版本管理或备份恢复它"))
    return Head(int(said.seq), said.hash)


def load_signoff(root: Path, key: IssueKey) -> Outcome[SignOffRecord]:
    """What is recorded of the issue's sign-off; nothing where there is no file yet."""
    path = f"{issue_folder(key)}/{SIGNOFF_FILE}"
    if not os.path.lexists(root / path):
        return Outcome(SignOffRecord(None))
    outcome, _ = load_yaml(root, path, SignOffRecordSchema)
    if outcome.value is None:
        return Outcome(None, outcome.problems)
    said = outcome.value.signoff
    signoff = (
        SignOff(said.by, said.at, PrintRecord(said.pdf, tuple((each.part, each.digest) for each in said.parts)))
        if said
        else None
    )
    forced = tuple(ForcedPrint(each.by, each.at, each.reason, each.pdf) for each in outcome.value.forced)
    return Outcome(SignOffRecord(signoff, forced), outcome.problems)


def _load_manuscripts(
    root: Path, key: IssueKey, names: tuple[str, ...], publication: Publication
) -> tuple[list[Manuscript], list[Problem]]:
    problems: list[Problem] = []
    manuscripts = []
    for name in names:
        loaded = load_manuscript(root, f"{issue_folder(key)}/{name}", publication)
        problems += loaded.problems
        if loaded.value is not None:
            manuscripts.append(loaded.value)
    return manuscripts, problems


def _head(key: IssueKey, said: IssueSchema, tree: YamlTree) -> IssueHead:
    running = Supplement(said.number) if said.serial is None else Regular(said.number, said.serial)
    return IssueHead(key, running, said.date, places_of(tree))


def _distribution(said: DistributionSchema, tree: YamlTree) -> Iterator[DistributionList]:
    for label in ("报", "送", "发"):
        listed = getattr(said, label)
        if listed is None:
            continue
        where = ("distribution", label)
        below = where if (*where, 0) in tree.places else (*where, "to")
        ranks = tuple(
            tuple(
                Addressee(name, tree.places[(*below, rank, position)]) for position, name in enumerate(listed.to[rank])
            )
            for rank in range(len(listed.to))
        )
        yield DistributionList(label, listed.text or "", ranks, tree.keys[where])


def _load_siblings(root: Path, keys: tuple[IssueKey, ...], places: Places) -> Outcome[tuple[IssueHead, ...]]:
    """The heads of the issues beside one, with a problem at its number for each that cannot be read."""
    heads, problems = [], []
    for other in keys:
        head = load_head(root, other).value
        if head is not None:
            heads.append(head)
            continue
        what = message("读不了相邻的一期（{other}），期号、总期号没有核对", other=str(other))
        advice = message("先用 bulletin check {other} 查看并改正", other=str(other))
        problems.append(warning("previous-unreadable", places.of("number"), what, advice))
    return Outcome(tuple(heads), tuple(problems))
