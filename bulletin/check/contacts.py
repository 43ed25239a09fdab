"""Telephones, mailboxes and identity numbers in an article that is to be public: whoever clears it should have seen them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.issue import Manuscript
from bulletin.model.problem import Problem, message, warning
from bulletin.model.walk import walk

_CONTACT = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-—－]\d{7,8}|1[3-9]\d{9}|\d{17}[\dXx])(?!\d)|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)


def check_contacts(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning for each; not part of `check_issue`, because on paper they are as they should be."""
    for block in (manuscript.editors_note, *manuscript.blocks, *manuscript.notes):
        for found in dict.fromkeys(_CONTACT.findall("\n".join(walk(block, str)))):
            what = message("文中的“{contact}”会公开", contact=found)
            yield warning(
                "contact-public",
                getattr(block, "span", manuscript.span),
                what,
                message("确认可以公开；不宜公开的请先删去再审签"),
            )
