"""The proof report: one HTML file that an editor has on the desk before an issue is printed."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator

from bulletin.model.artifact import Artifact
from bulletin.model.build import FaceFigures, ProofReport
from bulletin.model.problem import Problem, Severity
from bulletin.model.typeface import TYPEFACES
from bulletin.render.templates import fill, template_environment

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_THUMBNAIL_PX = (179, 253)
_FEWEST_COLUMNS, _MOST_COLUMNS = 13, 14
_ROWS = 5
"""On paper so many rows of thumbnails leave room for the rest on the sheet."""


def render_proof(report: ProofReport, templates: tuple[str, ...]) -> Artifact:
    """`<issue>/proof.html`, the same bytes for the same report.

    Raises:
        RenderingFailed: See `fill`.
    """
    environment = template_environment(templates, lambda _: "", {})
    width_px, height_px = _THUMBNAIL_PX
    html = fill(
        environment,
        "proof.html",
        report=report,
        figures=_figures(report),
        severities=_SEVERITIES,
        thumbnails=["data:image/png;base64," + b64encode(picture).decode("ascii") for picture in report.thumbnails],
        marked=marked_pages(report.problems),
        width_px=width_px,
        height_px=height_px,
        columns=min(_MOST_COLUMNS, max(_FEWEST_COLUMNS, -(-len(report.thumbnails) // _ROWS))),
        failed=sum(1 for each in report.examinations if each.faults),
        done=sum(1 for each in report.examinations if each.places),
        not_run=sum(1 for each in report.examinations if each.places is None),
    )
    return Artifact(f"{report.key}/proof.html", "text/html", html.encode())


def marked_pages(problems: Iterable[Problem]) -> frozenset[int]:
    """The pages that problems of weight name: what is called `page` in a message is one of the print edition."""
    named = (
        value
        for problem in problems
        if problem.severity is not Severity.HINT
        for name, value in problem.message.values
        if name == "page"
    )
    return frozenset(page for page in named if isinstance(page, int))


def _figures(report: ProofReport) -> list[tuple[str, str]]:
    """What was counted, each with its name."""
    figures = report.figures
    found = Counter(problem.severity for problem in report.problems)
    blank = f"，其中空白 {figures.blank_pages} 页" if figures.blank_pages else ""
    return [
        ("页数", f"{figures.pages} 页{blank}"),
        ("用纸", f"A4 双面，每份 {figures.sheets} 张，共 {figures.sheets * report.print_run:,} 张"),
        ("字数", f"{figures.characters:,} 字，标点在内"),
        ("行数", f"{figures.lines:,} 行"),
        ("排满的行", f"{figures.full_lines:,} 行，右边不齐 {figures.ragged_lines} 行"),
        ("字距拉开", f"平均 {figures.stretch_mean_em:.3f} 字，最多 {figures.stretch_max_em:.3f} 字"),
        ("问题", "，".join(f"{name} {found[severity]} 个" for severity, name in _SEVERITIES.items())),
        *_faces(figures.faces),
    ]


def _faces(faces: Iterable[FaceFigures]) -> Iterator[tuple[str, str]]:
    """Each face by the name that editors know, with its sizes; several families may be one face to them."""
    labels = {face.family: face.label for face in TYPEFACES}
    sizes: dict[str, set[float]] = {}
    for face in faces:
        sizes.setdefault(labels.get(face.family, face.family), set()).update(face.sizes_pt)
    for label, used in sizes.items():
        yield label, "、".join(f"{size:g}" for size in sorted(used, reverse=True)) + " 磅"
