"""A table of recipients, as offices keep it in Excel, to recipients; every fault at its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bulletin.load.cell_values import value_of
from bulletin.load.files import read_bytes
from bulletin.load.headings import Headings, find_headings
from bulletin.load.recipients import recipients_of
from bulletin.load.separated import read_separated
from bulletin.load.sheet import TABLE_LIMIT, Sheet
from bulletin.load.strict_yaml import YamlPath, YamlTree
from bulletin.load.workbook import read_workbook
from bulletin.model.characters import check_decoded
from bulletin.model.problem import NOTHING, Message, Outcome, Problem, Span, error, has_errors, message
from bulletin.model.recipient_list import ALONE, Field, RecipientTable

_SEPARATED = (".csv", ".tsv", ".txt")
_TOTALS, _SUBTOTALS = frozenset({"合计", "总计", "共计"}), frozenset({"小计"})
_ALONE = frozenset({ALONE, "单列单位", "无", "-", "—", "——"})
_KEYS = {
    Field.NAME: "name",
    Field.COPIES: "copies",
    Field.ROUTE: "route",
    Field.CONTACT: "contact",
    Field.ADDRESS: "address",
    Field.SINCE: "since",
    Field.UNTIL: "until",
    Field.COUNT: "count",
}
_SHARED = frozenset({Field.GROUP, Field.ROUTE, Field.CONTACT, Field.ADDRESS})
"""What a merged cell says of all its rows."""


def load_recipient_table(path: Path) -> Outcome[RecipientTable]:
    """The recipients that the table at `path` lists, and which columns it has."""
    read = read_bytes(path.parent, path.name, TABLE_LIMIT)
    if read.value is None:
        return Outcome(None, read.problems)
    reader = read_separated if path.suffix.lower() in _SEPARATED else read_workbook
    sheets = reader(read.value, path.name)
    if sheets.value is None:
        return Outcome(None, sheets.problems)
    found = find_headings(sheets.value)
    if found.value is None:
        return Outcome(None, found.problems)
    sheet, headings = found.value
    rows = _Rows(sheet, headings)
    rows.read()
    recipients = recipients_of(rows.tree())
    unread = {problem.span for problem in sheet.problems}
    told = (problem for problem in (*rows.problems, *recipients.problems) if problem.span not in unread)
    problems = (*sheet.problems, *found.problems, *told)
    if recipients.value is None or has_errors(problems):
        return Outcome(None, problems)
    return Outcome(RecipientTable(recipients.value, frozenset(headings.columns)), problems)


@dataclass
class _Rows:
    """Reads one row after another into what a `recipients.yaml` would say, with the cell of each value."""

    sheet: Sheet
    headings: Headings
    units: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    """The place of each group among the groups."""
    places: dict[YamlPath, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    above: str = ""
    """The group of the row above."""
    sums: tuple[int, int] = (0, 0)
    """Of the column of copies as it stands, and with groups that say a count counted in full."""

    def tree(self) -> YamlTree:
        """All that was read."""
        whole = dict.fromkeys(((), ("units",), ("groups",)), Span(self.sheet.path))
        value: Any = {"units": self.units, "groups": self.groups}
        return YamlTree(self.sheet.path, value, whole | self.places, {}, frozenset(), ())

    def read(self) -> None:
        """Reads all rows below the headings but blank ones, headings printed again, and sums, which are only compared."""
        start = self.headings.row
        for number, row in enumerate(self.sheet.rows[start:], start=start + 1):
            known = (self._shown(number, column) for columns in self.headings.columns.values() for column in columns)
            if row == self.sheet.rows[start - 1] or not any(known):
                continue
            label = next(text for text in row if text)
            if label in _TOTALS:
                self._compare_total(number)
            elif label not in _SUBTOTALS:
                self._row(number)

    def _row(self, number: int) -> None:
        group = self._group(number)
        said = {key: text for each, key in _KEYS.items() if (text := self._value(number, each))}
        for each in self.headings.columns:
            self.problems += check_decoded(self._cell(number, each), self._span(number, each))
        self._add_up(said)
        counted = "count" in said and not (said["count"] == "1" and "name" in said)
        if counted:
            self._add_counted(number, group, said)
        else:
            self._add_unit(number, group, {"name": "", **{key: said[key] for key in said if key != "count"}})

    def _add_unit(self, number: int, group: str, said: dict[str, str]) -> None:
        if not group:
            self.units.append(said)
            self._place(number, ("units", len(self.units) - 1), said)
            return
        index = self._group_index(number, group, Field.GROUP)
        if "count" in self.groups[index]:
            self._fault(number, Field.GROUP, message("“{name}”前面写了个数，不能再列成员", name=group))
            return
        members = self.groups[index].setdefault("members", [])
        members.append(said)
        self._place(number, ("groups", index, "members", len(members) - 1), said)

    def _add_counted(self, number: int, group: str, said: dict[str, str]) -> None:
        """A group of which only a count is known; it is named in either column."""
        name = said.get("name", group)
        if group and name != group:
            self._fault(number, Field.COUNT, message("写了个数，就不能再写成员名称"))
        elif name in self.index:
            self._fault(number, Field.COUNT, message("“{name}”前面已经有了", name=name))
        else:
            index = self._group_index(number, name, Field.GROUP if group else Field.NAME)
            self.groups[index] |= {**said, "name": name}
            self._place(number, ("groups", index), said)

    def _group_index(self, number: int, group: str, column: Field) -> int:
        """The group's place among the groups; a new one is named in the cell of this row."""
        if group not in self.index:
            self.index[group] = len(self.groups)
            self.groups.append({"name": group})
            where, span = ("groups", self.index[group]), self._span(number, column)
            self.places |= {where: span, (*where, "name"): span}
        return self.index[group]

    def _group(self, number: int) -> str:
        """The group that the row is in; a blank cell below a group's row, which could mean either, is a problem."""
        said = self._cell(number, Field.GROUP)
        if not said and self.above:
            what = message("“组别”空着：是“{group}”的成员，还是单列的单位？", group=self.above)
            advice = message("成员逐行填上组别；单列的单位填“{alone}”", alone=ALONE)
            self._fault(number, Field.GROUP, what, advice)
        self.above = "" if said in _ALONE else said
        return self.above

    def _fault(self, number: int, column: Field, what: Message, advice: Message = NOTHING) -> None:
        self.problems.append(error("sheet-row", self._span(number, column), what, advice))

    def _place(self, number: int, where: YamlPath, said: dict[str, str]) -> None:
        self.places.setdefault(where, self._span(number, Field.NAME))
        for column, key in _KEYS.items():
            if key in said:
                self.places.setdefault((*where, key), self._span(number, column))

    def _span(self, number: int, column: Field) -> Span:
        columns = self.headings.columns.get(column) or self.headings.columns[Field.NAME]
        return self.sheet.span(number, columns[0])

    def _value(self, number: int, column: Field) -> str:
        return value_of(column, self._cell(number, column))

    def _cell(self, number: int, meant: Field) -> str:
        """The text of the field's cells in the row; that of a merged cell where it can be meant for all its rows."""
        columns = self.headings.columns.get(meant, ())
        merged = self.sheet.merged if meant in _SHARED else {}
        texts = (self._shown(merged.get((number, column), number), column) for column in columns)
        return " ".join(dict.fromkeys(filter(None, texts)))

    def _shown(self, number: int, column: int) -> str:
        row = self.sheet.rows[number - 1]
        return row[column - 1] if column <= len(row) else ""

    def _add_up(self, said: dict[str, str]) -> None:
        copies, members = (
            int(text) if text.isdecimal() else 1 for text in (said.get("copies", "1"), said.get("count", "1"))
        )
        self.sums = (self.sums[0] + copies, self.sums[1] + copies * members)

    def _compare_total(self, number: int) -> None:
        said = self._value(number, Field.COPIES)
        if said.isdecimal() and int(said) not in self.sums:
            what = message("合计写的是 {said}，上面各行相加是 {sum}", said=said, sum=self.sums[1])
            advice = message("核对各行，或删去合计这一行")
            self.problems.append(error("sheet-sum", self._span(number, Field.COPIES), what, advice))
