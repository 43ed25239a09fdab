"""Drafts to sources: Markdown with front matter, `issue.yaml`, pictures."""

from bulletin.convert.writing.articles import write_article
from bulletin.convert.writing.issues import write_issue

__all__ = ["write_article", "write_issue"]
