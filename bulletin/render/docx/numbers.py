"""Numbers that Word makes itself: 一、（一）1.（1）of headings, begun again in each article, and those of lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletin.model.numbering import section_label
from bulletin.render.docx.xml import HEAD, NAMESPACES

_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
_HEADINGS, _BULLETS, _ORDERED = 0, 1, 2
_ABSTRACT = {
    _HEADINGS: _LEVELS,
    _BULLETS: (("bullet", "•"),) * 9,
    _ORDERED: tuple(("decimal", f"%{n}.") for n in range(1, 10)),
}


@dataclass(slots=True)
class Numbers:
    """The lists of a file as they are asked for."""

    lists: list[tuple[int, int]] = field(default_factory=list)
    """Of each its kind and where it starts."""
    counts: dict[int, int] = field(default_factory=dict)
    """How far the headings of the article have counted, level by level, as Word would."""

    def begin_article(self) -> None:
        self.lists.append((_HEADINGS, 1))
        self.counts = {}

    def heading(self, level: int, label: str) -> str:
        """Properties of a numbered heading; empty where Word would count otherwise than the article does, and the number has to be typed."""
        following = self.counts.get(level, 0) + 1
        if section_label(level, following) != label:
            return ""
        self.counts = {at: count for at, count in self.counts.items() if at < level} | {level: following}
        article = max(place for place, (kind, _) in enumerate(self.lists, start=1) if kind == _HEADINGS)
        return _properties(article, level - 1)

    def begin_list(self, *, ordered: bool, start: int) -> int:
        """A new list; its number is for `item`."""
        self.lists.append((_ORDERED if ordered else _BULLETS, start))
        return len(self.lists)

    def item(self, number: int, depth: int) -> str:
        """Properties of an item of a list, `depth` from 0."""
        return _properties(number, min(depth, 8))

    def xml(self) -> str:
        """`word/numbering.xml`."""
        abstract = "".join(_abstract(kind, levels) for kind, levels in _ABSTRACT.items())
        lists = "".join(_list(place, kind, start) for place, (kind, start) in enumerate(self.lists, start=1))
        return f"{HEAD}<w:numbering {NAMESPACES}>{abstract}{lists}</w:numbering>"


NO_NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


def _properties(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _abstract(kind: int, levels: tuple[tuple[str, str], ...]) -> str:
    described = "".join(_level(kind, at, form, shown) for at, (form, shown) in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>{described}</w:abstractNum>'


def _level(kind: int, at: int, form: str, shown: str) -> str:
    suffix = "nothing" if kind == _HEADINGS else "space"
    indent = (
        'w:left="0" w:firstLine="640" w:firstLineChars="200"'
        if kind == _HEADINGS
        else f'w:left="{640 * (at + 1)}" w:firstLine="0"'
    )
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr><w:ind {indent}/></w:pPr></w:lvl>'
    )


def _list(place: int, kind: int, start: int) -> str:
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="{place}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'
