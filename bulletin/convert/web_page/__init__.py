"""Web pages and what is pasted from them: a content management system, WeChat, Word's own HTML."""

from bulletin.convert.web_page.reader import read_html

__all__ = ["read_html"]
