"""Making the forms around an issue's copies from the register, and reading each back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose.forms import (
    FormSource,
    check_offices,
    check_run,
    compose_circulation,
    compose_destruction,
    compose_distribution,
    compose_recall,
    compose_signing,
    compose_slips,
    compose_slips_table,
    destruction_numbers,
    form_source,
    outgoing_numbers,
    recall_numbers,
)
from bulletin.load.folders import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.errors import UsageError
from bulletin.model.forms import (
    LABEL_SIZES,
    OUTGOING,
    SLIP_SIZE,
    FormFile,
    FormName,
    FormOrder,
    FormsReport,
    SheetSize,
    SlipSheet,
    TableForm,
)
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, did_you_mean, error, has_errors, message, warning
from bulletin.model.progress import Progress
from bulletin.model.recipient import Route
from bulletin.model.register import Event
from bulletin.model.walk import walk
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.printed import digest_of_pdf, recorded_pdf
from bulletin.pipeline.reading import read
from bulletin.prove.forms import prove_slips, prove_table
from bulletin.prove.glyphs import missing_characters
from bulletin.prove.print_edition import count_pages
from bulletin.publish import locked, publish_file
from bulletin.register import open_register
from bulletin.render.forms import fit_slips, render_slips, render_table, render_table_workbook

_TABLES: dict[FormName, Callable[[FormSource], TableForm]] = {
    FormName.DISTRIBUTION: compose_distribution,
    FormName.RECALL: compose_recall,
    FormName.DESTRUCTION: compose_destruction,
    FormName.CIRCULATION: compose_circulation,
}


def make_forms(root: Path, key: IssueKey, wanted: FormOrder, output: Path, progress: Progress) -> FormsReport:
    """Makes `<output>/<key>/forms/<name>.pdf` of each form that is wanted, and `.xlsx` where that is too; all or none.

    Args:
        root: The publication's folder.
        key: The issue.
        wanted: What is asked for.
        output: The folder of the build.
        progress: Told what is being done.

    Raises:
        UsageError: There is no such form, size of label or route; or nothing of the issue is registered.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    _check_order(wanted)
    sources = read(root, key)
    if sources.value is None or has_errors(sources.problems):
        return FormsReport(key, sources.problems)
    faces = assure_faces(sources.value.publication, output, progress)
    if faces.value is None:
        return FormsReport(key, faces.problems)
    issue = replace(sources.value, publication=faces.value)
    source = _source(root, issue, wanted.at, _pages(output / str(key)))
    names = find_forms(wanted.words) or _sensible(source)
    span = Span(issue_path(key))
    problems = tuple(_check_outgoing(source, wanted, {*names}, span))
    if has_errors(problems):
        return FormsReport(key, problems)
    made = []
    for name in names:
        progress(message("正在制作并核对：{form}", form=name.value))
        made.append(_Desk(source, wanted, span).make(name))
    problems += tuple(problem for each in made for problem in each.problems)
    if has_errors(problems):
        return FormsReport(key, problems)
    return FormsReport(key, problems, tuple(_publish(output, made)))


def _check_outgoing(
    source: FormSource, wanted: FormOrder, names: Collection[FormName], span: Span
) -> Iterator[Problem]:
    """What is wrong, or worth knowing, before copies go out with these forms."""
    if OUTGOING & {*names}:
        yield from check_run(source, span)
    if {FormName.RECEIPTS, FormName.LABELS} & {*names}:
        yield from check_offices(source, wanted.route, span)


@dataclass(frozen=True, slots=True)
class _Made:
    """A form and its workbook, not on disk yet, and what is wrong with it."""

    problems: tuple[Problem, ...]
    artifacts: tuple[Artifact, ...] = ()
    rows: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class _Desk:
    """Makes single forms of an issue, each proved."""

    source: FormSource
    order: FormOrder
    span: Span

    @property
    def key(self) -> IssueKey:
        return self.source.issue.head.key

    def make(self, name: FormName) -> _Made:
        """The form of that name; a warning in its place where there is nothing to put into it."""
        if name is FormName.RECEIPTS:
            sheet = compose_slips(self.source, name, SLIP_SIZE, 1, self.order.route)
            return self._slips(sheet) if sheet.slips else self._nothing(name)
        if name is FormName.LABELS:
            sheet = compose_slips(self.source, name, find_label(self.order.label), self.order.start, self.order.route)
            return self._slips(sheet) if sheet.slips else self._nothing(name)
        form = (
            compose_signing(self.source, self.order.route) if name is FormName.SIGNING else _TABLES[name](self.source)
        )
        return self._table(form) if form.rows else self._nothing(name)

    def _nothing(self, name: FormName) -> _Made:
        what = message("没有要列入{form}的份", form=name.value)
        return _Made((warning("forms-empty", self.span, what, message("没有写{form}", form=name.value)),))

    def _table(self, form: TableForm) -> _Made:
        publication, key = self.source.issue.publication, self.key
        if missing := self._missing(form):
            return _Made(missing)
        artifact = render_table(form, key, publication)
        problems = prove_table(form, self._numbers(form.name), artifact.content, self.span)
        books = (render_table_workbook(form, key, self.source.edition.masthead.date),) if self.order.xlsx else ()
        return _Made(problems, (artifact, *books), len(form.rows), count_pages(artifact.content))

    def _slips(self, sheet: SlipSheet) -> _Made:
        publication, key = self.source.issue.publication, self.key
        levels = fit_slips(sheet, publication)
        problems = (*self._missing(sheet), *self._too_long(sheet, levels))
        if problems:
            return _Made(problems)
        artifact = render_slips(sheet, levels, key, publication)
        problems = prove_slips(sheet, self._numbers(sheet.name), artifact.content, self.span)
        table = compose_slips_table(self.source, sheet)
        books = (render_table_workbook(table, key, self.source.edition.masthead.date),) if self.order.xlsx else ()
        return _Made(problems, (artifact, *books), len(sheet.slips), count_pages(artifact.content))

    def _numbers(self, name: FormName) -> Collection[int]:
        """The copies that must be in a form, each as often as it stands here."""
        match name:
            case FormName.DISTRIBUTION:
                return self.source.live_numbers
            case FormName.SIGNING | FormName.RECEIPTS | FormName.LABELS:
                return outgoing_numbers(self.source, self.order.route)
            case FormName.RECALL:
                return recall_numbers(self.source)
            case FormName.DESTRUCTION:
                return destruction_numbers(self.source)
            case FormName.CIRCULATION:
                return ()

    def _missing(self, form: TableForm | SlipSheet) -> tuple[Problem, ...]:
        """An error for each character that would be printed as an empty box."""
        texts = tuple(walk(form, str))
        found = []
        for character in missing_characters(texts, self.source.issue.publication):
            code = f"U+{ord(character):04X}"
            text = next(text for text in texts if character in text)
            what = message("“{text}”里的“{character}”（{code}）字库里没有", text=text, character=character, code=code)
            advice = message("换一个字；或在 bulletin.yaml 的 fonts 里写上收有它的字库")
            found.append(error("glyph-missing", self._place(text), what, advice))
        return tuple(found)

    def _too_long(self, sheet: SlipSheet, levels: Sequence[int | None]) -> Iterator[Problem]:
        for slip, level in zip(sheet.slips, levels, strict=True):
            if level is None:
                what = message("“{holder}”的字太多，{form}（{size}）放不下", holder=slip.holder, form=sheet.name.value,
                               size=sheet.size.name)  # fmt: skip
                advice = message("用大一些的标签（--label），或把名称、地址写短一些")
                yield error("forms-long", self._place(slip.holder), what, advice)

    def _place(self, text: str) -> Span:
        """Where the unit of that name stands in the list; else the issue."""
        units = [unit for each in self.source.issue.publication.recipients or () for unit in each.units]
        return next((unit.span for unit in units if unit.name == text), self.span)


def _check_order(wanted: FormOrder) -> None:
    """Raises: UsageError: What is wanted is not there."""
    find_forms(wanted.words)
    size = find_label(wanted.label)
    if not 1 <= wanted.start <= size.per_sheet:
        what = message("--start 只能是 1 到 {most}：{size} 的标签每张 {most} 枚", most=size.per_sheet, size=size.name)
        raise UsageError(what)
    routes = tuple(route.value for route in Route)
    if wanted.route and wanted.route not in routes:
        known = message("可用的：{routes}", routes=routes)
        what = message("没有“{route}”这种发送方式", route=wanted.route)
        raise UsageError(what, did_you_mean(wanted.route, routes, known))


def find_forms(words: Sequence[str]) -> tuple[FormName, ...]:
    """The forms that are meant, by their names or a part of them that no other has.

    Raises:
        UsageError: No form is called so, or more than one.
    """
    return tuple(dict.fromkeys(_find_form(word) for word in words))


def _find_form(word: str) -> FormName:
    found = [name for name in FormName if word == name.value] or [name for name in FormName if word in name.value]
    if len(found) != 1:
        names = tuple(name.value for name in found or FormName)
        raise UsageError(message("没有“{word}”这种表", word=word), message("可用的：{names}", names=names))
    return found[0]


def find_label(name: str) -> SheetSize:
    """The size of labels that is called so, `99.1x38.1`.

    Raises:
        UsageError: There is none.
    """
    plain = name.strip().lower().replace("×", "x").replace("*", "x").removesuffix("mm")
    sizes = {size.name: size for size in LABEL_SIZES}
    if plain not in sizes:
        known = message("可用的（毫米）：{names}", names=tuple(sizes))
        raise UsageError(message("没有“{name}”这种标签", name=name), known)
    return sizes[plain]


def _sensible(source: FormSource) -> tuple[FormName, ...]:
    """What an office needs now: what goes with the copies; what is for copies that come back only when some must, or did."""
    names = [FormName.DISTRIBUTION, FormName.SIGNING, FormName.RECEIPTS, FormName.LABELS]
    if any(trail.due for trail in source.trails) or source.returned:
        names.append(FormName.RECALL)
    if source.returned or source.destroyed:
        names.append(FormName.DESTRUCTION)
    return tuple(names)


def _source(root: Path, issue: Issue, at: str, pages: int) -> FormSource:
    """What the register says of the issue, and its last event.

    Raises:
        UsageError: There is no register, or nothing of the issue in it.
    """
    key = str(issue.head.key)
    with open_register(root, issue.publication.register, at=at, create=False) as register:
        head = register.head()
        records = register.copies(key)
        events: list[Event] = [event for record in records for event in register.history(key, record.number)]
    source = form_source(issue, records, events, head, pages)
    if not source.trails:
        what = message("登记册里没有 {issue} 的份号", issue=key)
        raise UsageError(what, message("先排定份号：bulletin copies assign {issue}", issue=key))
    return source


def _pages(folder: Path) -> int:
    """The pages of the print PDF that was built into the folder; 0 where there is none, or another."""
    path = folder / "print.pdf"
    content = path.read_bytes() if path.is_file() else b""
    return count_pages(content) if content and digest_of_pdf(content) == recorded_pdf(folder) else 0


def _publish(output: Path, made: Sequence[_Made]) -> Iterator[FormFile]:
    with locked(output):
        for each in made:
            for artifact in each.artifacts:
                pages = each.pages if artifact.path.endswith(".pdf") else 0
                yield FormFile(str(publish_file(output, artifact)), each.rows, pages)
