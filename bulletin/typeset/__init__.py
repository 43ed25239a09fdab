"""Chinese line composition: an edition to the same edition in finished lines, on its pages, from the metrics of the print faces."""

from bulletin.typeset.edition import pages_of, set_issue, typeset_edition
from bulletin.typeset.savings import find_cuts, find_savings
from bulletin.typeset.specimen import typeset_specimen

__all__ = ["find_cuts", "find_savings", "pages_of", "set_issue", "typeset_edition", "typeset_specimen"]
