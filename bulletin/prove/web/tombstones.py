"""Tombstones read back: each says that an article was withdrawn, and when, and nothing of it; nothing leads to them, and servers say 410."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape

from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.site import SiteSettings, Tombstone
from bulletin.prove.web.reading import PageLinks, WebPage

_TITLE = re.compile(r"<title>([^<]*)</title>")
_GONE = re.compile(r"^ErrorDocument 410 (\S+)$", re.MULTILINE)


def prove_tombstone(path: str, html: str, page: WebPage, day: date | None, site_name: str) -> tuple[Problem, ...]:
    """Problems if the page's title or text is not what it says of any article.

    Args:
        path: Its file in the site, `2026/10/03/index.html`.
        html: The page.
        page: The page as it was read back.
        day: The day of the withdrawal, where it is known.
        site_name: What the title ends with.
    """
    said = f"本文已于{day.year}年{day.month}月{day.day}日撤回。" if day else "本文已经撤回。"
    titles = [unescape(title) for title in _TITLE.findall(html)]
    wrong = page.text != f"本文已撤回{said}" or page.images or page.faults or titles != [f"本文已撤回——{site_name}"]
    what = message("撤稿页 {path} 说的不是“{said}”，或多了别的话", path=path, said=said)
    return (error("proof-tombstone", Span("bulletin.yaml"), what, _ADVICE),) if wrong else ()


def prove_withdrawn(
    tombstones: Iterable[Tombstone], links: Iterable[PageLinks], htaccess: str, settings: SiteSettings
) -> tuple[Problem, ...]:
    """Problems if a page leads to a tombstone, or if Apache is not to answer 410 at exactly the addresses of all.

    Args:
        tombstones: All of the site.
        links: Where the pages of the site lead.
        htaccess: The site's `.htaccess`.
        settings: What the bureau says of its site.
    """
    files = {f"{each.path}/index.html" for each in tombstones}
    told = {address.removeprefix(settings.base) for address in _GONE.findall(htaccess)}
    return (*_led_to(files, links), *_not_told(files, told))


def _led_to(files: set[str], links: Iterable[PageLinks]) -> Iterator[Problem]:
    for page in links:
        for target in sorted(page.targets):
            if target.partition("#")[0] in files - {page.path}:
                what = message("网页 {path} 里的“{reference}”是撤回的文章", path=page.path, reference=target)
                yield error("proof-tombstone", Span("bulletin.yaml"), what, _ADVICE)


def _not_told(files: set[str], told: set[str]) -> Iterator[Problem]:
    for path in sorted(files ^ told):
        what = message(".htaccess 里撤回的文章与撤稿页不符：{path}", path=path)
        yield error("proof-tombstone", Span("bulletin.yaml"), what)


_ADVICE = message("请检查模板 web/withdrawn.html，或刊物自己的模板")
