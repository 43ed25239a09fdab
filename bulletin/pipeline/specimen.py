"""The type specimen: for the eye, and as the test that is passed before anything is printed."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.publication import load_publication
from bulletin.load.specimen import load_specimen
from bulletin.model.artifact import Artifact
from bulletin.model.errors import TypesettingFailed, UsageError
from bulletin.model.problem import Outcome, Problem, Severity, has_errors, message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.specimen import Rule, TypesetRule
from bulletin.pipeline.faces import assure_faces, check_faces
from bulletin.prove.specimen import prove_specimen
from bulletin.publish import locked, publish_file
from bulletin.render.specimen import render_specimen, specimen_fingerprint
from bulletin.typeset import typeset_specimen

_CHANGED = message("多半是排版引擎或字库换过版本、样式改过；用 bulletin specimen 看字样页，或退回原来的版本")
_HOUSE_FACES = message(
    "多半是 bulletin.yaml 里 fonts 写的字库不合适：逐种去掉再试，找出是哪一种；用 bulletin specimen 看字样页"
)
_PASSED = ".typesetting"
"""In the output folder: the fingerprint of the specimen that passed last."""


def make_specimen(root: Path, output: Path, progress: Progress) -> Path:
    """Writes the specimen below `output` and returns its path, whether or not it is as it should be.

    Raises:
        UsageError: The settings or the examples have errors.
        TypesettingFailed: The specimen is written, but is not as it was composed.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    loaded = load_publication(root)
    if loaded.value is None or has_errors(loaded.problems):
        raise _refused(loaded.problems)
    with locked(output):
        publication = _with_faces(loaded.value, output, progress)
        rules = typeset_specimen(_rules(publication), publication)
        progress(message("正在排字样页"))
        artifact = render_specimen(rules, publication)
        path = publish_file(output, artifact)
        _prove(rules, artifact, publication)
    return path


def assure_typesetting(publication: Publication, output: Path, progress: Progress) -> None:
    """Sets the specimen and reads it back, unless it passed with these very faces and this very engine before.

    Raises:
        TypesettingFailed: Lines, edges, pairs of marks or the grid are not as they were composed.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    rules = _rules(publication)
    fingerprint = specimen_fingerprint(rules, publication).encode()
    passed = output / _PASSED
    if passed.is_file() and passed.read_bytes() == fingerprint:
        return
    progress(message("字库或排版引擎有变化，正在试排字样页"))
    typeset = typeset_specimen(rules, publication)
    _prove(typeset, render_specimen(typeset, publication), publication)
    publish_file(output, Artifact(_PASSED, "text/plain", fingerprint))


def _with_faces(publication: Publication, output: Path, progress: Progress) -> Publication:
    """The publication with its own faces, which must be sound."""
    problems = check_faces(publication)
    faces = assure_faces(publication, output, progress) if not has_errors(problems) else Outcome(None, problems)
    if faces.value is None:
        raise _refused(faces.problems)
    return faces.value


def _rules(publication: Publication) -> tuple[Rule, ...]:
    loaded = load_specimen(publication.assets)
    if loaded.value is None:
        raise _refused(loaded.problems)
    return loaded.value


def _refused(problems: tuple[Problem, ...]) -> UsageError:
    problem = next(problem for problem in problems if problem.severity is Severity.ERROR)
    return UsageError(
        message("请先改正 {place}：{what}", place=str(problem.span), what=problem.message), problem.advice
    )


def _prove(rules: tuple[TypesetRule, ...], artifact: Artifact, publication: Publication) -> None:
    faults = prove_specimen(rules, artifact, publication.typesetting.size)
    if faults:
        what = message("试排的字样页有 {count} 处与规则不符，不能印：{first}", count=len(faults), first=faults[0])
        raise TypesettingFailed(what, _HOUSE_FACES if publication.house_faces else _CHANGED)
