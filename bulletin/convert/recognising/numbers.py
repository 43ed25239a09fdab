"""Numbers of headings: taken off where the program would make the same."""

from __future__ import annotations

from dataclasses import replace

from bulletin.convert.recognising.inlines import without_start
from bulletin.model.draft import Doubt, Taken
from bulletin.model.foreign import Place
from bulletin.model.numbering import Section, section_label, sections_of
from bulletin.model.problem import message
from bulletin.model.prose import Block, Heading


def take_numbers(blocks: list[Block], taken: list[Taken], doubts: list[Doubt]) -> list[Block]:
    """The blocks with headings whose typed number agrees with their place without it; another number stays, and is doubtful."""
    sections = sections_of(tuple(blocks))
    found: list[Block] = []
    for place, block in enumerate(blocks):
        section = sections.get(block.span) if isinstance(block, Heading) else None
        if not isinstance(block, Heading) or section is None or section.typed is None:
            found.append(block)
        elif _agrees(section):
            typed = section.typed
            label = section_label(section.level, section.number)
            taken.append(Taken("made.number", typed.text, label, Place(paragraph=block.span.line)))
            found.append(replace(block, content=without_start(block.content, typed.width)))
        else:
            what = message("标题的序号“{typed}”与次序不合，照原样保留", typed=section.typed.text)
            doubts.append(Doubt(what, Place(paragraph=block.span.line), place))
            found.append(block)
    return found


def _agrees(section: Section) -> bool:
    typed = section.typed
    return typed is not None and typed.level == section.level and typed.number == section.number
