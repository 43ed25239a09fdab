"""`bulletin import`: manuscripts and back issues in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.commands import Place
from bulletin.cli.console import show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _

if TYPE_CHECKING:
    from bulletin.model.imported import Imported
    from bulletin.pipeline.importing.importing import Wanted


@click.command(
    "import",
    cls=Command,
    help=_(
        "导入来稿和旧刊：Word（.docx；.doc、.wps、.rtf、.odt 要装 LibreOffice）、纯文本、Markdown、有文字的 PDF、网页。\n\n"
        "来稿写明放进哪一期：标题、讲话人、单位、日期写进栏目，各级标题认出来；整期旧刊自成一期。改了什么、哪里没有把握，都写在导入报告里；"
        "读到的和写出的逐字核对，对不上就什么也不写。已有的文件从不覆盖。\n\n"
        "导出（bulletin export）的 Word 改好了，用 --update 收回：先一句一句列出改动，再写进稿件，没有动过的一字不改；批注写成稿件里的注释。\n\n"
        "例：bulletin import 来稿.docx --into 2026-07\n\n"
        "例：bulletin import 2020年第7期.docx\n\n"
        "例：bulletin import --archive 旧刊\n\n"
        "例：bulletin import --update 2026-07/03 改过的.docx"
    ),
    epilog=_(
        "限度：文件 200 MB，正文 500 万字，Word 里的文字 50 MB、图片每张 40 MB，PDF 2000 页。宏不运行，外面的图片和链接不去取。"
    ),
)
@click.argument(
    "files", metavar=f"[{_('文件')}]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--into", metavar=_("期"), help=_("放进哪一期，如 2026-07"))
@click.option(
    "--as", "as_what", type=click.Choice(["article", "issue"]), help=_("当作一篇文章，还是整期（默认看内容）")
)
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject"]),
    help=_("文件里的修订全部接受，或全部拒绝（有修订而没有写，就不导入）"),
)
@click.option("--replace", "replace_issue", is_flag=True, help=_("已有这一期，用导入的换掉；旧的文件夹改名保留"))
@click.option("--dry-run", is_flag=True, help=_("只看会写成哪些文件，什么也不写"))
@click.option(
    "--archive",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=_("文件夹"),
    help=_("导入整个文件夹的旧刊，断了可以接着来"),
)
@click.option(
    "--update",
    metavar=_("文章"),
    help=_(
        "收回领导在 Word 里的改动：文件是导出的这一篇，写 2026-07/03 或稿件的路径；有修订的，不写 --changes 就是接受"
    ),
)
@click.option("--yes", is_flag=True, help=_("用 --update 时不再问，直接写进稿件"))
@click.option("--anyway", is_flag=True, help=_("用 --update 时，稿件在导出以后改过也写"))
@click.pass_obj
def import_(place: Place, /, files: tuple[Path, ...], archive: Path | None, into: str | None, **chosen: Any) -> int:
    from bulletin.cli.importing.archive import import_folder

    if chosen["update"]:
        return _update(
            place, files, chosen, others=bool(archive or into or chosen["as_what"] or chosen["replace_issue"])
        )
    if chosen["yes"] or chosen["anyway"]:
        raise click.UsageError(_("--yes 和 --anyway 只和 --update 一起用"))
    wanted = _wanted(into, chosen)
    if archive is not None and (files or into):
        raise click.UsageError(_("--archive 不能和文件、--into 一起用"))
    if archive is not None:
        return import_folder(place, archive, wanted)
    if not files:
        raise click.UsageError(_("没有写导入哪个文件"))
    return _import_files(place, files, wanted)


def _update(place: Place, files: tuple[Path, ...], chosen: dict[str, Any], *, others: bool) -> int:
    """What was edited in one Word file, back into its article."""
    from bulletin.cli.importing.update import Asked, run_update
    from bulletin.model.foreign import ChangePolicy

    if others or len(files) != 1:
        raise click.UsageError(_("--update 要写一个 Word 文件，只和 --changes、--dry-run、--yes、--anyway 一起用"))
    policy = ChangePolicy(chosen["changes"] or ChangePolicy.ACCEPT)
    asked = Asked(policy, dry_run=chosen["dry_run"], yes=chosen["yes"], anyway=chosen["anyway"])
    return run_update(place, chosen["update"], files[0], asked)


def _wanted(into: str | None, chosen: dict[str, Any]) -> Wanted:
    """What the options ask for."""
    from bulletin.model.foreign import ChangePolicy
    from bulletin.model.key import IssueKey
    from bulletin.pipeline.importing.importing import Wanted

    key = IssueKey.parse(into) if into else None
    if into and key is None:
        raise click.UsageError(_("期的写法不对：“{name}”，应写成 2026-07").format(name=into))
    return Wanted(
        key,
        whole=None if chosen["as_what"] is None else chosen["as_what"] == "issue",
        changes=ChangePolicy(chosen["changes"]) if chosen["changes"] else None,
        replace_issue=chosen["replace_issue"],
        dry_run=chosen["dry_run"],
    )


def _import_files(place: Place, files: tuple[Path, ...], wanted: Wanted) -> int:
    """One file after the other; a bad one does not keep the others out."""
    from bulletin.cli.console import show_failure
    from bulletin.model.errors import UsageError
    from bulletin.pipeline.importing.importing import import_file, open_publication

    publication = open_publication(place.root)
    failed = 0
    for file in files:
        try:
            outcome = import_file(place.root, publication, file, wanted)
        except UsageError as failure:
            if len(files) == 1:
                raise
            click.echo(f"{file.name}", err=True)
            show_failure(failure)
            failed += 1
            continue
        show_problems(outcome.problems)
        if outcome.value is None:
            failed += 1
            continue
        _show(outcome.value, dry_run=wanted.dry_run)
    return 1 if failed else 0


def _show(imported: Imported, *, dry_run: bool) -> None:
    for path in imported.paths:
        click.echo(path)
    said = _("{name}：{articles} 篇，改动 {repairs} 处，存疑 {doubts} 处；逐字核对，一字不少").format(
        name=imported.document.name,
        articles=len(imported.articles),
        repairs=len(imported.repairs),
        doubts=imported.doubtful,
    )
    click.echo(said, err=True)
    if imported.report and not dry_run:
        click.echo(_("导入报告：{path}").format(path=imported.report), err=True)
