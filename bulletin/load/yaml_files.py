"""A YAML file of the publication as its schema has it, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletin.load.encoding import read_text
from bulletin.load.files import KILOBYTE
from bulletin.load.strict_yaml import YamlTree, parse_yaml
from bulletin.load.validate import S, validate
from bulletin.model.characters import check_characters
from bulletin.model.problem import Outcome, Problem

YAML_LIMIT = 256 * KILOBYTE


def load_yaml(root: Path, path: str, schema: type[S], limit: int = YAML_LIMIT) -> tuple[Outcome[S], YamlTree | None]:
    """The file `path` under `root`, of at most `limit` bytes, as `schema`, and its tree for the places of values."""
    read = read_text(root, path, limit)
    if read.value is None:
        return Outcome(None, read.problems), None
    outcome, tree = read_yaml(read.value, path, schema)
    return Outcome(outcome.value, (*read.problems, *outcome.problems)), tree


def read_yaml(text: str, path: str, schema: type[S]) -> tuple[Outcome[S], YamlTree]:
    """The same of a file with this text."""
    tree = parse_yaml(text, path)
    outcome = validate(tree, schema, path)
    return Outcome(outcome.value, without_repetition(check_characters(text, path), outcome.problems)), tree


def without_repetition(characters: Iterable[Problem], others: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """All problems, but not what YAML says of a character that was reported by name."""
    named = tuple(characters)
    return (*named, *(problem for problem in others if not named or problem.code != "character"))
