"""The report of a whole archive: what came in, what did not and why, which issues are missing; one HTML file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin.model.artifact import Artifact
from bulletin.model.imported import Brought
from bulletin.render.templates import fill, template_environment

PATH = "import/archive.html"
_MOST_GAPS = 200


def render_archive_report(every: Sequence[Brought], serials: tuple[int, ...], templates: tuple[str, ...]) -> Artifact:
    """`import/archive.html`; `serials` are those of all issues that there are, in order.

    Raises:
        RenderingFailed: See `fill`.
    """
    brought = [each for each in every if each.folder]
    failed = [each for each in every if each.fault]
    gaps = list(_gaps(serials))
    unknown = Counter(name for each in brought for name in each.unknown)
    html = fill(
        template_environment(templates, lambda _: "", {}),
        "import-archive.html",
        figures=_figures(every, brought, failed),
        brought=brought,
        failed=failed,
        wrong=sum(each.errors for each in brought),
        instead=[each for each in every if each.instead],
        missing=[_gap(*gap) for gap in gaps[:_MOST_GAPS]],
        missing_count=sum(last - first + 1 for first, last in gaps),
        repeated=[serial for serial, count in Counter(serials).items() if count > 1],
        unknown=sorted(unknown.items(), key=lambda each: (-each[1], each[0])),
    )
    return Artifact(PATH, "text/html", html.encode())


def _figures(every: Sequence[Brought], brought: list[Brought], failed: list[Brought]) -> tuple[tuple[str, str], ...]:
    return (
        ("文件", f"{len(every)} 个"),
        ("导入", f"{len(brought)} 期，{sum(each.articles for each in brought)} 篇"),
        ("没有导入", f"{len(failed)} 个"),
        ("改动", f"{sum(each.repairs for each in brought):,} 处"),
        ("存疑", f"{sum(each.doubts for each in brought):,} 处"),
        ("核对", "每一期都逐字核对过，一字不少"),
    )


def _gaps(serials: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The first and the last of each row of running numbers that are not there, between those that are."""
    known = sorted(set(serials))
    for before, after in pairwise(known):
        if after > before + 1:
            yield before + 1, after - 1


def _gap(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"
