"""Foreign documents, repaired, to drafts: which paragraph is a title, a name, a heading; and where the articles of an issue begin."""

from bulletin.convert.recognising.articles import recognise_article
from bulletin.convert.recognising.issues import looks_like_issue, recognise_issue

__all__ = ["looks_like_issue", "recognise_article", "recognise_issue"]
