"""A strict subset of YAML: text, lists and mappings, with the place of each (safety, 1.3).

Every scalar stays text (`000123` is not 83, `9:30` is not 570). Anchors, aliases, tags, merge keys and repeated keys
are refused, so a small file cannot grow in memory and nothing in it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias, cast

import yaml

from bulletin.load.yaml_faults import MAX_DEPTH, Lines, TooDeep, full_width_colon, syntax_problem
from bulletin.model.characters import check_decoded
from bulletin.model.problem import Message, Places, Problem, Span, error, message

YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
YamlPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlTree:
    """What a YAML file says. `places` has the place of each value, `keys` of each key, by path from the root; `scalars` are the paths of texts."""

    path: str
    value: YamlValue
    places: Mapping[YamlPath, Span]
    keys: Mapping[YamlPath, Span]
    scalars: frozenset[YamlPath]
    problems: tuple[Problem, ...]


def parse_yaml(text: str, path: str, first_line: int = 1) -> YamlTree:
    """The tree of `text`, whose first line is line `first_line` of the file `path`.

    Never raises for what the author wrote: faults are in `problems`, and the value is what could be read.
    """
    if _COMMON.fullmatch(text) and not _PERHAPS_EMPTY.search(text):
        tree = _tree(text, path, first_line, _quick_loader())
        if not tree.problems:
            return tree
    return _tree(text, path, first_line, _PlainLoader)


_HAN = r"\u00b7\u2014\u2018-\u201d\u2026\u3001-\u3020\u4e00-\u9fef\uff01-\uff5e"
_COMMON = re.compile(
    rf"(?:(?:(?<=[:,] )|(?<=[\[{{]))(?:'[ -&(-~\u3000{_HAN}]*+'|\"[ !#-\[\]-~\u3000{_HAN}]*+\")"
    rf"|[\n \"#$'()+,\-./0-9:;=A-Z\[\]_a-z{{}}{_HAN}])++"
)
_PERHAPS_EMPTY = re.compile(r":\s*[]},#]")
"""libyaml makes the same events of text of these characters, and within quotation marks of all of ASCII, as PyYAML's own parser, in a twentieth of the time: where it finds no
fault, neither does the other. (Of tabs, block texts and `?` the two think differently, and of the place of nothing in brackets.)"""


def _tree(text: str, path: str, first_line: int, loader: type[_PlainLoader]) -> YamlTree:
    lines = Lines(text, path, first_line)
    builder = _Builder(lines)
    value: YamlValue = ""
    try:
        value = builder.build(loader(text))
    except yaml.reader.ReaderError as fault:
        what, advice = message("这里有看不见的控制字符"), message("请删去这一行，重新输入")
        builder.problems.append(error("character", lines.span(fault.position), what, advice))
    except yaml.MarkedYAMLError as fault:
        builder.problems.append(syntax_problem(fault, lines))
    if isinstance(value, str) and value:
        builder.problems += filter(None, [full_width_colon(lines, 0)])
    return YamlTree(path, value, builder.places, builder.keys, frozenset(builder.scalars), tuple(builder.problems))


def places_of(tree: YamlTree) -> Places:
    """The place of every field: of its value where that is text, of its name where it is more."""
    fields = (
        (".".join(map(str, where)), span if where in tree.scalars else tree.keys.get(where, span))
        for where, span in tree.places.items()
    )
    return Places(Span(tree.path, 1), tuple(fields))


class _PlainLoader(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """Text to events; what they mean is decided by `_Builder`."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


@cache
def _quick_loader() -> type[_PlainLoader]:
    """The same by libyaml, whose events are like PyYAML's; where PyYAML was built without it, the slow one."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PlainLoader
    return cast("type[_PlainLoader]", CParser)


@dataclass
class _Builder:
    """Builds values from events. Unlike PyYAML's composer it knows no anchors, so nothing can be shared or expand."""

    lines: Lines
    places: dict[YamlPath, Span] = field(default_factory=dict)
    keys: dict[YamlPath, Span] = field(default_factory=dict)
    scalars: set[YamlPath] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def build(self, loader: _PlainLoader) -> YamlValue:
        loader.get_event()  # stream start
        if loader.check_event(yaml.StreamEndEvent):
            return ""
        loader.get_event()  # document start
        value = self._value(loader, ())
        loader.get_event()  # document end
        if not loader.check_event(yaml.StreamEndEvent):
            raise yaml.MarkedYAMLError(
                problem="expected a single document", problem_mark=loader.peek_event().start_mark
            )
        return value

    def _value(self, loader: _PlainLoader, where: YamlPath) -> YamlValue:
        event = loader.get_event()
        self.places[where] = self._span(event.start_mark)
        if len(where) > MAX_DEPTH:
            raise TooDeep(problem="too deep", problem_mark=event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event, message("冒号后面的内容不能以“*”开头"), message("要写 * 本身，请给整段内容加上半角引号")
            )
            return ""
        if getattr(event, "anchor", None):
            self._refuse(
                event, message("冒号后面的内容不能以“&”开头"), message("要写 & 本身，请给整段内容加上半角引号")
            )
        if getattr(event, "tag", None):
            self._refuse(
                event, message("冒号后面的内容不能以“!”开头"), message("要写 ! 本身，请给整段内容加上半角引号")
            )
        if isinstance(event, yaml.ScalarEvent):
            self.scalars.add(where)
            if event.style == '"':
                self.problems += check_decoded(event.value, self._span(event.start_mark))
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(loader, where)
        return self._mapping(loader, where)

    def _sequence(self, loader: _PlainLoader, where: YamlPath) -> YamlValue:
        items: list[YamlValue] = []
        while not loader.check_event(yaml.SequenceEndEvent):
            items.append(self._value(loader, (*where, len(items))))
        loader.get_event()
        return items

    def _mapping(self, loader: _PlainLoader, where: YamlPath) -> YamlValue:
        entries: dict[str, YamlValue] = {}
        while not loader.check_event(yaml.MappingEndEvent):
            mark = loader.peek_event()
            key = self._value(loader, (*where, "?"))
            name = key if isinstance(key, str) else ""
            value = self._value(loader, (*where, name))
            if not name:
                self._refuse(mark, message("名称要用文字"), message("写成“名称: 值”"))
            elif name == "<<":
                self._refuse(mark, message("不能用“<<”"), message("请把内容照抄一遍"))
            elif name in entries:
                self._refuse(mark, message("“{key}”写了两次", key=name), message("只保留一个"))
            else:
                entries[name] = value
                self.keys[(*where, name)] = self._span(mark.start_mark)
        loader.get_event()
        return entries

    def _refuse(self, event: yaml.Event, what: Message, advice: Message) -> None:
        self.problems.append(error("yaml", self._span(event.start_mark), what, advice))

    def _span(self, mark: Any) -> Span:
        return self.lines.span(mark.index)
