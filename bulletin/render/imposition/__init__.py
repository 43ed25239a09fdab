"""The finished print PDF on press sheets, as page operations: text, fonts and pictures are those of the print PDF."""

from bulletin.render.imposition.sheets import impose, render_press

__all__ = ["impose", "render_press"]
