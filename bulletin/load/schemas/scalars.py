"""What a value in a YAML file may be: scalars read from text, and the base of all schemas."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WHOLE = re.compile(r"[0-9]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")
_PROFILE_NAME = re.compile(r"\w[\w（）()-]{0,19}")


def _whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole", "not a whole number")


def _decimal(value: object) -> float:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    raise PydanticCustomError("decimal", "not a number")


def _profile_name(value: str) -> str:
    """A name that can be a file's: letters, Han and digits."""
    if not _PROFILE_NAME.fullmatch(value):
        raise PydanticCustomError("profile_name", "not a name of a file")
    return value


def _day(value: object) -> date:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("day", "not a date")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day") from None


def _yes(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("yes", "not true or false")


def _no_comment(value: str) -> str:
    if "<!--" in value:
        raise PydanticCustomError("comment", "a comment")
    return value


def _lines(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\n]+$"),
    AfterValidator(_no_comment),
]
Paragraphs = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000), AfterValidator(_no_comment)
]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Decimal = Annotated[float, BeforeValidator(_decimal), WithJsonSchema({"type": "number", "minimum": 0})]
ProfileName = Annotated[str, AfterValidator(_profile_name)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Lines = Annotated[
    tuple[Words, ...],
    BeforeValidator(_lines),
    Field(min_length=1, max_length=10),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


class Schema(BaseModel):
    """Base of all: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
