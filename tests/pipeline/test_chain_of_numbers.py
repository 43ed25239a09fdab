"""One datum from the list to the register: whatever the list, the foot, the allotments, the stamped copies and the register agree."""

from __future__ import annotations

import functools
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bulletin.compose import compose_edition
from bulletin.model.copies import ARCHIVE, SPARE, CopyMarks, ranges_of
from bulletin.model.copy_reports import AssignReport, Choice, Move
from bulletin.model.register import Change, EventKind, State
from bulletin.model.stamp import CopyOrder, batches_of
from bulletin.pipeline.copies.asking import list_copies
from bulletin.pipeline.copies.assigning import assign
from bulletin.pipeline.copies.keeping import verify
from bulletin.pipeline.copies.numbering import make_copies
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.pipeline.copies.recording import move
from tests.conftest import ARTICLE, BASE, load
from tests.copies import Printed, print_issue
from tests.ten_copies import AT, ISSUE, KEY, RECIPIENTS, asked, first_pages, quiet, states

LABELS = ("报", "送", "发")


@dataclass(frozen=True)
class Listed:
    """A list: how many copies each unit under each label gets, a group that is counted, archive and spare."""

    copies: tuple[tuple[int, ...], ...]
    counted: int
    archive: int
    spare: int

    @property
    def total(self) -> int:
        return sum(map(sum, self.copies)) + self.counted + self.archive + self.spare

    def holders(self) -> list[str]:
        """The holder of each copy, in the order of numbers."""
        named = [
            (f"{label}{at}局", n) for label, each in zip(LABELS, self.copies, strict=True) for at, n in enumerate(each)
        ]
        listed = [*named, ("各科", self.counted), (ARCHIVE, self.archive), (SPARE, self.spare)]
        return [holder for holder, copies in listed for _ in range(copies)]

    def write(self, root: Path) -> None:
        """As the editors of the publication would."""
        units = [f"  - {{name: {name}, copies: {copies}}}" for name, copies in self._units()]
        groups = f"groups:\n  - {{name: 各科, count: {self.counted}}}\n"
        ranks = {
            label: [f"[{label}{at}局]" for at, _ in enumerate(each)]
            for label, each in zip(LABELS, self.copies, strict=True)
        }
        ranks["发"].append("[各科]")
        listed = "".join(f"  {label}: [{', '.join(each)}]\n" for label, each in ranks.items() if each)
        head = BASE[ISSUE].split("distribution:")[0]
        files = {
            **BASE,
            RECIPIENTS: "units:\n" + "\n".join(units) + "\n" + groups,
            ISSUE: f"{head}distribution:\n{listed}archive: {self.archive}\nspare: {self.spare}\n",
        }
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, "utf-8")

    def _units(self) -> list[tuple[str, int]]:
        return [
            (f"{label}{at}局", n) for label, each in zip(LABELS, self.copies, strict=True) for at, n in enumerate(each)
        ]


@functools.cache
def two_pages() -> Printed:
    """The small issue, drawn once for all lists."""
    return print_issue(body=BASE[ARTICLE])


COUNTS = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
LISTS = st.builds(Listed, st.tuples(COUNTS, COUNTS, COUNTS), st.integers(1, 5), st.integers(0, 3), st.integers(0, 2))


def registered(root: Path, state: State) -> list[int]:
    return sorted(number for number, found in states(root).items() if found is state)


def voided(root: Path, numbers: set[int], name: str) -> None:
    if numbers:
        choice = Choice(ranges_of(numbers))
        move(root, str(KEY), Move(EventKind.VOIDED, choice, note="印坏了"), asked(name))


def stamped(root: Path, printed: Printed, name: str) -> list[int]:
    """Prints what is not printed: the numbers on the copies, in their order, as PDFium reads them; and records it."""
    waiting = registered(root, State.ASSIGNED)
    if not waiting:
        return []
    order = CopyOrder(batches_of(tuple((number, 1) for number in waiting)), CopyMarks(), b"")
    made = make_copies(printed.content, printed.issue, order, quiet, printed.digits)
    assert made.value is not None, made.problems
    (file,) = made.value
    with opened(root, read_settings(root), AT) as register:
        changes = [Change(str(KEY), number, EventKind.PRINTED, file=file.sha256) for number in file.numbers]
        register.record(asked(name), changes)
    (root / "run.pdf").write_bytes(file.artifact.content)
    return [int(number) for number in first_pages(root / "run.pdf", len(waiting))]


def agreed(root: Path, wanted: Listed, name: str, void: set[int]) -> AssignReport:
    """Assigns, and holds that list, foot and allotments say the same number, and that no void number is among them."""
    report = assign(root, KEY, asked(name), dry_run=False)
    assert report.problems == ()
    numbers = [number for each in report.allotments for number in each.numbers]
    assert compose_edition(load(root)).imprint.print_run == len(numbers) == len({*numbers}) == wanted.total
    assert void.isdisjoint(numbers)
    assert {*numbers} | void >= {*range(1, max(numbers) + 1)}, "no gap but for void numbers"
    return report


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate],
)
@given(first=LISTS, second=LISTS, chance=st.randoms(use_true_random=False))
def test_foot_allotments_stamped_copies_and_register_are_one(
    first: Listed, second: Listed, chance: random.Random
) -> None:
    """No gap, no overlap, no reuse after void, order kept: through a changed list, numbers void before and after printing."""
    printed, pick = two_pages(), chance.sample
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        first.write(root)
        agreed(root, first, "first", set())
        assert [record.holder for record in list_copies(root, str(KEY), AT).records] == first.holders()
        void = {*pick(range(1, first.total + 1), min(2, first.total - 1))}
        voided(root, void, "void unprinted")
        second.write(root)
        report = agreed(root, second, "second", void)
        in_order = sorted((number, each.holder) for each in report.allotments for number in each.numbers)
        assert [holder for _, holder in in_order] == second.holders()
        on_paper = stamped(root, printed, "print")
        assert on_paper == [number for number, _ in in_order] == registered(root, State.IN_STOCK)
        spoiled = {*pick(on_paper, min(3, len(on_paper)))}
        voided(root, spoiled, "void printed")
        third = assign(root, KEY, asked("third"), dry_run=False)
        assert (third.assigned, third.reassigned, third.withdrawn) == ((), (), ()), "a printed run gets no more numbers"
        assert registered(root, State.IN_STOCK) == sorted({*on_paper} - spoiled)
        assert len(on_paper) == second.total == compose_edition(load(root)).imprint.print_run
        assert registered(root, State.VOIDED) == sorted(void | spoiled)
        assert verify(root, None, AT).faults == ()
