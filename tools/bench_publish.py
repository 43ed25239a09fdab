"""Measures publishing a large archive to a folder beside Hugo with rsync: the first time, again without a change, after one edit.

    python tools/bench_publish.py                        500 issues of 10 articles of 3,500 characters, three runs of each
    python tools/bench_publish.py --issues 50 --runs 1   a quick look

Whole processes in turn, each from sources to what visitors see: ours makes and proves the site, searches it for leaks, sends, reads back, and enters it in
the log; the rival makes bare pages, compares checksums with the release before (`--checksum`: Hugo writes every file anew), links what is the
same (`--link-dest`), and switches a link.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench_site import OURS, STEPS, Contestant, Took, measure, median_of, report_step
from corpus import Size
from rivals import Rival, install_rivals

_RSYNC = """
set -e
'{hugo}' --quiet
old=$(readlink {served}/current || true)
new=releases/$(date +%s%N)
mkdir -p {served}/releases
rsync -rl --checksum ${{old:+--link-dest="{served}/$old"}} public/ "{served}/$new/"
ln -sfn "$new" {served}/.new
mv -T {served}/.new {served}/current
"""


class Publisher(Contestant):
    """A contestant that publishes to the folder `served`; the files that it sent are those that it shares with no release before."""

    def __init__(self, rival: Rival, folder: Path, size: Size) -> None:
        super().__init__(rival, folder, size)
        self.served = folder.with_name(f"{folder.name}-served")
        self.served.mkdir()
        if rival.target == OURS:
            with (folder / "bulletin.yaml").open("a", encoding="utf-8") as settings:
                settings.write(f"publish:\n  外网: {{to: {self.served}, url: 'http://127.0.0.1:9/'}}\n")

    def run(self, step: str) -> Took:
        if step == "cold":
            for path in (self.served, *(self.folder / name for name in (self.rival.output, *self.rival.kept))):
                shutil.rmtree(path, ignore_errors=True)
        if step == "one edit":
            self._edit()
        before = self._live()
        took = measure(self.rival.command, self.folder)
        live = self._live()
        sent = [path.stat() for path in live.rglob("*") if path.is_file()] if live != before else []
        alone = [known.st_size for known in sent if known.st_nlink == 1]
        return Took(*took, sum(alone) / 1e6, len(alone))

    def _live(self) -> Path:
        return (self.served / "current").resolve()


def report_publishing(size: Size, runs: int) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        publish = (sys.executable, "-m", "bulletin", "publish", "--by", "李晶鑫", "--allow-delete")
        rivals = [Rival(OURS, OURS, publish, "build", ("registers",))]
        hugo = next((each for each in install_rivals(folder / "programs") if each.target == "hugo"), None)
        if hugo and shutil.which("rsync"):
            served = folder / "Hugo-served"
            script = _RSYNC.format(hugo=hugo.command[0], served=served)
            rivals.append(Rival("Hugo + rsync", "hugo", ("sh", "-c", script), "public", ("resources",)))
        contestants = [Publisher(each, folder / each.name.split()[0], size) for each in rivals]
        figures: dict[str, dict[str, list[Took]]] = {step: {each.name: [] for each in rivals} for step in STEPS}
        for _ in range(runs):
            for each in contestants:
                for step in STEPS:
                    figures[step][each.rival.name].append(each.run(step))
        print(
            f"\npublishing of {size.issues} issues × {size.articles} articles, from sources to visitors, median of {runs}"
        )
        for step in STEPS:
            report_step(step, {name: median_of(took) for name, took in figures[step].items()})


def main() -> None:
    """Measures what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = Size()
    parser.add_argument("--issues", type=int, default=usual.issues)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    report_publishing(Size(given.issues), given.runs)


if __name__ == "__main__":
    main()
