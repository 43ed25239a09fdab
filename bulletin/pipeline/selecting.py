"""Which findings an editor wants to see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bulletin.load.folders import article_slugs
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import did_you_mean, message
from bulletin.model.proofreading import Selection
from bulletin.pipeline.proofreading import CODES

_BETWEEN_CODES = re.compile(r"[,，、\s]+")


def choose_findings(root: Path, key: IssueKey, articles: Iterable[str], codes: tuple[str, str]) -> Selection:
    """Which findings are wanted: of the articles that are named, and by the codes, or beginnings of codes, to select and to ignore.

    Raises:
        UsageError: There is no such article, or no rule whose code begins so.
    """
    if not (named := tuple(articles)):
        return choose_codes(codes)
    from bulletin.pipeline.addresses import chosen_articles  # knows the site, which few checks ask about

    return replace(choose_codes(codes), slugs=chosen_articles(article_slugs(root, key), named))


def choose_codes(codes: tuple[str, str]) -> Selection:
    """The same for all articles.

    Raises:
        UsageError: There is no rule whose code begins so.
    """
    select, ignore = (tuple(map(_known_code, filter(None, _BETWEEN_CODES.split(each)))) for each in codes)
    return Selection(select, ignore)


def _known_code(name: str) -> str:
    wanted = name.upper()
    if not any(code.startswith(wanted) for code in CODES):
        advice = did_you_mean(wanted, CODES, message("全部规则：bulletin explain"))
        raise UsageError(message("没有“{code}”这条校对规则", code=name), advice)
    return wanted
