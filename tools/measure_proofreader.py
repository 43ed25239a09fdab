"""Measures what the proofreader finds: in an issue whose errors are known, and in prose that was edited well.

    python tools/measure_proofreader.py issue FOLDER ISSUE TRUTH      precision and recall, by rule and by what can find an error
    python tools/measure_proofreader.py prose FILE …                  findings in 20,000 characters, by rule

TRUTH is a list of `{file, line, words, fix, kind, by}`. A finding is true where its words, or a place that it names, meet those of an entry.
Only errors and warnings are held against the proofreader: hints are counted apart. FILE is a text (`.txt`, `.txt.xz`), a paragraph a line, an
empty line between documents, the first line of each its title; each document is read as the article of an issue of its own, of the day that it names.
`--show` lists what is not known, or all that was found in prose, and what was missed; `--json` prints data.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bulletin.load.house import load_house
from bulletin.load.proof_texts import load_proof_texts
from bulletin.model.finding import Finding
from bulletin.model.house import EMPTY_HOUSE, House
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity
from bulletin.model.proof_text import Words
from bulletin.pipeline.earlier import read_texts
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.pipeline.reading import read
from bulletin.proofread import RULES, proofread

UNIT = 20_000
"""Characters of prose that may hold less than one error or warning."""
FILES = {
    "bulletin.yaml": "title: 工作动态\npublisher: 某局\n",
    "house/recipients.yaml": "units: [{{name: 甲局, copies: 2}}]\n",
    "issues/{key}/issue.yaml": (
        "number: 1\nserial: 1\ndate: {day}\nmarking: [内部资料, 注意保存]\n"
        "editors: {{responsible: 张三, phone: 010-12345678}}\ndistribution: {{发: [[甲局]]}}\narchive: 4\nspare: 1\n"
    ),
}
_DAY = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$^&])")
_BLOCK = re.compile(r"^(#|>|[-+](?=\s)|=)|^(\d+)([.)])(?=\s)")
_HEADINGS = (
    (re.compile(r"[一二三四五六七八九十]+、[^。！？；]{1,40}"), "## "),
    (re.compile(r"（[一二三四五六七八九十]+）[^。！？；]{1,40}"), "### "),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a line of a file, columns from 1, `end` not among them."""

    file: str
    line: int
    start: int
    end: int

    def meets(self, other: Place) -> bool:
        same = (self.file, self.line) == (other.file, other.line)
        return same and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Wrong:
    """A known error: where, what should stand there, and what can find it."""

    place: Place
    words: str
    fix: str
    kind: str
    by: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, its own place, the places that it names, and where its words stand."""

    code: str
    severity: Severity
    place: Place
    related: tuple[Place, ...]
    words: str
    message: str
    context: str

    @property
    def counts(self) -> bool:
        return self.severity is not Severity.HINT


def load_truth(path: Path, folder: Path) -> tuple[Wrong, ...]:
    """The known errors of the issue in `folder`; each must stand once in its line."""
    lines = {
        file.name: file.read_text("utf-8").splitlines() for file in folder.iterdir() if file.suffix in (".md", ".yaml")
    }
    return tuple(_wrong(entry, lines[entry["file"]]) for entry in yaml.safe_load(path.read_text("utf-8")))


def _wrong(entry: dict[str, str], lines: list[str]) -> Wrong:
    number, words = int(entry["line"]), str(entry["words"])
    line = lines[number - 1]
    if line.count(words) != 1:
        raise SystemExit(f"{entry['file']}:{number}: “{words}” stands there {line.count(words)} times")
    start = line.index(words) + 1
    return Wrong(
        Place(entry["file"], number, start, start + len(words)), words, entry["fix"], entry["kind"], entry["by"]
    )


def find(root: Path, key: IssueKey) -> tuple[Found, ...]:
    """What is found in an issue."""
    reading = proofread_issue(root, key)
    if not any(each.slug and each.texts for each in reading.texts):
        raise SystemExit("\n".join(f"{each.span}: {each.message}" for each in reading.problems))
    return tuple(_found(judged.finding) for judged in reading.judged)


def _found(finding: Finding) -> Found:
    words = finding.words
    related = tuple(_place(each.words) for each in finding.related)
    around = words.text.content[max(0, words.start - 18) : words.end + 18]
    return Found(finding.code, finding.severity, _place(words), related, words.content, str(finding.message), around)


def _place(words: Words) -> Place:
    """Where words stand; of none, the characters on both sides."""
    start = words.text.span(words.start)
    last = words.text.span(max(words.start, words.end - 1))
    end = last.column + 1 if last.line == start.line else start.column + words.end - words.start
    return Place(Path(start.path).name, start.line, start.column - (words.start == words.end), end)


def compare(found: tuple[Found, ...], truth: tuple[Wrong, ...]) -> dict[Found, tuple[Wrong, ...]]:
    """Which known errors each finding is about: those that its words meet, else those that a place meets that it names."""
    return {each: _met(truth, (each.place,)) or _met(truth, each.related) for each in found}


def _met(truth: tuple[Wrong, ...], places: tuple[Place, ...]) -> tuple[Wrong, ...]:
    return tuple(wrong for wrong in truth if any(wrong.place.meets(place) for place in places))


def documents(path: Path) -> Iterator[list[str]]:
    """The documents of a file of prose, each as its paragraphs."""
    content = lzma.decompress(path.read_bytes()).decode() if path.suffix == ".xz" else path.read_text("utf-8")
    for document in re.split(r"\n{2,}", content.strip("\n")):
        yield document.split("\n")


def find_in_prose(paragraphs: list[str], root: Path) -> tuple[Found, ...]:
    """What is found in a document, as the only article of an issue written to `root`."""
    day = _day_of(paragraphs)
    key = IssueKey(day.year, False, 1)
    files = {path.format(key=key): content.format(day=day) for path, content in FILES.items()}
    head = f"---\nkind: report\ntitle: {json.dumps(paragraphs[0], ensure_ascii=False)}\norganization: 某局\n---\n\n"
    files[f"issues/{key}/01-text.md"] = head + "\n\n".join(map(markdown, paragraphs[1:])) + "\n"
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    issue = read(root, key).value
    if issue is None:
        raise SystemExit(f"{paragraphs[0]}: cannot be read")
    texts = read_texts(issue, load_proof_texts(root, key, issue), starting_set(root, issue))
    return tuple(map(_found, proofread(texts, RULES)))


_HOUSES: dict[tuple[str, ...], House] = {}


def starting_set(root: Path, issue: Issue) -> House:
    """What the program knows, read once for all documents."""
    assets = issue.publication.assets
    if assets not in _HOUSES:
        _HOUSES[assets] = load_house(root, issue.publication).value or EMPTY_HOUSE
    return _HOUSES[assets]


def _day_of(paragraphs: list[str]) -> date:
    """The day that the first lines name; else one of today's."""
    for found in _DAY.finditer("\n".join(paragraphs[:3])):
        return date(*map(int, found.groups()))
    return date(2026, 10, 20)


def markdown(paragraph: str) -> str:
    """A paragraph in our format, as it stands; what is numbered and short is a heading."""
    text = _BLOCK.sub(
        lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[1]}", _MARKUP.sub(r"\\\1", paragraph)
    )
    return next((sign + text for pattern, sign in _HEADINGS if pattern.fullmatch(paragraph)), text)


def report_issue(found: dict[Found, tuple[Wrong, ...]], truth: tuple[Wrong, ...]) -> dict[str, object]:
    """All figures of an issue."""
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for each, wrongs in found.items():
        rules[each.code][
            ("true" if wrongs else "unknown") if each.counts else ("true_hints" if wrongs else "hints")
        ] += 1
    counted = [bool(wrongs) for each, wrongs in found.items() if each.counts]
    met = {wrong for each, wrongs in found.items() if each.counts for wrong in wrongs}
    hinted = {wrong for wrongs in found.values() for wrong in wrongs}
    return {
        "rules": {code: dict(rules[code]) for code in sorted(rules)},
        "precision": sum(counted) / len(counted) if counted else 1.0,
        "findings": len(counted),
        "true": sum(counted),
        "known": len(truth),
        "met": len(met),
        "met_with_hints": len(hinted),
        "by": {by: _share(truth, met, hinted, "by", by) for by in sorted({wrong.by for wrong in truth})},
        "kind": {kind: _share(truth, met, hinted, "kind", kind) for kind in sorted({wrong.kind for wrong in truth})},
    }


def _share(truth: tuple[Wrong, ...], met: set[Wrong], hinted: set[Wrong], name: str, value: str) -> dict[str, int]:
    def count(wrongs: Iterable[Wrong]) -> int:
        return sum(getattr(wrong, name) == value for wrong in wrongs)

    return {"known": count(truth), "met": count(met), "met_with_hints": count(hinted)}


def report_prose(found: list[Found], characters: int) -> dict[str, object]:
    """All figures of prose."""
    counted = Counter(each.code for each in found if each.counts)
    hints = Counter(each.code for each in found if not each.counts)
    return {
        "characters": characters,
        "findings": counted.total(),
        "per_unit": counted.total() * UNIT / characters,
        "rules": dict(sorted(counted.items())),
        "hints": dict(sorted(hints.items())),
    }


def show(each: Found, note: str = "") -> None:
    print(
        f"{each.severity.value[:4]} {each.code} {each.place.file}:{each.place.line}:{each.place.start} 「{each.words}」 {each.message}"
        f"\n      …{each.context}… {note}"
    )


def measure_issue(arguments: argparse.Namespace) -> dict[str, object]:
    root, key = arguments.folder.resolve(), IssueKey.parse(arguments.issue)
    if key is None:
        raise SystemExit(f"{arguments.issue}: no issue is named so")
    truth = load_truth(arguments.truth, root / "issues" / str(key))
    found = compare(find(root, key), truth)
    if arguments.show:
        met = {wrong for wrongs in found.values() for wrong in wrongs}
        for each, wrongs in found.items():
            show(each, "".join(f"= {wrong.words}→{wrong.fix} " for wrong in wrongs) or "??")
        for wrong in truth:
            if wrong not in met:
                print(f"missed {wrong.by} {wrong.place.file}:{wrong.place.line} 「{wrong.words}」→「{wrong.fix}」")
    return report_issue(found, truth)


def measure_prose(arguments: argparse.Namespace) -> dict[str, object]:
    found: list[Found] = []
    characters = 0
    for path in arguments.files:
        for number, paragraphs in enumerate(documents(path)):
            characters += sum(map(len, paragraphs))
            with tempfile.TemporaryDirectory() as folder:
                seen = find_in_prose(paragraphs, Path(folder))
            found += seen
            if arguments.show:
                shown = [each for each in seen if each.counts or arguments.hints]
                print(f"== {path.name} {number} {paragraphs[0][:40]}" * bool(shown), end="\n" * bool(shown))
                for each in shown:
                    show(each)
    return report_prose(found, characters)


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    issue = commands.add_parser("issue")
    issue.add_argument("folder", type=Path)
    issue.add_argument("issue")
    issue.add_argument("truth", type=Path)
    issue.set_defaults(measure=measure_issue)
    prose = commands.add_parser("prose")
    prose.add_argument("files", type=Path, nargs="+")
    prose.add_argument("--hints", action="store_true")
    prose.set_defaults(measure=measure_prose)
    for command in (issue, prose):
        command.add_argument("--show", action="store_true")
        command.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = arguments.measure(arguments)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print_figures(figures)


def print_figures(figures: dict[str, object]) -> None:
    """The figures as a table."""
    for name, value in figures.items():
        if not isinstance(value, dict):
            print(f"{name:<16}{value:.3f}" if isinstance(value, float) else f"{name:<16}{value}")
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"\n{name}")
            for key, counts in value.items():
                print(
                    f"  {key:<16}"
                    + (
                        ", ".join(f"{what} {count}" for what, count in counts.items())
                        if isinstance(counts, dict)
                        else str(counts)
                    )
                )


if __name__ == "__main__":
    main()
