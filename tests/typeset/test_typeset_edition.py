"""An edition in finished lines: names, units, bookmarks, and what the editor is told of."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
import uharfbuzz

from bulletin.compose import compose_edition
from bulletin.model.issue import Issue
from bulletin.model.line import Spacing
from bulletin.model.pages import SetImprint
from bulletin.model.problem import Severity, Span
from bulletin.model.prose import Spaced, Text
from bulletin.model.typeface import TYPEFACES, Typeface
from bulletin.model.walk import visible_text, walk
from bulletin.typeset import typeset_edition
from tests.conftest import ARTICLE, REPOSITORY, Make, article, composed, printed, proved, typeset

WHERE = Span("issues/2026-01/issue.yaml")


def told(issue: Issue) -> list[tuple[str, str, int]]:
    _, problems = typeset_edition(compose_edition(issue), issue.publication, WHERE)
    assert {problem.severity for problem in problems} <= {Severity.HINT}
    return [(problem.code, str(problem.message), problem.span.line) for problem in problems]


def test_a_line_that_cannot_be_filled_is_told_with_its_text(issue_of: Callable[[str], Issue]) -> None:
    issue = issue_of("全省各级老干部工作部门认真贯彻落实的数字有12345678901234567890123456789012345678项。")
    [(code, message, line)] = told(issue)
    assert (code, line) == ("line-loose", 7)
    assert "落实的数字有" in message


@pytest.mark.parametrize(
    "face", [face for face in TYPEFACES if face.ranges and not face.house], ids=lambda face: face.family
)
def test_a_family_has_every_character_of_its_range(face: Typeface) -> None:
    """The layout engine takes a family for all of its range and looks no further; blanks and soft hyphens have no glyph."""
    path = REPOSITORY / "assets/fonts" / face.file
    known = set(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))).unicodes)
    missing = {chr(code) for first, last in face.ranges for code in range(first, last + 1)} - set(map(chr, known))
    assert missing <= {"\xa0", "\xad"}


def test_signs_that_another_face_of_the_chain_has_are_printed(make: Make) -> None:
    edition, publication = composed(make({ARTICLE: article("> 时々〆切２０２０年，甲＋乙＝丙＜丁。\n\n*々＄*")}))
    assert proved(edition, publication) == ()


def test_units_of_a_rank_are_not_parted(make: Make) -> None:
    units = [f"第{number}市委老干部局" for number in "一二三四五六七八九"]
    recipients = "units:\n" + "".join(f"  - {{name: {unit}, copies: 1}}\n" for unit in units)
    issue_file = "number: 1\nserial: 10\ndate: 2026-01-20\neditors: {responsible: 张三丰, editors: [李四, 王五六], phone: 010-1}\n"
    issue_file += f"distribution:\n  发: [[{', '.join(units)}]]\n"
    edition, publication = composed(
        make({"house/recipients.yaml": recipients, "issues/2026-01/issue.yaml": issue_file})
    )
    [imprint] = walk(typeset(edition, publication).pages, SetImprint)
    lines = "".join(part.content for part in walk(imprint.distribution, (Text, Spaced))).split("\n")  # type: ignore[arg-type]
    assert len(lines) > 1
    assert all(line.endswith(("、", "。")) for line in lines)
    assert visible_text(imprint.editors[0][1][1]) == "李四、王五六"
    assert list(walk(imprint.editors, Spaced)) == [Spaced("李", Spacing(spread=True))]


def test_bookmarks_have_no_line_ends(make: Make) -> None:
    heading = "提升政治站位，深刻认识离退休干部党建工作在党组织体系建设中的重要地位"
    root = make(
        {
            ARTICLE: article(
                f"## {heading}\n\n正文。",
                "kind: report\ntitle: 以求实创新精神 推动离退休干部党建工作高质量发展\norganization: 某县",
            )
        }
    )
    labels = [mark.get_title() for mark in pdfium.PdfDocument(printed(*composed(root)).content).get_toc()]
    assert labels == ["以求实创新精神 推动离退休干部党建工作高质量发展", f"一、{heading}"]
