"""The Jinja environment that all outputs share: escaping on, undefined names refused, templates from folders only."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bulletin.model.prose import CrossLink


def template_environment(
    folders: tuple[str, ...], href: Callable[[CrossLink[object]], str], picture: Callable[[str], str]
) -> Environment:
    """An environment over `folders`, the first that has a template wins.

    Args:
        folders: Folders with templates; what authors write is never a template (safety, row 6).
        href: Where a link to an article or heading of the edition leads.
        picture: The address of a picture, by its file name.
    """
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["kind"] = lambda part: type(part).__name__
    environment.filters["href"] = href
    environment.filters["picture"] = picture
    return environment
