"""An issue or an article as a Word file."""

from bulletin.render.docx.document import render_docx
from bulletin.render.docx.package import DOCX_TYPE

__all__ = ["DOCX_TYPE", "render_docx"]
