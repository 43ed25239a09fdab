"""Measures the program beside the bare layout engine and beside Typst, whole processes in turn, and prints ratios.

    make bench                              the sample issue
    make bench ARGS="-C FOLDER --runs 9"    another publication

The rivals do less: WeasyPrint alone breaks the lines of the same HTML, style sheet and fonts itself; Typst sets the same text in the
same faces on the same page, justified. Neither reads sources, checks them, makes a web edition or proves anything.
Then numbered copies of the issue (`bench_copies.py`), the proofreader beside other checkers (`bench_proofread.py`), the site of a large archive beside
other generators (`bench_site.py`), and its publishing (`bench_publish.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TypeVar

from bench_copies import report_copies
from bench_proofread import report_proofreading
from bench_publish import report_publishing
from bench_site import report_site
from corpus import Size

from bulletin.compose import compose_edition
from bulletin.model.edition import Edition, Masthead
from bulletin.model.issue import Issue
from bulletin.model.picture import Picture
from bulletin.model.problem import Span, has_errors
from bulletin.model.prose import Spaced, Text
from bulletin.model.walk import visible_text
from bulletin.pipeline.reading import find_issue, read
from bulletin.prove.print_edition import prove_print
from bulletin.render.print_css import print_css
from bulletin.render.print_edition import render_print, render_print_html
from bulletin.typeset import typeset_edition

REPOSITORY = Path(__file__).resolve().parent.parent


def find(root: Path) -> tuple[Issue, Edition]:
    """The newest issue, as read and as composed."""
    outcome = read(root, find_issue(root, None))
    if outcome.value is None or has_errors(outcome.problems):
        raise SystemExit("the issue has errors; run `bulletin check`")
    return outcome.value, compose_edition(outcome.value)


def write_bare(issue: Issue, edition: Edition, folder: Path) -> Path:
    """The print edition as one HTML file, its lines not broken yet."""
    typeset, _ = typeset_edition(edition, issue.publication, Span("issue.yaml"))
    html = render_print_html(unbroken(typeset), issue.publication)
    css = (
        print_css((), issue.publication)
        + ".body p, .body h2, .body h3, .body h4, .body h5, li, dd p { white-space: normal !important; orphans: 2; widows: 2 }"
        ".page { height: auto; break-after: auto } .notes, .imprint { position: static }"
    )
    for name, path in issue.publication.faces:
        css = css.replace(f"asset:fonts/{name}", Path(path).as_uri())
    for picture in issue.pictures:
        (folder / picture.sha256).write_bytes(picture.content)
        html = html.replace(f"asset:pictures/{picture.sha256}", (folder / picture.sha256).as_uri())
    page = folder / "bare.html"
    page.write_text(html.replace("</head>", f"<style>{css}</style></head>"), "utf-8")
    return page


T = TypeVar("T")


def unbroken(value: T) -> T:
    """The typeset edition without its line ends and spacings."""
    if isinstance(value, tuple):
        return tuple(map(unbroken, value))  # type: ignore[return-value]
    if isinstance(value, Spaced | Text):
        return Text(value.content.replace("\n", ""))  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, Span | Masthead | Picture):
        return value
    return replace(value, **{part.name: unbroken(getattr(value, part.name)) for part in fields(value)})  # type: ignore[type-var]


def write_typst(edition: Edition, folder: Path) -> Path:
    """The text of the print edition for Typst, on the same page, in the same faces."""
    lines = [
        "#set page(width: 210mm, height: 297mm, margin: (top: 37mm, bottom: 35mm, inside: 28mm, outside: 26mm))",
        '#set text(font: ((name: "GW Latin", covers: "latin-in-cjk"), "GW Fang", "GW Song Full"), size: 15.75pt, lang: "zh")',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13.2pt, spacing: 13.2pt)",
    ]
    for article in edition.articles:
        lines.append(
            f'#align(center, text(font: "GW Biaosong", size: 22pt, {json.dumps(article.plain_title, ensure_ascii=False)}))'
        )
        for block in article.blocks:
            if text := visible_text(block):
                lines.append(f"#par({json.dumps(text, ensure_ascii=False)})")
        lines.append("#pagebreak()")
    source = folder / "rival.typ"
    source.write_text("\n".join(lines), "utf-8")
    return source


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds, and CPU seconds of the process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Runs each command in turn and prints minimum and median of each, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-C", dest="root", type=Path, default=REPOSITORY)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--issues", type=int, default=Size().issues, help="of the archive whose site is made; 0: none")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        issue, edition = find(root)
        page, source = write_bare(issue, edition, folder), write_typst(edition, folder)
        engine = str(Path(sys.executable).parent / "weasyprint")
        typst = f"import typst; typst.compile({str(source)!r}, output={str(folder / 'typst.pdf')!r}, font_paths=['assets/fonts'])"
        commands = {
            "bulletin build": [sys.executable, "-m", "bulletin", "-C", str(root), "build", "-o", str(folder / "build")],
            "bare WeasyPrint": [engine, "--pdf-tags", str(page), str(folder / "bare.pdf")],
            "Typst": [sys.executable, "-c", typst],
            "bulletin --help": [sys.executable, "-m", "bulletin", "--help"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        run(commands["bulletin build"])  # the type specimen is proved once and for all
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                figures[name].append(run(command))
        report(figures, os.cpu_count() or 1)
        report_shares(issue, edition)
        report_copies(root, issue, statistics.median(cpu for _, cpu in figures["bulletin build"]))
    report_proofreading(issues=40, runs=arguments.runs)
    if arguments.issues:
        report_site(Size(arguments.issues), runs=3)
        report_publishing(Size(arguments.issues), runs=3)


def report(figures: dict[str, list[tuple[float, float]]], cores: int) -> None:
    """The table of figures and the ratios that matter."""
    print(f"{'command':<18}{'wall min':>10}{'median':>9}{'CPU min':>10}{'median':>9}   ({cores} cores)")
    for name, runs in figures.items():
        walls, cpus = zip(*runs, strict=True)
        cells = (min(walls), statistics.median(walls), min(cpus), statistics.median(cpus))
        print(f"{name:<18}{cells[0]:>9.2f}s{cells[1]:>8.2f}s{cells[2]:>9.2f}s{cells[3]:>8.2f}s")
    for rival, goal in (("bare WeasyPrint", "1.50"), ("Typst", "2.00")):
        ratios = [ours[1] / theirs[1] for ours, theirs in zip(figures["bulletin build"], figures[rival], strict=True)]
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"build / {rival}, CPU, run by run: {low:.2f} – {middle:.2f} – {high:.2f} (goal: no more than {goal})")


def report_shares(issue: Issue, edition: Edition) -> None:
    """What each step of the print edition takes, in this process."""
    seconds = {}
    start = time.process_time()
    typeset, _ = typeset_edition(edition, issue.publication, Span("issue.yaml"))
    seconds["composing lines"], start = time.process_time() - start, time.process_time()
    artifact = render_print(typeset, issue.publication)
    seconds["layout and PDF"], start = time.process_time() - start, time.process_time()
    prove_print(edition, typeset, artifact, Span("issue.yaml"))
    seconds["reading back"] = time.process_time() - start
    whole = sum(seconds.values())
    print(", ".join(f"{name} {one:.2f}s ({one / whole:.0%})" for name, one in seconds.items()))


if __name__ == "__main__":
    main()
