"""Bytes to text: right, or refused; never wrong."""

from __future__ import annotations

import codecs

import pytest

from bulletin.model.encoding import decode

TEXTS = [
    "---\nkind: report\ntitle: 标题\n---\n\n离退休干部党建工作，“两个维护”。\n",
    "沈昇、陶珺、赵堃同志出席；共印340份。\n第二行\n",
    "number: 7  # 第7期，与文件夹名一致\nserial: 494\n",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("encode", "hinted"),
    [
        (lambda text: text.encode(), False),
        (lambda text: codecs.BOM_UTF8 + text.encode(), True),
        (lambda text: text.encode("gb18030"), True),
        (lambda text: text.encode("utf-16"), True),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), True),
        (lambda text: text.encode("utf-16-le"), True),
        (lambda text: text.encode("utf-16-be"), True),
        (lambda text: text.replace("\n", "\r\n").encode(), False),
        (lambda text: text.replace("\n", "\r\n").encode("gbk"), True),
        (lambda text: text.replace("\n", "\r").encode(), False),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "gb18030",
        "utf-16",
        "utf-16-be-bom",
        "utf-16-le",
        "utf-16-be",
        "crlf",
        "gbk-crlf",
        "cr",
    ],
)
def test_read_right(text: str, encode, hinted: bool) -> None:  # type: ignore[no-untyped-def]
    outcome = decode(encode(text), "x.md")
    assert outcome.value == text
    assert [problem.severity.value for problem in outcome.problems] == (["hint"] if hinted else [])


@pytest.mark.parametrize(
    "content",
    [
        "離退休幹部黨建工作，認真學習貫徹".encode("big5"),
        "退職した幹部の仕事について報告する".encode("shift-jis"),
        "离退休干部党建工作".encode()[:-1],
        bytes(range(128, 256)),
        b"\xff\xfe\x00",
    ],
    ids=["big5", "shift-jis", "cut-utf-8", "bytes", "cut-utf-16"],
)
def test_refused_and_not_guessed(content: bytes) -> None:
    outcome = decode(content, "x.md")
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["encoding"]
