"""Front matter and `issue.yaml` to their texts: what of them is printed, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.load.proof_texts.placed import Placed
from bulletin.load.proof_texts.scalars import placed_scalar
from bulletin.load.strict_yaml import YamlPath, YamlValue, parse_yaml
from bulletin.load.yaml_faults import Lines
from bulletin.model.proof_text import ProofText, Role

_OF_ARTICLES: tuple[tuple[YamlPath, Role], ...] = (
    (("editors_note",), Role.EDITORS_NOTE),
    (("title",), Role.TITLE),
    (("subtitle",), Role.SUBTITLE),
    (("speaker",), Role.SPEAKER),
    (("position",), Role.POSITION),
    (("organization",), Role.ORGANIZATION),
)
_OF_ISSUES: tuple[tuple[YamlPath, Role], ...] = (
    (("marking",), Role.FIELD),
    (("highlights",), Role.HIGHLIGHT),
    (("editors_note",), Role.EDITORS_NOTE),
    *((("distribution", label), Role.FIELD) for label in ("报", "送", "发")),
    (("editors",), Role.FIELD),
)
_DASH = "——"


def article_fields(front: str, path: str) -> Iterator[ProofText]:
    """The texts of an article's front matter, which begins on line 2."""
    return _fields(front, path, 2, Path(path).stem)


def issue_fields(text: str, path: str) -> Iterator[ProofText]:
    """The texts of an `issue.yaml`; of a list of addressees that is worded, the wording."""
    return _fields(text, path, 1, "")


def _fields(text: str, path: str, first_line: int, slug: str) -> Iterator[ProofText]:
    tree = parse_yaml(text, path, first_line)
    lines = Lines(text, path, first_line)
    for wanted, role in _OF_ARTICLES if slug else _OF_ISSUES:
        for where, value in _leaves(_value(tree.value, wanted), wanted):
            placed = placed_scalar(value, lines, tree.places[where]).stripped()
            for part in _printed(placed, role):
                yield ProofText(
                    path, slug, role, part.content, part.anchors, field=".".join(map(str, where)), altered=part.altered
                )


def _value(value: YamlValue, where: YamlPath) -> YamlValue:
    """What stands at that path; an empty list where nothing does."""
    for key in where:
        value = value.get(str(key), []) if isinstance(value, dict) else []
    return value


def _leaves(value: YamlValue, where: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    """Each text in a value with its path."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _leaves(each, (*where, place))
    else:
        for key in ("text",) if "text" in value else value:
            yield from _leaves(value[key], (*where, key))


def _printed(placed: Placed, role: Role) -> Iterator[Placed]:
    """What is printed of a value: a subtitle without its dash, an editors' note paragraph by paragraph."""
    start = len(_DASH) if role is Role.SUBTITLE and placed.content.startswith(_DASH) else 0
    for line in placed.content[start:].split("\n"):
        part = placed.part(start, start + len(line)).stripped()
        start += len(line) + 1
        if part.content:
            yield part
