"""Which kind an article is: kinds are data, known by what they ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.convert.recognising.front import Front
from bulletin.model.publication import Kind

_NOTICE = re.compile(r"(?:通知|公告|公示|通报|通告|启事|函)$")
_SPEECH = re.compile(r"讲话|致辞|发言|报告会上|寄语|党课")


@dataclass(frozen=True, slots=True)
class KindNames:
    """The names of the kinds for what is spoken, reported, announced, attached."""

    speech: str = "speech"
    report: str = "report"
    notice: str = "notice"
    attachment: str = "attachment"


def names_of(kinds: tuple[Kind, ...]) -> KindNames:
    """The first kind that each is; where there is none, the name of the kind that comes with the program."""
    usual = KindNames()
    return KindNames(
        next((kind.name for kind in kinds if kind.byline == "speaker"), usual.speech),
        next((kind.name for kind in kinds if kind.byline == "organization" and not kind.signed), usual.report),
        next((kind.name for kind in kinds if kind.signed), usual.notice),
        next((kind.name for kind in kinds if kind.attachment), usual.attachment),
    )


def kind_of(front: Front, names: KindNames, *, signed: bool) -> tuple[str, bool]:
    """The name of the article's kind, and whether that is sure."""
    title = "".join(front.title)
    if front.attachment:
        return names.attachment, True
    if front.speaker and not front.organization:
        return names.speech, bool(front.date) or bool(_SPEECH.search(title + front.subtitle))
    if signed:
        return names.notice, True
    if front.organization:
        return names.report, True
    if _NOTICE.search(title):
        return names.notice, False
    return (names.speech if _SPEECH.search(title + front.subtitle) else names.report), False
