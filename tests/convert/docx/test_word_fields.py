"""Fields of Word files: formulas, fields that never end, fields in fields; and words that are drawn as pictures."""

from __future__ import annotations

import pytest

from bulletin.convert.docx import read_docx
from bulletin.convert.docx.fields import formula_text
from bulletin.model.foreign import DropKind
from tests.convert.docx.test_word_text import FIELD, is_whole
from tests.word_files import lines, opened, p, r, word_file

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r" EQ \o\ac(○,3)", "③"),
        (r"eq \o\ac(○,１２)", "⑫"),
        (r"EQ \o\ac(○,99)", "○99"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps21 \o\ad(\s\up 10(pin),拼)', "pin拼"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \f(\r(3,x);2)", "3√x/2"),
        (r"EQ \l(a,b)", "a,b"),
        (r"EQ \b\bc\[(甲)", "[甲"),
        (r"EQ a\,b", "a,b"),
        ("EQ ((((", "(((("),
        (r"EQ \f(", ""),
        ("EQ " + r"\f(" * 400, (r"\f(" * 400)),
    ],
)
def test_formulas_become_words(formula: str, words: str) -> None:
    assert formula_text(formula) == words


def test_a_formula_is_read_and_told() -> None:
    outcome = read_docx(word_file(p(runs=r("第") + BEGIN + code(r"EQ \o\ac(○,1)") + END + r("项"))), "稿.docx")
    assert outcome.value is not None
    assert lines(outcome.value) == ["第①项"]
    assert is_whole(outcome.value)
    assert ["EQ" in str(problem.message) for problem in outcome.problems] == [True]


def test_a_formula_with_a_result_is_its_result() -> None:
    document = opened(p(runs=FIELD.format(code=r"EQ \o\ac(○,1)", result=r("壹"))))
    assert lines(document) == ["壹"]
    assert is_whole(document)


def test_a_field_that_never_ends_takes_nothing_with_it() -> None:
    document = opened(
        p(runs=BEGIN + code("PAGE") + r("甲")) + p("乙") + p(runs=FIELD.format(code="DATE", result=r("丙")))
    )
    assert lines(document) == ["甲", "乙", "丙"]
    assert is_whole(document)


def test_a_field_in_the_code_of_another_is_code() -> None:
    inner = BEGIN + code("MERGEFIELD x") + SEPARATE + r("是") + END
    document = opened(p(runs=BEGIN + code("IF ") + inner + code(" = 是") + SEPARATE + r("甲") + END + r("乙")))
    assert lines(document) == ["甲乙"]
    assert is_whole(document)


def test_words_in_the_result_of_a_field_in_a_link_lead_there() -> None:
    inner = BEGIN + code("PAGEREF x") + SEPARATE + r("七") + END
    document = opened(p(runs=FIELD.format(code='HYPERLINK "https://example.org/"', result=r("见第") + inner)))
    assert {run.link for run in document.blocks[0].runs} == {"https://example.org/"}


def test_word_art_is_words() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath style="x" string="工作动态"/></v:shape></w:pict></w:r>'
    document = opened(p(runs=art) + p("甲"), header=p(runs=art.replace("工作动态", "机密")))
    assert lines(document) == ["工作动态", "甲"]
    assert ("机密", DropKind.HEADER) in [(each.text, each.kind) for each in document.dropped]
    assert is_whole(document)
