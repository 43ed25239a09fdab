"""Titles: whole phrases, balanced lines, no single character left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.line import Stretch
from bulletin.model.typeface import KAI, TITLE
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, compose_lines
from bulletin.typeset.strip import Policy, Run, Style
from bulletin.typeset.titles import break_title
from tests.typeset.composing import faces

SETTING = Setting(faces(), Policy())
WIDTH = 18.1
EXPECTED = (
    "课堂连着生活 教学贴着需求",
    "以政治建设为统领/不断提升沈阳市老干部党建工作水平",
    "关于做好第三季度离退休干部/党支部达标验收工作的通知",
    "在全省老干部系统党建工作能力提升班/暨工作推进会上的总结讲话",
    "五个片区五张网，/山里老党员有了“身边支部”",
    "省委老干部局召开/2026年全省老干部局长会议",
    "扎实推进离退休干部党的建设高质量发展/为全面振兴贡献银发力量",
    "在庆祝中国共产党成立一百零五周年/暨“光荣在党50年”纪念章/颁发仪式上的讲话",
    "关于印发《全省离退休干部党支部/标准化规范化建设实施方案》的通知",
)


@pytest.mark.parametrize("expected", EXPECTED)
def test_titles_break_between_phrases(expected: str) -> None:
    lines = expected.split("/")
    whole = expected.replace("/", " " if lines[0] in {"以政治建设为统领"} or lines[0].endswith("高质量发展") else "")
    assert list(break_title(whole, TITLE, WIDTH, SETTING)) == lines


def test_the_houses_own_terms_are_whole() -> None:
    title = "全市老干部工作部门学习推广支部力量红枫行动经验做法现场会召开"
    kept = Setting(faces(), Policy(kept=("支部力量红枫行动",)))
    assert any("支部力量红枫行动" in line for line in break_title(title, TITLE, 16, kept))


def test_a_dash_stays_with_its_subtitle() -> None:
    lines = break_title("——在全省离退休干部党支部建设推进会暨业务培训班上的讲话", KAI, 24, SETTING)
    assert lines[0].startswith("——在")
    assert len(lines) == 2


@settings(max_examples=60)
@given(st.text("全省老干部工作以“甲”的和2026、《》 在推进会上讲话A", min_size=1, max_size=60), st.floats(4, 20))
def test_any_title_is_whole_and_fits(title: str, width: float) -> None:
    title = " ".join(title.split())
    if not title:
        return
    lines = break_title(title, TITLE, width, SETTING)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(lines)
    for line in lines:
        measure = Measure(100.0, 0.0, Stretch(0, 0), (Stretch(0, 0),))
        set_line = compose_lines([Run(line, Style(TITLE))], measure, SETTING)
        assert set_line[0].width_em <= max(width, 2.0) + 0.6  # a mark that begins a line keeps its empty half there


def test_only_a_title_that_needs_it_loads_the_dictionary() -> None:
    import subprocess
    import sys

    from tests.conftest import REPOSITORY

    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.typeset.test_titles import *\n"
        "break_title('工作简报', TITLE, 18, SETTING)\n"
        "print('rjieba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "False"
