"""Measures the site of a large archive beside other generators on the same text: from nothing, again without a change, after one edit.

    python tools/bench_site.py                                   500 issues of 10 articles of 3,500 characters, three runs of each
    python tools/bench_site.py --issues 50 --runs 1 --only hugo  a quick look

Whole processes in turn. The rivals make bare pages (`rival_sites/`), Hugo once more with an index of Pagefind; the program reads and checks 500 issues, makes lists by kind, unit, speaker and
subject, a search index, feeds and sitemap, reads every page back, and searches every file for what must not be public.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from corpus import Size, write_corpus
from rivals import Rival, install_rivals, lay_out

from bulletin.model.key import IssueKey
from bulletin.pipeline.clearing import clear

REPOSITORY = Path(__file__).resolve().parent.parent
OURS = "bulletin"
STEPS = ("cold", "no-op", "one edit")
_SENTENCE = "\n\n这是第{number}次修改时补写的一句话。\n"
_SAMPLED_S = 0.01
_LATER = "2026-11-23T09:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took: seconds of wall and of all processors, the most memory of all its processes together, bytes and files written."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    written_mb: float
    files: int


class Contestant:
    """A generator with its archive; the edits that it was given are counted, as each must differ from the one before."""

    def __init__(self, rival: Rival, folder: Path, size: Size) -> None:
        self.rival = rival
        self.folder = folder
        self.edits = 0
        write_corpus(rival.target, folder, size)
        if rival.target != OURS:
            lay_out(rival, folder)

    @property
    def output(self) -> Path:
        return self.folder / self.rival.output

    def run(self, step: str) -> Took:
        """One run of the generator, after what the step needs."""
        if step == "cold":
            for name in (self.rival.output, *self.rival.kept):
                shutil.rmtree(self.folder / name, ignore_errors=True)
        if step == "one edit":
            self._edit()
        before = time.time_ns()
        took = measure(self.rival.command, self.folder)
        fresh = [known.st_size for known in map(Path.stat, _files(self.output)) if known.st_ctime_ns >= before]
        return Took(*took, sum(fresh) / 1e6, len(fresh))

    def _edit(self) -> None:
        """A sentence more in an article in the middle of the archive; ours is cleared again, or it would be taken from the site."""
        articles = sorted(path for path in self.folder.rglob("*.md") if re.fullmatch(r"(\d\d-)?(a?\d\d)", path.stem))
        self.edits += 1
        path = articles[len(articles) // 2]
        with path.open("a", encoding="utf-8") as file:
            file.write(_SENTENCE.format(number=self.edits))
        key = IssueKey.parse(path.parent.name)
        if self.rival.target == OURS and key:
            clear(self.folder, key, [path.stem], "周砚", _LATER)


def measure(command: Iterable[str], folder: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of a command and all its descendants.

    Raises:
        SystemExit: It failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(list(command), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watch = MemoryWatch(process.pid)
    watch.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - start
    watch.stop()
    if process.returncode:
        raise SystemExit(f"{command}: {said.decode(errors='replace')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, watch.peak_mb


class MemoryWatch(threading.Thread):
    """Looks at the memory of a process and its descendants again and again. What several share is counted once (PSS, of Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_mb = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_SAMPLED_S):
            self.peak_mb = max(self.peak_mb, sum(map(_share_kb, _family(self.pid))) / 1e3)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            named = children.read_text().split()
        except OSError:  # it has ended meanwhile
            continue
        for child in named:
            yield from _family(int(child))


def _share_kb(pid: int) -> int:
    """The process's share of the memory that it uses, in kB."""
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)
    return int(found[1]) if found else 0


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def report_site(size: Size, runs: int, wanted: Callable[[str], bool] = lambda _: True) -> None:
    """Prints the table. Contestants take turns, so that whatever else the machine does meets all of them."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ours = (sys.executable, "-m", "bulletin", "site", "--audience", "public", "--output", "build")
        rivals = [Rival(OURS, OURS, ours, "build"), *install_rivals(folder / "programs")]
        contestants = [
            Contestant(rival, folder / rival.name.replace(" ", "-"), size)
            for rival in rivals
            if rival.name == OURS or wanted(rival.target)
        ]
        figures: dict[str, dict[str, list[Took]]] = {
            step: {each.rival.name: [] for each in contestants} for step in STEPS
        }
        for _ in range(runs):
            for each in contestants:
                for step in STEPS:
                    figures[step][each.rival.name].append(each.run(step))
        print(f"\nsite of {size.issues} issues × {size.articles} articles × {size.chars} characters, median of {runs}")
        for step in STEPS:
            report_step(step, {name: median_of(took) for name, took in figures[step].items()})


def median_of(runs: list[Took]) -> Took:
    """Of each figure its median."""
    return Took(*(statistics.median(getattr(each, part.name) for each in runs) for part in fields(Took)))


def report_step(step: str, figures: dict[str, Took]) -> None:
    """Each contestant's figures, and its times beside Hugo's where that was measured."""
    print(f"\n{step:<16}{'wall':>9}{'/ Hugo':>8}{'CPU':>9}{'/ Hugo':>8}{'peak MB':>9}{'MB out':>8}{'files':>7}")
    hugo = next((took for name, took in figures.items() if name.startswith("Hugo")), None)
    for name, took in sorted(figures.items(), key=lambda each: each[1].wall_s):
        wall, cpu = (f"{ratio:.2f}" for ratio in (took.wall_s / hugo.wall_s, took.cpu_s / hugo.cpu_s)) if hugo else "––"
        print(
            f"{name:<16}{took.wall_s:>8.2f}s{wall:>8}{took.cpu_s:>8.2f}s{cpu:>8}{took.peak_mb:>9.0f}{took.written_mb:>8.1f}{took.files:>7}"
        )


def main() -> None:
    """Measures what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = Size()
    parser.add_argument("--issues", type=int, default=usual.issues)
    parser.add_argument("--articles", type=int, default=usual.articles)
    parser.add_argument("--chars", type=int, default=usual.chars)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="rivals: hugo, eleventy, mkdocs, pelican; none: the program alone")
    given = parser.parse_args()
    size = Size(given.issues, given.articles, given.chars)
    report_site(size, given.runs, lambda name: given.only is None or name in given.only)


if __name__ == "__main__":
    main()
