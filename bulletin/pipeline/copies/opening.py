"""The register of a publication, opened by its settings, and the issues in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.load.publication import load_publication
from bulletin.model.copies import NumberRange
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity, message
from bulletin.model.publication import Publication
from bulletin.model.register import CopyRecord
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.reading import newest
from bulletin.register import Register, open_register


def read_settings(root: Path) -> Publication:
    """The publication, whose `bulletin.yaml` must be right: a register that is opened in the wrong place is two registers.

    Raises:
        UsageError: It has errors, or `root` is no publication.
    """
    require_publication(root)
    outcome = load_publication(root)
    faults = [each for each in outcome.problems if each.severity is Severity.ERROR]
    if outcome.value is None or any(fault.span.path == PUBLICATION_FILE for fault in faults):
        raise UsageError(message("bulletin.yaml 有错误，不能打开登记册"), message("用 bulletin check 看错在哪里"))
    return outcome.value


@contextmanager
def opened(root: Path, publication: Publication, at: str, *, create: bool = False) -> Iterator[Register]:
    """The publication's register.

    Raises:
        UsageError: There is none yet, and none is to be made; or it is another publication's.
    """
    with open_register(root, publication.register, at=at, create=create) as register:
        yield register


def find_registered(register: Register, name: str | None) -> str:
    """The issue of that name whose numbers are registered, or the newest: its folder may be long put away.

    Raises:
        UsageError: Nothing of it is registered.
    """
    keys = tuple(key for each in register.issues() if (key := IssueKey.parse(each)) is not None)
    if not keys:
        raise UsageError(message("登记册还是空的"), message("先排号：bulletin copies assign --by 姓名"))
    if name is None:
        return str(newest(keys))
    if IssueKey.parse(name) not in keys:
        known = tuple(map(str, sorted(keys)[-5:]))
        what = message("“{name}”还没有排号", name=name)
        raise UsageError(
            what, message("先排号：bulletin copies assign {name}；登记了的几期：{known}", name=name, known=known)
        )
    return name


def find_issue_of(
    register: Register, name: str | None, ranges: Sequence[NumberRange], able: Callable[[CopyRecord], bool]
) -> str:
    """The issue that a command over these numbers means: the one that is named; else the only one in which the command can be
    done to the first of them; else the newest.

    Raises:
        UsageError: It could be more than one.
    """
    if name is None and ranges:
        possible = tuple(dict.fromkeys(each.issue for each in register.numbered(ranges[0].first) if able(each)))
        if len(possible) > 1:
            what = message("这个份号不止一期有：{issues}", issues=possible)
            raise UsageError(
                what, message("写明哪一期，如 {issue} {number}", issue=possible[-1], number=ranges[0].first)
            )
        name = possible[0] if possible else None
    return find_registered(register, name)
