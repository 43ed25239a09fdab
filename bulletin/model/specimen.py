"""The type specimen: for each rule of composition an example, as the layout engine alone sets it and as we do."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.prose import SetText

SPECIMEN_CELLS = 13
"""Characters of a line of an example; two columns of them stand side by side."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, who says so, a text that shows it, and the name of the chain of faces that it is set in."""

    name: str
    source: str
    text: str
    face: str


@dataclass(frozen=True, slots=True)
class TypesetRule:
    """A rule with its example in finished lines, and how wide each of them is, in em."""

    rule: Rule
    lines: SetText
    widths_em: tuple[float, ...]
