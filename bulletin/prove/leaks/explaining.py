"""Leaks in words: the file of the site, and the line of the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from bulletin.model.problem import Message, Problem, Span, error, message, warning
from bulletin.prove.leaks.quoting import quote
from bulletin.prove.leaks.searching import TRACE, Leak
from bulletin.prove.leaks.sights import Sight

_ARTICLE = message("如果可以公开，请先审签；否则请检查模板和输出文件夹")
_LIST = message("发送范围和印数不得公开：请从模板里删去")
_PRIVATE = message("请检查模板；联系方式可以公开的，写进 bulletin.yaml 的 web.contact")

_FIELDS: dict[str, Message] = {
    "title": message("标题"),
    "subtitle": message("副标题"),
    "speaker": message("讲话人"),
    "position": message("职务"),
    "organization": message("单位"),
    "subjects": message("主题"),
    "editors_note": message("编者按"),
    "note": message("脚注"),
    "alternative": message("图片的文字说明"),
    "caption": message("图题"),
    "picture": message("图片文件名"),
    "body": message("正文"),
    "comment": message("批注"),
    "slug": message("稿件文件名"),
    "link": message("链接"),
    "highlights": message("要览"),
    "unread": message("读不通的稿件"),
    "distribution": message("发送范围"),
    "print_run": message("印数"),
    "phone": message("编辑电话"),
    "contact": message("收件单位的联系人"),
    "address": message("收件单位的地址"),
}
_MOST = 100
"""Leaks that are listed; whoever sees so many looks for one cause."""
_MOST_FILES = 3
"""Files that are named."""
Source: TypeAlias = Callable[[str], str]
_ADVICE = {"distribution": _LIST, "print_run": _LIST, "phone": _PRIVATE, "contact": _PRIVATE, "address": _PRIVATE}


def explain(leaks: Iterable[Leak], sights: Iterable[Sight], source: Source) -> tuple[Problem, ...]:
    """A problem for each secret, at the place where it was written, that names the files it is in and quotes it as it was written; and
    for each file that could not be looked into.

    Args:
        leaks: What was found.
        sights: The files of the site, as the gate saw them.
        source: Gives the text of a source by its path; nothing where it cannot be read.
    """
    found: dict[object, list[Leak]] = {}
    for leak in leaks:
        found.setdefault(leak.text if leak.secret.field == TRACE else leak.secret, []).append(leak)
    told = tuple(_explained(alike, source) for alike in found.values())
    return (*told[:_MOST], *_others(told[_MOST:]), *(problem for sight in sights for problem in _unread(sight)))


def _others(told: tuple[Problem, ...]) -> Iterator[Problem]:
    if told:
        yield error("leak-more", told[0].span, message("另有 {count} 处不能公开的内容，没有一一列出", count=len(told)))


def _explained(alike: list[Leak], source: Source) -> Problem:
    """What is said of one secret, wherever it is."""
    leak, secret, files = alike[0], alike[0].secret, _files(alike)
    if secret.field == TRACE:
        what = message("{files}里有本机路径或份号：{text}", files=files, text=leak.text)
        return error("leak-trace", secret.span, what, message("请检查模板和资源文件"))
    text = quote(source(secret.span.path), secret.span.line, leak.found) or leak.text
    what = message(
        "{files}里有不能公开的内容（{field}）：“{text}”", files=files, field=_FIELDS[secret.field], text=text
    )
    return error("leak", secret.span, what, _ADVICE.get(secret.field, _ARTICLE))


def _files(alike: list[Leak]) -> Message:
    """The files that say it: the first few by name."""
    paths = tuple(dict.fromkeys(leak.path for leak in alike))
    if len(paths) <= _MOST_FILES:
        return message("网站文件 {names} ", names=paths)
    return message("网站文件 {names} 等 {count} 个文件", names=paths[:_MOST_FILES], count=len(paths))


def _unread(sight: Sight) -> Iterator[Problem]:
    if sight.fault:
        what = message("网站文件 {file} 打不开，查不了里面有什么：{reason}", file=sight.path, reason=sight.fault)
        yield error("leak-unreadable", Span(sight.path), what, message("请删去它，或换成能打开的文件"))
    elif sight.unknown:
        what = message("网站文件 {file} 不知是什么文件，只按字节查了", file=sight.path)
        yield warning("leak-unknown", Span(sight.path), what, message("网站上不需要的文件请删去"))
