"""Building an issue: sources to proven outputs on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import compose_edition, compose_web_edition
from bulletin.load import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.build import BuildOrder, BuildReport, ConformanceChecks, Progress
from bulletin.model.edition import Audience
from bulletin.model.issue import Issue, IssueKey, PrintRecord
from bulletin.model.problem import Problem, Span, has_errors, message
from bulletin.pipeline.conforming import conform, sources_to_attach
from bulletin.pipeline.printed import digest_of_pdf, print_record
from bulletin.pipeline.reading import in_order, read
from bulletin.pipeline.specimen import assure_typesetting
from bulletin.prove import PrintFile, count_pages, prove_composition, prove_glyphs, prove_print, prove_web
from bulletin.publish import locked, publish_file, publish_folder
from bulletin.render import render_print, render_web
from bulletin.render.records import render_print_record
from bulletin.typeset import typeset_edition


def build(root: Path, key: IssueKey, order: BuildOrder, progress: Progress) -> BuildReport:
    """Makes the print PDF and the web edition, proves both, and puts them under the order's `output`.

    Nothing is written when the issue has errors or a proof fails. The output is locked from before the sources are read, so
    that a build which read an older state never comes after one that read a newer.

    Raises:
        TypesettingFailed: The type specimen does not come out as it should: nothing may be printed.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    audience, output = order.audience, order.output
    with locked(output):
        progress(message("正在读取稿件"))
        sources = read(root, key)
        issue = sources.value
        if issue is None or has_errors(sources.problems):
            return BuildReport(key, audience, sources.problems)
        assure_typesetting(issue.publication, output, progress)
        printed = _make_print(root, issue, order.verapdf, progress)
        web = _make_web(issue, audience, progress)
        problems = in_order((*sources.problems, *printed.problems, *web.problems))
        if has_errors(problems):
            return BuildReport(key, audience, problems)
        progress(message("正在写入文件"))
        outputs = [publish_file(output, artifact) for artifact in printed.artifacts][:1]
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
        printed=printed.record,
        conformance=printed.conformance,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]
    articles: int
    folder: str = ""
    pages: int = 0
    print_run: int = 0
    record: PrintRecord | None = None
    conformance: ConformanceChecks | None = None


def _make_print(root: Path, issue: Issue, verapdf: str, progress: Progress) -> _Made:
    edition = compose_edition(issue)
    where = Span(issue_path(edition.masthead.key))
    problems = prove_glyphs(edition, issue.publication.faces, where)
    if has_errors(problems):
        return _Made((), problems, len(edition.articles))
    progress(message("正在排版：印刷版，{count} 篇", count=len(edition.articles)))
    typeset, substitutions = typeset_edition(edition, issue.publication, where)
    if has_errors(substitutions):
        return _Made((), substitutions, len(edition.articles))
    sources = sources_to_attach(root, issue)
    artifact = render_print(typeset, issue.publication, sources)
    progress(message("正在核对印刷版"))
    problems = prove_print(edition, typeset, artifact, where)
    record = print_record(issue, digest_of_pdf(artifact.content))
    standard = issue.publication.pdf_standard
    finished = PrintFile(artifact.content, edition, standard, sources, str(root.resolve()))
    if verapdf:
        progress(message("正在请 veraPDF 检查印刷版"))
    conformance = conform(finished, verapdf, where)
    return _Made(
        artifacts=(artifact, render_print_record(edition.masthead.key, record)),
        problems=(*substitutions, *prove_composition(issue, edition), *problems, *conformance.problems),
        articles=len(edition.articles),
        pages=count_pages(artifact.content),
        print_run=edition.imprint.print_run,
        record=record,
        conformance=conformance.value,
    )


def _make_web(issue: Issue, audience: Audience, progress: Progress) -> _Made:
    edition = compose_web_edition(issue, audience)
    progress(message("正在制作并核对网络版，{count} 篇", count=len(edition.articles)))
    artifacts = render_web(edition, issue.publication)
    problems = prove_web(edition, artifacts, Span(issue_path(edition.masthead.key)))
    return _Made(artifacts, problems, len(edition.articles), edition.folder)
