"""Building an issue: sources to proven outputs on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bulletin.compose import compose_edition, compose_web_edition
from bulletin.load import issue_path
from bulletin.model.build import BuildOrder, BuildReport, Progress
from bulletin.model.edition import Audience
from bulletin.model.issue import Issue, IssueKey
from bulletin.model.problem import Outcome, Span, has_errors, message
from bulletin.pipeline.conforming import conform, sources_to_attach
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.printed import digest_of_pdf, print_record
from bulletin.pipeline.reading import in_order, read
from bulletin.pipeline.reporting import Printed, Web, make_proof_report
from bulletin.pipeline.specimen import assure_typesetting
from bulletin.prove import PrintFile, prove_composition, prove_glyphs, prove_layout, prove_print, prove_web
from bulletin.publish import locked, publish_file, publish_folder
from bulletin.render import render_print, render_web
from bulletin.render.records import render_print_record
from bulletin.typeset import typeset_edition


def build(root: Path, key: IssueKey, order: BuildOrder, progress: Progress) -> BuildReport:
    """Makes the print PDF and the web edition, proves both, and puts them and the proof report under the order's `output`.

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
        faces = assure_faces(issue.publication, output, progress)
        if faces.value is None:
            return BuildReport(key, audience, in_order((*sources.problems, *faces.problems)))
        issue = replace(issue, publication=faces.value)
        assure_typesetting(issue.publication, output, progress)
        made = _make_print(root, issue, order.verapdf, progress)
        web = _make_web(issue, audience, progress)
        problems = in_order((*sources.problems, *made.problems, *web.problems))
        printed = made.value
        if printed is None or has_errors(problems):
            return BuildReport(key, audience, problems)
        report = make_proof_report(issue, printed, web, sources.problems, problems)
        progress(message("正在写入文件"))
        outputs = [publish_file(output, artifact) for artifact in (printed.artifact, report)]
        publish_file(output, render_print_record(key, printed.record))
        pages = publish_folder(output, web.edition.folder, web.artifacts)
        outputs += [pages / "index.html"] if web.artifacts else []
    return BuildReport(
        key=key,
        audience=audience,
        problems=problems,
        outputs=tuple(map(str, outputs)),
        pages=printed.layout.figures.pages,
        articles=len(issue.manuscripts),
        web_articles=len(web.edition.articles),
        print_run=printed.edition.imprint.print_run,
        printed=printed.record,
        conformance=printed.conformance,
    )


def _make_print(root: Path, issue: Issue, verapdf: str, progress: Progress) -> Outcome[Printed]:
    edition = compose_edition(issue)
    where = Span(issue_path(edition.masthead.key))
    glyphs = prove_glyphs(issue, edition)
    if has_errors(glyphs):
        return Outcome(None, glyphs)
    progress(message("正在排版：印刷版，{count} 篇", count=len(edition.articles)))
    typeset, loose_lines = typeset_edition(edition, issue.publication, where)
    if has_errors(loose_lines):
        return Outcome(None, loose_lines)
    sources = sources_to_attach(root, issue)
    artifact = render_print(typeset, issue.publication, sources)
    progress(message("正在核对印刷版"))
    layout = prove_layout(edition, typeset, artifact, issue.publication.typesetting.size, where)
    problems = (*prove_composition(issue, edition), *prove_print(edition, typeset, artifact, where))
    record = print_record(issue, digest_of_pdf(artifact.content))
    finished = PrintFile(artifact.content, edition, issue.publication.pdf_standard, sources, str(root.resolve()))
    if verapdf:
        progress(message("正在请 veraPDF 检查印刷版"))
    conformance = conform(finished, verapdf, where)
    found = (*glyphs, *loose_lines, *problems, *layout.problems, *conformance.problems)
    if conformance.value is None:
        return Outcome(None, found)
    return Outcome(Printed(edition, artifact, problems, layout, record, conformance.value), found)


def _make_web(issue: Issue, audience: Audience, progress: Progress) -> Web:
    edition = compose_web_edition(issue, audience)
    progress(message("正在制作并核对网络版，{count} 篇", count=len(edition.articles)))
    artifacts = render_web(edition, issue.publication)
    problems = prove_web(edition, artifacts, Span(issue_path(edition.masthead.key)))
    return Web(edition, artifacts, problems)
