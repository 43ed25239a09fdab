"""Two printed editions compared: the text for what changed, the pages for where; two lists of recipients. Pure."""

from bulletin.compare.pages import compare_pages, with_other_looks
from bulletin.compare.recipients import compare_recipients

__all__ = ["compare_pages", "compare_recipients", "with_other_looks"]
