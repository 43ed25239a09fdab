"""Hand-over kits: pages to copy from, their source, the sheet, all in one archive."""

from bulletin.render.handover.kit import render_kit

__all__ = ["render_kit"]
