"""An attachment belongs to the article before it."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, error, message


def check_attachments(issue: Issue) -> Iterator[Problem]:
    """The first article of an issue cannot be an attachment."""
    if issue.complete and issue.manuscripts and issue.manuscripts[0].kind.attachment:
        what = message("附件前面没有文章")
        yield error(
            "attachment", issue.manuscripts[0].span, what, message("附件排在它所属的文章之后：改文件名前的序号")
        )
