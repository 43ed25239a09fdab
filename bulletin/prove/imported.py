"""The proof of an import, on every run: what was read is what was written, minus the listed repairs, plus nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import DropKind
from bulletin.model.imported import Imported
from bulletin.model.issue import Manuscript
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Block, Figure, Heading, ItemList, Paragraph, Quote, Table, Verbatim
from bulletin.model.repair import replay
from bulletin.model.walk import plain_text

_SHOWN = 40
"""Characters of what is missing that a message names."""


def prove_imported(imported: Imported, written: Sequence[Manuscript]) -> list[Problem]:
    """Holds the steps of an import against each other, from the file to the sources as they are read back.

    1. All characters that a second look at the file finds are in its paragraphs, or among what was left out.
    2. The repairs, made one after the other, lead from its text to the repaired one.
    3. All characters of the repaired text are in the drafts' blocks, or were taken for fields; and no others; blocks follow each other as in the file.
    4. The sources, read back, say what the drafts say, block by block and field by field.
    """
    span = Span(imported.document.name)
    for proof in (_read_whole, _repaired_as_listed, _all_recognised, _in_order):
        if found := proof(imported, span):
            return [found]
    pairs = zip_longest(imported.articles, written)
    return [fault for draft, read in pairs for fault in _same_article(draft, read, span)][:1]


def _read_whole(imported: Imported, span: Span) -> Problem | None:
    document = imported.document
    if not document.census:
        return None
    kept = [*("".join(run.text for run in each.runs) for each in document.paragraphs())]
    kept += [each.text for each in document.dropped if each.kind is not DropKind.METADATA]
    return _unlike(_letters(document.census), _letters("".join(kept)), span)


def _repaired_as_listed(imported: Imported, span: Span) -> Problem | None:
    before, after = imported.document.text, imported.repaired.text
    try:
        made = replay(before, imported.repairs)
    except ValueError:
        made = ""
    if made == after:
        return None
    return error("import-unproved", span, message("有改动没有列进修改清单"), _ADVICE)


def _all_recognised(imported: Imported, span: Span) -> Problem | None:
    return _unlike(_letters(imported.repaired.text), _drafted(imported), span)


def _drafted(imported: Imported) -> Counter[str]:
    """The characters of the file that the drafts have; of a bullet that became ours, the one that stood there."""
    whole = imported.draft.taken if isinstance(imported.draft, DraftIssue) else ()
    found = _letters("".join(_texts(imported.articles)))
    for taken in (*whole, *(each for article in imported.articles for each in article.taken)):
        found += _letters(taken.text)
        if taken.field == "made.bullet":
            found -= _letters(taken.value)
    return found


def _texts(articles: Iterable[DraftArticle]) -> Iterator[str]:
    for article in articles:
        yield from (text for block in article.blocks for text in texts_of(block))
        yield from (plain_text(note.content) for note in article.notes)


def _in_order(imported: Imported, span: Span) -> Problem | None:
    """Each paragraph of the drafts stands after the one before it in the file too."""
    text = "".join(imported.repaired.text.split())
    place = 0
    for article in imported.articles:
        for block in article.blocks:
            for words in map(_bare, texts_of(block)):
                at = text.find(words, place)
                if at < 0 and words in text:
                    what = message("段落的次序与原文件不一致：“{words}”", words=words[:_SHOWN])
                    return error("import-unproved", span, what, _ADVICE)
                place = at if at >= 0 else place
    return None


def _same_article(draft: DraftArticle | None, read: Manuscript | None, span: Span) -> Iterator[Problem]:
    if draft is None or read is None:
        yield error("import-unproved", span, message("写出的文章篇数与认出的不一致"), _ADVICE)
        return
    said = (draft.subtitle, draft.speaker, draft.position, draft.organization, draft.date, draft.editors_note)
    kept = (read.subtitle, read.speaker, read.position, read.organization, read.date, read.editors_note)
    for one, other in zip(said, kept, strict=True):
        if _bare(str(one or "")) != _bare(str(other or "")):
            yield _changed(str(one or ""), str(other or ""), span)
    if draft.title and _bare("".join(draft.title)) != _bare("".join(read.title)):
        yield _changed("".join(draft.title), "".join(read.title), span)
    wanted = [_bare(text) for block in draft.blocks for text in texts_of(block)]
    there = [_bare(text) for block in read.blocks for text in texts_of(block)]
    wanted += [_bare(plain_text(note.content)) for note in draft.notes]
    there += [_bare(plain_text(note.content)) for note in read.notes]
    for one, other in zip_longest(filter(None, wanted), filter(None, there), fillvalue=""):
        if one != other:
            yield _changed(one, other, span)


def _changed(wanted: str, there: str, span: Span) -> Problem:
    what = message(
        "写出的文字与原文件不一致：原文“{wanted}”，写成“{there}”", wanted=wanted[:_SHOWN], there=there[:_SHOWN]
    )
    return error("import-unproved", span, what, _ADVICE)


def texts_of(block: Block) -> Iterator[str]:
    """The texts that a block has from the file: of pictures only their captions."""
    match block:
        case Heading() | Paragraph():
            yield plain_text(block.content)
        case Quote():
            yield from (text for inner in block.blocks for text in texts_of(inner))
        case ItemList():
            for item in block.items:
                inside = [text for inner in item.blocks for text in texts_of(inner)]
                yield from (item.mark + text if place == 0 else text for place, text in enumerate(inside or [""]))
        case Table():
            yield from (plain_text(cell) for row in (block.head, *block.rows) for cell in row)
        case Figure():
            yield block.caption
        case Verbatim():
            yield block.content
        case _:
            return


def _letters(text: str) -> Counter[str]:
    return Counter(_bare(text))


def _bare(text: str) -> str:
    return "".join(text.split())


def _unlike(wanted: Counter[str], there: Counter[str], span: Span) -> Problem | None:
    lost, added = wanted - there, there - wanted
    if not lost and not added:
        return None
    if lost:
        what = message(
            "有 {count} 个字没有导入：“{words}”", count=lost.total(), words="".join(lost.elements())[:_SHOWN]
        )
    else:
        what = message("多出 {count} 个字：“{words}”", count=added.total(), words="".join(added.elements())[:_SHOWN])
    return error("import-unproved", span, what, _ADVICE)


_ADVICE = message("什么也没有写出。请把这个文件发给维护人员；着急时，在 Word 里另存为纯文本再导入")
