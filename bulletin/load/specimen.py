"""The examples of the type specimen."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.schemas import SpecimenSchema
from bulletin.load.yaml_files import load_yaml
from bulletin.model.problem import Outcome
from bulletin.model.specimen import Rule

SPECIMEN_FILE = "specimen.yaml"


def load_specimen(assets: tuple[str, ...]) -> Outcome[tuple[Rule, ...]]:
    """The rules of the first `specimen.yaml` in the folders."""
    folder = next(folder for folder in assets if Path(folder, SPECIMEN_FILE).exists())
    outcome, _ = load_yaml(Path(folder), SPECIMEN_FILE, SpecimenSchema)
    if outcome.value is None:
        return Outcome(None, outcome.problems)
    return Outcome(
        tuple(Rule(said.name, said.source, said.text, said.face) for said in outcome.value.rules), outcome.problems
    )
