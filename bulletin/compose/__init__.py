"""An issue to its editions: order, 要览, numbers, links, notes, print run. Pure: same issue in, same edition out."""

from bulletin.compose.allocation import allocate, going_with_holders, moved
from bulletin.compose.assignment import allotments_of, assignment_changes, check_assignment, on_paper
from bulletin.compose.clearance import (
    clearance_states,
    cleared_slugs,
    compose_tombstones,
    held_back,
    taken_back,
    why_off,
)
from bulletin.compose.digest import digest_of, digests_of
from bulletin.compose.edition import compose_edition, compose_web_edition, numbering_text

__all__ = [
    "allocate",
    "allotments_of",
    "assignment_changes",
    "check_assignment",
    "clearance_states",
    "cleared_slugs",
    "compose_edition",
    "compose_tombstones",
    "compose_web_edition",
    "digest_of",
    "digests_of",
    "going_with_holders",
    "held_back",
    "moved",
    "numbering_text",
    "on_paper",
    "taken_back",
    "why_off",
]
