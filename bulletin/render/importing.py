"""The report of an import: what was changed, what is unsure, what was left out; one HTML file that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bulletin.model.artifact import Artifact
from bulletin.model.draft import Doubt, DraftIssue, Taken
from bulletin.model.foreign import ChangeKind, DropKind, Place
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Severity
from bulletin.model.repair import Certainty, Repair
from bulletin.render.templates import fill, template_environment

_SEVERITIES = {Severity.ERROR: "制作以前要改的错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_CERTAINTIES = {Certainty.DOUBTFUL: "要人定", Certainty.LIKELY: "多半对", Certainty.SURE: "有把握"}
_DROPPED = {
    DropKind.HIDDEN: "隐藏的文字",
    DropKind.DELETED: "修订中不要的文字",
    DropKind.HEADER: "页眉",
    DropKind.FOOTER: "页脚",
    DropKind.FOLIO: "页码",
    DropKind.FIELD: "域代码",
    DropKind.METADATA: "文件属性",
    DropKind.MARKUP: "标记",
}
_CHANGES = {ChangeKind.INSERTED: "增加", ChangeKind.DELETED: "删去"}
_FIELDS = {
    "title": "标题",
    "subtitle": "副题",
    "speaker": "讲话人",
    "position": "职务",
    "organization": "单位",
    "date": "日期",
    "editors_note": "编者按",
    "masthead": "刊名",
    "publisher": "编印单位",
    "number": "期号",
    "serial": "总期号",
    "marking": "标识",
    "highlights": "本期要览",
    "heading": "标题编号",
    "salutation": "称谓",
    "bullet": "项目符号",
    "editors": "编辑",
    "responsible": "责任编辑",
    "phone": "联系电话",
    "distribution": "报送发",
    "print-run": "印数",
    "print_run": "印数",
}


class RepairGroup(NamedTuple):
    """Repairs for one reason that are equally sure."""

    certainty: str
    why: str
    repairs: tuple[Repair, ...]


def render_import_report(imported: Imported, key: IssueKey, templates: tuple[str, ...]) -> Artifact:
    """`<issue>/import-report-….html` beside the outputs of the issue; of a whole issue `import-report.html`.

    Raises:
        RenderingFailed: See `fill`.
    """
    whole = isinstance(imported.draft, DraftIssue)
    doubts = tuple(_doubts(imported))
    html = fill(
        template_environment(templates, lambda _: "", {}),
        "import-report.html",
        imported=imported,
        key=str(key),
        whole=whole,
        groups=tuple(_groups(imported.repairs)),
        doubts=doubts,
        told=tuple(_told(imported.problems)),
        taken=tuple(_taken(imported)),
        figures=_figures(imported, len(doubts)),
        dropped=_DROPPED,
        changes=_CHANGES,
        place=_place,
    )
    name = (
        "import-report.html"
        if whole
        else f"import-report-{imported.paths[0].rpartition('/')[2].removesuffix('.md')}.html"
    )
    return Artifact(f"{key}/{name}", "text/html", html.encode())


def _figures(imported: Imported, doubts: int) -> tuple[tuple[str, str], ...]:
    sure = Counter(each.certainty for each in imported.repairs)
    characters = len("".join(imported.document.text.split()))
    return (
        ("原文件", f"{imported.document.name}（{imported.document.kind}）"),
        ("字数", f"{characters:,} 字，逐字核对，一字不少"),
        ("文章", f"{len(imported.articles)} 篇"),
        ("改动", f"{len(imported.repairs)} 处，其中要人定的 {sure[Certainty.DOUBTFUL]} 处"),
        ("存疑", f"{doubts} 处"),
    )


def _told(problems: tuple[Problem, ...]) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """What has to be mended before the issue can be made, then what is worth knowing of the file."""
    for severity, name in _SEVERITIES.items():
        same = tuple(problem for problem in problems if problem.severity is severity)
        if same:
            yield name, same


def _groups(repairs: tuple[Repair, ...]) -> Iterator[RepairGroup]:
    """The doubtful ones first; of each certainty those with one reason together."""
    for certainty, name in _CERTAINTIES.items():
        of_this = [each for each in repairs if each.certainty is certainty]
        for why in dict.fromkeys(each.why for each in of_this):
            yield RepairGroup(name, str(why), tuple(each for each in of_this if each.why == why))


def _doubts(imported: Imported) -> Iterator[tuple[str, Doubt]]:
    """Each with the file in which it is marked."""
    files = [path for path in imported.paths if path.endswith(".md")]
    if isinstance(imported.draft, DraftIssue):
        yield from (("issue.yaml", doubt) for doubt in imported.draft.doubts)
    for path, article in zip(files, imported.articles, strict=True):
        yield from ((path.rpartition("/")[2], doubt) for doubt in article.doubts)


def _taken(imported: Imported) -> Iterator[tuple[str, Taken]]:
    """What became a field, or is made by the program: heading numbers and bullets left out, as there are so many."""
    whole = imported.draft.taken if isinstance(imported.draft, DraftIssue) else ()
    for taken in (*whole, *(each for article in imported.articles for each in article.taken)):
        if taken.field not in ("made.bullet", "made.number"):
            name = taken.field.removeprefix("made.")
            yield _FIELDS.get(name, _FIELDS.get(name.partition(".")[0], name)), taken


def _place(place: Place) -> str:
    """Where it stands, as a person finds it."""
    page = f"第{place.page}页" if place.page > 1 or not place.line else ""
    if place.line or place.page:
        return page + (f"第{place.line}行" if place.line else "")
    return f"第{place.paragraph}段" if place.paragraph else ""
