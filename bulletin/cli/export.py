"""`bulletin export`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import complete_issue, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_(
        "导出 Word 文件，送领导审改：公文的字体、字号、版心和行列，标题、列表、脚注都由 Word 自动编号；页眉写“送审稿”，不印份号。"
        "写期号导出整期，写文章导出一篇（期号/序号，或稿件的路径）；不写则导出最新一期。"
        "做好后读回来，与原稿逐字核对，对不上就不写出。\n\n"
        "改好的文件用 bulletin import --update 收回来。已经在 Word 里存过的文件，再导出时不会覆盖。\n\n"
        "例：bulletin export 2026-10\n\n"
        "例：bulletin export 2026-10/3 -o 桌面"
    ),
)
@click.argument("wanted", required=False, metavar=f"[{_('期或文章')}]", shell_complete=complete_issue)
@click.option("--to", "kind", type=click.Choice(["docx"]), default="docx", help=_("导出成什么（现在只有 Word）"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=_("文件或文件夹"),
    help=_("放在哪里（默认是刊物的 build/期/export/）"),
)
@json_option
@click.pass_obj
def export(place: Place, wanted: str | None, kind: str, output: Path | None, as_json: bool) -> int:
    from bulletin.pipeline.exporting import export_word, find_wanted

    meant = find_wanted(place.root, wanted)
    folder = output or place.root / "build" / str(meant.key) / "export"
    target = folder if folder.suffix.lower() == f".{kind}" else folder / f"{meant.name}.{kind}"
    outcome = export_word(place.root, meant, target)
    done = outcome.value
    if as_json:
        record = {"path": str(done.path), "articles": done.articles, "size": done.size} if done else None
        show_json({"exported": record, "problems": [problem_record(problem) for problem in outcome.problems]})
        return 0 if done else 1
    show_problems(outcome.problems)
    if done is None:
        click.echo(_("没有导出：请先改正上面的错误"), err=True)
        return 1
    said = _("{name}：{articles} 篇，{size} KB；与原稿逐字核对一致")
    click.echo(said.format(name=meant.name, articles=done.articles, size=max(1, round(done.size / 1024))))
    click.echo(f"  {done.path}")
    return 0
