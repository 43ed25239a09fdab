"""`bulletin import --archive`: hundreds of back issues, each in a process of its own, with bounds; what was done is remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from bulletin import __version__
from bulletin.convert.reading import ENDINGS
from bulletin.load.folders import issue_folder, list_issues
from bulletin.load.issue import load_head
from bulletin.model.errors import reason_of
from bulletin.model.imported import Brought
from bulletin.model.issue import Regular
from bulletin.model.problem import message
from bulletin.pipeline.importing.importing import Wanted, open_publication
from bulletin.pipeline.importing.ledger import read_ledger, write_ledger
from bulletin.pipeline.importing.processes import in_processes
from bulletin.publish import locked, publish_file
from bulletin.render.importing_archive import PATH, render_archive_report

REPORT = f"build/{PATH}"


def list_files(folder: Path) -> tuple[Path, ...]:
    """The files of kinds that can be read, below the folder, by name; what programs leave behind (`~$…`, hidden files) aside."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    return tuple(sorted(path for path in found if not path.name.startswith(("~$", "."))))


def import_archive(root: Path, folder: Path, wanted: Wanted, seen: Callable[[Brought], None]) -> tuple[Brought, ...]:
    """Brings in every file of the folder as a whole issue, and writes one report of all; `seen` is told of each file as it is done.

    A file that was brought in before, is the same, and whose issue is still there is not read again, unless issues are to be replaced and
    the program has changed. Of files with the same name but for the ending the one that says most is read, Word before text before PDF;
    the others only if it cannot be. What a file does (no issue, broken, too slow, too large, a process that dies) never keeps the others out.

    Raises:
        UsageError: `root` is no publication.
        CannotWrite: The ledger or the report cannot be written.
    """
    publication = open_publication(root)
    known = read_ledger(root)
    done: dict[str, Brought] = {}

    def note(brought: Brought) -> None:
        done[brought.name] = brought
        seen(brought)
        if not wanted.dry_run and not brought.again:
            write_ledger(root, known | done)

    rounds = _rounds(root, folder, known, wanted, note)
    for files in rounds:
        brought_in = {_stem(each): each for each in done.values() if each.folder}
        for fresh in [each for each in files if _stem(each) in brought_in]:
            note(replace(fresh, instead=brought_in[_stem(fresh)].name))
        left = [each for each in files if each.name not in done]
        for brought in in_processes(root, folder, left, replace(wanted, whole=True)):
            note(_with_rival(brought, done.values()))
    every = tuple(sorted(done.values(), key=lambda each: (each.serial, each.folder, each.name)))
    if not wanted.dry_run:
        with locked(root / "build"):
            publish_file(root / "build", render_archive_report(every, _serials(root, every), publication.templates))
    return every


def _rounds(
    root: Path, folder: Path, known: dict[str, Brought], wanted: Wanted, note: Callable[[Brought], None]
) -> list[list[Brought]]:
    """The files that are to be read, those first that say most; of the others it is noted why not."""
    rounds: dict[int, list[Brought]] = {}
    for file in list_files(folder):
        fresh = Brought(file.relative_to(folder).as_posix(), version=__version__)
        try:
            fresh = replace(fresh, digest=_digest(file))
        except OSError as fault:
            note(replace(fresh, fault=message("读不了：{reason}", reason=reason_of(fault))))
            continue
        before = known.get(fresh.name)
        if before and before.digest == fresh.digest and _stands(root, before, wanted):
            note(replace(before, again=True))
        else:
            rounds.setdefault(ENDINGS.index(file.suffix.lower()), []).append(fresh)
    return [rounds[rank] for rank in sorted(rounds)]


def _stands(root: Path, before: Brought, wanted: Wanted) -> bool:
    """True where the issue that a file became is there, and is not to be made anew by this version of the program."""
    anew = wanted.replace_issue and before.version != __version__
    return bool(before.folder) and (root / before.folder).is_dir() and not anew


def _stem(brought: Brought) -> str:
    return brought.name.rpartition(".")[0]


def _with_rival(brought: Brought, done: Iterable[Brought]) -> Brought:
    """With the name of the file that became the same issue already, if there is one."""
    rival = next((each for each in done if each.folder and each.folder == brought.folder), None)
    if brought.fault is None or rival is None:
        return replace(brought, folder="") if brought.fault else brought
    what = message("和“{other}”是同一期（{folder}），没有导入", other=rival.name, folder=Path(rival.folder).name)
    return replace(brought, folder="", fault=what)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _serials(root: Path, every: tuple[Brought, ...]) -> tuple[int, ...]:
    """The running numbers of all issues that there are, but for those that had none in their file."""
    unnumbered = {each.folder for each in every if each.folder and not each.serial}
    heads = (load_head(root, key).value for key in list_issues(root) if issue_folder(key) not in unnumbered)
    return tuple(sorted(head.running.serial for head in heads if head and isinstance(head.running, Regular)))
