"""The manual of the rules, and the entries of the house's knowledge, by code and id."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.house import load_house
from bulletin.load.publication import load_publication
from bulletin.model.errors import UsageError
from bulletin.model.finding import Manual
from bulletin.model.house import Known
from bulletin.model.problem import Message, did_you_mean, message
from bulletin.proofread.rules import consistency, knowledge, numbers, punctuation, residue, structure, wording
from bulletin.render.proofreading.manual import render_manual

GROUPS: tuple[tuple[Message, tuple[Manual, ...]], ...] = tuple(
    (name, tuple(rule.manual for rule in group.RULES))
    for name, group in (
        (message("残留"), residue),
        (message("标点"), punctuation),
        (message("数字"), numbers),
        (message("结构"), structure),
        (message("用词"), wording),
        (message("本局的知识"), knowledge),
        (message("前后一致"), consistency),
    )
)
"""The groups of rules in the order of the manual, each with its name."""


def manual_text() -> str:
    """The whole manual, in Markdown."""
    return render_manual((str(name), manuals) for name, manuals in GROUPS if manuals)


def find_page(root: Path, name: str) -> Manual | Known:
    """The page of the rule of that code, however it is written, or what the house in `root` knows under that id.

    Raises:
        UsageError: There is neither.
    """
    manuals = {manual.code: manual for _group, manuals in GROUPS for manual in manuals}
    if manual := manuals.get(name.strip().upper()):
        return manual
    publication = load_publication(root).value
    house = load_house(root, publication).value if publication else None
    known = {each.entry.id: each for each in house.known} if house else {}
    if found := known.get(name.strip()):
        return found
    near = did_you_mean(name.strip().upper(), manuals, did_you_mean(name, known, message("全部规则：bulletin explain")))
    raise UsageError(message("没有“{name}”这条规则，也没有这个词条", name=name), near)
