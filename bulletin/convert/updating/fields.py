"""Fields of the front matter: a value written anew in the way that it was written, a line taken away, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bulletin.convert.updating.escaping import in_scalar, plain_scalar
from bulletin.convert.updating.items import Item, Kept, character_of
from bulletin.convert.updating.raw import RawText
from bulletin.model.article_source import ArticleSource
from bulletin.model.original import Edit, Original

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_KEY_ONLY = re.compile(r"[\w-]+:[ \t]*(?:——)?['\"]?")
_BEFORE_CAPTION = re.compile(r"""[ \t]+["'(]\Z""")
_DASH = "——"


def field_edit(raw: RawText, items: Sequence[Item], *, close_up: bool) -> Edit:
    """The edit that gives a field its new value, in the style that it has; in quotation marks where it needs them now.

    `close_up` leaves out new blanks: the program spreads the name by itself.
    """
    kept = [item for item in items if isinstance(item, Kept) or not (close_up and character_of(item).isspace())]
    style = _style(raw)
    woven = "".join(
        item.raw.source[item.letter.start : item.letter.end]
        if isinstance(item, Kept)
        else in_scalar(character_of(item).replace("\n", " "), style)
        for item in kept
    )
    value = "".join(map(character_of, kept)).strip()
    start = raw.start - len(_DASH) if raw.source[: raw.start].endswith(_DASH) else raw.start
    if not style and not plain_scalar(value, flow=_in_list(raw)):
        return Edit(start, raw.end, "'" + in_scalar(value.replace("\n", " "), "'") + "'")
    return Edit(raw.start, raw.end, woven)


def _style(raw: RawText) -> str:
    """The quotation mark before the value, `|` in a block of lines, nothing where it stands plain."""
    before = raw.source[: raw.start].removesuffix(_DASH)
    if before.endswith(("'", '"')):
        return before[-1]
    line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    return "|" if not line.strip() else ""


def _in_list(raw: RawText) -> bool:
    """True in a `[…]` on one line."""
    start = max(raw.source.rfind("\n", 0, raw.start), raw.source.rfind("\r", 0, raw.start)) + 1
    line = raw.source[start : raw.start]
    return line.count("[") > line.count("]")


def removed_field(original: Original, raw: RawText) -> Edit | None:
    """Takes away the lines of a field that says nothing any more; `None` where it shares them with something else."""
    text = original.text
    start = max(text.rfind("\n", 0, raw.start), text.rfind("\r", 0, raw.start)) + 1
    end = text.find("\n", raw.end) + 1
    if end and (_KEY_ONLY.fullmatch(text[start : raw.start]) or not text[start : raw.start].strip()):
        return Edit(start, end, "")
    return None


def removed_caption(raw: RawText) -> Edit | None:
    """Takes away a caption with its quotation marks; `None` where it is none."""
    found = _BEFORE_CAPTION.search(raw.source[: raw.start])
    if not found or raw.source[raw.end : raw.end + 1] not in ("'", '"', ")"):
        return None
    return Edit(found.start(), raw.end + 1, "")


def added_subtitle(source: ArticleSource, value: str) -> Edit:
    """A new field before the end of the front matter."""
    lines = source.original.text.splitlines(keepends=True)
    at = sum(map(len, lines[: source.body - 2]))
    said = value if plain_scalar(value, flow=False) else "'" + in_scalar(value, "'") + "'"
    return Edit(at, at, f"subtitle: {said}\n")


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Where dates stand in a text, and which."""
    for found in _DATE.finditer(text):
        day = _date(found)
        if day:
            yield found.start(), found.end(), day


def date_edit(source: ArticleSource, old: date, new: date) -> Edit | None:
    """Gives the front matter another date; `None` where it has not the one that is to change."""
    if source.date is None:
        return None
    at = source.original.offset(source.date)
    at += source.original.text[at : at + 1] in ("'", '"')
    found = _ISO.match(source.original.text, at)
    if not found or _date(found) != old:
        return None
    return Edit(*found.span(), new.isoformat())


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
