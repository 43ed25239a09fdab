"""Building an issue: sources to proven outputs on disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose import compose_edition, compose_web_edition
from bulletin.load import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.build import BuildReport, Progress
from bulletin.model.edition import Audience
from bulletin.model.issue import Issue, IssueKey
from bulletin.model.problem import Problem, Span, has_errors, message
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.reading import in_order, read
from bulletin.pipeline.specimen import assure_typesetting
from bulletin.prove import count_pages, prove_composition, prove_glyphs, prove_print, prove_web
from bulletin.publish import locked, publish_file, publish_folder
from bulletin.render import render_print, render_web
from bulletin.typeset import typeset_edition


def build(root: Path, key: IssueKey, audience: Audience, output: Path, progress: Progress) -> BuildReport:
    """Makes the print PDF and the web edition, proves both, and puts them under `output`.

    Nothing is written when the issue has errors or a proof fails. The output is locked from before the sources are read, so
    that a build which read an older state never comes after one that read a newer.

    Raises:
        TypesettingFailed: The type specimen does not come out as it should: nothing may be printed.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    with locked(output):
        progress(message("正在读取稿件"))
        sources = read(root, key)
        issue = sources.value
        if issue is None or has_errors(sources.problems):
            return BuildReport(key, audience, sources.problems)
        faces = assure_faces(issue.publication, output, progress)
        if faces.value is None:
            return BuildReport(key, audience, in_order((*sources.problems, *faces.problems)))
        issue = replace(issue, publication=faces.value)
        assure_typesetting(issue.publication, output, progress)
        printed = _make_print(issue, progress)
        web = _make_web(issue, audience, progress)
        problems = in_order((*sources.problems, *printed.problems, *web.problems))
        if has_errors(problems):
            return BuildReport(key, audience, problems)
        progress(message("正在写入文件"))
        outputs = [publish_file(output, printed.artifacts[0])]
        pages = publish_folder(output, web.folder, web.artifacts)
        outputs += [pages / "index.html"] if web.artifacts else []
    return BuildReport(
        key=key,
        audience=audience,
        problems=problems,
        outputs=tuple(map(str, outputs)),
        pages=printed.pages,
        articles=len(issue.manuscripts),
        web_articles=web.articles,
        print_run=printed.print_run,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]
    articles: int
    folder: str = ""
    pages: int = 0
    print_run: int = 0


def _make_print(issue: Issue, progress: Progress) -> _Made:
    edition = compose_edition(issue)
    where = Span(issue_path(edition.masthead.key))
    glyphs = prove_glyphs(issue, edition)
    if has_errors(glyphs):
        return _Made((), glyphs, len(edition.articles))
    progress(message("正在排版：印刷版，{count} 篇", count=len(edition.articles)))
    typeset, loose_lines = typeset_edition(edition, issue.publication, where)
    artifact = render_print(typeset, issue.publication)
    progress(message("正在核对印刷版"))
    problems = prove_print(edition, artifact, where)
    return _Made(
        artifacts=(artifact,),
        problems=(*glyphs, *loose_lines, *prove_composition(issue, edition), *problems),
        articles=len(edition.articles),
        pages=count_pages(artifact),
        print_run=edition.imprint.print_run,
    )


def _make_web(issue: Issue, audience: Audience, progress: Progress) -> _Made:
    edition = compose_web_edition(issue, audience)
    progress(message("正在制作并核对网络版，{count} 篇", count=len(edition.articles)))
    artifacts = render_web(edition, issue.publication)
    problems = prove_web(edition, artifacts, Span(issue_path(edition.masthead.key)))
    return _Made(artifacts, problems, len(edition.articles), edition.folder)
