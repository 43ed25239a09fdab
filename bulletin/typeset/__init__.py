"""Chinese line composition: an edition to the same edition in finished lines, from the metrics of the print faces."""

from bulletin.typeset.edition import typeset_edition
from bulletin.typeset.specimen import typeset_specimen

__all__ = ["typeset_edition", "typeset_specimen"]
