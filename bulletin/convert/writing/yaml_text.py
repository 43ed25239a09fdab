"""Texts as values of YAML that the strict reader takes: between quotation marks where a plain text would be something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MISSING = "请填写"
"""What stands where nothing was found; `check` reminds of it."""
_PLAIN = re.compile(
    r"(?!-?\s|.*(?::\s|\s#|:$))[0-9A-Za-z\u4e00-\u9fff（《“【][0-9A-Za-z\u4e00-\u9fff（）《》“”‘’【】〔〕、，。；？！—…·： .()/+:-]*"
)
_WORD = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|~")
_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")


def one_line(text: str) -> str:
    """The text as a value that stands in one line, without a comment's beginning."""
    return _BREAKS.sub(" ", text).replace("\t", " ").replace("<!--", "＜!--").strip()


def scalar(text: str) -> str:
    """The text, which is of one line, as a value: plain where that is read as it stands, else between quotation marks."""
    if _PLAIN.fullmatch(text) and not _WORD.fullmatch(text) and text == text.strip():
        return text
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """The texts as a list in one line."""
    return "[" + ", ".join(_in_flow(text) for text in texts) + "]"


def _in_flow(text: str) -> str:
    found = scalar(text)
    return f"'{text}'" if found == text and re.search(r"[,\[\]{}:]", text) else found


def paragraphs(text: str) -> str:
    """The text as a value that has paragraphs."""
    return "\n".join(line for each in _BREAKS.split(text) if (line := one_line(each)))


def block_text(key: str, text: str) -> Iterator[str]:
    """The lines of a field whose value has paragraphs."""
    lines = text.split("\n")
    if len(lines) == 1:
        yield f"{key}: {scalar(text)}"
        return
    yield f"{key}: |-"
    yield from (f"  {line}" for line in lines)
