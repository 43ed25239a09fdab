"""A draft of a whole issue to its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin.convert.writing.articles import write_article
from bulletin.convert.writing.yaml_text import MISSING, field, listed, scalar
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftIssue, DraftList
from bulletin.model.key import IssueKey


def write_issue(draft: DraftIssue, key: IssueKey, copies: Mapping[str, int]) -> tuple[Artifact, ...]:
    """`issue.yaml` of the issue `key`, its articles and pictures.

    Args:
        draft: The issue; it has a date.
        key: Its folder.
        copies: How many copies go to each name of the list of recipients on that day. Names that are not on it are printed only; what is left of the
            number printed is kept.
    """
    folder = f"issues/{key}"
    lines = "\n".join((*_head(draft), *_distribution(draft, copies), *_closing(draft, copies), ""))
    files = [Artifact(f"{folder}/issue.yaml", "application/yaml", lines.encode())]
    for place, article in enumerate(draft.articles, start=1):
        files += write_article(article, f"{folder}/{place:02}-{article.slug}.md")
    return tuple(files)


def _head(draft: DraftIssue) -> Iterator[str]:
    yield f"number: {draft.number}"
    yield "supplement: true" if draft.supplement else f"serial: {draft.serial or 1}" + _unsure(draft.serial)
    yield f"date: {draft.date}"
    if draft.marking:
        yield f"marking: {listed(draft.marking)}"
    yield "editors:"
    yield f"  responsible: {scalar(draft.responsible or MISSING)}" + _unsure(draft.responsible)
    if draft.editors:
        yield f"  editors: {listed(draft.editors)}"
    yield f"  phone: {scalar(draft.phone or MISSING)}" + _unsure(draft.phone)


def _unsure(found: object) -> str:
    return "" if found else "     # 导入时没有找到，请核对"


def _distribution(draft: DraftIssue, copies: Mapping[str, int]) -> Iterator[str]:
    yield "distribution:" if draft.distribution else "distribution: {}"
    for each in draft.distribution:
        unknown = [name for rank in each.ranks for name in rank if name not in copies]
        known = [[name for name in rank if name in copies] for rank in each.ranks]
        yield f"  {each.label}:"
        if not unknown and each.text == _as_printed(each):
            yield from (f"    - {listed(rank)}" for rank in known)
            continue
        yield f"    text: {scalar(each.text)}"
        yield f"    to: [{', '.join(listed(rank) for rank in known if rank)}]"
        if unknown:
            yield f"    # 收件单位名册里没有：{'、'.join(unknown)}"


def _as_printed(each: DraftList) -> str:
    return "；".join("、".join(rank) for rank in each.ranks)


def _closing(draft: DraftIssue, copies: Mapping[str, int]) -> Iterator[str]:
    sent = sum(copies.get(name, 0) for each in draft.distribution for rank in each.ranks for name in rank)
    kept = max(draft.print_run - sent, 0)
    if draft.print_run:
        yield f"archive: {kept}" + f"     # 共印 {draft.print_run} 份，减去名册里的 {sent} 份"
    if draft.highlights:
        yield "highlights:"
        yield from (f"  - {scalar(text)}" for text in draft.highlights)
    yield from field("editors_note", draft.editors_note)
    yield from (f"# 导入存疑：{' '.join(str(doubt.what).split())}" for doubt in draft.doubts)
