"""The Jinja environment that all outputs share: escaping on, undefined names refused, templates from folders only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateSyntaxError

from bulletin.model.errors import RenderingFailed, TemplateFault
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
        TemplateFault: There is a fault in a template of the publication's own.
        RenderingFailed: The template is not there, or there is a fault in one of the program's.
    """
    try:
        return environment.get_template(template).render(values)
    except Exception as fault:  # nothing but the template runs here, and it may be the publication's own
        own = _place_in_own(environment, fault)
        what = message("模板 {where} 有错（英文说明：{reason}）", where=own or template, reason=str(fault))
        advice = message("请改正刊物 templates/ 里的模板，或删去它，用自带的")
        raise (TemplateFault if own else RenderingFailed)(what, advice) from fault


def _place_in_own(environment: Environment, fault: Exception) -> str:
    """The last line of the publication's own templates that was run: `templates/web/article.html:3`; empty where there is none."""
    loader = environment.loader
    first = loader.loaders[0] if isinstance(loader, ChoiceLoader) else loader
    own = first.searchpath[:-1] if isinstance(first, FileSystemLoader) else ()
    lines = [(frame.filename, frame.lineno) for frame in extract_tb(fault.__traceback__)]
    if isinstance(fault, TemplateSyntaxError):
        lines.append((fault.filename or "", fault.lineno))
    found = ((Path(name), line, Path(folder)) for name, line in reversed(lines) for folder in own)
    return next((f"{p.relative_to(f.parent).as_posix()}:{line}" for p, line, f in found if f in p.parents), "")


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
