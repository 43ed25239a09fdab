"""The register of an issue's copies to forms: pure, like all composition."""

from bulletin.compose.forms.destroying import compose_destruction, destruction_numbers
from bulletin.compose.forms.entries import FormSource, form_source
from bulletin.compose.forms.outgoing import (
    check_run,
    compose_distribution,
    compose_signing,
    outgoing_numbers,
)
from bulletin.compose.forms.returning import (
    compose_circulation,
    compose_recall,
    recall_numbers,
)
from bulletin.compose.forms.slips import check_offices, compose_slips, compose_slips_table

__all__ = [
    "FormSource",
    "check_offices",
    "check_run",
    "compose_circulation",
    "compose_destruction",
    "compose_distribution",
    "compose_recall",
    "compose_signing",
    "compose_slips",
    "compose_slips_table",
    "destruction_numbers",
    "form_source",
    "outgoing_numbers",
    "recall_numbers",
]
