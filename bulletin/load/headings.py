"""Where a table of recipients says what: the row of headings, and the columns under it, by any of their usual names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.load.sheet import Sheet
from bulletin.model.problem import Outcome, Problem, Span, error, hint, message
from bulletin.model.recipient_list import COLUMNS, Field

_NAMES: dict[Field, str] = {
    Field.GROUP: "组别 分组 组 组名 所属组 单位组别",
    Field.NAME: "名称 单位 单位名称 收件单位 收件单位名称 收文单位 发送单位 发送对象 成员 成员名称",
    Field.COPIES: "份数 数量 每期份数 发送份数 印数",
    Field.ROUTE: "发送方式 方式 投递方式 送达方式 传递方式 分发方式",
    Field.CONTACT: "联系人 联系电话 电话 联系方式 收件人 手机 联系人及电话 联系人、电话",
    Field.ADDRESS: "地址 单位地址 通信地址 通讯地址 联系地址 收件地址",
    Field.SINCE: "起 起始 起始日期 开始日期 生效日期",
    Field.UNTIL: "止 截止 截止日期 终止日期 结束日期 停发日期",
    Field.COUNT: "个数 成员个数 成员数 单位数 单位个数",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_NUMBERING = frozenset({"序号", "编号", "号", "No", "NO", "no"})
"""Columns that say nothing of their own."""
MOST_BEFORE = 20
"""Rows over the headings: titles, who made the table and when."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings, and the columns of each field from 1; a contact may have several (联系人, 联系电话)."""

    row: int
    columns: dict[Field, tuple[int, ...]]
    unread: tuple[tuple[int, str], ...] = ()


def find_headings(sheets: tuple[Sheet, ...]) -> Outcome[tuple[Sheet, Headings]]:
    """The table with the most columns that are known, the first of equals, and its headings."""
    found = [(sheet, headings) for sheet in sheets if (headings := _headings(sheet))]
    if not found:
        return Outcome(None, (_missing(sheets),))
    sheet, headings = max(found, key=lambda each: len(each[1].columns))
    problems = tuple(_repeated(sheet, headings))
    others = tuple(each.name for each, _headings in found if each.name != sheet.name)
    if others:
        what = message("只读工作表“{name}”，没有读：{others}", name=sheet.name, others=others)
        problems += (hint("sheet-others", Span(sheet.path), what),)
    if headings.unread:
        unread = tuple(name for _column, name in headings.unread)
        what = message("没有读入的列：{unread}", unread=unread)
        problems += (hint("sheet-column", sheet.span(headings.row, headings.unread[0][0]), what),)
    return Outcome((sheet, headings), problems)


def _headings(sheet: Sheet) -> Headings | None:
    """The first row that names the column of names and at least one more, or nothing else at all."""
    for number, row in enumerate(sheet.rows[:MOST_BEFORE], start=1):
        columns: dict[Field, tuple[int, ...]] = {}
        unread = []
        for column, text in enumerate(row, start=1):
            field = _FIELDS.get(_plain(text))
            if field:
                columns[field] = (*columns.get(field, ()), column)
            elif text and text not in _NUMBERING:
                unread.append((column, text))
        if Field.NAME in columns and (len(columns) > 1 or not unread):
            return Headings(number, columns, tuple(unread))
    return None


def _plain(heading: str) -> str:
    """Without blanks, what stands in brackets, and a colon: `份 数（份）` is 份数."""
    text = "".join(unicodedata.normalize("NFKC", heading).split())
    return re.sub(r"\([^)]*\)|[::*]", "", text)


def _repeated(sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    for field, columns in headings.columns.items():
        if len(columns) > 1 and field is not Field.CONTACT:
            what = message("“{name}”有两列", name=field.value)
            yield error("sheet-head", sheet.span(headings.row, columns[1]), what, message("只留一列，或改一个列名"))


def _missing(sheets: tuple[Sheet, ...]) -> Problem:
    path = sheets[0].path if sheets else ""
    what = message("前 {most} 行里找不到列名，至少要有“名称”这一列", most=MOST_BEFORE)
    known = tuple(field.value for field in COLUMNS)
    return error("sheet-head", Span(path), what, message("列名可以写：{known}；不清楚的，先导出一份看看", known=known))
