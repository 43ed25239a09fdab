"""Paragraphs through the composer and back: the same tree, the same text, line ends where the lines end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.line import Spacing
from bulletin.model.prose import (
    Code,
    ComposedInline,
    CrossLink,
    Emphasis,
    LineBreak,
    Note,
    Spaced,
    Strong,
    Text,
    WebLink,
)
from bulletin.model.typeface import FANG, HEI, KAI
from bulletin.model.walk import visible_text, walk
from bulletin.typeset.paragraph import Setting, compose_lines, set_paragraph
from bulletin.typeset.strip import BOX, Policy, Run, Style
from bulletin.typeset.weave import without_needless_blanks
from tests.typeset.composing import BODY, body_measure, faces

WORDS = st.text("汉字工作，。“”《》（）2026年a B.—…", min_size=1, max_size=30)
LEAVES = st.one_of(WORDS.map(Text), WORDS.map(Text), WORDS.map(Code), st.just(LineBreak()))
NOTES = st.builds(Note, st.integers(1, 25), st.lists(WORDS.map(Text), min_size=1, max_size=2).map(tuple))


def branches(inner: st.SearchStrategy[ComposedInline]) -> st.SearchStrategy[ComposedInline]:
    content = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Strong, content),
        st.builds(Emphasis, content),
        st.builds(WebLink, st.just("https://example.org"), content),
        st.builds(CrossLink, st.just("02-b"), st.just(""), content),
    )


INLINES = st.recursive(st.one_of(LEAVES, NOTES), branches, max_leaves=12)
CONTENTS = st.lists(INLINES, min_size=1, max_size=8).map(tuple)
POLICIES = st.builds(Policy, st.sampled_from([0, 250]))
KINDS = (Strong, Emphasis, WebLink, CrossLink, Note, Code)


def squeezed(value: object) -> str:
    return "".join(visible_text(value).split())


@settings(max_examples=200)
@given(CONTENTS, POLICIES)
def test_nothing_is_lost_and_nothing_moves(content: tuple[ComposedInline, ...], policy: Policy) -> None:
    [lines] = set_paragraph([(content, FANG)], BODY.size_pt, body_measure(), Setting(faces(), policy)).contents
    assert squeezed(lines) == squeezed(content)
    assert [squeezed(note.content) for note in walk(lines, Note)] == [
        squeezed(note.content) for note in walk(content, Note)
    ]
    for kind in KINDS:
        assert [squeezed(part) for part in walk(lines, kind)] == [squeezed(part) for part in walk(content, kind)]


@settings(max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=20).map("".join), POLICIES)
def test_line_ends_are_where_the_lines_end(text: str, policy: Policy) -> None:
    setting = Setting(faces(), policy)
    runs = without_needless_blanks([Run(text.strip(), Style(FANG))])
    if not runs[0].text:
        return
    [lines] = set_paragraph([((Text(text.strip()),), FANG)], BODY.size_pt, body_measure(), setting).contents
    expected = [runs[0].text[line.start : line.end] for line in compose_lines(runs, body_measure(), setting)]
    woven = "".join(part.content for part in walk(lines, (Text, Spaced)))  # type: ignore[arg-type]
    assert [line.removesuffix(" ") for line in woven.split("\n")] == expected
    assert woven.replace("\n", "") == runs[0].text  # the blank between two words stands at the end of the line


def test_lines_of_usual_spacing_need_no_span_and_others_share_theirs() -> None:
    plain = "全省老干部工作部门认真贯彻落实" * 20
    [lines] = set_paragraph([((Text(plain),), FANG)], BODY.size_pt, body_measure(), Setting(faces(), Policy())).contents
    assert len(lines) == 1
    assert isinstance(lines[0], Text)


def test_blanks_between_han_and_digits_are_the_layouts_business() -> None:
    setting = Setting(faces(), Policy())
    content = (Text("全省 2026 年"), Strong((Text("共 3 个"),)), Text(" 支部 and so on"))
    [lines] = set_paragraph([(content, FANG)], BODY.size_pt, body_measure(), setting).contents
    assert visible_text(lines) == "全省2026年共3个 支部and so on"


def test_a_mark_beside_one_of_another_face_is_halved_by_hand() -> None:
    content = (Strong((Text("一是强化引领。"),)), Text("“两个维护”"))
    [lines] = set_paragraph([(content, FANG)], BODY.size_pt, body_measure(), Setting(faces(), Policy())).contents
    assert [part for part in walk(lines, Spaced) if part.spacing.half] == [Spaced("。", Spacing(half=True))]


@pytest.mark.parametrize("width", [0.5, 1.0, 3.2])
def test_a_box_takes_its_room_in_the_line(width: float) -> None:
    """A picture, a ruby annotation, or anything else that is set as one piece."""
    runs = [
        Run("汉" * 25, Style(FANG)),
        Run(BOX, Style(FANG), width),
        Run("字" * 30, Style(KAI)),
        Run("完。", Style(HEI)),
    ]
    setting, measure = Setting(faces(), Policy()), body_measure(indent=0)
    lines = compose_lines(runs, measure, setting)
    alone = compose_lines(runs[:1], measure, setting)[0].width_em
    assert (lines[0].end > 25) == (alone + width < measure.width_em + 0.05)
    assert all(line.width_em == pytest.approx(measure.width_em, abs=0.03) for line in lines[:-1])
    glued = compose_lines(
        [runs[0], Run("汉汉汉", Style(FANG)), Run(BOX, Style(FANG, glued=True), width)], measure, setting
    )
    assert all(line.start != 28 for line in glued)
