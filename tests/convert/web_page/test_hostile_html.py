"""Broken and hostile pages end in text or in a message, and never lose a character silently."""

from __future__ import annotations

import random

import pytest

from bulletin.convert.web_page import read_html
from tests.convert.web_page.pages import nothing_is_lost
from tests.convert.web_page.test_reading_html import WORD, picture

PIECES = (
    "<table><tr><td>", "</td>", "</table>", "<td colspan=99999999 rowspan=-1>", "<li value=999999999999>", "<ol start=-5 reversed>",
    "<del>", "</del>", "<ins>", "<!--", "-->", "<![CDATA[", "]]>", "<a href='#ftn1'>[1]</a>", "<div id=ftn1 style='mso-element:footnote'>",
    "<span style='mso-list:Ignore'>", "<p style='font-size:99999em;text-indent:-9em'>", "<svg><text>图</text></svg>", "<math><mi>x",
    "<template>", "<select><option>甲", "<textarea>", "&#0;", "&#xD800;", "&#x10FFFF;", "\x00", "\ufffe", "\U00020bb7", "<br>" * 5,
    "<img src='data:image/png;base64,//'>", "<body>", "</body></html>", "<h1>", "<article>", "<div id=js_content>", "<xml>", "<frameset>",
    "<style>", "<script>", "<noscript>", "<p/>", "<", ">", "'", '"', "<?php x ?>", "<p hidden>", "<pre>\n", "</p>" * 3,
)  # fmt: skip
PAGE = (
    WORD.replace("</body></html>", "")
    + "<table><tr><th colspan=2>单位<tr><td>甲<td><b>乙</b></table><ol><li>丙<ul><li>丁</ul></ol><p>戊<br><br>己</p>"
    + f"<img src='{picture()}' alt=图></body></html>"
)


def mutated(page: str, chance: random.Random) -> bytes:
    """The page with some pieces put in, taken out and doubled, and now and then a byte changed."""
    text = page
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(text) + 1), chance.randrange(60)
        match chance.randrange(4):
            case 0:
                text = text[:place] + text[place + length :]
            case 1:
                text = text[:place] + text[place : place + length] * 3 + text[place + length :]
            case _:
                text = text[:place] + chance.choice(PIECES) + text[place:]
    content = bytearray(text.encode("utf-8", "replace"))
    if chance.random() < 0.2:
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def test_a_thousand_mutations() -> None:
    chance = random.Random(20260305)
    read = 0
    for number in range(1_000):
        outcome = read_html(mutated(PAGE, chance), f"{number}.html")
        assert outcome.value is not None or outcome.problems
        if outcome.value is not None:
            read += 1
            assert nothing_is_lost(outcome.value), number
    assert read > 800


@pytest.mark.parametrize(
    "page",
    [
        "<font color=1>" * 2_000 + "<p>甲" * 8_000,
        "<table>" * 600 + "<tr><td>甲",
        "<div><div>" * 900 + "<a href=#fn1>1</a>" * 5_000 + "<p id=fn1>",
        "<p style='" + "a:" * 100_000 + "'>甲",
        "<br>" * 30_000 + "甲",
        "<p>" + " \n" * 1_000_000 + "甲",
        "<ol>" + "<li>甲" * 15_000,
        "<!--" * 200_000 + "甲",
        "<table>" + "<tr><td rowspan=9999 colspan=9999>甲" * 6_000 + "</table>",
    ],
    ids=["fonts", "tables", "links", "style", "line ends", "blanks", "items", "comments", "spans"],
)
def test_pages_made_to_be_slow(page: str) -> None:
    outcome = read_html(page.encode(), "慢.html")
    assert outcome.value is not None or outcome.problems
