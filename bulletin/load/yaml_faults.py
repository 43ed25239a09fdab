"""What PyYAML says of broken YAML, in words that an editor can act on, at the place where the fault began."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

import yaml

from bulletin.model.problem import Message, Problem, Span, error, message

MAX_DEPTH = 12
_FULL_WIDTH_COLON = re.compile(r"[\s-]*[\w]+：")
_QUOTE_IT = message("给整段内容加上半角引号")

_SYNTAX: tuple[tuple[str, Message, Message], ...] = (
    ("'\\t'", message("缩进里有制表符（Tab）"), message("请把 Tab 换成空格")),
    (
        "mapping values are not allowed",
        message("这里多了一个冒号，或上一行的缩进、引号不对"),
        message("冒号后面的内容里还有“: ”时，给整段内容加上半角引号"),
    ),
    (
        "could not find expected ':'",
        message("这一行缺少冒号，或冒号后面缺一个空格"),
        message("写成“名称: 值”，用半角冒号，冒号后空一格"),
    ),
    ("'<scalar>'", message("引号后面还有文字"), message("把整段内容都放进引号里；内容本身有引号时，外面用另一种引号")),
    ("expected <block end>", message("缩进没有对齐"), message("同一级的名称要左边对齐")),
    ("expected ',' or ']'", message("方括号里的列表没有写完"), message("检查逗号和右方括号，须用半角")),
    ("expected ',' or '}'", message("花括号里的内容没有写完"), message("检查逗号和右花括号，须用半角")),
    ("node content", message("括号里多了一个逗号"), message("两个逗号之间要有内容，逗号须用半角")),
    ("sequence entries are not allowed", message("“- ”不能放在这里"), message("列表另起一行，每项前加“- ”")),
    ("escape", message("双引号里不能用反斜杠“\\”"), message("改用单引号，或写成 \\\\")),
    ("quoted scalar", message("引号只有一半，缺另一半"), message("检查成对的半角引号")),
    ("an alias", message("冒号后面的内容不能以“*”开头"), _QUOTE_IT),
    ("an anchor", message("冒号后面的内容不能以“&”开头"), _QUOTE_IT),
    ("a tag", message("冒号后面的内容不能以“!”开头"), _QUOTE_IT),
    ("a directive", message("一行不能以“%”开头"), _QUOTE_IT),
    ("a block scalar", message("“|”或“>”后面不能再写内容"), message("内容另起一行，向右缩进")),
    ("cannot start any token", message("冒号后面的内容不能以这个符号开头"), _QUOTE_IT),
    (
        "expected a single document",
        message("文件里有多个“---”分隔的部分"),
        message("只留一部分，把多余的“---”和后面的内容删去"),
    ),
)


class TooDeep(yaml.MarkedYAMLError):
    """More levels than any file of ours has."""


@dataclass(slots=True)
class Lines:
    """The lines of a text that stands in a file from line `first_line` on; ended by `\\n` and by nothing else."""

    text: str
    path: str
    first_line: int
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def span(self, index: int) -> Span:
        """The place of the character at `index`."""
        number = bisect_right(self.starts, index) - 1
        return Span(self.path, number + self.first_line, index - self.starts[number] + 1)

    def around(self, index: int) -> list[tuple[int, str]]:
        """The line of the character at `index` and the one before, each with where it starts."""
        number = bisect_right(self.starts, index) - 1
        return [
            (self.starts[each], self.text[self.starts[each] :].split("\n", 1)[0])
            for each in {max(number - 1, 0), number}
        ]


def full_width_colon(lines: Lines, index: int) -> Problem | None:
    """A problem if a name in the line at `index`, or in the one before, is followed by ： in place of a colon."""
    for start, line in sorted(lines.around(index)):
        found = _FULL_WIDTH_COLON.match(line)
        if found:
            what = message("名称后面用了全角冒号“：”")
            return error("yaml", lines.span(start + found.end() - 1), what, message("改成半角冒号，后面空一格"))
    return None


def syntax_problem(fault: yaml.MarkedYAMLError, lines: Lines) -> Problem:
    """The problem that stands for PyYAML's complaint."""
    context = fault.context or ""
    within = context.startswith(("while scanning", "while parsing a flow")) and "escape" not in (fault.problem or "")
    began = fault.context_mark if within else None
    mark = began or fault.problem_mark or fault.context_mark
    index = mark.index if mark else 0
    colon = full_width_colon(lines, index)
    if colon:
        return colon
    span = lines.span(index)
    if isinstance(fault, TooDeep):
        return error("yaml", span, message("层次太多，超过 {depth} 层", depth=MAX_DEPTH), message("请检查缩进和括号"))
    said = f"{context} {fault.problem or ''}"
    for sign, what, advice in _SYNTAX:
        if sign in said:
            return error("yaml", span, what, advice)
    return error("yaml", span, message("这一行的格式不对（英文说明：{reason}）", reason=said.strip()))
