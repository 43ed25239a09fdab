"""Two printed editions compared: the text for what changed, the pages for where. Pure."""

from bulletin.compare.pages import compare_pages, with_other_looks

__all__ = ["compare_pages", "with_other_looks"]
