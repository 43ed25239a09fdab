"""Numbered copies, stamped on the finished print PDF or on its sheets; nothing is laid out anew."""

from bulletin.render.copies.digits import DigitFace, digits_fingerprint, draw_digits
from bulletin.render.copies.run import render_run
from bulletin.render.copies.single import render_single
from bulletin.render.copies.stamps import Stamper

__all__ = ["DigitFace", "Stamper", "digits_fingerprint", "draw_digits", "render_run", "render_single"]
