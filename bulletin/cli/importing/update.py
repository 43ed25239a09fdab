"""`bulletin import --update`: what a leader edited in Word, shown sentence by sentence, and written into the article."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from bulletin.cli.commands import Place
from bulletin.cli.console import show_problems
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.foreign import ChangeKind as Tracked
from bulletin.model.foreign import ChangePolicy
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Outcome
from bulletin.model.updating import ChangeKind, Origin, ParagraphChange, Piece, Update

_LONGEST_SAME = 24
"""Characters of words that stay, shown on either side of those that do not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to become of tracked changes (accepted where nothing is said); whether to look only, not to ask, to write over newer edits."""

    changes: ChangePolicy = ChangePolicy.ACCEPT
    dry_run: bool = False
    yes: bool = False
    anyway: bool = False


def run_update(place: Place, article: str, file: Path, asked: Asked) -> int:
    """Shows what the edited file changes in the article, asks, and writes it.

    `article` is the path of its file, or `2026-10/3`; of an issue (`2026-10`) all of its articles are meant, one after another.
    """
    from bulletin.pipeline.exporting import find_wanted
    from bulletin.pipeline.updating import plan_updates, read_edited

    wanted = find_wanted(place.root, article)
    slugs = (wanted.slug,) if wanted.slug else ()
    plans = plan_updates(place.root, wanted.key, slugs, read_edited(file, asked.changes))
    return max(_take(place, wanted.key, outcome, asked) for _slug, outcome in plans)


def _take(place: Place, key: IssueKey, outcome: Outcome[Update], asked: Asked) -> int:
    """Shows one plan, asks, and writes it."""
    from bulletin.pipeline.updating import apply_update

    show_problems(outcome.problems)
    update = outcome.value
    if update is None:
        click.echo(_("没有改动稿件"), err=True)
        return 1
    show_update(update, asked)
    if not update.changed:
        return 0
    if _is_older(update) and not (asked.anyway or asked.dry_run):
        click.echo(_("没有写进稿件：先看清楚上面，仍要写，加 --anyway"), err=True)
        return 1
    if asked.dry_run:
        click.echo(_("只看，没有写进稿件"), err=True)
        return 0
    if not (asked.yes or not sys.stdin.isatty() or click.confirm(_("写进稿件？"))):
        return 1
    apply_update(place.root, key, update)
    click.echo(_("已写进 {path}").format(path=update.before.path), err=True)
    return 0


def _is_older(update: Update) -> bool:
    return update.origin in (Origin.OLDER, Origin.OTHER)


def show_update(update: Update, asked: Asked) -> None:
    """Everything that is to be known before it is written: where the file comes from, who changed what, what changes, what does not."""
    if update.changed or update.origin is not Origin.OLDER:
        _show_origin(update)
    _show_tracked(update, asked.changes)
    for change in update.patch.changes:
        click.echo(_change_said(change))
    for missed in update.patch.missed:
        _warn(missed)
    if not update.changed:
        click.echo(_("{path} 与 Word 文件一致，没有要改的").format(path=update.before.path))
        return
    said = _("改动 {count} 处，批注 {remarks} 条；写进稿件后与 Word 文件逐字核对过，没有动过的一字未改")
    click.echo(said.format(count=len(update.patch.changes), remarks=update.patch.remarks), err=True)


def _warn(said: Message) -> None:
    click.echo(click.style(_("注意：{what}").format(what=translated(said)), fg="yellow"), err=True)


def _show_origin(update: Update) -> None:
    said = {
        Origin.OLDER: _("{path} 在导出以后改过：下面列出的改动，会把后来的修改也改回去"),
        Origin.OTHER: _("这个 Word 文件不是从 {path} 导出的"),
        Origin.UNKNOWN: _("这个 Word 文件里没有导出时的记号，看不出 {path} 在导出以后有没有改过"),
    }.get(update.origin)
    if said:
        click.echo(click.style(said.format(path=update.before.path), fg="yellow"), err=True)


def _show_tracked(update: Update, policy: ChangePolicy) -> None:
    """The changes that Word tracked, by whom, and what becomes of them."""
    if not update.tracked:
        return
    taken = policy is ChangePolicy.ACCEPT
    said = _("文件里有修订 {count} 处，全部接受：") if taken else _("文件里有修订 {count} 处，全部拒绝：")
    click.echo(said.format(count=len(update.tracked)), err=True)
    for each in update.tracked:
        what = _("  {author} 加：{text}") if each.kind is Tracked.INSERTED else _("  {author} 删：{text}")
        author = each.author or _("（没有署名）")
        click.echo(shown_text(what.format(author=author, text=each.text)), err=True)


def _change_said(change: ParagraphChange) -> str:
    """Where, what became of it, and its words, those that go and come marked."""
    kind = {
        ChangeKind.EDITED: _("改"),
        ChangeKind.ADDED: _("增"),
        ChangeKind.REMOVED: _("删"),
        ChangeKind.MOVED: _("移"),
        ChangeKind.LOOKS: _("样式"),
    }[change.kind]
    where = _("第 {line} 行").format(line=change.line) if change.line else _("新的")
    return f"{where}  {kind}  " + "".join(map(_piece_said, change.pieces))


def _piece_said(piece: Piece) -> str:
    if piece.same:
        return shown_text(_shortened(piece.before))
    gone = click.style(_("【删：{words}】").format(words=shown_text(piece.before)), fg="red") if piece.before else ""
    come = click.style(_("【增：{words}】").format(words=shown_text(piece.after)), fg="green") if piece.after else ""
    return gone + come


def _shortened(text: str) -> str:
    """The ends of a long text."""
    if len(text) <= 2 * _LONGEST_SAME + 1:
        return text
    return f"{text[:_LONGEST_SAME]}…{text[-_LONGEST_SAME:]}"
