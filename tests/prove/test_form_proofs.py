"""The proofs of forms see what is wrong with a form: each fault is made, and each is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.compose.forms import FormSource, compose_distribution, compose_signing, compose_slips, form_source
from bulletin.model.forms import LABEL_SIZES, SLIP_SIZE, ColumnKind, FormName, SlipSheet, TableForm
from bulletin.model.key import IssueKey
from bulletin.model.problem import Span
from bulletin.prove.forms import prove_slips, prove_table
from bulletin.prove.glyphs import missing_characters
from bulletin.render.forms import fit_slips, render_slips, render_table
from tests.conftest import REPOSITORY, Make, load
from tests.ledger import assigned

KEY = IssueKey(2026, False, 1)
SPAN = Span("issues/2026-01/issue.yaml")
LIVE = range(1, 11)
UNITS = "".join(f"      - 第{place}科离退休干部工作处\n" for place in range(40))


@pytest.fixture
def source(make: Make) -> FormSource:
    issue = load(make())
    ledger = assigned(issue, {"甲局": "交换站"})
    return form_source(issue, ledger.copies("2026-01"), tuple(ledger.events()), ledger.head(), 4)


@pytest.fixture
def long_source(make: Make) -> FormSource:
    """An issue for so many units that the table takes several pages."""
    text = f"units:\n  - {{name: 甲局, copies: 2}}\ngroups:\n  - name: 各科\n    copies: 1\n    members:\n{UNITS}"
    issue = load(make({"house/recipients.yaml": text}))
    ledger = assigned(issue)
    return form_source(issue, ledger.copies("2026-01"), tuple(ledger.events()), ledger.head(), 4)


def styled(source: FormSource, folder: Path, change: Callable[[str], str]) -> FormSource:
    """The same for a publication with a style sheet of its own."""
    own = folder / "assets"
    (own / "css").mkdir(parents=True)
    (own / "css/forms.css").write_text(change((REPOSITORY / "assets/css/forms.css").read_text()))
    publication = replace(source.issue.publication, assets=(str(own), *source.issue.publication.assets))
    return replace(source, issue=replace(source.issue, publication=publication))


def templated(source: FormSource, folder: Path, name: str, change: Callable[[str], str]) -> FormSource:
    """The same for a publication with a template of its own."""
    own = folder / "templates"
    (own / "forms").mkdir(parents=True)
    changed = change((REPOSITORY / f"templates/forms/{name}").read_text())
    assert changed != (REPOSITORY / f"templates/forms/{name}").read_text()
    (own / "forms" / name).write_text(changed)
    publication = replace(source.issue.publication, templates=(str(own), *source.issue.publication.templates))
    return replace(source, issue=replace(source.issue, publication=publication))


def table_faults(form: TableForm, source: FormSource, said: TableForm | None = None) -> list[str]:
    """What is told of the PDF of a form, or of it as if it were another."""
    content = render_table(form, KEY, source.issue.publication).content
    said = said or form
    numbers = source.live_numbers
    return [str(problem.message) for problem in prove_table(said, numbers, content, SPAN)]


def signing_faults(source: FormSource) -> list[str]:
    """What is told of 签收单, a part for each route."""
    form = compose_signing(source, "")
    content = render_table(form, KEY, source.issue.publication).content
    return [str(problem.message) for problem in prove_table(form, range(1, 6), content, SPAN)]


def slip_faults(sheet: SlipSheet, source: FormSource, said: SlipSheet | None = None) -> list[str]:
    publication = source.issue.publication
    levels = tuple(level or 0 for level in fit_slips(sheet, publication))
    content = render_slips(sheet, levels, KEY, publication).content
    numbers = range(1, 6)
    return [str(problem.message) for problem in prove_slips(said or sheet, numbers, content, SPAN)]


def with_rows(form: TableForm, rows: tuple[tuple[str, ...], ...]) -> TableForm:
    return replace(form, parts=(replace(form.parts[0], rows=rows),))


def labels(source: FormSource) -> SlipSheet:
    return compose_slips(source, FormName.LABELS, LABEL_SIZES[0], 1, "")


def test_a_good_table_has_no_fault(source: FormSource, long_source: FormSource) -> None:
    assert table_faults(compose_distribution(source), source) == []
    assert table_faults(compose_distribution(long_source), long_source) == []


def test_a_row_that_is_missing_or_another(source: FormSource) -> None:
    form = compose_distribution(source)
    assert any("原稿是" in fault for fault in table_faults(with_rows(form, form.rows[1:]), source, form))
    other = tuple(tuple(text.replace("甲局", "乙局") for text in row) for row in form.rows)
    assert any("甲【" in fault or "【甲" in fault for fault in table_faults(with_rows(form, other), source, form))


def test_numbers_that_are_missing_doubled_or_too_many(source: FormSource) -> None:
    form = compose_distribution(source)
    place = next(place for place, column in enumerate(form.columns) if column.kind is ColumnKind.NUMBERS)

    def with_numbers(text: str) -> TableForm:
        first = (*form.rows[0][:place], text, *form.rows[0][place + 1 :])
        return with_rows(form, (first, *form.rows[1:]))

    assert table_faults(with_numbers("000001"), source) == ["分发登记表核对不通过：漏了份号 2"]
    assert table_faults(with_numbers("000001－000003"), source) == ["分发登记表核对不通过：多了份号 3"]
    assert table_faults(with_numbers("000001－000002、000099"), source) == ["分发登记表核对不通过：多了份号 99"]


def test_a_sum_that_is_none(source: FormSource) -> None:
    form = compose_distribution(source)
    total = tuple("11" if text == "10" else text for text in form.parts[0].total)
    wrong = replace(form, parts=(replace(form.parts[0], total=total),))
    assert table_faults(wrong, source) == ["分发登记表核对不通过：份数合计 10，应是 10"]
    row = (*form.rows[0][:3], "3", *form.rows[0][4:])
    assert table_faults(with_rows(form, (row, *form.rows[1:])), source) == [
        "分发登记表核对不通过：份数合计 11，应是 10"
    ]


def test_a_text_outside_its_cell(source: FormSource, tmp_path: Path) -> None:
    wide = styled(source, tmp_path, lambda css: css + ".register td { white-space: nowrap }")
    form = compose_distribution(wide)
    assert table_faults(form, wide) == []
    long = tuple((*row[:2], "江澜省人民政府离退休干部工作办公室秘书处", *row[3:]) for row in form.rows)
    assert any("印到了格子外面" in fault for fault in table_faults(with_rows(form, long), wide))


def test_a_page_without_head_or_number(long_source: FormSource, tmp_path: Path) -> None:
    bare = styled(long_source, tmp_path, lambda css: css.replace("table-header-group", "table-row-group"))
    assert "分发登记表核对不通过：第 2 页没有表头" in table_faults(compose_distribution(bare), bare)
    hidden = styled(
        long_source,
        tmp_path / "other",
        lambda css: css + "@page :first { @bottom-center { content: none !important } }",
    )
    assert table_faults(compose_distribution(hidden), hidden) == ["分发登记表核对不通过：第 1 页的页码不对"]


def test_parts_are_numbered_by_themselves_and_begin_a_page(source: FormSource, tmp_path: Path) -> None:
    assert signing_faults(source) == []
    together = styled(
        source, tmp_path, lambda css: css + "section { break-after: auto !important; page: auto !important }"
    )
    assert signing_faults(together) == ["签收单核对不通过：有 2 部分，只有 1 部分各自起页"]
    through = styled(
        source,
        tmp_path / "through",
        lambda css: css + "@page { @bottom-center { content: '第' counter(page) '页共2页' !important } }",
    )
    assert signing_faults(through) == ["签收单核对不通过：第 1 页的页码不对", "签收单核对不通过：第 2 页的页码不对"]


def test_a_sum_of_a_part_that_is_none(source: FormSource) -> None:
    def swapped(form: TableForm) -> TableForm:
        first, second = form.parts
        return replace(form, parts=(replace(first, total=second.total), replace(second, total=first.total)))

    form = swapped(compose_signing(source, ""))
    content = render_table(form, KEY, source.issue.publication).content
    assert [str(problem.message) for problem in prove_table(form, range(1, 6), content, SPAN)] == [
        "签收单核对不通过：份数合计 5，应是 5"
    ]


@pytest.mark.parametrize("form", [FormName.RECEIPTS, FormName.LABELS])
def test_slips_of_somebody_else(form: FormName, source: FormSource) -> None:
    size = SLIP_SIZE if form is FormName.RECEIPTS else LABEL_SIZES[0]
    sheet = compose_slips(source, form, size, 1, "")
    assert slip_faults(sheet, source) == []
    other = replace(sheet, slips=(replace(sheet.slips[0], holder="乙局"), *sheet.slips[1:]))
    assert any("原稿是" in fault for fault in slip_faults(other, source, sheet))
    fewer = replace(sheet, slips=sheet.slips[1:])
    assert f"{form.value}核对不通过：漏了份号 1－2" in slip_faults(fewer, source)
    assert f"{form.value}核对不通过：有 1 页，页数不对" in slip_faults(
        sheet, source, replace(sheet, start=size.per_sheet)
    )


def test_a_label_whose_texts_do_not_fit(source: FormSource, tmp_path: Path) -> None:
    sheet = labels(source)
    large = styled(source, tmp_path, lambda css: css + ".labels .holder { font-size: 60pt !important }")
    assert any("叠在一起" in fault for fault in slip_faults(sheet, large))
    moved = styled(source, tmp_path / "moved", lambda css: css + ".labels .holder { margin-left: -9mm !important }")
    outside = [fault for fault in slip_faults(sheet, moved) if fault.endswith("印到了格子外面")]
    assert outside == [f"信封标签核对不通过：“{slip.addressee}”印到了格子外面" for slip in sheet.slips]
    beside = styled(source, tmp_path / "beside", lambda css: css + ".labels .foot { bottom: -9mm }")
    assert any("印到了格子外面" in fault for fault in slip_faults(sheet, beside))


def test_a_template_that_forgets_something(source: FormSource, tmp_path: Path) -> None:
    forgets = templated(source, tmp_path, "table.html", lambda text: text.replace("{{ form.anchor }}", ""))
    assert any("登记册截至" in fault for fault in table_faults(compose_distribution(forgets), forgets))
    marking = templated(
        source, tmp_path / "labels", "labels.html", lambda text: text.replace('{{ sheet.marking|join("　") }}', "")
    )
    assert any("内部资料" in fault for fault in slip_faults(labels(marking), marking))


def test_characters_that_no_face_has(source: FormSource) -> None:
    publication = source.issue.publication
    assert missing_characters(["甲局 2026－10《》□　\n"], publication) == ()
    assert missing_characters(["甲🙂乙", "ꀀ"], publication) == ("ꀀ", "🙂")
