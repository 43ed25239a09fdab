"""Tokens of Markdown to the blocks of a foreign document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from bulletin.convert.text.plain import joint
from bulletin.model.foreign import (
    DropKind,
    Dropped,
    ForeignBlock,
    ForeignCell,
    ForeignNote,
    ForeignParagraph,
    ForeignTable,
    Look,
    Place,
    Run,
)
from bulletin.model.problem import Problem, Span, hint, message

_BULLET = "•"
_ENDS = ("。", "！", "？", "：", "；", "。”", "！”", "？”")


@dataclass
class Reader:
    """What was read so far. `taken` are letters of the file that are marks: addresses, labels of notes, numbers of items."""

    name: str
    blocks: list[ForeignBlock] = field(default_factory=list)
    notes: list[ForeignNote] = field(default_factory=list)
    taken: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    lists: list[str] = field(default_factory=list)
    """The mark of the item that is being read, of each list around it; empty once it is used."""
    quotes: int = 0
    label: str = ""

    def read(self, tokens: list[Token]) -> None:
        """Adds the blocks and notes of `tokens`."""
        place, level = 0, 0
        while place < len(tokens):
            token = tokens[place]
            match token.type:
                case "heading_open":
                    level = int(token.tag[1:])
                case "heading_close":
                    level = 0
                case "inline":
                    for part in _paragraphs(token, whole=bool(self.lists or self.label)):
                        self.add(replace(self.paragraph(part), level=level))
                case "fence":
                    self.verbatim(token)
                case "table_open":
                    place = self.table(tokens, place)
                case _:
                    self.around(token)
            place += 1

    def around(self, token: Token) -> None:
        """Begins or ends a list, an item, a quotation, a note."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append("")
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.lists[-1] = f"{token.info}{token.markup}" if token.info else _BULLET
                if token.info:
                    self.take(token.info, token)
            case "blockquote_open":
                self.quotes += 1
            case "blockquote_close":
                self.quotes -= 1
            case "footnote_open":
                self.label = str(token.meta["label"])
                self.notes.append(ForeignNote(self.label, ()))
                self.take(self.label, token)
            case "footnote_close":
                self.label = ""

    def add(self, paragraph: ForeignParagraph) -> None:
        if not paragraph.runs:
            return
        if self.label:
            note = self.notes[-1]
            self.notes[-1] = replace(note, paragraphs=(*note.paragraphs, paragraph))
            return
        if self.lists:
            paragraph = replace(paragraph, number=self.lists[-1], list_level=len(self.lists) - 1)
            self.lists[-1] = ""
        if self.quotes:
            paragraph = replace(paragraph, style="Quote")
        self.blocks.append(paragraph)

    def paragraph(self, token: Token) -> ForeignParagraph:
        self.count += 1
        line = token.map[0] + 1 if token.map else 0
        runs = tuple(_merged(self.runs(token.children or [], Place(self.count, line=line))))
        return ForeignParagraph(runs, Place(self.count, line=line))

    def verbatim(self, token: Token) -> None:
        self.count += 1
        if token.info:
            self.take(token.info, token)
        line = token.map[0] + 1 if token.map else 0
        lines = token.content.rstrip("\n")
        if lines:
            run = Run(lines, Look(face="monospace"))
            self.add(ForeignParagraph((run,), Place(self.count, line=line), style="Code"))

    def table(self, tokens: list[Token], place: int) -> int:
        """Adds the table that begins at `place`; where it ends."""
        rows: list[tuple[ForeignCell, ...]] = []
        cells: list[ForeignCell] = []
        first = Place(self.count + 1, line=(tokens[place].map or [0])[0] + 1)
        while tokens[place].type != "table_close":
            token = tokens[place]
            if token.type == "tr_open":
                cells = []
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            elif token.type == "inline":
                cells.append(ForeignCell((self.paragraph(token),)))
            place += 1
        self.blocks.append(ForeignTable(tuple(rows), first))
        return place

    def runs(self, tokens: list[Token], place: Place) -> Iterator[Run]:
        look, link, last = Look(), "", ""
        for number, token in enumerate(tokens):
            match token.type:
                case "strong_open" | "strong_close":
                    look = replace(look, bold=token.nesting > 0)
                case "em_open" | "em_close":
                    look = replace(look, italic=token.nesting > 0)
                case "link_open":
                    link = str(token.attrs.get("href", ""))
                    if token.info != "auto":
                        self.take(link + str(token.attrs.get("title", "")), token, place)
                case "link_close":
                    link = ""
                case "footnote_ref":
                    label = str(token.meta["label"])
                    self.take(label, token, place)
                    yield Run("", look, note=label)
                case "image":
                    self.picture(token, place)
                case _:
                    text = _text_of(token, last, tokens[number + 1 :])
                    last = text or last
                    if text:
                        yield Run(text, look, link)

    def picture(self, token: Token, place: Place) -> None:
        """A picture is named, but not in the file."""
        source = str(token.attrs.get("src", ""))
        self.take(token.content + source + str(token.attrs.get("title", "")), token, place)
        what = message("图片“{name}”不在这个文件里，没有导入", name=source[:80])
        advice = message("把图片放进这一期的文件夹，在稿件里写 ![说明](文件名)")
        self.problems.append(hint("import-picture", Span(self.name, place.line), what, advice))

    def take(self, text: str, token: Token, place: Place | None = None) -> None:
        line = token.map[0] + 1 if token.map else 0
        self.taken.append(Dropped(DropKind.MARKUP, text, place or Place(line=line)))


def _paragraphs(token: Token, *, whole: bool) -> Iterator[Token]:
    """The lines of a paragraph that end a sentence each are paragraphs, as who writes Chinese means it."""
    children = token.children or []
    ends = [
        place
        for place, child in enumerate(children)
        if child.type == "softbreak" and child.level == 0 and place and children[place - 1].content.endswith(_ENDS)
    ]
    if whole or not ends or not token.map:
        yield token
        return
    starts = [0, *(place + 1 for place in ends)]
    for start, end in zip(starts, [*ends, len(children)], strict=True):
        line = token.map[0] + sum(child.type in ("softbreak", "hardbreak") for child in children[:start])
        yield token.copy(children=children[start:end], map=[line, line + 1])


def _text_of(token: Token, before: str, after: list[Token]) -> str:
    match token.type:
        case "softbreak":
            following = next((each.content for each in after if each.content), "")
            return joint(before, following) if before and following else ""
        case "hardbreak":
            return "\n"
        case _:
            return token.content


def _merged(runs: Iterator[Run]) -> list[Run]:
    """Neighbours of one look made one."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and (last.look, last.link) == (run.look, run.link) and not (last.note or run.note):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return merged
