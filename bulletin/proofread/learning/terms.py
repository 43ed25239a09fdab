"""Names and terms that an issue has in quotation marks again and again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.finding import Safety, Strength
from bulletin.model.house import DEFAULT_SEVERITIES, Term, TermKind
from bulletin.proofread.facts.mentions import Mention
from bulletin.proofread.learning.proposing import clause_of, proposed
from bulletin.proofread.reading import ReadIssue

_TIMES = 2
_NAME = re.compile(r"[\w·+—-]{4,12}")
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千][\w]{1,7}|\d+\+[\w+]{1,8}")


def terms_of(issue: ReadIssue) -> Iterator[Term]:
    """Terms that are quoted at least twice, and never without their marks; in the order of the issue."""
    known = {form for term in issue.house.terms for form in (term.preferred, *term.forbid, *term.not_variants)}
    quoted: dict[str, list[Mention]] = defaultdict(list)
    for text in issue.texts:
        for mention in text.quoted:
            spoken = any(text.zones.around(mention.words.start, mention.words.end))
            if text.content[mention.words.start - 1] == "“" and not spoken:
                quoted[mention.name].append(mention)
    for name, mentions in quoted.items():
        often = len(mentions) >= _TIMES and len(mentions) == issue.content.count(name)
        if often and _NAME.fullmatch(name) and name not in known:
            yield from _term(issue, mentions)


def _term(issue: ReadIssue, mentions: list[Mention]) -> Iterator[Term]:
    mention = mentions[0]
    good = next((clause for each in mentions if (clause := clause_of(each.words))), f"开展“{mention.name}”。")
    kind = TermKind.ABBREVIATION if _NUMERAL.fullmatch(mention.name) else TermKind.BRAND
    entry = proposed(
        issue, mention.words, (kind.value, mention.name), (good.replace(f"“{mention.name}”", mention.name), good)
    )
    severity = DEFAULT_SEVERITIES[kind.value]
    yield Term(entry, kind, mention.name, quoted=True, severity=severity, strength=Strength.HOUSE, safety=Safety.SAFE)
