"""Everything that an author may write comes out flush: each full line of each block ends where its column does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin.model.page import WIDTH_PT, left_margin_pt
from bulletin.model.pages import Passage, TypesetEdition
from bulletin.model.problem import Span
from bulletin.model.prose import Code, Note, Paragraph, Quote, Rest, Spaced, Text
from bulletin.model.walk import walk
from bulletin.prove.glyph_lines import lines_of, read_glyphs
from bulletin.prove.print_edition import prove_print
from bulletin.render.print_edition import render_print
from tests.conftest import composed, typeset
from tests.typeset.audit import right_of

HAN = "全省各级老干部工作部门认真贯彻落实会议精神坚持把离退休党建放在首位推动组织生活常态化"
BODIES = {
    "lists three deep": f"- {HAN * 2}\n  - {HAN * 2}\n    - {HAN * 2}\n",
    "a long ordered list": "".join(f"{number}. {HAN * 2}\n" for number in range(1, 13)),
    "a quote and a list in it": f"> {HAN}，{HAN}。\n>\n> 1. {HAN}；{HAN}。\n",
    "楷体 with rare signs": f"> 时々学习，{HAN}２０２０年，甲＋乙＝丙，{HAN}。\n\n*{HAN}々，{HAN}*，{HAN}。",
    "tabs and wide blanks": f"甲\t{HAN}，乙\u3000{HAN}{HAN[:17]}\u3000{HAN}。",
    "interpuncts beside marks": f"{HAN[:9]}卡尔·马克思·《资本论》，{HAN}王某·“甲”，{HAN}“甲”·“乙”，{HAN}会·（乙）。" * 3,
    "foreign words beside marks": f"{HAN[:12]}カタカナ（试行），{HAN}Ж（精神），{HAN}NGO“带头”，{HAN}“NGO”。" * 3,
    "blanks beside marks": f"{HAN[:14]}it's “ok” (a)，{HAN}say yes to it，{HAN}A、B and C。" * 3,
    "blanks that may not part": f"{HAN[:15]}5\u00a0000人，{HAN}A\u00a0B，{HAN}。",
    "code with blanks": f"{HAN[:20]}`make bench`，{HAN}`abc def ghi`{HAN}`x`{HAN}。" * 2,
    "bold beside marks": f"**{HAN[:8]}。**“{HAN[:9]}”，**“{HAN[:5]}”**（{HAN}），*《{HAN[:6]}》*、**《{HAN[:4]}》**“{HAN}”。" * 3,
    "notes": f"{HAN}[^1]，{HAN}。“{HAN}”[^2]（{HAN}）。\n\n[^1]: {HAN * 3}。\n[^2]: “{HAN}”，{HAN}，{HAN}2020年。\n",
    "all of 楷体": f"*{HAN}；{HAN}，“{HAN}”，{HAN}。*\n\n### {HAN}；{HAN[:20]}\n\n**{'（一）'}{HAN[:20]}。**{HAN}。",
    "links across lines": f"{HAN[:20]}[{HAN}，{HAN}](https://example.org/a)，{HAN}。",
}  # fmt: skip
SETTINGS = ("", "typesetting: {size: 16, han_latin_gap: 1/4}\n", "typesetting: {han_latin_gap: 1/8}\n")


def full_lines(edition: TypesetEdition) -> Iterator[tuple[str, float]]:
    """The lines of the body that are to be filled, without blanks, and how far before the type area's edge each ends in characters."""
    blocks = tuple(walk(edition.pages, Passage))
    quoted = {id(paragraph) for quote in walk(blocks, Quote) for paragraph in walk(quote, (Paragraph, Rest))}
    for paragraph in walk(blocks, (Paragraph, Rest)):
        pieces = []
        for part in paragraph.content:
            pieces += [each.mark for each in (part,) if isinstance(each, Note)] or [
                one.content
                for one in walk(part, (Text, Spaced, Code))  # type: ignore[arg-type]
            ]
        for line in "".join(pieces).split("\n")[:-1]:
            yield "".join(line.split()), 2.0 if id(paragraph) in quoted else 0.0


@pytest.mark.slow
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: settings.strip() or "default")
def test_every_full_line_ends_at_its_edge(make: Callable[..., Path], settings: str) -> None:
    for name, body in BODIES.items():
        root = make({
            "issues/2026-01/01-report.md": f"---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n## 引\n\n{body}\n",
            "bulletin.yaml": f"title: 测试动态\npublisher: 某局\n{settings}",
        }, name.replace(" ", "-"))  # fmt: skip
        edition, publication = composed(root)
        lines = typeset(edition, publication)
        artifact = render_print(lines, publication)
        assert prove_print(edition, lines, artifact, Span("issue.yaml")) == (), name
        size = publication.typesetting.size
        wanted = dict(full_lines(lines))
        found = 0
        for number, glyphs in enumerate(read_glyphs(artifact.content), start=1):
            for line in lines_of(glyphs):
                text = "".join(line.text.split())
                if text in wanted:
                    found += 1
                    edge = left_margin_pt(number) + WIDTH_PT - wanted[text] * size.pitch_pt
                    assert right_of(line, size.size_pt) == pytest.approx(edge, abs=0.5), f"{name}: {text}"
        assert found >= len(wanted) * 0.6, name
