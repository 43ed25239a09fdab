"""Links lead only to `https:` pages, mailboxes, articles of the same issue, and headings (safety, rows 3 and 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bulletin.model.issue import Issue
from bulletin.model.link import is_cross_link, is_outward, split_cross_link
from bulletin.model.numbering import sections_of
from bulletin.model.problem import Problem, did_you_mean, error, message
from bulletin.model.prose import Link
from bulletin.model.walk import walk

MOST_GUESSES = 20
"""Near names are looked for so many times in an issue; each look costs."""


def check_links(issue: Issue) -> Iterator[Problem]:
    """A problem for every link whose target is not allowed or not there."""
    names = {
        manuscript.slug: Counter(name for section in sections_of(manuscript.blocks).values() for name in section.names)
        for manuscript in issue.manuscripts
    }
    guesses = 0
    for manuscript in issue.manuscripts:
        for link in walk((manuscript.blocks, manuscript.notes), Link):
            if is_outward(link.target):
                continue
            for problem in _check_inward(link, manuscript.slug, names, issue.slugs, guess=guesses < MOST_GUESSES):
                guesses += 1
                yield problem


def _check_inward(
    link: Link[object], here: str, names: Mapping[str, Counter[str]], slugs: tuple[str, ...], *, guess: bool
) -> Iterator[Problem]:
    if not is_cross_link(link.target):
        what = message("不能链接到“{target}”", target=link.target[:80])
        advice = message("可以链接 https: 网页、mailto: 邮箱、本期文章（05-name.md）、标题（#标题文字）")
        yield error("link-target", link.span, what, advice)
        return
    slug, heading = split_cross_link(link.target)
    if slug and slug not in slugs:
        advice = did_you_mean(slug, slugs if guess else (), message("核对文件名"))
        yield error("link-missing", link.span, message("本期没有“{slug}.md”这篇文章", slug=slug), advice)
        return
    known = names.get(slug or here)
    if not heading or known is None:  # an article that could not be read is not judged
        return
    if known[heading] > 1:
        what = message("有几个标题都叫“{heading}”", heading=heading[:60])
        yield error("link-missing", link.span, what, message("连编号一起写，如 #一、{heading}", heading=heading[:40]))
    elif not known[heading]:
        advice = did_you_mean(heading, sorted(known) if guess else (), message("核对标题的文字"))
        yield error("link-missing", link.span, message("没有“{heading}”这个标题", heading=heading[:60]), advice)
