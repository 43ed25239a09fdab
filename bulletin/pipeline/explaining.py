"""The manual of the rules, and the entries of the house's knowledge, by code and id."""

from __future__ import annotations

from bulletin.model.errors import UsageError
from bulletin.model.finding import Manual
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


def find_manual(name: str) -> Manual:
    """The page of the rule of that code, however it is written.

    Raises:
        UsageError: There is no such rule.
    """
    known = {manual.code: manual for _group, manuals in GROUPS for manual in manuals}
    wanted = name.strip().upper()
    if wanted not in known:
        raise UsageError(
            message("没有“{code}”这条校对规则", code=name),
            did_you_mean(wanted, known, message("全部规则：bulletin explain")),
        )
    return known[wanted]
