"""`bulletin fonts`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_lines, show_problems, show_table
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.cli.width import fit
from bulletin.model.face import FaceStatus, FontsReport, MissingCharacter
from bulletin.model.problem import Message, has_errors
from bulletin.model.repertoire import GB_2312_SIZE, STANDARD_SIZE

_MOST_SHOWN = 12
"""Missing characters that are named; the rest are counted."""
_NAME_COLUMNS = 18


@click.command(
    cls=Command,
    help=_(
        "查看字库：每种字体是哪个文件、收了多少字、本期用到的字缺哪些、缺的用什么代替。不写期号则看最新一期。\n\n"
        "本单位自己的字库写在 bulletin.yaml 的 fonts 下面，一行一种，如“小标宋: fonts/FZXBSJW.TTF”；不写的用自带的。\n\n"
        "例：bulletin fonts 2026-07"
    ),
)
@issue_argument
@json_option
@click.pass_obj
def fonts(place: Place, issue: str | None, as_json: bool) -> int:
    from bulletin.pipeline.fonts import report_fonts
    from bulletin.pipeline.reading import find_issue_if_any

    report = report_fonts(place.root, find_issue_if_any(place.root, issue))
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    unprintable = any(missing.stand_in is None for face in report.faces for missing in face.missing)
    return 1 if unprintable or has_errors(report.problems) else 0


def _show(report: FontsReport) -> None:
    head = (_("字体"), _("字库"), _("文件"), _("本期用字"), "GB 2312", _("规范汉字"))
    show_table(head, [_row(face, known=report.key is not None) for face in report.faces], wide=2)
    show_lines(line for face in report.faces for line in _missing_lines(face))
    show_lines(
        [_("用处：") + _("；").join(f"{face.role.name} {translated(face.role.used_for)}" for face in report.faces)]
    )
    show_lines(_licence_lines(report))
    show_problems(report.problems)


def _row(face: FaceStatus, *, known: bool) -> tuple[str, ...]:
    chinese = not face.role.latin
    return (
        face.role.name,
        fit(face.facts.name, _NAME_COLUMNS).rstrip(),
        face.path or _("自带"),
        f"{face.covered}/{face.used}" if known else "—",
        f"{face.gb_2312}/{GB_2312_SIZE}" if chinese else "—",
        f"{face.standard}/{STANDARD_SIZE}" if chinese else "—",
    )


def _missing_lines(face: FaceStatus) -> Iterator[str]:
    """What the face does not have, by what stands in for it; what nothing stands in for comes first."""
    by_stand_in = sorted(face.missing, key=lambda missing: str(missing.stand_in or ""))
    for stand_in, group in groupby(by_stand_in, key=lambda missing: missing.stand_in):
        listed = list(group)
        named = " ".join(_named(missing) for missing in listed[:_MOST_SHOWN])
        more = _(" 等 {count} 个").format(count=len(listed)) if len(listed) > _MOST_SHOWN else ""
        yield _missing_line(face, named + more, stand_in)


def _named(missing: MissingCharacter) -> str:
    """The character, with its place where it cannot be printed at all."""
    return missing.character if missing.stand_in else f"{missing.character}（{missing.span}）"


def _missing_line(face: FaceStatus, characters: str, stand_in: Message | None) -> str:
    role = face.role.name
    if stand_in is None:
        return _("{role}缺（所有字库都没有，印不出）：{characters}").format(role=role, characters=characters)
    said = _("{role}缺（用{stand_in}代替）：{characters}")
    return said.format(role=role, stand_in=translated(stand_in), characters=characters)


def _licence_lines(report: FontsReport) -> Iterator[str]:
    """The licences, faces of the same one together."""
    licences: dict[str, list[str]] = {}
    for face in report.faces:
        licences.setdefault(face.facts.licence or _("字库里没有写"), []).append(face.role.name)
    for licence, roles in licences.items():
        yield _("许可（{roles}）：{licence}").format(roles=_("、").join(roles), licence=licence)


def _record(report: FontsReport) -> dict[str, object]:
    return {
        "issue": str(report.key) if report.key else None,
        "fonts": [_face_record(face) for face in report.faces],
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _face_record(face: FaceStatus) -> dict[str, object]:
    return {
        "role": face.role.name,
        "used_for": translated(face.role.used_for),
        "name": face.facts.name,
        "licence": face.facts.licence,
        "own": bool(face.path),
        "file": face.path or face.file,
        "used": face.used,
        "covered": face.covered,
        "missing": [_missing_record(missing) for missing in face.missing],
        "gb2312": face.gb_2312,
        "standard": face.standard,
    }


def _missing_record(missing: MissingCharacter) -> dict[str, object]:
    return {
        "character": missing.character,
        "code": f"U+{ord(missing.character):04X}",
        "stand_in": translated(missing.stand_in) if missing.stand_in else None,
        "path": missing.span.path,
        "line": missing.span.line,
    }
