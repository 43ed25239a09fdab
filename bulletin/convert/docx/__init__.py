"""Word files (.docx) to foreign documents."""

from bulletin.convert.docx.reading import read_docx

__all__ = ["read_docx"]
