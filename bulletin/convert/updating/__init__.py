"""An edited Word file back to the Markdown that it was exported from: a patch that leaves alone what nobody touched."""

from bulletin.convert.updating.patching import Care, make_patch
from bulletin.convert.updating.result import first_difference

__all__ = ["Care", "first_difference", "make_patch"]
