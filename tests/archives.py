"""A small archive of several years, to be edited at random: what an incremental build of the site is tried on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from bulletin.load.folders import article_slugs, list_issues
from bulletin.load.issue import load_clearances
from bulletin.model.key import IssueKey
from bulletin.pipeline.clearing import clear, revoke, withdraw

AT = "2026-01-19T10:00:00+08:00"
_UNITS = ("白川县委老干部局", "南黎市委老干部局", "清坪区委老干部局")
_SUBJECTS = ("党建", "文化养老", "银龄行动")
_SENTENCES = (
    "三年来，驻地干部每月走访一次，把困难记在本子上。",
    "老同志说，活动室的灯比从前亮了。",
    "支部书记带头领学，结对帮扶十二户。",
    "志愿服务队累计服务四千余人次，好评率百分之九十八。",
    "红枫行动开展以来，建立工作站二十六个。",
)
_HOUSE = "units:\n  - {name: 甲局, copies: 2}\n"


def write_archive(root: Path, issues: int = 5, articles: int = 3) -> Path:
    """A publication of so many issues over the years; all but the last article of each issue are cleared."""
    _write(
        root / "bulletin.yaml", "title: 测试动态\npublisher: 某局\nweb: {url: 'https://dt.example.cn/d/', pdf: false}\n"
    )
    _write(root / "house/recipients.yaml", _HOUSE)
    chance = random.Random(7)
    for serial in range(1, issues + 1):
        year, number = 2024 + (serial - 1) // 2, (serial - 1) % 2 + 1
        add_issue(root, IssueKey(year, False, number), serial, chance, articles)
    return root


def add_issue(root: Path, key: IssueKey, serial: int, chance: random.Random, articles: int) -> None:
    """One more issue, its articles cleared but the last."""
    head = f"number: {key.number}\nserial: {serial}\ndate: {key.year}-{key.number:02}-20\neditors: {{responsible: 张三, phone: 010-12345678}}\n"
    _write(root / f"issues/{key}/issue.yaml", f"{head}distribution:\n  报: [[甲局]]\narchive: 1\n")
    for number in range(1, articles + 1):
        add_article(root, key, number, chance)
    clear(root, key, [str(number) for number in range(1, articles)], "周砚", AT)


def add_article(root: Path, key: IssueKey, number: int, chance: random.Random) -> None:
    """One more article, not cleared."""
    if chance.random() < 0.3:
        front = f"kind: speech\ntitle: 在第{number}次会上的讲话\nspeaker: {chance.choice(('刘文生', '沈怀生'))}\nposition: 局长\ndate: {key.year}-01-05"
    else:
        front = f"kind: report\ntitle: 经验{chance.randrange(1000)}\norganization: {chance.choice(_UNITS)}"
    if chance.random() < 0.5:
        front += f"\nsubjects: [{chance.choice(_SUBJECTS)}]"
    body = "\n\n".join("".join(chance.sample(_SENTENCES, 3)) for _ in range(2))
    _write(root / f"issues/{key}/{number:02}-a.md", f"---\n{front}\n---\n\n## 做法\n\n{body}\n")


def edits() -> tuple[Callable[[Path, random.Random], None], ...]:
    """What editors do to an archive; each takes a random place of it."""
    return (
        _change_body,
        _change_title,
        _clear_more,
        _take_back,
        _take_back_all,
        _withdraw,
        _new_template,
        _new_settings,
        _new_issue,
        _new_article,
        _drop_article,
        _drop_issue,
        _new_style,
    )


def edits_of_logs() -> tuple[Callable[[Path, random.Random], None], ...]:
    """What editors do with clearances, and what becomes of articles that are withdrawn; some are likelier than others."""
    return _withdraw, _withdraw, _withdraw, _take_back, _clear_more, _change_title, _drop_article, _spoil


def _some_article(root: Path, chance: random.Random) -> tuple[IssueKey, Path]:
    key = chance.choice(list_issues(root))
    return key, root / f"issues/{key}/{chance.choice(article_slugs(root, key))}.md"


def _change_body(root: Path, chance: random.Random) -> None:
    key, path = _some_article(root, chance)
    path.write_text(path.read_text("utf-8") + f"\n{chance.choice(_SENTENCES)}\n", "utf-8")
    if chance.random() < 0.7:
        clear(root, key, [path.stem], "周砚", AT)


def _change_title(root: Path, chance: random.Random) -> None:
    key, path = _some_article(root, chance)
    lines = path.read_text("utf-8").split("\n")
    lines[2] = f"title: 改过的标题{chance.randrange(1000)}"
    path.write_text("\n".join(lines), "utf-8")
    clear(root, key, [path.stem], "周砚", AT)


def _clear_more(root: Path, chance: random.Random) -> None:
    key = chance.choice(list_issues(root))
    clear(root, key, list(article_slugs(root, key)), "周砚", AT)


def _take_back(root: Path, chance: random.Random) -> None:
    key, path = _some_article(root, chance)
    revoke(root, key, [path.stem], "周砚", AT)


def _take_back_all(root: Path, _chance: random.Random) -> None:
    for key in list_issues(root):
        revoke(root, key, list(article_slugs(root, key)), "周砚", AT)


def _withdraw(root: Path, chance: random.Random) -> None:
    key = chance.choice(list_issues(root))
    slugs = sorted({each.slug for each in load_clearances(root, key).value or ()})
    if slugs:
        withdraw(root, key, [chance.choice(slugs)], "周砚", AT)


def _spoil(root: Path, chance: random.Random) -> None:
    """An issue of which nothing is public any more gets errors: it is left out, but for what stands where its articles were."""
    key = chance.choice(list_issues(root)[:-1])
    slugs = [each.slug for each in load_clearances(root, key).value or ()]
    if slugs:
        withdraw(root, key, [], "周砚", AT)
        path = root / f"issues/{key}/{article_slugs(root, key)[0]}.md"
        path.write_text(path.read_text("utf-8").replace("kind: ", "kind: un"), "utf-8")


def _new_template(root: Path, chance: random.Random) -> None:
    said = f"<p>{chance.randrange(1000)}</p>"
    _write(
        root / "templates/web/help.html",
        f'{{% extends "builtin/web/help.html" %}}{{% block main %}}{said}{{{{ super() }}}}{{% endblock %}}',
    )


def _new_settings(root: Path, chance: random.Random) -> None:
    path = root / "bulletin.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("publisher")]
    _write(path, "\n".join([f"publisher: 某局{chance.randrange(100)}", *lines]) + "\n")


def _new_issue(root: Path, chance: random.Random) -> None:
    last = list_issues(root)[-1]
    serial = int((root / f"issues/{last}/issue.yaml").read_text("utf-8").split("serial: ")[1].split("\n")[0])
    add_issue(root, IssueKey(last.year, False, last.number + 1), serial + 1, chance, 2)


def _new_article(root: Path, chance: random.Random) -> None:
    key = chance.choice(list_issues(root))
    number = max(int(slug[:2]) for slug in article_slugs(root, key)) + 1
    add_article(root, key, number, chance)
    clear(root, key, [str(number)], "周砚", AT)


def _drop_article(root: Path, chance: random.Random) -> None:
    key, path = _some_article(root, chance)
    if len(article_slugs(root, key)) > 1:
        path.unlink()


def _drop_issue(root: Path, chance: random.Random) -> None:
    keys = list_issues(root)
    if len(keys) > 2:
        shutil.rmtree(root / f"issues/{chance.choice((keys[0], keys[-1]))}")


def _new_style(root: Path, chance: random.Random) -> None:
    _write(root / "assets/css/site.css", f"body {{ margin: {chance.randrange(40)}px }}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
