"""A strict subset of YAML: text, lists and mappings, with the place of each (safety, 1.3).

Every scalar stays text (`000123` is not 83, `9:30` is not 570). Anchors, aliases, tags, merge keys and repeated keys
are refused, so a small file cannot grow in memory and nothing in it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from bulletin.model.problem import Message, Problem, Span, error, message

YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
YamlPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 12
_FULL_WIDTH_COLON = re.compile(r"[\s-]*[\w]+：")

_SYNTAX: tuple[tuple[str, Message, Message], ...] = (
    ("'\\t'", message("缩进里有制表符（Tab）"), message("请把 Tab 换成空格")),
    (
        "mapping values are not allowed",
        message("这里多了一个冒号，或上一行的缩进、引号不对"),
        message("冒号后面的内容里还有“: ”时，给整段内容加上半角引号"),
    ),
    ("could not find expected ':'", message("这一行缺少冒号"), message("写成“名称: 值”，用半角冒号，冒号后空一格")),
    ("expected <block end>", message("缩进没有对齐"), message("同一级的名称要左边对齐")),
    ("expected ',' or ']'", message("方括号里的列表没有写完"), message("检查逗号和右方括号，须用半角")),
    ("expected ',' or '}'", message("花括号里的内容没有写完"), message("检查逗号和右花括号，须用半角")),
    ("quoted scalar", message("引号只有一半，缺另一半"), message("检查成对的半角引号")),
    ("cannot start any token", message("冒号后面的内容不能以这个符号开头"), message("给整段内容加上半角引号")),
    (
        "expected a single document",
        message("文件里有多个“---”分隔的部分"),
        message("只留一部分，把多余的“---”和后面的内容删去"),
    ),
)


@dataclass(frozen=True, slots=True)
class YamlTree:
    """What a YAML file says. `places` has the place of each value, `keys` of each key, by path from the root."""

    value: YamlValue
    places: Mapping[YamlPath, Span]
    keys: Mapping[YamlPath, Span]
    problems: tuple[Problem, ...]


def parse_yaml(text: str, path: str, first_line: int = 1) -> YamlTree:
    """The tree of `text`, whose first line is line `first_line` of the file `path`.

    Never raises for what the author wrote: faults are in `problems`, and the value is what could be read.
    """
    builder = _Builder(path, first_line)
    value: YamlValue = ""
    try:
        value = builder.build(_PlainLoader(text))
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + first_line
        builder.problems.append(
            error("yaml", Span(path, line), message("这里有看不见的控制字符"), message("请删去这一行，重新输入"))
        )
    except yaml.MarkedYAMLError as fault:
        builder.problems.append(_syntax_problem(fault, text, path, first_line))
    return YamlTree(value, builder.places, builder.keys, tuple(builder.problems))


class _PlainLoader(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """Text to events; what they mean is decided by `_Builder`."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


class _TooDeep(yaml.MarkedYAMLError):
    pass


@dataclass
class _Builder:
    """Builds values from events. Unlike PyYAML's composer it knows no anchors, so nothing can be shared or expand."""

    path: str
    first_line: int
    places: dict[YamlPath, Span] = field(default_factory=dict)
    keys: dict[YamlPath, Span] = field(default_factory=dict)
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
            raise _TooDeep(problem="too deep", problem_mark=event.start_mark)
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
        return Span(self.path, mark.line + self.first_line, mark.column + 1) if mark else Span(self.path)


def _syntax_problem(fault: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = fault.problem_mark or fault.context_mark
    if mark is None:
        return error("yaml", Span(path), message("这一行的格式不对（英文说明：{reason}）", reason=str(fault.problem)))
    span = Span(path, mark.line + first_line, mark.column + 1)
    for number in (mark.line - 1, mark.line):
        full_width = _FULL_WIDTH_COLON.match(text.split("\n")[number]) if number >= 0 else None
        if full_width:
            where = Span(path, number + first_line, full_width.end())
            return error("yaml", where, message("名称后面用了全角冒号“：”"), message("改成半角冒号，后面空一格"))
    if isinstance(fault, _TooDeep):
        return error("yaml", span, message("层次太多，超过 {depth} 层", depth=MAX_DEPTH), message("请检查缩进和括号"))
    said = f"{fault.context or ''} {fault.problem or ''}"
    for sign, what, advice in _SYNTAX:
        if sign in said:
            return error("yaml", span, what, advice)
    return error("yaml", span, message("这一行的格式不对（英文说明：{reason}）", reason=said.strip()))
