"""What articles that are public have in common with those that are not, among the issues that a build makes anew."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin.compose import cleared_slugs
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.pipeline.reading import read_issue
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.leaks.sharing import find_shared, said_by

_MOST = 12
"""Issues that are compared, a year's: an edit concerns one or a few; of a whole archive made from nothing only `bulletin clear` tells."""


def find_shared_among(shop: Workshop, keys: Iterable[IssueKey]) -> tuple[Problem, ...]:
    """A warning for each pair of a cleared article and one that is not that share a long sentence; only for the public site."""
    listed = tuple(keys)
    if not shop.gate or len(listed) > _MOST:
        return ()
    issues = filter(None, (read_issue(shop.root, key, shop.publication).value for key in listed))
    cleared = [(issue, cleared_slugs(issue)) for issue in issues]
    return find_shared(
        said_by(each, cleared=each.slug in slugs) for issue, slugs in cleared for each in issue.manuscripts
    )
