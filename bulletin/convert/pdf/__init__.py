"""PDF files with text, whoever printed them: what stands on the pages becomes paragraphs, tables, notes and pictures again."""

from bulletin.convert.pdf.reader import read_pdf

__all__ = ["read_pdf"]
