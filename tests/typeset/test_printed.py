"""Lines as they are printed: the real issue, the sample, and paragraphs made at random, measured on the page."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from statistics import mean

import pytest

from bulletin.compose import compose_edition
from bulletin.model.issue import Issue
from bulletin.prove.glyph_lines import lines_of, read_glyphs
from bulletin.prove.print_edition import read_pages
from tests.conftest import REPOSITORY, composed, printed
from tests.typeset.audit import audit

HAN = "全省各级老干部工作部门认真贯彻落实会议精神坚持把离退休党建放在首位推动组织生活常态化"
MARKS = ["，", "，", "，", "、", "。", "；", "：", "“甲乙”", "《办法》", "（试行）", "》（", "！", "？", "——", "·"]
NUMBERS = ["2020年7月13日", "109.6万名", "75%", "3个", "12月16—17日", "5000多人", "第7期"]


def random_paragraph(source: random.Random) -> str:
    """Han with the marks, numbers and emphasis of official prose."""
    pieces = []
    for _ in range(source.randrange(3, 30)):
        pieces.append("".join(source.choices(HAN, k=source.randrange(2, 14))))
        dice = source.random()
        if dice < 0.7:
            pieces.append(source.choice(MARKS))
        elif dice < 0.85:
            pieces.append(source.choice(NUMBERS))
        elif dice < 0.93:
            pieces.append(
                f"**{''.join(source.choices(HAN, k=4))}。**"
                if source.random() < 0.5
                else f"*{''.join(source.choices(HAN, k=3))}*"
            )
        else:
            pieces.append("WeChat" if source.random() < 0.5 else "[网页](https://example.org)")
    return "".join(pieces) + "。"


@pytest.mark.slow
def test_the_real_issue_is_set_as_it_should_be(seed: Path) -> None:
    """The figures that this composer was made to reach; in brackets those of the bare engine (and of Typst 0.15)."""
    found = audit(printed(*composed(seed)).content)
    assert found.full > 900
    assert found.ragged == []  # 32.8 % (0.2 %)
    assert found.starts == found.ends == []
    assert found.split == []
    assert found.holes == []  # 214 (0)
    assert mean(found.stretches) <= 0.005  # (0.0011)
    assert max(found.stretches) <= 0.0615  # (0.066); a document's number of eleven characters decides it
    assert mean(found.jumps) <= 0.0017  # (0.0017)
    assert found.strays == []  # 7 (0)
    assert found.off_grid == []
    assert (found.lines_a_page, found.characters_a_line) == (22, 28)


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings", ["", "typesetting: {size: 16}\n", "typesetting: {han_latin_gap: 1/4, prohibition: strict}\n"]
)
def test_random_paragraphs_are_set_flush(make: Callable[..., Path], settings: str) -> None:
    """Texts that nobody has tuned anything to, in every setting."""
    source = random.Random(len(settings))
    body = "\n\n".join(random_paragraph(source) for _ in range(120))
    root = make({
        "issues/2026-01/01-report.md": f"---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n{body}\n",
        "bulletin.yaml": f"title: 测试动态\npublisher: 某局\n{settings}",
    })  # fmt: skip
    found = audit(printed(*composed(root)).content, 16.0 if "16" in settings else 15.75)
    assert found.full > 300
    assert found.ragged == []
    assert found.starts == found.ends == found.split == found.holes == found.strays == found.off_grid == []
    assert max(found.stretches) <= 0.2  # words, dates and numbers crowd here as they never do in prose
    assert (found.lines_a_page, found.characters_a_line) in {(22, 28), (22, 27), (22, 29)}


@pytest.mark.slow
def test_the_sample_issue_breaks_no_rule() -> None:
    """Its edges are not asked: lists and quotations have their own (`test_blocks_printed.py`)."""
    found = audit(printed(*composed(REPOSITORY)).content)
    assert found.starts == found.ends == found.split == found.holes == found.strays == []
    assert mean(found.stretches) <= 0.006


def test_names_and_dates_are_found_across_line_ends(issue_of: Callable[[str], Issue]) -> None:
    """What is kept whole is whole in the text of the page; a date may part after its year only."""
    issue = issue_of("局长刘文生同志于2020年7月13日强调要抓好落实。" * 12)
    content = printed(compose_edition(issue), issue.publication).content
    assert "".join(page.body for page in read_pages(content)).count("2020年7月13日") == 12
    lines = [line.text for glyphs in [*read_glyphs(content)][1:] for line in lines_of(glyphs)]
    assert [line for line in lines if line.endswith("年")]
    assert not [line for line in lines if line.endswith(("2", "20", "202", "2020", "7", "7月", "1", "13"))]
