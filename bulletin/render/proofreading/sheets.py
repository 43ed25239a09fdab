"""Proof sheets: the text of an article with the findings marked in it, to read, tick off and sign on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin import __version__
from bulletin.model.artifact import Artifact
from bulletin.model.finding import Fix, Safety
from bulletin.model.key import IssueKey
from bulletin.model.moment import moment_text
from bulletin.model.problem import Problem, Severity
from bulletin.model.proof_text import ProofText, ProofTexts, Role, Words
from bulletin.model.proofreading import Counts, Judged, Proofreading, Standing, count
from bulletin.model.reading_aids import ArticleAids, NewAid, NewKind, ReadingAids
from bulletin.render.templates import fill, template_environment

SHEETS = "proofreading"
"""The folder of an issue's proof sheets below its outputs."""
_OWN = "issue"
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_NAMES = {
    Role.TITLE: "标题",
    Role.SUBTITLE: "副题",
    Role.SPEAKER: "姓名",
    Role.POSITION: "职务",
    Role.ORGANIZATION: "单位",
    Role.EDITORS_NOTE: "编者按",
    Role.CELL: "表格",
    Role.CAPTION: "图题",
    Role.NOTE: "脚注",
    Role.HIGHLIGHT: "要览",
    Role.FIELD: "栏目",
}
"""What stands beside texts that the running text does not tell by itself."""

_KINDS = {
    NewKind.QUOTED: "引号里的",
    NewKind.TITLE: "题名",
    NewKind.PERSON: "人名",
    NewKind.ORGANISATION: "单位",
    NewKind.WORD: "词",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that the same findings mark: the look of the heaviest (empty where none does), and the numbers of those that end here."""

    content: str
    look: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text as it is shown: its line in the file, what it is, and its stretches."""

    line: int
    role: str
    name: str
    level: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """A finding as it is listed."""

    number: int
    judged: Judged
    severity: str
    place: str
    proposal: str
    decided: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A proof sheet."""

    name: str
    path: str
    title: str
    counts: Counts
    texts: tuple[SheetText, ...]
    findings: tuple[SheetFinding, ...]
    problems: tuple[Problem, ...]
    made: tuple[tuple[str, str], ...]

    def standing(self, name: str) -> list[SheetFinding]:
        """The findings of this standing (`open`, `kept`, `asked`)."""
        return [each for each in self.findings if each.judged.standing.value == name]


def render_sheets(
    reading: Proofreading, heading: str, made: tuple[Fix, ...], templates: tuple[str, ...]
) -> tuple[Artifact, ...]:
    """`<issue>/proofreading/<article>.html` for each article of the reading, and `issue.html` for what `issue.yaml` says.

    Args:
        reading: What was found, and what somebody has to look at besides.
        heading: What is proofread: 《刊名》期号.
        made: The fixes that were just made.
        templates: Folders of templates.

    Raises:
        RenderingFailed: See `fill`.
    """
    environment = template_environment(templates, lambda _: "", {})
    artifacts = []
    for texts in reading.texts:
        sheet = _sheet(reading, texts, made)
        html = fill(
            environment,
            "proof/article.html",
            sheet=sheet,
            aids=_aids(reading.aids, texts.slug),
            heading=heading,
            key=reading.key,
            version=__version__,
        )
        artifacts.append(Artifact(sheet_path(reading.key, texts.slug), "text/html", html.encode()))
    return tuple(artifacts)


def sheet_path(key: IssueKey, slug: str) -> str:
    """Where the sheet of an article lies below the outputs."""
    return f"{key}/{SHEETS}/{slug or _OWN}.html"


def _sheet(reading: Proofreading, texts: ProofTexts, made: tuple[Fix, ...]) -> Sheet:
    mine = frozenset(texts.texts)
    judged = tuple(each for each in reading.judged if each.finding.words.text in mine)
    numbered = tuple(enumerate(judged, start=1))
    titles = [text.content for text in texts.texts if text.role is Role.TITLE]
    return Sheet(
        name=texts.slug or "issue.yaml",
        path=texts.path,
        title="".join(titles) or texts.path,
        counts=count(judged),
        texts=tuple(_shown(text, numbered) for text in texts.texts),
        findings=tuple(_listed(number, each) for number, each in numbered),
        problems=tuple(each for each in reading.problems if each.span.path == texts.path),
        made=tuple((fix.words.content, fix.replacement) for fix in made if fix.words.text.path == texts.path),
    )


@dataclass(frozen=True, slots=True)
class SheetAids:
    """The aids of an article, and what is new in it."""

    article: ArticleAids
    new: tuple[tuple[str, NewAid], ...]
    earlier: int

    @property
    def empty(self) -> bool:
        return not (
            self.article.numbers or self.article.people or self.article.quotations or self.article.sentences or self.new
        )


def _aids(aids: ReadingAids, slug: str) -> SheetAids:
    article = next((each for each in aids.articles if each.slug == slug), ArticleAids(slug, "", (), (), (), ()))
    return SheetAids(
        article, tuple((_KINDS[each.kind], each) for each in aids.new if each.words.text.slug == slug), aids.earlier
    )


def _shown(text: ProofText, numbered: Iterable[tuple[int, Judged]]) -> SheetText:
    mine = [(number, each) for number, each in numbered if each.finding.words.text is text]
    stretches = tuple(_stretches(text.content, mine))
    return SheetText(text.span(0).line, text.role.value, _NAMES.get(text.role, ""), text.level, stretches)


def _stretches(content: str, mine: list[tuple[int, Judged]]) -> Iterator[Stretch]:
    """The text cut where a finding begins or ends."""
    places = [(number, each, each.finding.words) for number, each in mine]
    cuts = sorted({0, len(content), *(words.start for *_, words in places), *(words.end for *_, words in places)})
    yield from (Stretch("", _look(each), (number,)) for number, each, words in places if words.start == words.end == 0)
    for start, end in pairwise(cuts):
        over = [each for _number, each, words in places if words.start <= start and end <= words.end]
        ending = tuple(number for number, _each, words in places if words.end == end)
        look = min(map(_look, over), key=_LOOKS.index, default="")
        yield Stretch(content[start:end], look, ending)


_LOOKS = ("error", "warning", "hint", "asked", "kept")
"""From the heaviest to the lightest."""


def _look(judged: Judged) -> str:
    return judged.finding.severity.value if judged.standing is Standing.OPEN else judged.standing.value


def _listed(number: int, judged: Judged) -> SheetFinding:
    finding, said = judged.finding, judged.decision
    decided = "，".join(filter(None, (said.by, moment_text(said.at)[:10]))) if said else ""
    proposal = proposed(finding.fix) if finding.fix else ""
    return SheetFinding(number, judged, _SEVERITIES[finding.severity], _place(finding.words), proposal, decided)


def _place(words: Words) -> str:
    return f"{words.span.line}:{words.span.column}"


def proposed(fix: Fix) -> str:
    """What the fix would write."""
    by = {Safety.SAFE: "可以自动改", Safety.UNSAFE: "看过再改", Safety.NONE: "供参考"}[fix.safety]
    return f"“{fix.words.content}” → {f'“{fix.replacement}”' if fix.replacement else '删去'}（{by}）"
