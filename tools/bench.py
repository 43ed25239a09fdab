"""Measures the program beside the bare layout engine, whole processes in turn, and prints ratios.

    make bench                              the sample issue
    make bench ARGS="-C FOLDER --runs 9"    another publication

The rival is WeasyPrint alone on the same HTML, style sheet and fonts: no reading, checking, web edition or proof.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.model.problem import has_errors
from bulletin.model.typeface import TYPEFACES
from bulletin.pipeline.reading import find_issue, read
from bulletin.render.assets import find_asset
from bulletin.render.print_edition import faces_css, render_print_html

REPOSITORY = Path(__file__).resolve().parent.parent


def write_rival(root: Path, folder: Path) -> Path:
    """The print edition as one HTML file that the bare engine can set."""
    outcome = read(root, find_issue(root, None))
    if outcome.value is None or has_errors(outcome.problems):
        raise SystemExit("the issue has errors; run `bulletin check`")
    issue = outcome.value
    html = render_print_html(compose_edition(issue), issue.publication)
    css = faces_css() + find_asset(issue.publication.assets, "css/print.css").read_text("utf-8")
    for face in TYPEFACES:
        path = find_asset(issue.publication.assets, f"fonts/{face.file}")
        css = css.replace(f"asset:fonts/{face.file}", path.as_uri())
    for picture in issue.pictures:
        (folder / picture.sha256).write_bytes(picture.content)
        html = html.replace(f"asset:pictures/{picture.sha256}", (folder / picture.sha256).as_uri())
    page = folder / "rival.html"
    page.write_text(html.replace("</head>", f"<style>{css}</style></head>"), "utf-8")
    return page


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
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        page = write_rival(root, folder)
        engine = str(Path(sys.executable).parent / "weasyprint")
        commands = {
            "bulletin build": [sys.executable, "-m", "bulletin", "-C", str(root), "build", "-o", str(folder / "build")],
            "bare WeasyPrint": [engine, "--pdf-tags", str(page), str(folder / "rival.pdf")],
            "bulletin --help": [sys.executable, "-m", "bulletin", "--help"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                figures[name].append(run(command))
        report(figures, os.cpu_count() or 1)


def report(figures: dict[str, list[tuple[float, float]]], cores: int) -> None:
    """The table of figures and the ratios that matter."""
    print(f"{'command':<18}{'wall min':>10}{'median':>9}{'CPU min':>10}{'median':>9}   ({cores} cores)")
    for name, runs in figures.items():
        walls, cpus = zip(*runs, strict=True)
        cells = (min(walls), statistics.median(walls), min(cpus), statistics.median(cpus))
        print(f"{name:<18}{cells[0]:>9.2f}s{cells[1]:>8.2f}s{cells[2]:>9.2f}s{cells[3]:>8.2f}s")
    ratios = [
        ours[1] / bare[1] for ours, bare in zip(figures["bulletin build"], figures["bare WeasyPrint"], strict=True)
    ]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"build / bare engine, CPU, run by run: {low:.2f} – {middle:.2f} – {high:.2f} (goal: no more than 1.50)")


if __name__ == "__main__":
    main()
