"""An edition, or one article of it, as a Word file that a leader can edit."""

from bulletin.render.docx.document import render_docx

__all__ = ["render_docx"]
