"""Imposing an issue: the finished print PDF onto sheets for a press, by profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.load.folders import issue_folder, issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.build import ImposeReport, PressOrder, PressRun
from bulletin.model.errors import UsageError
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.press import Imposition, PressProfile
from bulletin.model.problem import Message, Problem, Span, did_you_mean, error, has_errors, message, warning
from bulletin.model.progress import Progress
from bulletin.model.sheets import BLANK, SADDLE_LIMIT, Side, count_sheets, lay_out, page_order
from bulletin.pipeline.printed import digest_of_pdf, read_printed
from bulletin.pipeline.reading import read
from bulletin.pipeline.signing import record_forced, require_signature
from bulletin.prove.imposition import prove_press
from bulletin.prove.print_edition import count_closing_pages, count_pages
from bulletin.publish import locked, publish_file
from bulletin.render.imposition import render_press


def impose(root: Path, key: IssueKey, wanted: PressOrder, output: Path, progress: Progress) -> ImposeReport:
    """Makes `<output>/<key>/press/<profile>.pdf` from the print PDF that was built there, and reads it back.

    Nothing is written when the print PDF is not what the sources now say, the profile cannot take so many pages, or the sheets
    do not read like the print PDF when they are folded. Issue and output are locked, in the
    order of `sign`: neither a build nor a signature taken back comes between.

    Args:
        root: The publication's folder.
        key: The issue.
        wanted: What is asked for.
        output: The folder of the build.
        progress: Told what is being done.

    Raises:
        UsageError: There is no such profile; or the issue is not signed as it stands, and neither a draft nor forced.
        RenderingFailed: The pages are not A4, or have colours that cannot be converted.
        CannotWrite: The machine is at fault.
    """
    with locked(root / issue_folder(key)), locked(output):
        return _impose(root, key, wanted, output, progress)


def _impose(root: Path, key: IssueKey, wanted: PressOrder, output: Path, progress: Progress) -> ImposeReport:
    progress(message("正在读取稿件"))
    sources = read(root, key)
    issue = sources.value
    if issue is None or has_errors(sources.problems):
        return ImposeReport(key, sources.problems)
    profile = find_profile(issue.publication.press, wanted.profile)
    edition = compose_edition(issue)
    printed = read_printed(issue, output)
    if printed.value is None or has_errors(printed.problems):
        return ImposeReport(key, printed.problems)
    if not wanted.draft and wanted.forced is None:
        require_signature(issue, digest_of_pdf(printed.value))
    order = page_order(profile, count_pages(printed.value), count_closing_pages(edition, printed.value))
    problems = (*printed.problems, *check_order(order, profile, issue))
    if has_errors(problems):
        return ImposeReport(key, problems)
    progress(message("正在拼版并核对"))
    sides = lay_out(profile, order)
    artifact = render_press(printed.value, sides, profile)
    problems += prove_press(printed.value, artifact.content, profile, order, Span(issue_path(key)))
    if has_errors(problems):
        return ImposeReport(key, problems)
    if wanted.forced is not None:
        record_forced(root, key, replace(wanted.forced, pdf=digest_of_pdf(printed.value)))
    path = publish_file(output / str(key), _named(artifact, wanted))
    return ImposeReport(key, problems, _press_run(path, profile, sides, edition.print_run))


def _named(artifact: Artifact, wanted: PressOrder) -> Artifact:
    """A draft, or what is printed without a signature, has a name of its own: nobody takes it for what was signed."""
    kind = "-样张" if wanted.draft else "-未签发" if wanted.forced else ""
    return replace(artifact, path=artifact.path.removesuffix(".pdf") + f"{kind}.pdf")


def find_profile(profiles: tuple[PressProfile, ...], name: str | None) -> PressProfile:
    """The profile of that name, or the first one.

    Raises:
        UsageError: There is none of that name.
    """
    names = tuple(profile.name for profile in profiles)
    if name is None:
        return profiles[0]
    if name not in names:
        known = message("可用的印制方案：{names}", names=names)
        raise UsageError(message("没有“{name}”这个印制方案", name=name), did_you_mean(name, names, known))
    return profiles[names.index(name)]


def check_order(order: tuple[int, ...], profile: PressProfile, issue: Issue) -> Iterator[Problem]:
    """What an editor should know of the pages before they are folded: too many, or blanks among them."""
    blanks = order.count(BLANK)
    if profile.imposition is Imposition.SADDLE and len(order) > SADDLE_LIMIT:
        what = message("骑马订最多 {most} 页，本期 {pages} 页：太厚，合不拢", most=SADDLE_LIMIT, pages=max(order))
        others = tuple(each.name for each in issue.publication.press if each.imposition is not Imposition.SADDLE)
        advice = message("用 --profile 选别的印制方案（{others}），或分成两册", others=others)
        yield error("press-thick", profile.span, what, advice)
    elif blanks:
        advice = message(
            "不想留白页，就增减文字（bulletin save），使页数是 {multiple} 的倍数", multiple=4 if profile.folded else 2
        )
        yield warning("press-blank", Span(issue_path(issue.head.key)), _blanks(order), advice)


def _blanks(order: tuple[int, ...]) -> Message:
    blanks, pages = order.count(BLANK), max(order)
    if order[-1] == BLANK:
        return message("本期 {pages} 页，不够整张：末尾加 {blanks} 个白页，封底是白的", pages=pages, blanks=blanks)
    after = order[order.index(BLANK) - 1]
    return message(
        "本期 {pages} 页，不够整张：第 {page} 页前加 {blanks} 个白页（不编页码），报尾在封底",
        pages=pages,
        page=after + 1,
        blanks=blanks,
    )


def _press_run(path: Path, profile: PressProfile, sides: tuple[Side, ...], copies: int) -> PressRun:
    pages = [cell.page for side in sides for cell in side.cells]
    return PressRun(
        output=str(path),
        profile=profile,
        pages=max(pages),
        blanks=pages.count(BLANK),
        signatures=sides[-1].signature,
        sheets=count_sheets(sides),
        copies=copies,
    )
