"""An edited Word file back to the Markdown that it was exported from: a patch that leaves alone what nobody touched."""

from bulletin.convert.updating.patching import Care, make_patch
from bulletin.convert.updating.renumbering import renumbered
from bulletin.convert.updating.result import first_difference, first_unsaid
from bulletin.convert.updating.slicing import begins_alike, part_of

__all__ = ["Care", "begins_alike", "first_difference", "first_unsaid", "make_patch", "part_of", "renumbered"]
