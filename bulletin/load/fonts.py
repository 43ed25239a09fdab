"""The bureau's own font files, as `bulletin.yaml` names them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bulletin.load.files import MEGABYTE, read_bytes
from bulletin.load.schemas import FontsSchema
from bulletin.model.problem import Outcome, Places, Problem, Span, did_you_mean, error, message
from bulletin.model.publication import HouseFace
from bulletin.model.typeface import ROLES, Role

FONT_LIMIT = 64 * MEGABYTE
_NAMED = re.compile(r"(?P<path>.+?)(#(?P<member>[0-9]{1,3}))?")
_ELSEWHERE = re.compile(r"[A-Za-z]:|.*[\\\x00-\x1f]|[/~]")
_COPY_IT = message("把字库文件复制到刊物的 fonts 文件夹里，写成 fonts/文件名")


def load_house_faces(
    root: Path, said: FontsSchema, places: Places
) -> tuple[tuple[HouseFace, ...], tuple[Problem, ...]]:
    """The font files that can be read, and what is wrong with the others; `places` are those of `bulletin.yaml`."""
    loaded = [
        _load(root, role, named, places.of(f"fonts.{role.name}"))
        for role in ROLES
        if (named := getattr(said, role.name)) is not None
    ]
    faces = tuple(outcome.value for outcome in loaded if outcome.value is not None)
    return faces, tuple(problem for outcome in loaded for problem in outcome.problems)


def _load(root: Path, role: Role, named: str, span: Span) -> Outcome[HouseFace]:
    found = _NAMED.fullmatch(named)
    if found is None or _ELSEWHERE.match(named) or ".." in PurePosixPath(named).parts:
        what = message("“{name}”不是刊物文件夹里的文件", name=named)
        return Outcome(None, (error("face-path", span, what, _COPY_IT),))
    path, member = found["path"], found["member"]
    read = read_bytes(root, path, FONT_LIMIT, span)
    if read.value is None:
        return Outcome(None, tuple(_with_near_name(problem, root, path) for problem in read.problems))
    return Outcome(HouseFace(role, path, int(member) if member else None, read.value, span))


def _with_near_name(problem: Problem, root: Path, path: str) -> Problem:
    """The problem of a missing file with the advice to write the name of one that is there."""
    if problem.code != "file-missing":
        return problem
    folder = PurePosixPath(path).parent
    there = sorted(os.listdir(root / folder)) if (root / folder).is_dir() else []
    return replace(problem, advice=did_you_mean(path, [str(folder / name) for name in there], _COPY_IT))
