"""Lines of any text: nothing lost, no rule broken, no line over its measure; and as wide as HarfBuzz sets them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.model.line import Line
from bulletin.model.marks import CLOSED, NO_END, NO_START, foreign_words
from bulletin.model.typeface import FANG
from bulletin.typeset import fit
from bulletin.typeset.binding import Break, find_breaks
from bulletin.typeset.strip import Policy
from tests.typeset.composing import body_measure, compose, faces, texts

HAN = st.text(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
    min_size=1,
    max_size=12,
)
PIECES = st.one_of(
    HAN, HAN, HAN,
    st.sampled_from("，。、；：！？"),
    st.sampled_from(["“甲乙”", "《规定》", "（试行）", "‘丙’", "——", "……", "》（", "）、", "”“", "〔2020〕7号", "·", "～", "—"]),
    st.integers(0, 10**7).map(str),
    st.sampled_from(["109.6万", "98.5%", "2020年7月13日", "12月16—17日", "5000多名", "WeChat", "COVID-19", "https://www.example.org/a/b?c=1", " and ", "昇", "𪚥", "①"]),
    st.sampled_from(["👍", "👨‍👩‍👧", "é", "ひら", "Ж"]),
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join).map(str.strip).filter(bool)
POLICIES = st.builds(Policy, st.sampled_from([0, 125, 250]), st.just(()), st.booleans())
SLACK_EM = 0.03


def is_forced(text: str, line: Line) -> bool:
    """True if the line ends where none may: only what is wider than a line is parted so."""
    return not line.last and find_breaks(text, ())[next_start(text, line)] is Break.NEVER


def next_start(text: str, line: Line) -> int:
    place = line.end
    while place < len(text) and text[place] == " ":
        place += 1
    return place


@settings(max_examples=200)
@given(TEXTS, st.sampled_from([12, 24, 28, 42]), POLICIES)
@example("https://" + "a" * 300, 28, Policy())
@example("1" * 200, 28, Policy())
@example("——" * 40, 12, Policy())
@example("“" * 30 + "”" * 30, 12, Policy())
@example("字", 28, Policy())
def test_any_text_is_set_whole_and_within_its_measure(text: str, cells: int, policy: Policy) -> None:
    text = re.sub(" +", " ", text)
    lines = compose(text, cells, policy=policy)
    width = body_measure(cells).width_em
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
    for line, following in pairwise(lines):
        assert line.start < line.end <= following.start
        assert not text[line.end : following.start].strip(), "only blanks go missing between lines"
    for line in lines:
        indent = body_measure(cells).indent_em if not line.start else 0.0
        forced = is_forced(text, line) or (
            line.start and find_breaks(text, (), strict=policy.strict)[line.start] is Break.NEVER
        )
        assert line.width_em <= width - indent + SLACK_EM or forced or unbreakable(text, line)
        assert 0 <= line.spacing.brackets <= 500
        assert 0 <= line.spacing.commas <= 500
        assert 0 <= line.spacing.stops <= 500
        if not forced:
            shown = text[line.start : line.end]
            assert line.start == 0 or shown[0] not in NO_START or shown.startswith("——")
            assert line.last or shown[-1] not in NO_END - {"/"}  # an address may part after its strokes


def unbreakable(text: str, line: Line) -> bool:
    """True if no line may end inside this one."""
    return not any(find_breaks(text, ())[line.start + 1 : line.end])


@settings(max_examples=150)
@given(TEXTS, POLICIES)
def test_lines_are_as_wide_as_the_faces_set_them(text: str, policy: Policy) -> None:
    """What the composer adds up from sums is what HarfBuzz makes of each line with its features on."""
    text = re.sub(" +", " ", text)
    glyphs = faces().glyphs(FANG)
    borders = {border for word in foreign_words(text) for border in word}
    pitch = body_measure().pitch
    for line in compose(text, policy=policy):
        spaced = replace(line.spacing, gap=0)
        width = 0.0
        place = line.start
        while place < line.end:
            end = place + 1
            alone = place in line.halved
            while (
                end < line.end
                and end not in borders
                and glyphs[text[end]].family == glyphs[text[place]].family
                and (end in line.halved) == alone
            ):
                end += 1
            opening = alone and text[place] in "“‘（《〈【〔"
            features = ("halt",) if alone and not opening else spaced.features
            part = faces().advances(glyphs[text[place]].family, text[place:end], features)
            width += sum(part) - (0.5 if opening else 0.0)
            place = end
        width += sum(text[line.start : line.end].count(" ") * [line.spacing.words / 1000])
        width += len(line.gapped) * line.spacing.gap / 1000
        last = text[line.end - 1]
        room = glyphs[last]
        if last in CLOSED and room.empty_half:
            width -= faces().advances(room.family, last, spaced.features)[0] - 0.5
        elif room.stretches:
            width -= drawn(line, pitch.asked)
        assert width == pytest.approx(line.width_em, abs=0.05)


def drawn(line: Line, usual: int) -> float:
    glyph = faces().advances("Fang", "汉", replace(line.spacing, gap=0).features)
    return glyph[0] - 1


@settings(max_examples=60)
@given(st.lists(HAN, min_size=20, max_size=40).map("".join), st.integers(0, 27))
def test_no_paragraph_ends_in_one_character(text: str, more: int) -> None:
    text = text + "末" * more
    lines = compose(text + "。")
    if len(lines) > 1:
        assert lines[-1].end - lines[-1].start >= 3


def test_the_work_is_linear_in_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = 0
    cost = fit._Fit._cost

    def counted(self: fit._Fit, start: int, index: int, over: float) -> float:
        nonlocal weighed
        weighed += 1
        return cost(self, start, index, over)

    monkeypatch.setattr(fit._Fit, "_cost", counted)
    text = "全省各级老干部工作部门认真贯彻落实会议精神，坚持把“两个维护”放在首位，2020年共办实事1234件，受到好评。"
    counts = []
    for times in (40, 80, 160):
        weighed = 0
        compose(text * times)
        counts.append(weighed)
    assert counts[2] / counts[0] < 6  # 4 times the text; a search is repeated more widely where it must be


def test_adjacent_marks_across_faces_are_closed_up() -> None:
    """One face cannot see a mark of the other, so the composer sets it on half an em."""
    from bulletin.model.typeface import HEI
    from bulletin.typeset.paragraph import Setting, compose_lines
    from bulletin.typeset.strip import Run, Style

    lines = compose_lines(
        [Run("一是强化引领。", Style(HEI)), Run("“两个维护”", Style(FANG))], body_measure(), Setting(faces(), Policy())
    )
    assert lines[0].halved == (6,)
    assert lines[0].width_em == pytest.approx(6 + 0.5 + 6 - 0.5, abs=0.05)


def test_a_line_may_be_drawn_in_or_out_but_the_last_is_left_alone() -> None:
    text = "会议明确指出，要把“两个维护”作为首要的任务，" * 6 + "认真抓好落实。"
    lines = compose(text)
    usual = body_measure().pitch.asked
    assert lines[-1].spacing.stretch == usual
    assert any(line.spacing.brackets or line.spacing.commas for line in lines)
    assert list(texts(text, lines))[-1].endswith("落实。")
