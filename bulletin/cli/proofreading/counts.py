"""How many findings there are, in a line and for another program."""

from __future__ import annotations

from bulletin.cli.language import _
from bulletin.model.proofreading import Counts


def summary(counts: Counts, *, how: bool = True) -> str:
    """错误 3　警告 12，其中 9 处可自动改; with the options that do it, or without."""
    named = (
        (_("错误 {count}"), counts.errors),
        (_("警告 {count}"), counts.warnings),
        (_("提示 {count}"), counts.hints),
    )
    said = "　".join(text.format(count=number) for text, number in named if number)
    further = (
        (_("{count} 处可自动改（--fix）") if how else _("{count} 处可自动改"), counts.safe),
        (_("{count} 处看过再改（--unsafe-fixes）") if how else _("{count} 处看过再改"), counts.unsafe),
        (_("{count} 处在问作者"), counts.asked),
        (_("另有 {count} 处写明理由保留"), counts.kept),
    )
    return _("，").join(filter(None, (said, *(text.format(count=number) for text, number in further if number))))


def counts_record(counts: Counts) -> dict[str, int]:
    """The counts as JSON."""
    return {name: getattr(counts, name) for name in counts.__slots__}
