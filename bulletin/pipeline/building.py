"""Building an issue: sources to proven outputs on disk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.load.folders import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.build import BuildOrder, BuildReport
from bulletin.model.errors import RenderingFailed
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, has_errors, in_order, message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.pipeline.conforming import conform, sources_to_attach
from bulletin.pipeline.copies.digits import assure_digits
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.printed import clear_press, digest_of_pdf, print_record, recorded_pdf
from bulletin.pipeline.proofreading import proofread_read, undecided_problems
from bulletin.pipeline.reading import read
from bulletin.pipeline.reporting import Printed, make_proof_report
from bulletin.pipeline.specimen import assure_typesetting
from bulletin.prove.composition import prove_composition
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.glyphs import prove_glyphs
from bulletin.prove.layout import prove_layout
from bulletin.prove.print_edition import prove_print
from bulletin.publish import locked, publish_file
from bulletin.render.print_edition import render_print
from bulletin.render.records import render_print_record
from bulletin.typeset import typeset_edition


def build(root: Path, key: IssueKey, order: BuildOrder, progress: Progress) -> BuildReport:
    """Makes the print PDF, proves it, and puts it and the proof report under the order's `output`.

    Nothing is written when the issue has errors or a proof fails, or, the last time, a finding is undecided. The output is locked from before the sources are read.

    Raises:
        TypesettingFailed: The type specimen does not come out as it should: nothing may be printed.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    with locked(order.output):
        progress(message("正在读取稿件"))
        sources = read(root, key)
        if (issue := sources.value) is None or has_errors(sources.problems):
            return BuildReport(key, sources.problems)
        reading = proofread_read(root, issue, ())
        if order.final and (undecided := tuple(undecided_problems(reading))):
            return BuildReport(key, in_order((*sources.problems, *undecided)), proofreading=reading.counts)
        faces = assure_faces(issue.publication, order.output, progress)
        if faces.value is None:
            return BuildReport(key, in_order((*sources.problems, *faces.problems)))
        _prepare_engine(faces.value, order.output, progress)
        issue = replace(issue, publication=faces.value)
        made = _make_print(root, issue, order.verapdf, progress)
        problems = in_order((*sources.problems, *made.problems))
        if made.value is None or has_errors(problems):
            return BuildReport(key, problems)
        progress(message("正在写入文件"))
        proof = make_proof_report(issue, made.value, sources.problems, problems)
        outputs = _publish(order.output, made.value, proof)
    report = _report(made.value, outputs, problems)
    return replace(report, articles=len(issue.manuscripts), proofreading=reading.counts)


def _report(printed: Printed, outputs: tuple[str, ...], problems: tuple[Problem, ...]) -> BuildReport:
    return BuildReport(
        key=printed.edition.masthead.key,
        problems=problems,
        outputs=outputs,
        pages=printed.layout.figures.pages,
        blank_pages=printed.layout.figures.blank_pages,
        print_run=printed.edition.print_run,
        printed=printed.record,
        conformance=printed.conformance,
    )


def _prepare_engine(publication: Publication, output: Path, progress: Progress) -> None:
    """Makes sure of the engine, and has it draw the digits of copy numbers ahead; if they cannot be drawn, it matters, and is told,
    when copies are printed."""
    assure_typesetting(publication, output, progress)
    if publication.copy_number.position != "none":
        with suppress(RenderingFailed):
            assure_digits(publication, output)


def _publish(output: Path, printed: Printed, proof: Artifact) -> tuple[str, ...]:
    """Puts everything where it belongs; returns what an editor opens."""
    key = printed.edition.masthead.key
    if recorded_pdf(output / str(key)) != printed.record.pdf:
        clear_press(output, key, recorded_pdf(output / str(key)))
    outputs = (publish_file(output, printed.artifact), publish_file(output, proof))
    publish_file(output, render_print_record(key, printed.record))
    return tuple(map(str, outputs))


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
