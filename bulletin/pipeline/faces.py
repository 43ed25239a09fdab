"""The bureau's own faces: checked with every issue, and prepared once for each output folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from bulletin.load.standard import load_standard_characters
from bulletin.model.artifact import Artifact
from bulletin.model.face import FaceFacts
from bulletin.model.problem import Outcome, Problem, message
from bulletin.model.progress import Progress
from bulletin.model.publication import HouseFace, Publication
from bulletin.model.repertoire import gb_2312
from bulletin.publish import publish_file, publish_folder

_FOLDER = ".faces"
"""In the output folder: the prepared faces, each named by the digest of all that decides it."""


def check_faces(publication: Publication) -> tuple[Problem, ...]:
    """What is wrong with the bureau's own faces."""
    return tuple(problem for outcome in read_faces(publication).values() for problem in outcome.problems)


def read_faces(publication: Publication) -> dict[HouseFace, Outcome[FaceFacts]]:
    """What each of the bureau's own faces is and has; no facts where the built-in one has to stand in for it."""
    if not publication.house_faces:
        return {}
    from bulletin.faces import check_face

    common = common_characters(publication)
    return {face: check_face(face, common) for face in publication.house_faces}


def common_characters(publication: Publication) -> frozenset[str]:
    """The Han that any text may have: those of GB 2312 and of the 通用规范汉字表."""
    return gb_2312() | load_standard_characters(publication.assets)


def assure_faces(publication: Publication, output: Path, progress: Progress) -> Outcome[Publication]:
    """The publication with the files of its own faces as they are printed with, prepared below `output` unless they are there.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    wanted = _file_names(publication)
    problems = _prepare_missing(publication, wanted, output, progress)
    if problems:
        return Outcome(None, problems)
    _sweep(wanted.values(), output)
    files = tuple((f"{face.role.house_family}.ttf", str(output / _FOLDER / name)) for face, name in wanted.items())
    return Outcome(replace(publication, faces=(*publication.faces, *files)))


def _file_names(publication: Publication) -> dict[HouseFace, str]:
    """What the prepared file of each face is called."""
    if not publication.house_faces:
        return {}
    from bulletin.faces import face_digest

    return {face: f"{face.role.house_family}-{face_digest(face)[:32]}.ttf" for face in publication.house_faces}


def _prepare_missing(
    publication: Publication, wanted: dict[HouseFace, str], output: Path, progress: Progress
) -> tuple[Problem, ...]:
    """Prepares the faces that are not there yet, and writes each as soon as it is ready: it takes half a minute and more."""
    missing = {face: name for face, name in wanted.items() if not (output / _FOLDER / name).is_file()}
    if not missing:
        return ()
    from bulletin.faces import prepare_face

    common = common_characters(publication)
    problems: tuple[Problem, ...] = ()
    for face, name in missing.items():
        progress(message("正在准备字库（换字库后的第一次要一两分钟）：{role}", role=face.role.name))
        made = prepare_face(face, common)
        problems += made.problems
        if made.value is not None:
            publish_file(output, Artifact(f"{_FOLDER}/{name}", "font/ttf", made.value))
    return problems


def _sweep(wanted: Collection[str], output: Path) -> None:
    """Removes faces that are not wanted any more."""
    folder = output / _FOLDER
    if {path.name for path in folder.glob("*")} - {*wanted}:
        kept = (Artifact(f"{_FOLDER}/{name}", "font/ttf", (folder / name).read_bytes()) for name in wanted)
        publish_folder(output, _FOLDER, tuple(kept))
