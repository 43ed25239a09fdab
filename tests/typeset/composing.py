"""What the tests of the line composer share: the print faces, and paragraphs composed from plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bulletin.model.line import Line
from bulletin.model.page import BODY_SIZES, TypeSize
from bulletin.model.typeface import FANG, TYPEFACES
from bulletin.typeset.faces import Faces
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, compose_lines, measure_of
from bulletin.typeset.strip import Policy, Run, Style
from tests.conftest import REPOSITORY

BODY = BODY_SIZES["15.75"]


@cache
def faces() -> Faces:
    return Faces({face.file: str(REPOSITORY / "assets/fonts" / face.file) for face in TYPEFACES if not face.house})


def body_measure(cells: int = 28, indent: int = 2, size: TypeSize = BODY) -> Measure:
    return measure_of(size, cells, size.width_em(indent))


def compose(text: str, cells: int = 28, indent: int = 2, policy: Policy = Policy()) -> tuple[Line, ...]:  # noqa: B008
    """The lines of a paragraph of body text."""
    return compose_lines([Run(text, Style(FANG))], body_measure(cells, indent), Setting(faces(), policy))


def texts(text: str, lines: tuple[Line, ...]) -> Iterator[str]:
    return (text[line.start : line.end] for line in lines)
