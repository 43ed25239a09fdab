"""Every address inside the site leads to a file of it, and to a place of that page where it names one.

Pages are made, and kept, in units: an issue, a list. A unit settles what it can by itself (`leading_out`); what is left is looked for
in the whole site (`prove_links`), so that after an edit only the changed units are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from bulletin.model.problem import Problem, Span, error, message
from bulletin.prove.web.reading import WebPage

NamesOf = Callable[[str], Collection[str]]
"""The anchors of a page of the site by its path."""


def leading_out(pages: Mapping[str, WebPage], files: Collection[str], base: str) -> tuple[str, ...]:
    """Where the pages of a unit lead that the unit does not have itself, sorted: `archive/index.html`, `browse/index.html#unit`.

    Args:
        pages: The pages of the unit by path.
        files: The paths of all files of the unit.
        base: The path of the home page on its server: `/gzdt/`.
    """
    return tuple(
        sorted(
            {
                target
                for path, page in pages.items()
                for target in _targets(path, page.references, base)
                if not _leads(target, files, lambda where: pages[where].names)
            }
        )
    )


def prove_links(
    links: Mapping[str, Iterable[str]], files: Collection[str], names_of: NamesOf, site_file: Span
) -> tuple[Problem, ...]:
    """Problems for addresses that lead to no file of the site, or to a place that its page does not have.

    Args:
        links: What leads out of each unit, by the name of the unit.
        files: The paths of all files of the site.
        names_of: Asked only for pages that an address of another unit names a place of.
        site_file: What is named as the place: `bulletin.yaml`.
    """
    return tuple(
        _astray(unit, target, site_file)
        for unit, targets in links.items()
        for target in targets
        if not _leads(target, files, names_of)
    )


def _targets(path: str, references: Iterable[str], base: str) -> Iterator[str]:
    """The files of the site that a page refers to; an address with a scheme or a host leads outside."""
    for reference in references:
        address = urlsplit(reference)
        if address.scheme or address.netloc:
            continue
        where = unquote(address.path)
        if where.startswith("/"):
            target = where.removeprefix(base)
        else:
            target = normpath(join(dirname(path), where)) if where else path
        yield f"{target}#{unquote(address.fragment)}" if address.fragment else target


def _leads(target: str, files: Collection[str], names_of: NamesOf) -> bool:
    path, _, fragment = target.partition("#")
    return path in files and (not fragment or not path.endswith(".html") or fragment in names_of(path))


def _astray(unit: str, target: str, site_file: Span) -> Problem:
    what = message("“{unit}”的网页里，链接“{reference}”没有着落", unit=unit, reference=target)
    return error(
        "proof-reference",
        site_file,
        what,
        message("请检查 templates/web/ 里改过的模板；链接要写成相对的，并写到 index.html"),
    )
