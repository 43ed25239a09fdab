"""What is wrong in an author's files, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


_TABLES = (".xlsx", ".csv", ".tsv")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: path relative to the publication, with `/`; line and column from 1, 0 where unknown.

    In a table it is a row and a column, shown as the sheet names its cells: `名册.xlsx:B7`.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.column and self.path.lower().endswith(_TABLES):
            return f"{self.path}:{_letters(self.column)}{self.line}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


def _letters(column: int) -> str:
    """The name of a column of a sheet: A … Z, AA …"""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True)
class Places:
    """Where each field of a file stands, by its path (`editors.phone`, `highlights.0`); the file itself for the rest."""

    file: Span
    fields: tuple[tuple[str, Span], ...]

    def of(self, field: str) -> Span:
        return next((span for name, span in self.fields if name == field), self.file)


class Severity(Enum):
    """How much a problem weighs: an error stops the build, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the editor, still untranslated: a Chinese template and the values for its `{names}`."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return self.template.format(
            **{name: "、".join(value) if isinstance(value, tuple) else str(value) for name, value in self.values}
        )


Value: TypeAlias = "str | int | Message | tuple[str, ...]"
"""What may fill a template: a tuple is shown as a list of names."""


def message(template: str, /, **values: Value) -> Message:
    """A `Message` with its values; translators find `template` by this call."""
    return Message(template, tuple(values.items()))


NOTHING = Message("")


def did_you_mean(name: str, known: Iterable[str], otherwise: Message) -> Message:
    """The advice to write the known name that is nearest to `name`, or `otherwise` where none is near."""
    near = get_close_matches(name, list(known), n=1)
    return message("是不是想写“{near}”？", near=near[0]) if near else otherwise


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `message` says what is, `advice` what to do (empty where the message says it all)."""

    code: str
    severity: Severity
    span: Span
    message: Message
    advice: Message = NOTHING


def error(code: str, span: Span, what: Message, advice: Message = NOTHING) -> Problem:
    """A problem that stops the build."""
    return Problem(code, Severity.ERROR, span, what, advice)


def warning(code: str, span: Span, what: Message, advice: Message = NOTHING) -> Problem:
    """A problem that an editor should look at before printing."""
    return Problem(code, Severity.WARNING, span, what, advice)


def hint(code: str, span: Span, what: Message, advice: Message = NOTHING) -> Problem:
    """Something worth knowing that needs no action."""
    return Problem(code, Severity.HINT, span, what, advice)


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """True if any of the problems stops the build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a reading gave: the value (`None` if it could not be made) and every problem met on the way."""

    value: T | None
    problems: tuple[Problem, ...] = ()


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Each problem once, by file and line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.span, problem.code)))
