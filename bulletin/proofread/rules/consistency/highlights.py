"""TOC001: 要览 by hand, against titles, speakers, posts and order of the articles."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.issue import Manuscript
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.facts.nearly import nearly
from bulletin.proofread.facts.people import posts_in
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

MANUAL = Manual(
    code="TOC001",
    title=message("手写的要览与文章不一致"),
    says=message(
        "要览里的标题、会名、讲话人和职务，应当与文章的标题、题下一字不差，次序与文章相同。要览缺了文章、篇数不符，由结构检查报。不手写 highlights，由程序生成，就不会错。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：简报的要目与正文一致",
    bad=(
        "要览：把社区书屋办在居民家门口\n标题：把社区书屋办到居民家门口\n单位：某县委宣传部\n书屋开起来了。",
        "要览：省委老干部局局长陶珺在推进会上的讲话\n标题：在推进会上的讲话\n讲话人：陶珺\n职务：省委老干部局副局长\n同志们：",
        "要览：乙县推行支部联建\n要览：甲县办好社区书屋\n标题：甲县办好社区书屋\n单位：甲县\n书屋好。\n另一篇：\n标题：乙县推行支部联建\n单位：乙县\n联建好。",
    ),
    good=(
        "要览：省委老干部局副局长陶珺在推进会上的讲话\n要览：把社区书屋办到居民家门口\n标题：在推进会上的讲话\n讲话人：陶珺\n职务：省委老干部局副局长\n同志们：\n另一篇：\n标题：把社区书屋办到居民家门口\n单位：某县委宣传部\n书屋开起来了。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    lines = tuple(issue.own.of_role(Role.HIGHLIGHT))
    shown = tuple(each for each in issue.issue.manuscripts if not each.kind.attachment)
    for line in lines:
        for manuscript in shown:
            yield from _titles(line, manuscript, issue)
            yield from _post(line, manuscript)
    yield from _order(lines, shown)


def _titles(line: ReadText, manuscript: Manuscript, issue: ReadIssue) -> Iterator[Finding]:
    """A title, or the occasion of a speech, that is not quite that of the article."""
    heads = {Role.TITLE, Role.SUBTITLE}
    texts = (text for article in issue.articles if article.slug == manuscript.slug for text in article.texts)
    for text in texts:
        place = next(nearly(text.content, line.content), None) if text.text.role in heads else None
        if place:
            what = message("要览写的与文章的题目不同：“{title}”", title=text.content)
            related = Related(text.words(0, len(text.content)), message("文章的题目"))
            yield _finding(line, place, what, related)


def _post(line: ReadText, manuscript: Manuscript) -> Iterator[Finding]:
    """A speaker whom the line gives another post than the article."""
    place = line.content.find(manuscript.speaker) if manuscript.speaker else -1
    said = posts_in(line.content[: max(place, 0)])
    right = posts_in(manuscript.position)
    if said and right and said[-1] not in right:
        start = place - len(said[-1].written)
        what = message("{name}的职务，题下是“{post}”", name=manuscript.speaker, post=manuscript.position)
        yield _finding(line, (start, place), what)


def _order(lines: tuple[ReadText, ...], shown: tuple[Manuscript, ...]) -> Iterator[Finding]:
    """Lines that name an article that stands before one of an earlier line."""
    last = -1
    for line in lines:
        named = [
            number
            for number, each in enumerate(shown)
            if each.byline != "" and any(name and name in line.content for name in (*each.title, each.speaker))
        ]
        if named and min(named) < last:
            what = message("要览的次序与文章不同：这一篇排在上一条说的文章前面")
            yield _finding(line, (0, len(line.content)), what)
        last = max((last, *named))


def _finding(line: ReadText, place: tuple[int, int], what: Message, *related: Related) -> Finding:
    advice = message("改正，或删去 highlights，由程序生成要览")
    return Finding(MANUAL.code, MANUAL.severity, line.words(*place), what, advice, related)


RULE = IssueRule(MANUAL, _find)
