"""A bureau's own templates before they are used: can they be read, and do they change anything?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError, nodes

from bulletin.model.problem import Problem, Span, did_you_mean, error, message

_BUILT_IN = "builtin/"


def check_own_templates(folders: tuple[str, ...]) -> tuple[Problem, ...]:
    """Problems of the templates in the publication's own folder: what Jinja cannot read, a template that builds on one that is not there,
    and a block that the one it builds on does not have, which would be passed over in silence.

    Args:
        folders: Folders with templates, the program's own last (`search_path`).
    """
    if len(folders) < 2:
        return ()
    own = Path(folders[0])
    paths = sorted(path for path in own.rglob("*.html") if path.is_file())
    return tuple(problem for path in paths for problem in _check(folders, path.relative_to(own).as_posix()))


def _check(folders: tuple[str, ...], name: str) -> Iterator[Problem]:
    try:
        tree = _parse(folders, name)
        base = _base(tree)
        known = _blocks_below(folders, base, {name}) if base else None
    except TemplateSyntaxError as fault:
        what = message("模板写错了（英文说明：{reason}）", reason=str(fault.message))
        yield error("template", _span(fault.name or name, fault.lineno), what, message("改正，或删去它，用自带的"))
        return
    except (OSError, ValueError) as fault:
        what = message("模板读不了，或它所依据的模板不存在：{reason}", reason=str(fault))
        yield error("template", _span(name, 1), what, message("依据自带的模板，写 builtin/web/….html"))
        return
    for block in tree.find_all(nodes.Block) if known is not None else ():
        if known is not None and block.name not in known and not _within(tree, block, known):
            what = message("自带的模板里没有“{block}”这一块，这里写的不会出现在网页上", block=block.name)
            advice = did_you_mean(block.name, known, message("可以写：{known}", known=tuple(sorted(known))))
            yield error("template-block", _span(name, block.lineno), what, advice)


def _within(tree: nodes.Template, block: nodes.Block, known: frozenset[str]) -> bool:
    """True if the block is a new one inside of one that is known: then it is shown."""
    return any(block in outer.find_all(nodes.Block) for outer in tree.find_all(nodes.Block) if outer.name in known)


def _blocks_below(folders: tuple[str, ...], name: str, seen: set[str]) -> frozenset[str]:
    """The blocks of a template and of all that it builds on."""
    if name in seen:
        raise ValueError(name)
    tree = _parse(folders, name)
    names = frozenset(block.name for block in tree.find_all(nodes.Block))
    base = _base(tree)
    return names | (_blocks_below(folders, base, {*seen, name}) if base else frozenset())


def _base(tree: nodes.Template) -> str:
    """The template that it builds on; empty where it stands by itself."""
    for extends in tree.find_all(nodes.Extends):
        if isinstance(extends.template, nodes.Const):
            return str(extends.template.value)
    return ""


def _parse(folders: tuple[str, ...], name: str) -> nodes.Template:
    places = folders[-1:] if name.startswith(_BUILT_IN) else folders
    path = next((found for folder in places if (found := Path(folder, name.removeprefix(_BUILT_IN))).is_file()), None)
    if path is None:
        raise FileNotFoundError(name)
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True)
    return environment.parse(path.read_text("utf-8"), name=name, filename=str(path))


def _span(name: str, line: int) -> Span:
    return Span(f"templates/{name}", line)
