"""密级: how a document says that it is classified. None may be made on a machine with a network (safety, row 29).

A mark is the grade, a star and how long it holds (机密★1年; GB/T 9704-2012, 7.2.2: the star may be missing where no term is given). In running
text only what has the star is a mark: 保守秘密, 机密文件, 商业秘密 are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.problem import Problem, Span, error, message

_GRADES = r"(?:绝\s*密|机\s*密|秘\s*密)"
_TERM = r"(?:长期|[0-9０-９一二三四五六七八九十百]+\s*(?:年|个?月|[天日]))"
MARK = re.compile(rf"{_GRADES}\s*[★☆](?:\s*{_TERM})?")
GRADE = re.compile(rf"{_GRADES}|[★☆]")
_BEGIN, _END = r"[ \t　>#*_【（(\[“\"']*", r"[ \t　*_】）)\]”\"'#]*"
_BARE = re.compile(
    rf"{_BEGIN}(?:密\s*级\s*[:：]\s*[“\"']?)?(?P<mark>{_GRADES}\s*级?\s*[★☆*＊·•]?\s*(?P<term>{_TERM})?){_END}"
)
"""A line that is a mark and nothing else."""
_FIELD = re.compile(rf"\s*(?:密级|marking)[\"']?\s*[:：].*?(?P<mark>{_GRADES}\s*[★☆]?\s*{_TERM}?)")
"""A line of YAML where a grade stands as one."""
_AT_ALL = re.compile(_GRADES)
_HEAD = 3
"""Lines of a body that have something in them, at whose place a mark stands that has no term."""


def refused(span: Span, mark: str) -> Problem:
    """What is said of a mark: it stops everything, the site too."""
    what = message("出现密级标志“{mark}”", mark=mark)
    advice = message("涉密信息不得上网，也不得在连网的电脑上处理：请立即停下，按保密规定处置")
    return error("secrecy", span, what, advice)


def marks_in_lines(text: str, path: str, body_line: int) -> Iterator[Problem]:
    """A problem for each line of a file that is a mark and nothing else, or a field that gives a grade; also where the file has errors.

    A grade alone in a line counts where marks stand: before line `body_line`, and in the first lines from there on.
    """
    if not _AT_ALL.search(text):
        return
    written = 0
    for number, line in enumerate(text.split("\n"), start=1):
        written += number >= body_line and bool(line.strip())
        found = _BARE.fullmatch(line)
        if found and not found["term"] and written > _HEAD:
            found = None
        if not found and number < body_line:
            found = _FIELD.match(line)
        if found:
            yield refused(Span(path, number), found["mark"].strip())
