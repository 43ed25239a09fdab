"""What `bulletin new` left to be filled in (请填写) must not reach paper."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, message, warning
from bulletin.model.prose import Heading, Paragraph
from bulletin.model.walk import plain_text, walk

_FIELDS = ("请填写", "示例单位", "在会议上的讲话")
_SENTENCES = ("正文从这里写起，段与段之间空一行。", "一级标题不用写编号")
"""Words of the scaffolds (`templates/scaffold/`), whole, that must not reach paper."""
_LEFT = (*_FIELDS, *_SENTENCES)


def check_placeholders(issue: Issue) -> Iterator[Problem]:
    """A warning for each field of a title block or of the editors that is still as it was made."""
    editors = issue.editors
    fields = [
        (issue.head.places.of("editors.responsible"), editors.responsible),
        (issue.head.places.of("editors.phone"), editors.phone),
    ]
    for manuscript in issue.manuscripts:
        fields += [
            (manuscript.places.of("title"), " ".join(manuscript.title)),
            (manuscript.places.of("subtitle"), manuscript.subtitle),
            (manuscript.places.of("speaker"), manuscript.speaker),
            (manuscript.places.of("position"), manuscript.position),
            (manuscript.places.of("organization"), manuscript.organization),
        ]
        fields += [(block.span, plain_text(block.content)) for block in walk(manuscript.blocks, Paragraph)]
        fields += [(block.span, plain_text(block.content)) for block in walk(manuscript.blocks, Heading)]
    fields += [
        (addressee.span, addressee.name) for listed in issue.distribution for rank in listed.ranks for addressee in rank
    ]
    for span, text in fields:
        for left in _LEFT if text.strip().startswith(_LEFT) else ():
            if _is_left(left, text.strip()):
                what = message("还有没填的地方：“{text}”", text=left)
                yield warning("placeholder", span, what, message("填好，或删去不需要的项"))


def _is_left(left: str, text: str) -> bool:
    """True if the text is the scaffold's, or begins like it and is too short for a sentence."""
    return text.startswith(left) and len(text) <= len(left) + 3
