"""Issues to proofread without files, written as text.

A line is a paragraph, `## 标题` a heading; `另一篇：` begins the next article. Lines as `标题：…`, `副题：…`, `讲话人：…`, `职务：…`, `单位：…`, `日期：…` at the head of an article
are its front matter, `要览：…` one of the lines of 要览 by hand. `往期：…` is a paragraph of an earlier issue.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count

from bulletin.model.archive_facts import joined
from bulletin.model.finding import Finding
from bulletin.model.house import EMPTY_HOUSE, House
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role
from bulletin.proofread.archive import issue_facts
from bulletin.proofread.engine import proofread
from bulletin.proofread.reading import ReadIssue, read_article
from bulletin.proofread.rule import IssueRule
from tests.conftest import REPOSITORY, load
from tests.proofreading import knowing

FRONT = {
    "标题": Role.TITLE,
    "副题": Role.SUBTITLE,
    "讲话人": Role.SPEAKER,
    "职务": Role.POSITION,
    "单位": Role.ORGANIZATION,
}
_EARLIER = "往期："
_NEXT = "另一篇："


@cache
def sample() -> Issue:
    """Any issue that can be read."""
    return load(REPOSITORY)


def issue_of(text: str, house: House = EMPTY_HOUSE) -> ReadIssue:
    """The issue that the text tells of, after an earlier one."""
    lines = text.strip("\n").split("\n")
    before = [line.removeprefix(_EARLIER) for line in lines if line.startswith(_EARLIER)]
    this = _issue("\n".join(line for line in lines if not line.startswith(_EARLIER)), house)
    earlier = _issue("\n".join(before), house)
    return replace(this, archive=joined([issue_facts(earlier, "2026-09")] if before else ()))


def _issue(text: str, house: House) -> ReadIssue:
    articles, manuscripts, highlights = [], [], []
    for number, body in enumerate(text.split(f"\n{_NEXT}\n"), 1):
        lines = body.split("\n")
        highlights += [line.removeprefix("要览：") for line in lines if line.startswith("要览：")]
        texts, manuscript = _article(f"{number:02}-article", [line for line in lines if not line.startswith("要览：")])
        articles.append(read_article(texts, house, manuscript.date or sample().head.date))
        manuscripts.append(manuscript)
    issue = replace(sample(), manuscripts=tuple(manuscripts), highlights=tuple(highlights))
    path = "issues/2026-10/issue.yaml"
    own = tuple(
        ProofText(path, "", Role.HIGHLIGHT, line, (Anchor(0, 20 + place, 5),), field=f"highlights.{place}")
        for place, line in enumerate(highlights)
    )
    return ReadIssue(issue, read_article(ProofTexts("", path, own), house, issue.head.date), tuple(articles), house)


def _article(slug: str, lines: list[str]) -> tuple[ProofTexts, Manuscript]:
    path = f"issues/2026-10/{slug}.md"
    texts = []
    front: dict[str, str] = {}
    numbers = count(2)
    for line in lines:
        name, _, value = line.partition("：")
        if (name in FRONT or name == "日期") and value and len(texts) == len(front.keys() - {"日期"}):
            front[name] = value
            if name in FRONT:
                role = FRONT[name]
                texts.append(ProofText(path, slug, role, value, (Anchor(0, next(numbers), 8),), field=role.value))
            continue
        content = line.lstrip("#").lstrip()
        level = max(0, len(line) - len(line.lstrip("#")) - 1)
        role = Role.HEADING if level else Role.PARAGRAPH
        texts.append(
            ProofText(path, slug, role, content, (Anchor(0, next(numbers) * 2, len(line) - len(content) + 1),), level)
        )
    kinds = {"讲话人": "speech", "单位": "report"}
    kind = next((sample().publication.kind(kinds[name]) for name in front if name in kinds), None)
    manuscript = replace(
        sample().manuscripts[0],
        slug=slug,
        kind=kind or sample().manuscripts[0].kind,
        title=(front.get("标题", ""),),
        subtitle=front.get("副题", ""),
        speaker=front.get("讲话人", ""),
        position=front.get("职务", ""),
        organization=front.get("单位", ""),
        date=date.fromisoformat(front["日期"]) if "日期" in front else None,
    )
    return ProofTexts(slug, path, tuple(texts)), manuscript


def found_in(rule: IssueRule, text: str, house: House = EMPTY_HOUSE) -> tuple[Finding, ...]:
    """What a rule finds in such an issue; the house knows what the rule's page says, if nothing else is given."""
    known = house if house is not EMPTY_HOUSE else knowing(rule.manual.given)
    return proofread(issue_of(text, known), (rule,))
