"""What tests of web pages share."""

from __future__ import annotations

from collections import Counter

from bulletin.convert.web_page import read_html
from bulletin.model.foreign import ForeignDocument


def document(page: str | bytes) -> ForeignDocument:
    """A page as read."""
    outcome = read_html(page.encode() if isinstance(page, str) else page, "网页.html")
    assert outcome.value is not None, outcome.problems
    return outcome.value


def texts(page: str | bytes) -> list[str]:
    """Its paragraphs."""
    return [paragraph.text for paragraph in document(page).paragraphs()]


def letters(text: str) -> Counter[str]:
    """How often each character stands in the text, blanks left out."""
    return Counter("".join(text.split()))


def nothing_is_lost(read: ForeignDocument) -> bool:
    """The words of the paragraphs and what was dropped are all that a cruder look finds."""
    written = "".join(run.text for paragraph in read.paragraphs() for run in paragraph.runs)
    return letters(written + "".join(dropped.text for dropped in read.dropped)) == letters(read.census)
