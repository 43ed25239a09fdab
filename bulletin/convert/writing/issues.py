"""A draft of a whole issue to its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bulletin.convert.writing.articles import write_article
from bulletin.convert.writing.names import with_known_names
from bulletin.convert.writing.yaml_text import MISSING, block_text, listed, one_line, paragraphs, scalar
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftIssue, DraftList
from bulletin.model.key import IssueKey
from bulletin.model.publication import Kind

LABELS = ("报", "送", "发")
_NOT_FOUND = "     # 导入时没有找到，请核对"
_LEAST_KEPT = 1
"""Copies that an issue of which nothing is known had at least: it is printed."""


@dataclass(frozen=True, slots=True)
class WrittenIssue:
    """The files of an issue, `issue.yaml` first, and the draft in the form in which reading them gives it back.

    `unknown` are the names that the list of recipients does not have: they are printed, and their copies are counted with those that are kept.
    """

    draft: DraftIssue
    files: tuple[Artifact, ...]
    unknown: tuple[str, ...] = ()


def write_issue(
    draft: DraftIssue, key: IssueKey, copies: Mapping[str, int], kinds: tuple[Kind, ...] = ()
) -> WrittenIssue:
    """`issue.yaml` of the issue `key`, its articles and pictures.

    Args:
        draft: The issue; it has a date.
        key: Its folder.
        copies: How many copies go to each name of the list of recipients on that day; 0 to one that gets none then.
        kinds: Those of the publication.
    """
    folder = f"issues/{key}"
    articles = [
        write_article(article, f"{folder}/{place:02}-{article.slug}.md", kinds)
        for place, article in enumerate(draft.articles, start=1)
    ]
    known = replace(
        draft, number=key.number, supplement=key.supplement, articles=tuple(each.draft for each in articles)
    )
    written = _canonical(
        replace(known, distribution=tuple(with_known_names(each, copies) for each in draft.distribution))
    )
    text = "\n".join((*_head(written), *_distribution(written, copies), *_closing(written, copies))) + "\n"
    files = (Artifact(f"{folder}/issue.yaml", "application/yaml", text.encode()),)
    unknown = dict.fromkeys(name for each in written.distribution for name in _unknown(each, copies))
    return WrittenIssue(written, (*files, *(file for each in articles for file in each.files)), tuple(unknown))


def _canonical(draft: DraftIssue) -> DraftIssue:
    """The draft with texts of one line, and what must be there and was not found to be filled in."""
    return replace(
        draft,
        marking=tuple(filter(None, map(one_line, draft.marking))),
        highlights=tuple(filter(None, map(one_line, draft.highlights))),
        distribution=tuple(_lists(draft)),
        responsible=one_line(draft.responsible) or MISSING,
        editors=tuple(filter(None, map(one_line, draft.editors))),
        phone=one_line(draft.phone) or MISSING,
        serial=0 if draft.supplement else draft.serial or 1,
        editors_note=paragraphs(draft.editors_note),
    )


def _lists(draft: DraftIssue) -> Iterator[DraftList]:
    """Each label once, each name in one list only, upwards, sideways, downwards; a list that says nothing is none."""
    seen: set[str] = set()
    for label in LABELS:
        same = [each for each in draft.distribution if each.label == label]
        text = "；".join(filter(None, (one_line(each.text) for each in same)))
        ranks = []
        for rank in (rank for each in same for rank in each.ranks):
            names = tuple(name for name in dict.fromkeys(map(one_line, rank)) if name and name not in seen)
            seen.update(names)
            ranks += [names] if names else []
        if text:
            yield DraftList(label, text, tuple(ranks))


def _head(draft: DraftIssue) -> Iterator[str]:
    yield f"number: {draft.number}"
    if draft.supplement:
        yield "supplement: true"
    else:
        yield f"serial: {draft.serial}" + (_NOT_FOUND if draft.serial == 1 else "")
    yield f"date: {draft.date}"
    if draft.marking:
        yield f"marking: {listed(draft.marking)}"
    yield "editors:"
    yield f"  responsible: {scalar(draft.responsible)}" + _unsure(draft.responsible)
    if draft.editors:
        yield f"  editors: {listed(draft.editors)}"
    yield f"  phone: {scalar(draft.phone)}" + _unsure(draft.phone)


def _unsure(text: str) -> str:
    return _NOT_FOUND if text == MISSING else ""


def _unknown(each: DraftList, copies: Mapping[str, int]) -> list[str]:
    return [name for rank in each.ranks for name in rank if name not in copies]


def _distribution(draft: DraftIssue, copies: Mapping[str, int]) -> Iterator[str]:
    """Whom the issue went to: the text as printed where it says more than the names that the house knows."""
    yield "distribution:" if draft.distribution else "distribution: {}" + _NOT_FOUND
    for each in draft.distribution:
        known = [[name for name in rank if copies.get(name)] for rank in each.ranks]
        yield f"  {each.label}:"
        if each.text == "；".join("、".join(rank) for rank in known):
            yield from (f"    - {listed(rank)}" for rank in known)
            continue
        yield f"    text: {scalar(each.text)}"
        yield f"    to: [{', '.join(listed(rank) for rank in known if rank)}]"
        if unknown := _unknown(each, copies):
            yield f"    # 收件单位名册里没有：{'、'.join(unknown)}"


def _closing(draft: DraftIssue, copies: Mapping[str, int]) -> Iterator[str]:
    sent = sum(copies.get(name, 0) for each in draft.distribution for rank in each.ranks for name in rank)
    if draft.print_run:
        kept = max(draft.print_run - sent, 0)
        yield f"archive: {kept}     # 共印 {draft.print_run} 份，减去名册里的 {sent} 份"
        if draft.print_run < sent:
            yield "# 导入存疑：名册里的份数比原来印的多，请核对"
    elif not sent:
        yield f"archive: {_LEAST_KEPT}" + _NOT_FOUND
    if draft.highlights:
        yield "highlights:"
        yield from (f"  - {scalar(text)}" for text in draft.highlights)
    if draft.editors_note:
        yield from block_text("editors_note", draft.editors_note)
    yield from (f"# 导入存疑：{one_line(str(doubt.what))}" for doubt in draft.doubts)
