"""Measures the proofreader beside AutoCorrect, zhlint and lint-md: how long each takes, and what each finds in a text of known errors.

    python tools/bench_proofread.py                            an issue of 10 articles of 3,400 characters, an archive of 40 issues, five runs
    python tools/bench_proofread.py --issues 200 --runs 9
    python tools/bench_proofread.py --known FOLDER ISSUE TRUTH   and what is found there (TRUTH as for measure_proofreader.py)

Whole processes in turn, on the same Markdown files. The rivals look at spaces and marks, each file alone; ours reads the sources strictly, and compares all
articles, with each other and with what `issue.yaml` says. A rival has found an error where its own correction puts there what should stand there, spaces
apart; every other change that it makes is counted as one besides.
"""

from __future__ import annotations

import argparse
import difflib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import Size, write_corpus
from measure_proofreader import Wrong, compare, find, load_truth

from bulletin.load.folders import list_issues
from bulletin.model.key import IssueKey
from bulletin.pipeline.proofreading import findings_of, read_for_rules, read_sources
from bulletin.pipeline.reading import read
from bulletin.proofread import RULES, proofread

PACKAGES = ("autocorrect-node@2.14.0", "zhlint@0.8.2", "@lint-md/cli@2.2.4")
ISSUE = Size(issues=1, articles=10, chars=3400)
"""As much text as the real issue has."""


@dataclass(frozen=True, slots=True)
class Checker:
    """A rival: how it looks at all Markdown files of the folder that it runs in, and how it corrects them in their place."""

    name: str
    look: tuple[str, ...]
    correct: tuple[str, ...]


def install_checkers(folder: Path) -> tuple[Checker, ...]:
    """The rivals, from the registry; none where it cannot be reached."""
    npm = shutil.which("npm") or "npm"
    quietly = ("--no-audit", "--no-fund", "--silent", "--prefix", str(folder))
    try:
        subprocess.run((npm, "install", *quietly, *PACKAGES), check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        print(f"{fault}: the rivals are not measured", file=sys.stderr)
        return ()
    programs = folder / "node_modules/.bin"
    autocorrect, zhlint, lint_md = (str(programs / name) for name in ("autocorrect", "zhlint", "lint-md"))
    return (
        Checker("AutoCorrect 2.14", (autocorrect, "--lint", "."), (autocorrect, "--fix", ".")),
        Checker("zhlint 0.8", (zhlint, "**/*.md"), (zhlint, "--fix", "**/*.md")),
        Checker("lint-md 2.2", (lint_md, "**/*.md"), (lint_md, "--fix", "**/*.md")),
    )


def run(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Wall seconds, and CPU seconds of the process and its children; it may find something, and end with 1."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report_proofreading(issues: int, runs: int, known: tuple[Path, str, Path] | None = None) -> None:
    """Prints all tables."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        checkers = install_checkers(folder / "programs")
        report_times(folder, checkers, issues, runs)
        if known:
            report_finds(folder, checkers, *known)


def report_times(folder: Path, checkers: tuple[Checker, ...], issues: int, runs: int) -> None:
    """How long an issue takes beside the rivals, an article, and the archive beside as many single issues."""
    one, many = folder / "one", folder / "many"
    made = write_corpus("bulletin", one, ISSUE)
    archive = write_corpus("bulletin", many, Size(issues, ISSUE.articles, ISSUE.chars))
    ours = (sys.executable, "-m", "bulletin")
    commands = {
        "bulletin check": (*ours, "check", "--format", "concise"),
        "its start-up": (
            sys.executable,
            "-c",
            "import bulletin.cli, bulletin.pipeline.proofreading, bulletin.cli.proofreading.check",
        ),
        "archive, one by one": (sys.executable, "-c", _ONE_BY_ONE, str(many)),
        "archive": (*ours, "-C", str(many), "check", "--all"),
        **{each.name: each.look for each in checkers},
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(run(command, one))
    print(
        f"\nproofreading {made.characters} characters in {made.articles} articles; an archive of {archive.issues} such issues"
    )
    print(f"{'whole process':<22}{'wall min':>10}{'median':>9}{'CPU min':>10}{'median':>9}")
    for name, figures in took.items():
        walls, cpus = zip(*figures, strict=True)
        cells = (min(walls), statistics.median(walls), min(cpus), statistics.median(cpus))
        print(f"{name:<22}{cells[0]:>9.2f}s{cells[1]:>8.2f}s{cells[2]:>9.2f}s{cells[3]:>8.2f}s")
    report_ratios(took, tuple(each.name for each in checkers), issues)
    report_inside(one)


_ONE_BY_ONE = """
import sys
from pathlib import Path
from bulletin.load.folders import list_issues
from bulletin.pipeline.proofreading import proofread_issue
for key in list_issues(Path(sys.argv[1])):
    proofread_issue(Path(sys.argv[1]), key)
"""


def report_ratios(took: dict[str, list[tuple[float, float]]], rivals: tuple[str, ...], issues: int) -> None:
    """What the issue takes beyond start-up, beside each rival, and the archive beside its issues one by one; run by run."""
    beyond = [ours[0] - start[0] for ours, start in zip(took["bulletin check"], took["its start-up"], strict=True)]
    print(f"an issue beyond start-up, wall: {_spread(beyond, 's')} (goal: under 1 s)")
    for name in rivals:
        ratios = [ours[1] / theirs[1] for ours, theirs in zip(took["bulletin check"], took[name], strict=True)]
        print(f"check / {name}, CPU: {_spread(ratios)}")
    shares = [all_[0] / single[0] for all_, single in zip(took["archive"], took["archive, one by one"], strict=True)]
    print(f"archive / its issues one by one, wall: {_spread(shares)}")
    print(f"archive, an issue, wall: {_spread([wall / issues for wall, _ in took['archive']], 's')}")


def _spread(values: list[float], unit: str = "") -> str:
    return " – ".join(f"{each:.3f}{unit}" for each in (min(values), statistics.median(values), max(values)))


def report_inside(root: Path) -> None:
    """What the rules take for the issue and for each article alone, in this process; the slowest rules."""
    issue = read(root, list_issues(root)[0]).value
    if issue is None:
        raise SystemExit("the archive has errors")
    loading, sources = _timed(lambda: read_sources(root, issue))
    whole, _ = _timed(lambda: findings_of(sources))
    text = read_for_rules(sources)
    articles = [
        _timed(lambda each=each: findings_of(replace(sources, texts=(sources.texts[0], each))))[0]
        for each in sources.texts[1:]
    ]
    rules = sorted(
        ((_timed(lambda rule=rule: proofread(text, (rule,)))[0], rule.manual.code) for rule in RULES), reverse=True
    )
    print(
        f"loading texts {loading:.3f}s, rules for the issue {whole:.3f}s, for an article {_spread(articles, 's')} (goal: under 0.05 s)"
    )
    print("slowest rules: " + ", ".join(f"{code} {seconds * 1e3:.1f} ms" for seconds, code in rules[:6]))


def _timed(what: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    value = what()
    return time.process_time() - start, value


def report_finds(folder: Path, checkers: tuple[Checker, ...], root: Path, name: str, truth_path: Path) -> None:
    """What each finds of the known errors, and what it finds, or changes, besides."""
    key = IssueKey.parse(name)
    if key is None:
        raise SystemExit(f"{name}: no issue is named so")
    source = root / "issues" / name
    truth = load_truth(truth_path, source)
    found = compare(find(root.resolve(), key), truth)
    counted = {each: wrongs for each, wrongs in found.items() if each.counts}
    met = {wrong for wrongs in counted.values() for wrong in wrongs}
    print(f"\n{'of ' + str(len(truth)) + ' known errors':<22}{'found':>7}{'besides':>9}")
    print(f"{'bulletin check':<22}{len(met):>7}{sum(not wrongs for wrongs in counted.values()):>9}")
    for each in checkers:
        copy = folder / each.name.split()[0]
        shutil.copytree(source, copy)
        run(each.correct, copy)
        lines = {
            file.name: (file.read_text("utf-8").splitlines(), (copy / file.name).read_text("utf-8").splitlines())
            for file in source.iterdir()
        }
        right = [
            wrong
            for wrong in truth
            if corrected(wrong, *(each[wrong.place.line - 1] for each in lines[wrong.place.file]))
        ]
        besides = sum(changes(one, other) for pair in lines.values() for one, other in zip(*pair, strict=True)) - len(
            right
        )
        print(f"{each.name:<22}{len(right):>7}{besides:>9}")


def corrected(wrong: Wrong, before: str, after: str) -> bool:
    """True if a line has what should stand there in place of what is wrong; spaces apart."""
    one, other, words, fix = ("".join(each.split()) for each in (before, after, wrong.words, wrong.fix))
    return one.count(words) > other.count(words) and other.count(fix) > one.count(fix)


def changes(before: str, after: str) -> int:
    """In how many places a line was changed."""
    return sum(tag != "equal" for tag, *_ in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def main() -> None:
    """Measures what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--known", nargs=3, metavar=("FOLDER", "ISSUE", "TRUTH"))
    given = parser.parse_args()
    known = (Path(given.known[0]), given.known[1], Path(given.known[2])) if given.known else None
    report_proofreading(given.issues, given.runs, known)


if __name__ == "__main__":
    main()
