"""A file as it lies on the disk: places in it by characters, bytes and halves, and edits that touch nothing else."""

from __future__ import annotations

import codecs

import pytest

from bulletin.load.encoding import read_original
from bulletin.model.original import Edit, Original
from bulletin.model.problem import Span
from tests.conftest import Make

TEXT = "第一行\r\n甲😀乙𠮷丙\n\u3000\u3000丁\r戊"


@pytest.mark.parametrize(
    ("line", "column", "offset", "halves"),
    [(1, 1, 0, 1), (1, 3, 2, 3), (2, 1, 5, 1), (2, 3, 7, 4), (2, 5, 9, 7), (3, 3, 13, 3), (4, 1, 15, 1), (4, 2, 16, 2)],
)
def test_places(line: int, column: int, offset: int, halves: int) -> None:
    original = Original("a.md", TEXT)
    span = Span("a.md", line, column)
    assert original.offset(span) == offset
    assert original.utf16_column(span) == halves
    assert original.byte_offset(offset) == len(TEXT[:offset].encode())
    assert original.line(line)[column - 1 :][:1] == TEXT[offset : offset + 1]


@pytest.mark.parametrize("line", [0, 5, -1])
def test_there_is_no_such_line(line: int) -> None:
    assert Original("a.md", TEXT).line(line) == ""


@pytest.mark.parametrize(
    ("codec", "mark"), [("gb18030", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE)]
)
def test_bytes_before_a_character(codec: str, mark: bytes) -> None:
    original = Original("a.md", TEXT, codec, mark)
    at = original.byte_offset(original.offset(Span("a.md", 2, 5)))
    assert original.content[at:].decode(codec).startswith("丙")


def test_edits_change_their_characters_only() -> None:
    edited = Original("a.md", TEXT, "gb18030", b"").edited([Edit(5, 6, ""), Edit(9, 9, "新"), Edit(0, 1, "头")])
    assert edited.text == "头一行\r\n😀乙𠮷新丙\n\u3000\u3000丁\r戊"
    assert edited.codec == "gb18030"


@pytest.mark.parametrize(
    "content",
    [
        "甲\n乙\n".encode(),
        codecs.BOM_UTF8 + "甲\r\n乙".encode(),
        "离退休干部党建工作\r\n朱镕基".encode("gb18030"),
        "甲乙丙".encode("utf-16"),
        codecs.BOM_UTF16_BE + "甲\r乙".encode("utf-16-be"),
        "甲a".encode("utf-16-le"),
    ],
)
def test_a_file_is_read_so_that_its_bytes_come_out_again(make: Make, content: bytes) -> None:
    root = make({"a.md": content})
    original = read_original(root, "a.md", 1000).value
    assert original is not None
    assert original.content == content


def test_what_cannot_be_read_has_a_problem(make: Make) -> None:
    root = make({"a.md": b"\xff\x00\xff"})
    assert read_original(root, "a.md", 1000).problems[0].code == "encoding"
    assert read_original(root, "b.md", 1000).problems[0].code == "file-missing"
