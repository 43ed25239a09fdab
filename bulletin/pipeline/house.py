"""What the house knows: tested, listed, learnt from an issue, added to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bulletin.load.files import MEGABYTE, read_given
from bulletin.load.house import house_in, house_path, load_house
from bulletin.load.house.appending import appended, house_original, inset_of
from bulletin.load.proof_texts import load_proof_texts
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.encoding import decode
from bulletin.model.errors import UsageError
from bulletin.model.house import EMPTY_HOUSE, LISTS, House, Known
from bulletin.model.house_reports import AddReport, ExamplesReport, ListedEntries, Proposal
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Outcome, Problem, Span, did_you_mean, error, has_errors, in_order, message
from bulletin.pipeline.earlier import read_texts
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.reading import read
from bulletin.proofread.examples import check_examples
from bulletin.proofread.learning import joined, learn
from bulletin.publish import locked, publish_file, publish_new
from bulletin.render.house import render_entry, render_proposal


def try_examples(root: Path, file: str | None, today: date) -> ExamplesReport:
    """Runs the examples of all entries, or of those in one file (`terms`, `house/terms.yaml`), and says what is wrong with the files.

    Raises:
        UsageError: There is no such file, or `root` is no publication.
    """
    house, problems = _known(root)
    entries = [*house.known] if file is None else _of_file(house, file)
    failed = check_examples(house, entries, today)
    count = sum(len(known.entry.bad) + len(known.entry.good) for known in entries)
    return ExamplesReport(len(entries), count, in_order((*problems, *failed)))


def _known(root: Path) -> tuple[House, tuple[Problem, ...]]:
    require_publication(root)
    publication = load_publication(root)
    if publication.value is None:
        return EMPTY_HOUSE, publication.problems
    outcome = load_house(root, publication.value)
    return outcome.value or EMPTY_HOUSE, outcome.problems


def _of_file(house: House, file: str) -> list[Known]:
    paths = {known.entry.span.path for known in house.known} | {house_path(name) for name in LISTS}
    wanted = {path for path in paths if file in (path, Path(path).name, Path(path).stem)}
    if not wanted:
        known = tuple(sorted(paths))
        what = message("没有“{file}”这个文件", file=file)
        raise UsageError(what, did_you_mean(file, known, message("可以写：{known}", known=known)))
    return [known for known in house.known if known.entry.span.path in wanted]


def list_entries(root: Path, word: str) -> ListedEntries:
    """The entries whose id or wording has the word; all where it is empty.

    Raises:
        UsageError: `root` is no publication.
    """
    house, problems = _known(root)
    listed = ((name, known) for name in LISTS for known in house.listed(name))
    return ListedEntries(tuple((name, known) for name, known in listed if word in render_entry(known, "")), problems)


def learn_entries(root: Path, key: IssueKey) -> Proposal:
    """What an issue proposes that the house does not know yet.

    Raises:
        UsageError: The issue has errors, so that its texts cannot be read.
    """
    outcome = read(root, key)
    if outcome.value is None:
        what = message("读不了 {issue}", issue=str(key))
        raise UsageError(what, message("先用 bulletin check {issue} 查看并改正", issue=str(key)))
    issue = outcome.value
    known = load_house(root, issue.publication).value or EMPTY_HOUSE
    house = learn(read_texts(issue, load_proof_texts(root, key, issue), known))
    return Proposal(house, render_proposal(house, str(key)) if any(house.entries) else "")


def save_proposal(file: Path, proposal: Proposal) -> None:
    """Writes a proposal where there is no file yet: an editor may have gone through the last one.

    Raises:
        UsageError: There is a file already.
        CannotWrite: It could not be written.
    """
    publish_new(file.parent, Artifact(file.name, "application/yaml", proposal.text.encode()))


def add_entries(root: Path, file: Path, today: date) -> AddReport:
    """Adds the entries of a proposal to the files of the house, at their ends; nothing where one of them has a fault or fails its examples.

    Raises:
        UsageError: `root` is no publication, or the file is not there.
        CannotWrite: A file could not be written.
    """
    house, _problems = _known(root)
    proposal = _proposal(file)
    if proposal.value is None or has_errors(proposal.problems):
        return AddReport((), proposal.problems)
    further = proposal.value
    problems = (*proposal.problems, *_repeated(house, further))
    problems += tuple(check_examples(joined(house, further), [*further.known], today))
    if has_errors(problems):
        return AddReport((), in_order(problems))
    with locked(root / "house"):
        return _append(root, further, problems)


def _proposal(file: Path) -> Outcome[House]:
    text = decode(read_given(file, MEGABYTE), file.name)
    return Outcome(None, text.problems) if text.value is None else house_in(text.value, file.name)


def _repeated(house: House, further: House) -> Iterator[Problem]:
    """Entries whose ids the bureau's own files have already; those of the program may be replaced."""
    own = {entry.id: entry.span for entry in house.entries if entry.span.path.startswith("house/")}
    for entry in further.entries:
        if entry.id in own:
            what = message("编号“{id}”在 {place} 已经有了", id=entry.id, place=str(own[entry.id]))
            yield error("house-id", entry.span, what, message("改成不同的编号，或改那一条"))


def _append(root: Path, further: House, problems: tuple[Problem, ...]) -> AddReport:
    """Writes each file that gets entries, once all of them are sure to read as they should."""
    wanted = [name for name in LISTS if further.listed(name)]
    files = [_longer(root, name, further) for name in wanted]
    faults = tuple(problem for file in files for problem in file.problems)
    if any(file.value is None for file in files):
        return AddReport((), in_order(faults))
    for file in files:
        if file.value is not None:
            publish_file(root, Artifact(file.value.path, "application/yaml", file.value.content))
    return AddReport(tuple((house_path(name), len(further.listed(name))) for name in wanted), in_order(problems))


def _longer(root: Path, name: str, further: House) -> Outcome[Original]:
    """The file with the further entries, if it then says what it said, and these."""
    original = house_original(root, name)
    if original.value is None:
        return original
    inset = inset_of(original.value, name)
    if isinstance(inset, Problem):
        return Outcome(None, (inset,))
    items = "".join(render_entry(known, inset) for known in further.listed(name))
    longer = appended(original.value, name, items)
    before, after = (house_in(each.unified, each.path) for each in (original.value, longer))
    said = (before.value or EMPTY_HOUSE).listed(name)
    if after.value is None or after.value.listed(name) != (*said, *further.listed(name)):
        what = message("{path} 有错误，不能添加", path=longer.path)
        return Outcome(None, after.problems or (error("house-list", Span(longer.path), what),))
    return Outcome(longer)
