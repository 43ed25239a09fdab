"""Plain text, and Markdown of others, to foreign documents."""

from bulletin.convert.text.markdown import read_markdown
from bulletin.convert.text.plain import read_text

__all__ = ["read_markdown", "read_text"]
