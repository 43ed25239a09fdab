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
_HOME_PAGE = re.compile(r"https?://[0-9a-z]([0-9a-z.-]*[0-9a-z])?(:[0-9]{1,5})?(/[\w~-][\w.~-]*)*/?", re.ASCII)
_MARKS_OF_LISTS = re.compile("[，、；]")
_COLOUR = re.compile(r"#?(?P<digits>[0-9a-fA-F]{6})")
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
    if set(value) & set(' "<>\\') or not _has_host(value):
        raise PydanticCustomError("web_address", "not a web address")
    return value


def _has_host(value: str) -> bool:
    try:
        address = urlsplit(value)
        port = address.port
    except ValueError:  # half a bracket of IPv6, a port that is none
        return False
    return address.scheme in ("http", "https") and bool(address.hostname) and port != 0


def _site_address(value: str) -> str:
    """A home page that stands on its own or in a folder; its name in small letters, which is how search engines compare it."""
    scheme, separator, rest = value.partition("://")
    host, slash, path = rest.partition("/")
    found = f"{scheme.lower()}{separator}{host.lower()}{slash}{path}"
    if not _HOME_PAGE.fullmatch(found) or not _has_host(found):
        raise PydanticCustomError("site_address", "not the address of a home page")
    return found.removesuffix("index.html").rstrip("/") + "/"


def _colour(value: str) -> str:
    found = _COLOUR.fullmatch(value)
    if not found:
        raise PydanticCustomError("colour", "not a colour")
    return f"#{found['digits'].lower()}"


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


def _parted(value: object) -> object:
    """A list, also where its items are parted by the marks of Chinese, which are none in YAML."""
    listed = _lines(value)
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return listed
    return [part for each in listed for part in _MARKS_OF_LISTS.split(each)]


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\n]+$"),
    AfterValidator(_no_comment),
]
LongWords = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=3000, pattern=r"^[^\n]+$"),
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

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Subjects = Annotated[
    tuple[Annotated[Words, Field(max_length=20)], ...],
    BeforeValidator(_parted),
    AfterValidator(_each_once),
    Field(max_length=8),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
WebAddress = Annotated[
    Words, AfterValidator(_web_address), WithJsonSchema({"type": "string", "pattern": r"^https?://[^\s\"<>\\]+$"})
]
SiteAddress = Annotated[
    Words,
    AfterValidator(_site_address),
    WithJsonSchema({"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s?#@]+$"}),
]
Colour = Annotated[
    str,
    AfterValidator(_colour),
    WithJsonSchema({"type": "string", "pattern": f"^{_COLOUR.pattern.replace('?P<digits>', '')}$"}),
]
SiteCode = Annotated[
    str, AfterValidator(_site_code), WithJsonSchema({"type": "string", "pattern": f"^{_SITE_CODE.pattern}$"})
]
