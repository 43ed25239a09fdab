"""Writes `assets/house/prepared.json`: the terms of the starting set as they are read from its YAML, which then needs not be read again.

    python tools/prepare_house.py

To be run after each change of `assets/house/*.yaml`; without it everything works as well, but slower, and a test says so.
"""

from __future__ import annotations

from bulletin.load.folders import builtin_folder
from bulletin.load.house import KNOWLEDGE_LIMIT, starting_files
from bulletin.load.house.prepared import PREPARED_FILE, prepare
from bulletin.load.house.shelf import items_in
from bulletin.load.schemas import KnowledgeSchema
from bulletin.load.yaml_files import load_yaml
from bulletin.model.house import Term


def read_terms(path: str) -> tuple[Term, ...]:
    """What a file of the starting set says, read from its YAML; it has terms and nothing else, and no faults."""
    outcome, tree = load_yaml(builtin_folder("assets").parent, path, KnowledgeSchema, KNOWLEDGE_LIMIT)
    if outcome.value is None or tree is None or outcome.problems:
        raise SystemExit("\n".join(f"{problem.span}: {problem.message}" for problem in outcome.problems))
    items = tuple(items_in(tree, outcome.value))
    terms = tuple(item.known for item in items if isinstance(item.known, Term))
    if len(terms) < len(items):
        raise SystemExit(f"{path}: only terms without faults can be prepared")
    return terms


def prepared() -> str:
    """The content of the file as it has to be."""
    files = starting_files([str(builtin_folder("assets"))])
    return prepare({file.read_text("utf-8"): read_terms(path) for path, file in files.items()})


def main() -> None:
    """Writes the file."""
    (builtin_folder("assets") / PREPARED_FILE).write_text(prepared(), "utf-8")


if __name__ == "__main__":
    main()
