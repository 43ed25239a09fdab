"""Links lead only to `https:` pages, mailboxes, articles of the same issue, and headings (safety, rows 3 and 4)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bulletin.model.issue import Issue, Manuscript
from bulletin.model.link import is_cross_link, is_outward, split_cross_link
from bulletin.model.numbering import sections_of
from bulletin.model.problem import Problem, error, message
from bulletin.model.prose import Link
from bulletin.model.walk import walk


def check_links(issue: Issue) -> Iterator[Problem]:
    """A problem for every link whose target is not allowed or not there."""
    slugs = {manuscript.slug: manuscript for manuscript in issue.manuscripts}
    for manuscript in issue.manuscripts:
        for link in walk((manuscript.blocks, manuscript.notes), Link):
            if not is_outward(link.target):
                yield from _check_inward(link, manuscript, slugs)


def _check_inward(link: Link[object], manuscript: Manuscript, slugs: dict[str, Manuscript]) -> Iterator[Problem]:
    if not is_cross_link(link.target):
        what = message("不能链接到“{target}”", target=link.target[:80])
        advice = message("可以链接 https: 网页、mailto: 邮箱、本期文章（05-name.md）、标题（#标题文字）")
        yield error("link-target", link.span, what, advice)
        return
    slug, heading = split_cross_link(link.target)
    target = slugs.get(slug) if slug else manuscript
    if target is None:
        near = difflib.get_close_matches(slug, list(slugs), n=1)
        advice = message("是不是“{near}.md”？", near=near[0]) if near else message("核对文件名")
        yield error("link-missing", link.span, message("本期没有“{slug}.md”这篇文章", slug=slug), advice)
        return
    names = {name for section in sections_of(target.blocks).values() for name in section.names}
    if heading and heading not in names:
        near = difflib.get_close_matches(heading, sorted(names), n=1)
        advice = message("是不是“{near}”？", near=near[0]) if near else message("核对标题的文字")
        yield error("link-missing", link.span, message("没有“{heading}”这个标题", heading=heading[:60]), advice)
