"""Random edits of a document, as a person makes them in Word."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bulletin.model.foreign import ForeignBlock, ForeignCell, ForeignDocument, ForeignParagraph, ForeignTable, Look, Run

WORDS = (
    "老同志", "，", "。", "支部", "2026年", "*", "_", "`", "[", "]", "(", "<", ">", "&", "&amp;", "#", "- ", "1. ", "|", "\\", "“好”", " ", "APP",
    "a_b", "https://a.cn", "抓好落实。", "——", "！", "：", '"', "'", "~~", "$", "{", "<!--", "-->", "[^x]", "**", "　", "10%", "\u200d字"[1:],
)  # fmt: skip
KEPT_STYLES = frozenset({"Title", "Byline", "Date", "Figure", "Subtitle", "Divider", "Code", "Signature"})


def edited(document: ForeignDocument, random: Random, times: int) -> ForeignDocument:
    """The document after so many random edits of its body."""
    blocks = list(document.blocks)
    for _ in range(times):
        blocks = _edit(blocks, random)
    notes = tuple(
        replace(
            note,
            paragraphs=tuple(
                words_changed(each, random) if random.random() < 0.1 else each for each in note.paragraphs
            ),
        )
        for note in document.notes
    )
    called = {run.note for each in replace(document, blocks=tuple(blocks), notes=()).paragraphs() for run in each.runs}
    return replace(document, blocks=tuple(blocks), notes=tuple(note for note in notes if note.label in called))


def _edit(blocks: list[ForeignBlock], random: Random) -> list[ForeignBlock]:
    free = [
        place for place, block in enumerate(blocks) if isinstance(block, ForeignTable) or block.style not in KEPT_STYLES
    ]
    if not free:
        return blocks
    at = random.choice(free)
    block = blocks[at]
    if isinstance(block, ForeignTable):
        return [*blocks[:at], cell_changed(block, random), *blocks[at + 1 :]]
    match random.randrange(8):
        case 0 if len(free) > 3:
            return [*blocks[:at], *blocks[at + 1 :]]
        case 1:
            new = ForeignParagraph((Run(some_words(random, 9), Look("仿宋", 16)),), style="Body")
            return [*blocks[: at + 1], new, *blocks[at + 1 :]]
        case 2:
            to = random.choice(free)
            rest = [*blocks[:at], *blocks[at + 1 :]]
            return [*rest[:to], block, *rest[to:]]
        case 3:
            left, right = cut(block, random)
            return [*blocks[:at], left, right, *blocks[at + 1 :]]
        case 4 if at + 1 in free and isinstance(other := blocks[at + 1], ForeignParagraph):
            return [*blocks[:at], replace(block, runs=(*block.runs, *other.runs)), *blocks[at + 2 :]]
        case 5:
            return [*blocks[:at], bolder(block, random), *blocks[at + 1 :]]
        case _:
            return [*blocks[:at], words_changed(block, random), *blocks[at + 1 :]]


def some_words(random: Random, most: int) -> str:
    return "".join(random.choices(WORDS, k=random.randint(1, most)))


def words_changed(paragraph: ForeignParagraph, random: Random) -> ForeignParagraph:
    """Some words taken out of a run, some put in."""
    places = [place for place, run in enumerate(paragraph.runs) if run.text]
    if not places:
        return paragraph
    at = random.choice(places)
    run = paragraph.runs[at]
    start = random.randint(0, len(run.text))
    end = min(len(run.text), start + random.choice((0, 0, 1, 2, 5, 30)))
    text = run.text[:start] + random.choice(("", some_words(random, 3))) + run.text[end:]
    return replace(paragraph, runs=(*paragraph.runs[:at], replace(run, text=text), *paragraph.runs[at + 1 :]))


def cell_changed(table: ForeignTable, random: Random) -> ForeignTable:
    """The words of a cell changed, a row taken out, or doubled."""
    at = random.randrange(1, len(table.rows))
    row = table.rows[at]
    match random.randrange(4):
        case 0 if len(table.rows) > 2:
            return replace(table, rows=(*table.rows[:at], *table.rows[at + 1 :]))
        case 1:
            return replace(table, rows=(*table.rows[: at + 1], row, *table.rows[at + 1 :]))
        case _:
            place = random.randrange(len(row))
            cell = ForeignCell((words_changed(row[place].paragraphs[0], random),))
            changed = (*row[:place], cell, *row[place + 1 :])
            return replace(table, rows=(*table.rows[:at], changed, *table.rows[at + 1 :]))


def cut(paragraph: ForeignParagraph, random: Random) -> tuple[ForeignParagraph, ForeignParagraph]:
    """A paragraph as two."""
    at = random.randrange(len(paragraph.runs))
    run = paragraph.runs[at]
    place = random.randint(0, len(run.text))
    left = replace(paragraph, runs=(*paragraph.runs[:at], replace(run, text=run.text[:place], note="")))
    right = replace(paragraph, runs=(replace(run, text=run.text[place:]), *paragraph.runs[at + 1 :]))
    return left, right


def bolder(paragraph: ForeignParagraph, random: Random) -> ForeignParagraph:
    """A run, or a part of it, bold, or bold no more."""
    at = random.randrange(len(paragraph.runs))
    run = paragraph.runs[at]
    start, end = sorted(random.randint(0, len(run.text)) for _ in range(2))
    if not run.text:
        return paragraph
    other = replace(run.look, bold=not run.look.bold)
    parts = (
        replace(run, text=run.text[:start]),
        replace(run, text=run.text[start:end], look=other),
        replace(run, text=run.text[end:]),
    )
    return replace(
        paragraph, runs=(*paragraph.runs[:at], *(part for part in parts if part.text), *paragraph.runs[at + 1 :])
    )
