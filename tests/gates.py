"""A publication with an article that is not cleared, its public site as the program makes it, and the gate before it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from bulletin.compose import cleared_slugs, compose_web_edition
from bulletin.compose.site import compose_issue_card, compose_list_pages, compose_site
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.issue import Issue
from bulletin.model.problem import Message, Problem, Severity
from bulletin.model.publication import Publication
from bulletin.model.site import Around
from bulletin.pipeline.clearing import clear
from bulletin.pipeline.reading import find_issue
from bulletin.prove.leaks.decoding import Known, known_together, tags_in
from bulletin.prove.leaks.explaining import explain
from bulletin.prove.leaks.gathering import house_secrets, secrets_of
from bulletin.prove.leaks.issue_secrets import Secrets, unpack_secrets
from bulletin.prove.leaks.passages import told_passages
from bulletin.prove.leaks.searching import find_leaks
from bulletin.prove.leaks.sights import Told, look, told_by, told_together, unpack_sight
from bulletin.render.web.frame import make_frame, render_shared
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page
from tests.conftest import REPOSITORY, Make, article

AT = "2026-01-19T10:00:00+08:00"
QUOTED = (
    "文件指出，各级党委要把老干部工作放在重要位置，经常研究，及时解决老同志的实际困难，做到政治上尊重、思想上关心。"
)
"""A public document that both articles quote."""
SENTENCE = "经核查，黛湖疗养院三号楼漏雨已逾两月，金丝雀计划暂缓公布。"
"""Of the article that is not cleared."""
SECRET = "issues/2026-01/02-canary-plan.md"


def png() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(picture, "PNG")
    return picture.getvalue()


FILES: dict[str, str | bytes | None] = {
    "bulletin.yaml": (
        "title: 测试动态\npublisher: 某局\nweb: {url: 'https://lgb.example.gov.cn/', contact: 电话 010-62001234}\n"
    ),
    "house/recipients.yaml": (
        "units:\n  - {name: 甲市委老干部局, copies: 2, contact: 欧阳慕白 0386-8612047, address: 榆关市槐荫里七十九号院西门}\n"
        "groups:\n  - {name: 各科, count: 3}\n"
    ),
    "issues/2026-01/issue.yaml": (
        "number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部资料, 注意保存]\n"
        "editors: {responsible: 张三, phone: 010-12345678}\n"
        "distribution:\n  报: [[甲市委老干部局]]\n  发: [[各科]]\narchive: 4\nspare: 1\n"
        "highlights: [鲁南星同志谈黛湖疗养院改造, 经验交流材料1篇]\n"
        "editors_note: 本期第二篇仅供内部掌握，不得翻印外传。\n"
    ),
    "issues/2026-01/01-report.md": article(
        f"## 抓住重点\n\n公开正文，另见[那一篇](02-canary-plan.md)。\n\n{QUOTED}\n\n电话010-62005678。<!-- 此处数字待与财务处再对一遍 -->",
        "kind: report\ntitle: 支部建在院里\norganization: 某市委老干部局\nsubjects: [党建]",
    ),
    SECRET: article(
        f"同志们：\n\n## 沉香亭改造工期\n\n{SENTENCE}[^1]\n\n{QUOTED}\n\n"
        "| 楼号 | 承办人 |\n|---|---|\n| 三号 | 呼延灼华 |\n| 五号 | 慕容听雪 |\n\n"
        '![黛湖疗养院渗水照片](jinsique-photo.png "三号楼西侧山墙")\n\n- 先修屋面\n- 后补墙面\n\n'
        "```\n预算科目 2080505 离退休经费调剂表\n```\n\n见[台账](https://canary-ledger.example.org/a)。<!-- 领导口头意见先不要写 -->\n\n"
        "[^1]: 见基建处第四十一号签报。",
        "kind: speech\ntitle: 稳妥推进黛湖疗养院改造\nsubtitle: 在黛湖会商会上的讲话\nspeaker: 鲁南星\nposition: 黛湖疗养院院长\n"
        "date: 2026-01-12\nsubjects: [疗养院改造]\neditors_note: 此篇系会商会录音整理稿。",
    ),
    "issues/2026-01/jinsique-photo.png": png(),
}


def publication(make: Make, clears: Iterable[str] = ("1",), folder: str = "publication") -> Path:
    """The publication with some articles cleared."""
    root = make(FILES, folder)
    cleared(root, clears)
    return root


def cleared(root: Path, articles: Iterable[str]) -> None:
    report = clear(root, find_issue(root, None), tuple(articles), "某人", AT)
    assert all(problem.severity is not Severity.ERROR for problem in report.problems), report.problems


def issues_of(root: Path) -> tuple[Publication, tuple[Issue, ...]]:
    publication = load_publication(root)
    assert publication.value is not None
    issues = [load_issue(root, key, publication.value).value for key in list_issues(root)]
    return publication.value, tuple(issue for issue in issues if issue is not None)


def site_of(root: Path) -> tuple[Artifact, ...]:
    """All pages of the public site."""
    publication, issues = issues_of(root)
    frame = make_frame(publication, Audience.PUBLIC)
    editions = [compose_web_edition(issue, Audience.PUBLIC) for issue in issues]
    site = compose_site(Audience.PUBLIC, [compose_issue_card(edition, None) for edition in editions])
    pages = [page for each in editions for page in render_issue_pages(each, publication, frame, Around(), None)]
    lists = [render_list_page(page, publication, frame) for page in compose_list_pages(site)]
    return (*render_shared(publication), *pages, *lists)


def furniture() -> tuple[str, ...]:
    folders = (REPOSITORY / "templates/web", REPOSITORY / "assets/js", REPOSITORY / "assets/css")
    return tuple(path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.*")))


def secrets_in(root: Path) -> tuple[Secrets, ...]:
    """Those of the publication and of its issues, packed and unpacked as between two runs."""
    publication, issues = issues_of(root)
    made = [house_secrets(publication, furniture())]
    for issue in issues:
        made.append(secrets_of(issue, cleared_slugs(issue)))
    return tuple(unpack_secrets(each.pack()) for each in made)


def told_in(root: Path, secrets: Iterable[Secrets], paths: tuple[str, ...] = ()) -> Told:
    """What all of them tell, with what of it is known in one piece."""
    _, issues = issues_of(root)
    known = [Known(told_passages(issue, cleared_slugs(issue))) for issue in issues]
    tags = Known(tags=frozenset().union(*map(tags_in, furniture())))
    return replace(told_together([told_by(each, paths) for each in secrets]), known=known_together([tags, *known]))


def gate(root: Path, files: Iterable[Artifact]) -> tuple[Problem, ...]:
    """What the gate says of the files."""
    secrets = secrets_in(root)
    told = told_in(root, secrets, (str(root.resolve()),))
    sights = [unpack_sight(look(file, told).pack()) for file in files]
    return explain(find_leaks(sights, lambda: secrets).leaks, sights, lambda path: source_of(root, path))


def source_of(root: Path, path: str) -> str:
    """The text of a source, where there is one."""
    return (root / path).read_text("utf-8") if (root / path).is_file() else ""


def places(problems: Iterable[Problem]) -> set[str]:
    """The places of the sources that the problems name."""
    return {str(problem.span) for problem in problems}


def named(problem: Problem) -> tuple[str, ...]:
    """The files of the site that the problem names."""
    said = dict(problem.message.values)
    if "file" in said:
        return (str(said["file"]),)
    files = said["files"]
    assert isinstance(files, Message)
    names = dict(files.values)["names"]
    assert isinstance(names, tuple)
    return names
