"""Drafts to sources: an article's Markdown with its pictures, an issue's folder."""

from bulletin.convert.writing.article import WrittenArticle, write_article

__all__ = ["WrittenArticle", "write_article"]
