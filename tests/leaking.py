"""A small archive of which no two articles share a sentence, and edits by which the public site may come to say what it must not.

Of `tests/archives.py` all articles share their sentences, so the gate always has something to suspect there; here nothing is suspected until an edit
gives it reason to. An edit takes the publication's folder and a source of chance; every one can be made in every state that the others leave behind.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from bulletin.load.folders import article_slugs, list_issues
from bulletin.load.issue import load_clearances
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.pipeline.clearing import clear, revoke, withdraw
from tests.archives import AT

Edit: TypeAlias = Callable[[Path, random.Random], None]

_TEXT = """
走访 台账 支部 茶馆 书画 门球 合唱 讲堂 病房 食堂 电梯 轮椅 菜园 灯笼 渡口 粮站 水库 桥梁 果树 砖窑
相册 信箱 棋盘 药柜 月饼 春联 围巾 毛笔 算盘 广播 档案 车队 油灯 窗台 石阶 竹林 码头 戏台 学堂 钟楼
慰问 摸底 核对 登记 座谈 回访 修缮 筹备 试点 移交 验收 复查 汇总 调剂 轮值 巡诊 排练 采写 校勘 布展
"""
_WORDS = _TEXT.split()
"""Words of two characters: four of them in a row come again by no chance."""
_BROKEN = "nonsense: 1\n"
_SENTENCE = re.compile(r"^[\u4e00-\u9fff]{16}。$", re.MULTILINE)
_SAID = re.compile(r"<p>([\u4e00-\u9fff]{16}。)</p>")
_TEMPLATES = ("home", "list", "issue", "article", "browse", "help")


def write_quiet_archive(root: Path) -> Path:
    """Three issues of three articles, the first two of each cleared."""
    chance = random.Random(11)
    _write_settings(root, "某局", "")
    _write(root / "house/recipients.yaml", "units:\n  - {name: 甲局, copies: 2}\n")
    for serial in range(1, 4):
        key = _write_issue(root, serial, chance)
        clear(root, key, ["1", "2"], "周砚", AT)
    return root


def sentence(chance: random.Random) -> str:
    """A sentence that nobody wrote yet."""
    return "".join(chance.sample(_WORDS, 8)) + "。"


def sentences_of(path: Path) -> list[str]:
    """What an article says in paragraphs of its own."""
    return _SENTENCE.findall(path.read_text("utf-8"))


def articles(root: Path) -> list[Path]:
    """All articles there are, by issue and name."""
    return [root / f"issues/{key}/{slug}.md" for key in list_issues(root) for slug in article_slugs(root, key)]


def write_template(root: Path, name: str, said: str, condition: str = "true") -> None:
    """A template of the publication's own, which says something besides what the program's says."""
    text = f"{{{{ super() }}}}{{% if {condition} %}}<p>{said}</p>{{% endif %}}"
    _write(
        root / f"templates/web/{name}.html",
        f'{{% extends "builtin/web/{name}.html" %}}{{% block main %}}{text}{{% endblock %}}',
    )


def append(path: Path, text: str) -> None:
    """One more paragraph of an article."""
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def clear_again(root: Path, path: Path) -> None:
    """Clears an article as it stands; nothing is recorded where its issue has errors."""
    key = IssueKey.parse(path.parent.name)
    assert key
    clear(root, key, [path.stem], "周砚", AT)


def lengthen_title(root: Path, path: Path) -> None:
    """The title gets one more character, and the article is cleared with it."""
    path.write_text(re.sub(r"^(title: .*)$", r"\1续", path.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")
    clear_again(root, path)


def heal(root: Path, chance: random.Random) -> None:
    """Takes back whatever keeps the site from being made: broken articles, own templates, issues that are not there."""
    mend(root, chance)
    drop_templates(root, chance)
    put_back(root, chance)


def write_body(root: Path, chance: random.Random) -> None:
    path = chance.choice(articles(root))
    append(path, sentence(chance))
    if chance.random() < 0.5:
        clear_again(root, path)


def copy_sentence(root: Path, chance: random.Random) -> None:
    """What one article says, another says too; sometimes that is cleared as it then stands."""
    path = chance.choice(articles(root))
    append(path, _some_sentence(root, chance))
    if chance.random() < 0.5:
        clear_again(root, path)


def add_remark(root: Path, chance: random.Random) -> None:
    """A remark, which nobody clears, with what another article says."""
    path = chance.choice(articles(root))
    append(path, f"<!-- {_some_sentence(root, chance)} -->")
    clear_again(root, path)


def change_title(root: Path, chance: random.Random) -> None:
    lengthen_title(root, chance.choice(articles(root)))


def rename(root: Path, chance: random.Random) -> None:
    """By which an article is no longer cleared."""
    path = chance.choice(articles(root))
    path.rename(path.with_name(f"{path.stem}x.md"))


def move(root: Path, chance: random.Random) -> None:
    """An article becomes the last of another issue, or of its own."""
    path, key = chance.choice(articles(root)), chance.choice(list_issues(root))
    if len(list(path.parent.glob("*.md"))) > 1:
        numbers = [int(slug[:2]) for slug in article_slugs(root, key)]
        path.rename(root / f"issues/{key}/{max(numbers, default=0) + 1:02}-m.md")


def take_back(root: Path, chance: random.Random) -> None:
    path = chance.choice(articles(root))
    key = IssueKey.parse(path.parent.name)
    assert key
    revoke(root, key, [path.stem], "周砚", AT)


def withdraw_one(root: Path, chance: random.Random) -> None:
    path = chance.choice(articles(root))
    key = IssueKey.parse(path.parent.name)
    assert key
    if any(each.slug == path.stem for each in load_clearances(root, key).value or ()):
        with suppress(UsageError):  # its address is that of another, where it was renamed and named back
            withdraw(root, key, [path.stem], "周砚", AT)


def clear_one(root: Path, chance: random.Random) -> None:
    clear_again(root, chance.choice(articles(root)))


def break_article(root: Path, chance: random.Random) -> None:
    """An article with a field that there is not: of an issue with something cleared it stops the public site."""
    path = chance.choice(articles(root))
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{_BROKEN}", 1), "utf-8")


def add_draft(root: Path, chance: random.Random) -> None:
    """One more issue, of which nothing is cleared, with an error; its article says something that another says, too."""
    last = (root / f"issues/{list_issues(root)[-1]}/issue.yaml").read_text("utf-8")
    serial = int(last.split("serial: ")[1].split("\n")[0])
    key = _write_issue(root, serial + 1, chance)
    first = root / f"issues/{key}/01-a.md"
    append(first, _some_sentence(root, chance))
    first.write_text(first.read_text("utf-8").replace("---\n", f"---\n{_BROKEN}", 1), "utf-8")


def mend(root: Path, _chance: random.Random) -> None:
    for path in articles(root):
        path.write_text(path.read_text("utf-8").replace(_BROKEN, ""), "utf-8")


def set_aside(root: Path, chance: random.Random) -> None:
    """The first or the last issue is gone."""
    keys = list_issues(root)
    if len(keys) > 2:
        key = chance.choice((keys[0], keys[-1]))
        _aside(root).mkdir(exist_ok=True)
        shutil.rmtree(_aside(root) / str(key), ignore_errors=True)
        (root / f"issues/{key}").rename(_aside(root) / str(key))


def put_back(root: Path, _chance: random.Random) -> None:
    """The issues that were gone are there again."""
    for folder in sorted(_aside(root).glob("*")):
        if not (root / "issues" / folder.name).exists():
            folder.rename(root / "issues" / folder.name)


def change_neighbours(root: Path, chance: random.Random) -> None:
    """The head of an issue, which those beside it are checked against."""
    path = root / f"issues/{chance.choice(list_issues(root))}/issue.yaml"
    path.write_text(re.sub(r"archive: \d+", f"archive: {chance.randrange(9)}", path.read_text("utf-8")), "utf-8")


def change_settings(root: Path, chance: random.Random) -> None:
    """Another name of the publisher, and sometimes the site is described by what an article says."""
    said = _some_sentence(root, chance) if chance.random() < 0.3 else ""
    _write_settings(root, f"某局{chance.randrange(100)}", said)


def tell_in_template(root: Path, chance: random.Random) -> None:
    write_template(root, chance.choice(_TEMPLATES), _some_sentence(root, chance))


def tell_in_template_now_and_then(root: Path, chance: random.Random) -> None:
    """What stands in a template, and comes onto a page when an article is given another title."""
    write_template(root, "article", _some_sentence(root, chance), "card.title | length is odd")


def write_what_a_template_says(root: Path, chance: random.Random) -> None:
    """An article comes to say, uncleared, what the site may have said all along."""
    said = [
        each for path in sorted(root.glob("templates/web/*.html")) for each in _SAID.findall(path.read_text("utf-8"))
    ]
    append(chance.choice(articles(root)), chance.choice(said) if said else sentence(chance))


def say_ahead(root: Path, chance: random.Random) -> None:
    """A template says what no article says yet."""
    write_template(root, chance.choice(_TEMPLATES), sentence(chance))


def drop_templates(root: Path, _chance: random.Random) -> None:
    shutil.rmtree(root / "templates", ignore_errors=True)


OF_ARTICLES: tuple[Edit, ...] = (
    write_body,
    copy_sentence,
    add_remark,
    change_title,
    change_title,
    rename,
    move,
    take_back,
    withdraw_one,
    clear_one,
    clear_one,
    break_article,
    add_draft,
    mend,
    set_aside,
    put_back,
    change_neighbours,
    write_what_a_template_says,
    write_what_a_template_says,
)
"""After these only what is new is searched; some are likelier than others."""
OF_HOUSE: tuple[Edit, ...] = (
    change_settings,
    tell_in_template,
    tell_in_template_now_and_then,
    say_ahead,
    drop_templates,
)
"""After these everything is made and searched."""


def _some_sentence(root: Path, chance: random.Random) -> str:
    said = [each for path in articles(root) for each in sentences_of(path)]
    return chance.choice(said)


def _write_issue(root: Path, serial: int, chance: random.Random) -> IssueKey:
    """An issue of three articles, none cleared; two issues a year."""
    key = IssueKey(2024 + (serial - 1) // 2, False, (serial - 1) % 2 + 1)
    head = f"number: {key.number}\nserial: {serial}\ndate: {key.year}-{key.number:02}-20\neditors: {{responsible: 张三, phone: 010-12345678}}\n"
    _write(root / f"issues/{key}/issue.yaml", f"{head}distribution:\n  报: [[甲局]]\narchive: 1\n")
    for number in range(1, 4):
        title, unit = "".join(chance.sample(_WORDS, 5)), "".join(chance.sample(_WORDS, 3))
        front = f"kind: report\ntitle: {title}\norganization: {unit}局"
        body = "\n\n".join(sentence(chance) for _ in range(8))
        _write(root / f"issues/{key}/{number:02}-a.md", f"---\n{front}\n---\n\n{body}\n")
    return key


def _write_settings(root: Path, publisher: str, description: str) -> None:
    web = f"web:\n  url: https://dt.example.cn/d/\n  pdf: false\n  description: {description or '一份刊物'}\n"
    _write(root / "bulletin.yaml", f"title: 测试动态\npublisher: {publisher}\n{web}")


def _aside(root: Path) -> Path:
    return root.with_name(f"{root.name}-aside")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
