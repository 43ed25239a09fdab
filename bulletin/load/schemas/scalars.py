"""What a value in a YAML file may be: scalars read from text, and the base of all schemas."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

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
_PATH = re.compile(r"[/\w.~-]*", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SITE_CODE = re.compile(r"[0-9A-Za-z]{10}")
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


def _web_address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname or set(value) & set(' "<>\\'):
        raise PydanticCustomError("web_address", "not a web address")
    return value


def _site_address(value: str) -> str:
    address = urlsplit(_web_address(value))
    if address.query or address.fragment or address.username or not _PATH.fullmatch(address.path or "/"):
        raise PydanticCustomError("site_address", "not the address of a home page")
    return value.rstrip("/") + "/"


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise PydanticCustomError("colour", "not a colour")
    return value.lower()


def _site_code(value: str) -> str:
    if not _SITE_CODE.fullmatch(value):
        raise PydanticCustomError("site_code", "not a code of a site")
    return value


def _yes(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("yes", "not true or false")


def _no_comment(value: str) -> str:
    if "<!--" in value:
        raise PydanticCustomError("comment", "a comment")
    return value


def _each_once(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value))


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


Subjects = Annotated[
    tuple[Annotated[Words, Field(max_length=20)], ...],
    BeforeValidator(_lines),
    AfterValidator(_each_once),
    Field(max_length=8),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
WebAddress = Annotated[Words, AfterValidator(_web_address)]
SiteAddress = Annotated[Words, AfterValidator(_site_address)]
Colour = Annotated[str, AfterValidator(_colour)]
SiteCode = Annotated[str, AfterValidator(_site_code)]
