"""Issues as they would be had some of their articles been cleared, and the site that is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bulletin.compose import digest_of
from bulletin.model.audience import Audience
from bulletin.model.issue import Clearance, Issue
from bulletin.model.site_build import SiteOrder, SiteReport
from bulletin.pipeline.site.building import build_site


def with_clearances(issue: Issue, numbers: Mapping[str, int]) -> Issue:
    """The issue with these articles cleared as they stand, by slug, with the numbers of their public addresses."""
    manuscripts = {manuscript.slug: manuscript for manuscript in issue.manuscripts}
    log = tuple(
        Clearance(slug, number, "周砚", "2026-11-23T09:00:00+08:00", digest_of(manuscripts[slug], issue.pictures))
        for slug, number in numbers.items()
    )
    return replace(issue, clearances=log)


def all_cleared(issue: Issue) -> Issue:
    """The issue with every article cleared, in order."""
    return with_clearances(issue, {each.slug: place for place, each in enumerate(issue.manuscripts, start=1)})


def site_report(root: Path, output: Path, audience: Audience = Audience.PUBLIC) -> SiteReport:
    """What became of a build of the site, which nobody watches."""
    return build_site(root, SiteOrder(audience, output), lambda _: None)
