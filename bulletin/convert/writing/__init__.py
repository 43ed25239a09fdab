"""Drafts to sources: Markdown with front matter, `issue.yaml`, pictures."""

from bulletin.convert.writing.articles import WrittenArticle, write_article
from bulletin.convert.writing.issues import WrittenIssue, write_issue

__all__ = ["WrittenArticle", "WrittenIssue", "write_article", "write_issue"]
