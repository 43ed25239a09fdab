"""The register of an issue's copies to forms: pure, like all composition."""

from bulletin.compose.forms.entries import Entry, FormSource, form_source
from bulletin.compose.forms.outgoing import check_run, compose_distribution, compose_signing
from bulletin.compose.forms.returning import compose_circulation, compose_destruction, compose_recall
from bulletin.compose.forms.slips import compose_slips, compose_slips_table

__all__ = [
    "Entry",
    "FormSource",
    "check_run",
    "compose_circulation",
    "compose_destruction",
    "compose_distribution",
    "compose_recall",
    "compose_signing",
    "compose_slips",
    "compose_slips_table",
    "form_source",
]
