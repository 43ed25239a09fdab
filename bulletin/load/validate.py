"""A YAML tree against its schema: every fault becomes a problem at its line and column."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import ValidationError

from bulletin.load.schemas import Schema
from bulletin.load.strict_yaml import YamlPath, YamlTree
from bulletin.model.problem import NOTHING, Message, Outcome, Problem, Span, error, message

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

S = TypeVar("S", bound=Schema)
Node: TypeAlias = dict[str, Any]
"""A node of a JSON Schema."""

_ADVICE = {
    "whole": (message("“{value}”不是整数"), message("用半角数字，如 7")),
    "decimal": (message("“{value}”不是数"), message("用半角数字，如 0.1")),
    "web_address": (message("“{value}”不是网址"), message("写完整的网址，以 https:// 开头")),
    "site_address": (
        message("“{value}”不是首页的网址"),
        message("写到文件夹为止，如 https://lgb.example.gov.cn/gzdt/；中文域名写它的 xn-- 形式"),
    ),
    "site_code": (message("“{value}”不是网站标识码"), message("标识码是 10 位字母和数字")),
    "colour": (message("“{value}”不是颜色"), message('写成 "#b3000c" 的样子，引号不能省：没有引号，# 后面的不算数')),
    "profile_name": (message("名称里有不能用的字符，或超过 20 字"), message("只用汉字、字母、数字，它也是文件名")),
    "entry_id": (
        message("“{value}”不能作编号"),
        message("编号只用字母、数字、汉字、点、连字符，不超过 80 个，如 typo.bushu"),
    ),
    "day": (message("“{value}”不是日期"), message("写成 2026-07-13 这样")),
    "no_such_day": (message("没有“{value}”这一天"), message("请核对日期")),
    "yes": (message("“{value}”既不是 true 也不是 false"), NOTHING),
    "members_or_count": (message("成员名单（members）和个数（count）要写一个，且只写一个"), NOTHING),
    "serial_or_supplement": (
        message("缺少总期号（serial），或增刊写了总期号"),
        message("正刊写 serial；增刊写 supplement: true，不写 serial"),
    ),
    "comment": (message("这里不能写注释"), message("注释写在正文里，或在 YAML 里用 # 开头")),
    "highlight_template": (
        message("花括号 {{}} 里的名称写错了"),
        message(
            "可用 {names}", names="{title} {subtitle} {speaker} {position} {organization} {occasion} {label} {count}"
        ),
    ),
    "string_too_short": (message("这里不能空着"), NOTHING),
    "string_too_long": (message("文字超过 500 字"), NOTHING),
    "string_pattern_mismatch": (message("这里只能写一行"), NOTHING),
    "string_type": (message("这里只写一段文字，不能分条，也不能再分下一级"), NOTHING),
    "list_wanted": (message("这里要写列表"), message("写成 [[甲, 乙], [丙]]，一个方括号一档")),
    "tuple_type": (message("这里要写列表"), message("写成 [甲, 乙]，或每行一个、前面加“- ”")),
    "model_type": (message("这里要写若干行“名称: 值”"), NOTHING),
    "dict_type": (message("这里要写若干行“名称: 值”"), NOTHING),
    "too_short": (message("列表不能是空的"), NOTHING),
    "too_long": (message("列表太长"), NOTHING),
    "greater_than_equal": (message("“{value}”太小"), NOTHING),
    "less_than_equal": (message("“{value}”太大"), NOTHING),
}


def validate(tree: YamlTree, schema: type[S], path: str) -> Outcome[S]:
    """The file's content as `schema`, or the problems that keep it from being that."""
    if tree.problems:
        return Outcome(None, tree.problems)
    value = {} if tree.value == "" else tree.value
    try:
        return Outcome(schema.model_validate(value))
    except ValidationError as fault:
        faults = fault.errors(include_url=False)
        mistyped = {_meant(details, schema) for details in faults if details["type"] == "extra_forbidden"}
        told = (details for details in faults if details["type"] != "missing" or details["loc"] not in mistyped)
        return Outcome(None, tuple(_problem(details, tree, schema, path) for details in told))


def _meant(details: ErrorDetails, schema: type[Schema]) -> YamlPath:
    """The path of the field that an unknown key is a mistyping of; it is not missing too."""
    *above, key = details["loc"]
    return (*above, *_near(str(key), _known_keys(schema, tuple(above))))


def _near(key: str, known: list[str]) -> list[str]:
    return difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.5)


def _problem(details: ErrorDetails, tree: YamlTree, schema: type[Schema], path: str) -> Problem:
    where: YamlPath = details["loc"]
    kind = details["type"]
    if kind == "extra_forbidden":
        return _unknown_key(where, tree, schema, path)
    if kind == "missing":
        return error("field-missing", _place(where[:-1], tree, path), message("缺少“{key}”", key=str(where[-1])))
    if kind == "serial_or_supplement":
        where = (*where, "serial")
    span = _place(where, tree, path)
    if kind == "literal_error":
        expected = str(details.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        what = message("不能写“{value}”", value=_shown(details["input"]))
        return error("field-value", span, what, message("只能写：{expected}", expected=expected))
    if kind in _ADVICE:
        what, advice = _ADVICE[kind]
        if "{value}" in what.template:
            what = message(what.template, value=_shown(details["input"]))
        return error("field-value", span, what, advice)
    return error("field-value", span, message("这里的写法不对：{reason}", reason=details["msg"]))


def _unknown_key(where: YamlPath, tree: YamlTree, schema: type[Schema], path: str) -> Problem:
    key = str(where[-1])
    known = _known_keys(schema, where[:-1])
    near = _near(key, known)
    advice = message("是不是想写“{near}”？", near=near[0]) if near else message("可以写：{known}", known=tuple(known))
    span = tree.keys.get(_known_path(where, tree), _place(where, tree, path))
    return error("field-unknown", span, message("不认识“{key}”", key=key), advice)


def _known_keys(schema: type[Schema], where: YamlPath) -> list[str]:
    """The keys that the schema allows at `where`, found by walking its JSON Schema."""
    root: Node = schema.model_json_schema()
    nodes = [root]
    for step in where:
        nodes = [found for node in nodes for found in _step(node, step, root)] or nodes
    return [key for node in nodes for key in _resolve(node, root).get("properties", {})]


def _resolve(node: Node, root: Node) -> Node:
    reference = node.get("$ref")
    return root["$defs"][reference.rsplit("/", 1)[-1]] if reference else node


def _step(node: Node, step: str | int, root: Node) -> list[Node]:
    """What stands below `node` at `step`, every alternative resolved."""
    node = _resolve(node, root)
    found = []
    for choice in [_resolve(choice, root) for choice in node.get("anyOf", [node])]:
        if isinstance(step, int) and "items" in choice:
            found.append(_resolve(choice["items"], root))
        elif step in choice.get("properties", {}):
            found.append(_resolve(choice["properties"][step], root))
        elif isinstance(choice.get("additionalProperties"), dict):
            found.append(_resolve(choice["additionalProperties"], root))
    return [_resolve(option, root) for node in found for option in node.get("anyOf", [node])]


def _known_path(where: YamlPath, tree: YamlTree) -> YamlPath:
    """`where` without the steps that pydantic adds for the short forms of a value."""
    path: YamlPath = ()
    for step in where:
        if (*path, step) in tree.places:
            path = (*path, step)
    return path


def _place(where: YamlPath, tree: YamlTree, path: str) -> Span:
    return tree.places.get(_known_path(where, tree), Span(path, 1))


def _shown(value: object) -> str | Message:
    text = value if isinstance(value, str) else ""
    return text if len(text) <= 40 else text[:40] + "…"
