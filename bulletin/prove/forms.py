"""Forms read back: every row and every number once, nothing outside its cell or label, no line on another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bulletin.model.copies import numbers_text
from bulletin.model.forms import (
    BINDING_MM,
    EDGE_MM,
    FOOT_MM,
    HEAD_MM,
    ColumnKind,
    FormName,
    FormPart,
    Slip,
    SlipSheet,
    TableForm,
    parse_numbers,
)
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.printed import PrintedLine
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.prove.comparison import compare_text
from bulletin.prove.glyph_lines import PrintedGlyph, lines_of, read_glyphs
from bulletin.prove.passages import Passage, squeezed

_SLACK_PT = 0.6
_ABOVE, _BELOW = 0.86, 0.1
"""How far ink goes above and below its line, in em."""
_QUIET_MM = 1.0
"""The edge of a label, where a printer that is a little off would print beside it."""
_ADVICE = message("这是程序或模板的问题，表不可用；请报告维护人员")

_Glyphs = tuple[PrintedGlyph, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """A text that must be found, and the box that it must stand in: left, foot, right and top, in points."""

    text: str
    box: tuple[float, float, float, float]

    def holds(self, glyph: PrintedGlyph) -> bool:
        left, foot, right, top = self.box
        across = left - _SLACK_PT <= glyph.x_pt and glyph.right_pt <= right + _SLACK_PT
        down = foot - _SLACK_PT <= glyph.y_pt - _BELOW * glyph.size_pt
        return across and down and glyph.y_pt + _ABOVE * glyph.size_pt <= top + _SLACK_PT


def prove_table(form: TableForm, numbers: Collection[int], content: bytes, span: Span) -> tuple[Problem, ...]:
    """What is wrong with the PDF of a register: other text than the register's, a text outside its cell, a page without the head
    of the table or its number, copies that are missing or doubled, a sum that is none.

    Args:
        form: What was to be printed.
        numbers: The copies that must be in it, each as often as it stands here.
        content: The PDF.
        span: Where the fault is told.
    """
    pages = [_printable(glyphs) for glyphs in read_glyphs(content)]
    areas = [_split(glyphs, form) for glyphs in pages]
    fields = [field for part in form.parts for field in _part_fields(form, part)]
    problems = [*_check_counts(form, numbers, span), *_check_folios(areas, form, span)]
    body, headless = _without_repeated_heads([area for area, _foot in areas], form)
    problems += [_fault(form.name, message("第 {page} 页没有表头", page=page), span) for page in headless]
    return (*problems, *_check_fields(fields, body, form.name, span))


def _printable(glyphs: Iterable[PrintedGlyph]) -> _Glyphs:
    return tuple(glyph for glyph in glyphs if not glyph.character.isspace())


def _text(glyphs: Iterable[PrintedGlyph]) -> str:
    return "".join(glyph.character for glyph in glyphs)


def _split(glyphs: _Glyphs, form: TableForm) -> tuple[_Glyphs, str]:
    """The glyphs between the upper and the lower margin, and the text in the lower one."""
    foot, top = FOOT_MM * POINTS_PER_MM, (form.paper_mm[1] - HEAD_MM) * POINTS_PER_MM
    area = tuple(glyph for glyph in glyphs if foot <= glyph.y_pt < top)
    return area, _text(glyph for glyph in glyphs if glyph.y_pt < foot)


def _check_folios(areas: Sequence[tuple[_Glyphs, str]], form: TableForm, span: Span) -> Iterator[Problem]:
    """Each part begins on a page, and its pages are numbered by themselves."""
    openings = tuple(squeezed(_title(form, part)) for part in form.parts)
    starts = [page for page, (area, _foot) in enumerate(areas) if _text(area).startswith(openings)]
    if len(starts) != len(form.parts) or starts[:1] != [0]:
        yield _fault(
            form.name,
            message("有 {count} 部分，只有 {starts} 部分各自起页", count=len(form.parts), starts=len(starts)),
            span,
        )
        return
    for start, end in pairwise((*starts, len(areas))):
        for page in range(start, end):
            if areas[page][1] != f"第{page - start + 1}页共{end - start}页":
                yield _fault(form.name, message("第 {page} 页的页码不对", page=page + 1), span)


def _check_counts(form: TableForm, numbers: Collection[int], span: Span) -> Iterator[Problem]:
    """The copies in the column of numbers are those that are wanted, and the column of counts adds up to them."""
    yield from _check_numbers(form.name, form.cells(ColumnKind.NUMBERS), numbers, span)
    counts = [_count(form, part) for part in form.parts]
    sums = [{text for text in part.total if text.isdecimal()} for part in form.parts]
    wrong = any(said and str(count) not in said for count, said in zip(counts, sums, strict=True))
    if wrong or sum(counts) != len(numbers):
        what = message("份数合计 {count}，应是 {wanted}", count=sum(counts), wanted=len(numbers))
        yield _fault(form.name, what, span)


def _count(form: TableForm, part: FormPart) -> int:
    return sum(
        int(text)
        for row in part.rows
        for text, column in zip(row, form.columns, strict=True)
        if column.kind is ColumnKind.COUNT and text
    )


def _check_numbers(name: FormName, cells: Iterable[str], numbers: Collection[int], span: Span) -> Iterator[Problem]:
    found = Counter(number for text in cells for number in parse_numbers(text))
    wanted = Counter(numbers)
    if missing := wanted - found:
        yield _fault(name, message("漏了份号 {numbers}", numbers=numbers_text(missing, 1)), span)
    if extra := found - wanted:
        yield _fault(name, message("多了份号 {numbers}", numbers=numbers_text(extra, 1)), span)


def _without_repeated_heads(pages: Sequence[_Glyphs], form: TableForm) -> tuple[_Glyphs, list[int]]:
    """All glyphs of the pages, the head of the table left out where it is repeated; and the pages that go on without one."""
    head = squeezed("".join(column.title for column in form.columns))
    openings = tuple(squeezed(_title(form, part)) for part in form.parts)
    body: list[PrintedGlyph] = []
    headless = []
    for number, glyphs in enumerate(pages, start=1):
        text = _text(glyphs)
        repeated = text.startswith(head)
        if not repeated and not text.startswith(openings):
            headless.append(number)
        body += glyphs[len(head) if repeated else 0 :]
    return tuple(body), headless


def _title(form: TableForm, part: FormPart) -> str:
    return form.name.value + (f"（{part.title}）" if part.title else "")


def _part_fields(form: TableForm, part: FormPart) -> Iterator[_Field]:
    width, height = (side * POINTS_PER_MM for side in form.paper_mm)
    left, right = BINDING_MM * POINTS_PER_MM, width - EDGE_MM * POINTS_PER_MM
    foot, top = FOOT_MM * POINTS_PER_MM, height - HEAD_MM * POINTS_PER_MM
    page = left, foot, right, top
    edges = [left + edge * POINTS_PER_MM for edge in accumulate((each.width_mm for each in form.columns), initial=0)]
    boxes = [(edge, foot, next_edge, top) for edge, next_edge in pairwise(edges)]
    yield _Field(_title(form, part), page)
    yield _Field(form.subtitle, page)
    yield from (_Field(f"{label}：{value}", page) for label, value in form.facts + part.facts)
    heads = tuple(column.title for column in form.columns)
    for row in (heads, *part.rows, *([part.total] if part.total else [])):
        yield from (_Field(text, box) for text, box in zip(row, boxes, strict=True))
    yield from (_Field(note, page) for note in form.notes + part.notes)
    yield from (_Field(f"{label}：", page) for label in form.signatures)
    yield _Field(form.anchor, page)


def prove_slips(sheet: SlipSheet, numbers: Collection[int], content: bytes, span: Span) -> tuple[Problem, ...]:
    """What is wrong with the PDF of slips or labels: other text than the register's, a text outside its slip, lines on one
    another, copies that are missing or doubled.

    Args:
        sheet: What was to be printed.
        numbers: The copies that must be in it, each once.
        content: The PDF.
        span: Where the fault is told.
    """
    pages = [_printable(glyphs) for glyphs in read_glyphs(content)]
    problems = list(_check_numbers(sheet.name, (slip.numbers for slip in sheet.slips), numbers, span))
    by_page: dict[int, list[_Field]] = {}
    for index, slip in enumerate(sheet.slips, start=sheet.start - 1):
        page, box = _slip_box(sheet, index)
        by_page.setdefault(page, []).extend(_Field(text, box) for text in _slip_texts(sheet, slip))
    if len(pages) != max(by_page, default=-1) + 1:
        problems.append(_fault(sheet.name, message("有 {count} 页，页数不对", count=len(pages)), span))
    for page, glyphs in enumerate(pages):
        fields = by_page.get(page, [])
        problems += _check_fields(fields, glyphs, sheet.name, span)
        problems += _check_lines(fields, glyphs, sheet.name, span)
    return tuple(problems)


def _slip_box(sheet: SlipSheet, index: int) -> tuple[int, tuple[float, float, float, float]]:
    """The page of the `index`-th place from 0, and what may be printed on of it."""
    page, left, top = sheet.size.place_mm(index)
    height = sheet.size.paper_mm[1]
    edges = (
        left + _QUIET_MM,
        height - top - sheet.size.height_mm + _QUIET_MM,
        left + sheet.size.width_mm - _QUIET_MM,
        height - top - _QUIET_MM,
    )
    x1, y1, x2, y2 = (edge * POINTS_PER_MM for edge in edges)
    return page, (x1, y1, x2, y2)


def _slip_texts(sheet: SlipSheet, slip: Slip) -> Iterator[str]:
    """What stands on a slip, in order."""
    if sheet.name is FormName.LABELS:
        yield from ("".join(sheet.marking), slip.route, slip.addressee, slip.address + slip.contact, sheet.short)
        yield f"份号{slip.numbers}共{slip.copies}份，装1件"
        yield f"{sheet.sender}序号{slip.serial}"
        return
    yield from ("".join(sheet.marking), "回执", f"第{slip.serial}号")
    yield f"兹收到{sheet.issue}共{slip.copies}份，份号{slip.numbers}。"
    yield f"收件单位（章）：{slip.addressee}"
    yield "收件人（签字）：收到时间：年月日时分"
    days = f"于{sheet.days}日内" if sheet.days else ""
    phone = f"（电话{sheet.phone}）" if sheet.phone else ""
    yield f"请清点核对，签字盖章，{days}将本回执退回{sheet.sender}{phone}。"
    if slip.due:
        yield f"本件请于{slip.due}前清退。"
    elif sheet.return_days:
        yield f"本件请于发出之日起{sheet.return_days}日内清退。"


def _check_fields(fields: Sequence[_Field], glyphs: _Glyphs, name: FormName, span: Span) -> Iterator[Problem]:
    """The text is that of the fields to the character, and each character in the box of its field."""
    passages = [Passage(squeezed(field.text), span) for field in fields]
    problems = tuple(compare_text(passages, _text(glyphs), Message(name.value)))
    yield from problems
    if problems:
        return
    starts = accumulate((len(passage.text) for passage in passages), initial=0)
    for field, passage, start in zip(fields, passages, starts, strict=False):
        if not all(field.holds(glyph) for glyph in glyphs[start : start + len(passage.text)]):
            yield _fault(name, message("“{text}”印到了格子外面", text=field.text), span)


def _check_lines(fields: Sequence[_Field], glyphs: _Glyphs, name: FormName, span: Span) -> Iterator[Problem]:
    """Within each slip no line stands on another, and no text in a line on another."""
    for box in dict.fromkeys(field.box for field in fields):
        inside = (glyph for glyph in glyphs if box[0] <= glyph.x_pt < box[2] and box[1] <= glyph.y_pt < box[3])
        lines = lines_of(inside)
        crowded = [lower for upper, lower in pairwise(lines) if _too_near(upper, lower)]
        crossed = [line for line in lines if any(after.x_pt < before.right_pt - 1 for before, after in line.pairs)]
        for line in (*crowded, *crossed):
            yield _fault(name, message("“{text}”与别的字叠在一起", text=line.text), span)


def _too_near(upper: PrintedLine, lower: PrintedLine) -> bool:
    needed = _ABOVE * max(glyph.size_pt for glyph in lower.glyphs) + _BELOW * max(each.size_pt for each in upper.glyphs)
    return upper.baseline_pt - lower.baseline_pt < needed


def _fault(name: FormName, what: Message, span: Span) -> Problem:
    return error("proof-form", span, message("{form}核对不通过：{what}", form=name.value, what=what), _ADVICE)
