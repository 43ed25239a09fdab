"""The proof of an import, on every run: what was read is what was written, minus the listed repairs, plus nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from typing import Any

from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import DropKind
from bulletin.model.imported import Imported
from bulletin.model.issue import Issue, Manuscript, Regular
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Text
from bulletin.model.repair import replay
from bulletin.prove.imported_order import bare, first_out_of_order, missing_words

_SHOWN = 40
"""Characters of what is missing that a message names."""
_ARTICLE = ("slug", "subtitle", "speaker", "position", "organization", "date", "editors_note", "blocks", "notes")
_ADVICE = message("什么也没有写出。请把这个文件发给维护人员；着急时，在 Word 里另存为纯文本再导入")


def prove_imported(imported: Imported, manuscripts: Sequence[Manuscript], issue: Issue | None = None) -> list[Problem]:
    """Holds the steps of an import against each other, from the file to the sources as they are read back; the first fault, or none.

    1. All characters that a second look at the file finds are in its paragraphs, or among what was left out.
    2. The repairs, made one after the other, lead from its text to the repaired one.
    3. The repaired text, paragraph after paragraph, is the drafts' blocks with what was taken for fields; and nothing else.
    4. The sources, read back, are the drafts: block by block, field by field.
    """
    span = Span(imported.document.name)
    for proof in (_read_whole, _repaired_as_listed, _recognised_in_order):
        if found := proof(imported, span):
            return [found]
    differences = [*_issue_differs(imported.draft, issue), *_articles_differ(imported, manuscripts)]
    return [_differs(*each, span) for each in differences[:1]]


def _read_whole(imported: Imported, span: Span) -> Problem | None:
    document = imported.document
    if not document.census:
        return None
    kept = [*("".join(run.text for run in each.runs) for each in document.paragraphs())]
    kept += [each.text for each in document.dropped if each.kind is not DropKind.METADATA]
    wanted, there = Counter(bare(document.census)), Counter(bare("".join(kept)))
    if wanted == there:
        return None
    lost, added = wanted - there, there - wanted
    if lost:
        near = missing_words(bare(document.census), bare("".join(kept)))
        what = message(
            "有 {count} 个字没有读到：“{words}”，在“{near}”附近",
            count=lost.total(),
            words="".join(lost.elements())[:_SHOWN],
            near=near[:_SHOWN],
        )
        return _unproved(what, span)
    return _unproved(message("多读出 {count} 个字：“{words}”", count=added.total(), words=_some(added)), span)


def _some(characters: Counter[str]) -> str:
    return "".join(characters.elements())[:_SHOWN]


def _repaired_as_listed(imported: Imported, span: Span) -> Problem | None:
    try:
        made = replay(imported.document.text, imported.repairs)
    except ValueError:
        made = ""
    same = made == imported.repaired.text
    return None if same else _unproved(message("有改动没有列进修改清单"), span)


def _recognised_in_order(imported: Imported, span: Span) -> Problem | None:
    words = first_out_of_order(imported)
    if not words:
        return None
    return _unproved(
        message("“{words}”这里，认出的文字与原文件不一致：有的字丢了、多了或换了地方", words=words[:_SHOWN]), span
    )


def _unproved(what: Any, span: Span) -> Problem:
    return error("import-unproved", span, what, _ADVICE)


def _differs(wanted: str, there: str, span: Span) -> Problem:
    what = message("写出的文字与原文件不一致：应是“{wanted}”，写成“{there}”", wanted=wanted, there=there)
    return _unproved(what, span)


def _issue_differs(draft: DraftIssue | DraftArticle, issue: Issue | None) -> Iterator[tuple[str, str]]:
    """What the issue's own file says differently from the draft."""
    if not isinstance(draft, DraftIssue):
        return
    if issue is None:
        yield str(draft.number), ""
        return
    running = issue.head.running
    there = (
        running.number,
        running.serial if isinstance(running, Regular) else 0,
        issue.head.date,
        issue.marking,
        (issue.editors.responsible, issue.editors.editors, issue.editors.phone),
        tuple(_printed(each.label, each.text, each.ranks) for each in issue.distribution),
        issue.highlights,
        issue.editors_note,
    )
    wanted = (
        draft.number,
        draft.serial,
        draft.date,
        draft.marking,
        (draft.responsible, draft.editors, draft.phone),
        tuple((each.label, bare(each.text)) for each in draft.distribution),
        draft.highlights,
        draft.editors_note,
    )
    for one, other in zip(wanted, there, strict=True):
        if one != other:
            yield str(one)[:_SHOWN], str(other)[:_SHOWN]


def _printed(label: str, text: str, ranks: Any) -> tuple[str, str]:
    """A list as it is printed."""
    named = "；".join("、".join(addressee.name for addressee in rank) for rank in ranks)
    return label, bare(text or named)


def _articles_differ(imported: Imported, manuscripts: Sequence[Manuscript]) -> Iterator[tuple[str, str]]:
    for draft, read in zip_longest(imported.articles, manuscripts):
        if draft is None or read is None:
            yield str(len(imported.articles)), str(len(manuscripts))
            return
        if draft.kind != read.kind.name:
            yield draft.kind, read.kind.name
        if draft.title and draft.title != read.title:
            yield _pair("".join(draft.title), "".join(read.title))
        for name in _ARTICLE:
            one, other = unplaced(getattr(draft, name)), unplaced(getattr(read, name))
            if one != other and (one or not _to_fill_in(other)):
                yield _pair(repr(one), repr(other))


def _to_fill_in(value: object) -> bool:
    """True for what stands in place of what was not found."""
    return value == "请填写"


def _pair(wanted: str, there: str) -> tuple[str, str]:
    """From where two texts differ on."""
    at = next((place for place, signs in enumerate(zip(wanted, there, strict=False)) if signs[0] != signs[1]), 0)
    start = max(0, at - _SHOWN // 2)
    return wanted[start : start + _SHOWN], there[start : start + _SHOWN]


def unplaced(value: Any) -> Any:
    """The value without the places of its parts and without empty texts, to be compared."""
    if isinstance(value, tuple):
        return tuple(unplaced(part) for part in value if part != Text(""))
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, part.name) for part in fields(value))
        return (type(value).__name__, *(unplaced(part) for part in parts if not isinstance(part, Span)))
    return value
