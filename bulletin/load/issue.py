"""An issue's folder to an `Issue`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bulletin.load.article import ARTICLE_NAME, load_manuscript
from bulletin.load.pictures import load_pictures
from bulletin.load.publication import load_yaml
from bulletin.load.schemas import ClearancesSchema, DistributionSchema, IssueSchema
from bulletin.load.strict_yaml import YamlTree
from bulletin.model.issue import (
    Addressee,
    Clearance,
    DistributionList,
    Editors,
    Issue,
    IssueHead,
    IssueKey,
    Manuscript,
    Regular,
    Supplement,
)
from bulletin.model.problem import Outcome, Problem, Span, error, message
from bulletin.model.publication import Publication

ISSUES_FOLDER = "issues"
ISSUE_FILE = "issue.yaml"
CLEARANCES_FILE = "clearances.yaml"
MOST_ARTICLES = 99


def list_issues(root: Path) -> tuple[IssueKey, ...]:
    """The keys of all issue folders, supplements after the regular issues of their year, oldest first."""
    folder = root / ISSUES_FOLDER
    names = os.listdir(folder) if folder.is_dir() else []
    keys = (IssueKey.parse(name) for name in names if (folder / name).is_dir())
    return tuple(sorted(key for key in keys if key is not None and (folder / str(key)).is_dir()))


def issue_folder(key: IssueKey) -> str:
    return f"{ISSUES_FOLDER}/{key}"


def issue_path(key: IssueKey) -> str:
    """The path of the issue's `issue.yaml`, relative to the publication."""
    return f"{issue_folder(key)}/{ISSUE_FILE}"


def next_article_path(root: Path, key: IssueKey, slug: str) -> str:
    """The path for one more article at the end of the issue."""
    orders = [int(name[:2]) for name in os.listdir(root / issue_folder(key)) if ARTICLE_NAME.fullmatch(name)]
    return f"{issue_folder(key)}/{max(orders, default=0) + 1:02}-{slug}.md"


def load_head(root: Path, key: IssueKey) -> Outcome[IssueHead]:
    """Number, serial and date of an issue."""
    said, tree = load_yaml(root, issue_path(key), IssueSchema)
    if said.value is None or tree is None:
        return Outcome(None, said.problems)
    return Outcome(_head(key, said.value, tree), said.problems)


def load_issue(root: Path, key: IssueKey, publication: Publication) -> Outcome[Issue]:
    """The issue `key`; its value is missing only where the file `issue.yaml` cannot be read as one."""
    folder = issue_folder(key)
    said, tree = load_yaml(root, issue_path(key), IssueSchema)
    manuscripts, problems = _load_manuscripts(root, folder, publication)
    pictures = load_pictures(root, folder, manuscripts)
    clearances = load_clearances(root, key)
    problems += [*said.problems, *pictures.problems, *clearances.problems]
    if said.value is None or tree is None:
        return Outcome(None, tuple(problems))
    value = said.value
    issue = Issue(
        publication=publication,
        head=_head(key, value, tree),
        marking=value.marking,
        editors=Editors(value.editors.responsible, value.editors.editors, value.editors.phone),
        distribution=tuple(_distribution(value.distribution, tree)),
        archive=value.archive,
        spare=value.spare,
        highlights=value.highlights,
        manuscripts=tuple(manuscripts),
        pictures=pictures.value or (),
        clearances=clearances.value or (),
        siblings=tuple(_siblings(root, key)),
    )
    return Outcome(issue, tuple(problems))


def load_clearances(root: Path, key: IssueKey) -> Outcome[tuple[Clearance, ...]]:
    """The clearances recorded for the issue; none where there is no file yet."""
    path = f"{issue_folder(key)}/{CLEARANCES_FILE}"
    if not os.path.lexists(root / path):
        return Outcome(())
    outcome, _ = load_yaml(root, path, ClearancesSchema)
    if outcome.value is None:
        return Outcome(None, outcome.problems)
    return Outcome(
        tuple(Clearance(said.article, said.by, said.at, said.digest) for said in outcome.value.clearances),
        outcome.problems,
    )


def _load_manuscripts(root: Path, folder: str, publication: Publication) -> tuple[list[Manuscript], list[Problem]]:
    names = sorted(name for name in os.listdir(root / folder) if name.endswith(".md") and not name.startswith("."))
    problems = list(_name_problems(folder, names))
    manuscripts = []
    for name in names[:MOST_ARTICLES]:
        loaded = load_manuscript(root, f"{folder}/{name}", publication)
        problems += loaded.problems
        if loaded.value is not None:
            manuscripts.append(loaded.value)
    return manuscripts, problems


def _name_problems(folder: str, names: list[str]) -> Iterator[Problem]:
    if not names:
        what = message("本期还没有文章")
        yield error("issue-empty", Span(folder), what, message("用 bulletin new article 新建，或放入 01-名称.md"))
    if len(names) > MOST_ARTICLES:
        yield error("issue-size", Span(folder), message("本期文章超过 {most} 篇", most=MOST_ARTICLES))
    orders: dict[str, str] = {}
    for name in names:
        found = ARTICLE_NAME.fullmatch(name)
        if not found:
            advice = message("用两位序号加小写拼音或英文，如 03-shenyang.md")
            yield error("article-name", Span(f"{folder}/{name}"), message("文章的文件名不合规则"), advice)
            continue
        order = found["order"]
        if order in orders:
            what = message("序号 {order} 与“{other}”重复", order=order, other=orders[order])
            yield error("article-order", Span(f"{folder}/{name}"), what, message("改一个文件的序号"))
        orders.setdefault(order, name)


def _head(key: IssueKey, said: IssueSchema, tree: YamlTree) -> IssueHead:
    running = Supplement(said.number) if said.serial is None else Regular(said.number, said.serial)
    return IssueHead(key, running, said.date, tree.places[("number",)])


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


def _siblings(root: Path, key: IssueKey) -> Iterator[IssueHead]:
    """The issues just before and just after this one in its own series (regular or supplement)."""
    series = [other for other in list_issues(root) if other.supplement == key.supplement]
    at = series.index(key)
    for other in (*series[max(0, at - 1) : at], *series[at + 1 : at + 2]):
        head = load_head(root, other).value
        if head is not None:
            yield head
