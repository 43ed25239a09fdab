"""What is known of a font file, and what a report says of it."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Problem, Span
from bulletin.model.typeface import Role


@dataclass(frozen=True, slots=True)
class FaceFacts:
    """The name that a font gives itself, its licence in a line (may be empty), and the characters that can be printed with it."""

    name: str
    licence: str
    characters: frozenset[str]


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character of the issue that its face does not have, the face that stands in for it (`None` where none has it), and
    where it is first met."""

    character: str
    stand_in: Message | None
    span: Span


@dataclass(frozen=True, slots=True)
class FaceStatus:
    """A face and what it covers: how many of GB 2312, of the 通用规范汉字表, and of the different characters that the issue sets in it.

    `path` is that of the bureau's own file, relative to the publication, or empty; `file` is the name of the built-in one.
    """

    role: Role
    facts: FaceFacts
    path: str
    file: str
    gb_2312: int
    standard: int
    used: int
    missing: tuple[MissingCharacter, ...]

    @property
    def covered(self) -> int:
        """Of the characters that the issue sets in it, those that it has."""
        return self.used - len(self.missing)


@dataclass(frozen=True, slots=True)
class FontsReport:
    """The faces by role, for an issue; `key` is missing where there is none, or it cannot be composed."""

    key: IssueKey | None
    faces: tuple[FaceStatus, ...]
    problems: tuple[Problem, ...]
