"""The Jinja environment that all outputs share: escaping on, undefined names refused, templates from folders only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from bulletin.model.errors import RenderingFailed
from bulletin.model.problem import message
from bulletin.model.prose import CrossLink, Text


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture in an output: its address there, and its size in pixels."""

    address: str
    width_px: int
    height_px: int


def fill(environment: Environment, template: str, **values: object) -> str:
    """The template filled in.

    Raises:
        RenderingFailed: The template is not there, or there is a fault in it (it may be the publication's own).
    """
    try:
        return environment.get_template(template).render(values)
    except Exception as fault:  # nothing but the template runs here, and it may be the publication's own
        where = f"{getattr(fault, 'filename', None) or template}:{getattr(fault, 'lineno', '')}"
        what = message("模板 {where} 有错（英文说明：{reason}）", where=where, reason=str(fault))
        raise RenderingFailed(what, message("请改正刊物 templates/ 里的模板，或删去它，用自带的")) from fault


def template_environment(
    folders: tuple[str, ...], href: Callable[[CrossLink[object]], str], pictures: Mapping[str, ShownPicture]
) -> Environment:
    """An environment over `folders`, the first that has a template wins; the last has those of the program.

    One that stands in another's place may build on it: `{% extends "builtin/web/article.html" %}`.

    Args:
        folders: Folders with templates; what authors write is never a template (safety, row 6).
        href: Where a link to an article or heading of the edition leads.
        pictures: The pictures that figures name, by file name.
    """
    loader = ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"builtin": FileSystemLoader(folders[-1:])})])
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,  # nobody changes a template between two pages
    )
    environment.filters["kind"] = lambda part: type(part).__name__
    environment.filters["only_text"] = _only_text
    environment.filters["href"] = href
    environment.filters["picture"] = pictures.__getitem__
    return environment


def _only_text(content: tuple[object, ...]) -> str | None:
    """The text of inlines that are one text and nothing else, as those of most paragraphs are."""
    return content[0].content if len(content) == 1 and isinstance(content[0], Text) else None
