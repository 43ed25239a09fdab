"""What the READMEs tell an editor to type works word for word."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ARTICLE, REPOSITORY, Make, article, copy_sample, load

READMES = ["README.md", "README.zh-CN.md"]


def fenced(readme: str, language: str) -> list[str]:
    text = (REPOSITORY / readme).read_text("utf-8")
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text)


@pytest.mark.parametrize("readme", READMES)
def test_it_starts_with_the_two_commands(readme: str) -> None:
    first = fenced(readme, "sh")[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["make build", "make test"]


def write_articles(place: Path) -> None:
    """What the walk asks the editor to do: fill in what is left to be filled in."""
    speech = article("同志们：\n\n正文。", "kind: speech\ntitle: 题\nspeaker: 张三\nposition: 局长\ndate: 2026-01-15")
    (place / "issues/2026-01/01-speech.md").write_text(speech, "utf-8")
    (place / "issues/2026-01/02-shenyang.md").write_text(article("正文。"), "utf-8")
    for path in (place / "issues/2026-01/issue.yaml", place / "house/recipients.yaml"):
        text = path.read_text("utf-8").replace("请填写", "王明").replace("示例单位", "某单位")
        path.write_text(text, "utf-8")


def name_a_target(place: Path) -> None:
    """What the second remark asks for."""
    path = place / "bulletin.yaml"
    text = path.read_text("utf-8")
    last = text.splitlines()[-1]
    assert last.startswith("# publish: ")
    path.write_text(text.replace(last, last.removeprefix("# ")), "utf-8")


def commands(readme: str, which: int) -> list[list[str]]:
    """What the block of the README says to type, line by line; an empty one is a remark."""
    return [shlex.split(line, comments=True) for line in fenced(readme, "sh")[which].splitlines()]


@pytest.mark.parametrize("which", [1, 2], ids=["the walk", "the life of a copy"])
def test_both_readmes_say_to_type_the_same(which: int) -> None:
    """So one of them has to be walked; they may differ in the name of the folder only."""
    english, chinese = (commands(readme, which) for readme in READMES)
    assert chinese == [["工作动态" if word == "my-bulletin" else word for word in words] for words in english]
    assert len(chinese) > 10


def test_the_folder_of_the_english_walk_can_be_made(tmp_path: Path) -> None:
    first, second = commands("README.md", 1)[:2]
    assert (first[0], second[0]) == ("bulletin", "cd")
    command, environment = [sys.executable, "-m", *first], {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert (tmp_path / second[1] / "bulletin.yaml").is_file()


@pytest.mark.slow
def test_the_walk_works_word_for_word(tmp_path: Path) -> None:
    place = tmp_path
    home = tmp_path / "home"
    home.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "LANG": "zh_CN.UTF-8", "HOME": str(home)}
    remarks = iter((write_articles, name_a_target))
    for words in commands("README.zh-CN.md", 1):
        if not words:  # a remark: now the editor writes
            next(remarks)(place)
            continue
        if words[0] == "cd":
            place = place / words[1]
            continue
        assert words[0] == "bulletin"
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    assert (place / "build/2026-01/print.pdf").is_file()
    assert (place / "build/web/public/2026/01/01/index.html").is_file()
    assert (place / "build/2026-01/copies").is_dir()
    assert sorted(path.name[:5] for path in (home / "试发/releases").iterdir()) == ["00001", "00002"]
    assert (home / "试发/current/2026/01/01/index.html").is_file()
    assert not (home / "试发/current/2026/01/02").exists(), (
        "the second article came with the release that was taken back"
    )
    assert "回退" in done.stdout


def test_the_article_shown_is_right(make: Make) -> None:
    (shown,) = fenced("README.zh-CN.md", "markdown")
    photo = io.BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "JPEG")
    root = make(
        {
            ARTICLE: shown,
            "issues/2026-01/photo.jpg": photo.getvalue(),
            "issues/2026-01/03-shenyang.md": article("正文"),
        }
    )
    issue = load(root)
    assert [comment.content for comment in issue.manuscripts[0].comments][1] == "（一）"


def test_both_readmes_name_the_same_commands() -> None:
    named = [set(re.findall(r"`(?:LANG=\S+ )?bulletin (\w+)|^bulletin (\w+)", (REPOSITORY / readme).read_text("utf-8"), re.M))
             for readme in READMES]  # fmt: skip
    chinese, english = ({a or b for a, b in found} for found in named)
    assert chinese == english
    assert chinese >= {"init", "new", "check", "build", "clear", "status"}


def test_the_architecture_page_knows_every_part_and_every_dependency() -> None:
    import tomllib

    text = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=[]", each)[0] for each in project["dependencies"]]
    assert not [name for name in names if f"| {name} " not in text]
    parts = [path.name for path in (REPOSITORY / "bulletin").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert not [part for part in parts if f"`{part}/`" not in text]
    for path in re.findall(r"`((?:bulletin|templates|assets|tests|tools)/[\w./-]+)`", text):
        assert (REPOSITORY / path).exists(), path


ON_A_DAY = """
import sys
from datetime import date
from bulletin.cli import main
from bulletin.cli.copies import words
words.date = type("Day", (date,), {"today": classmethod(lambda _: date(2026, 11, 20))})
sys.argv[0] = "bulletin"
main()
"""
"""The program on a day when copies that are sent are overdue on the day that the README asks about; whenever this is run."""


@pytest.mark.slow
def test_the_life_of_a_copy_goes_as_it_is_told(tmp_path: Path) -> None:
    """Word for word on a copy of the sample; what the remarks promise is there afterwards."""
    copy_sample(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "LANG": "zh_CN.UTF-8"}
    said = {}
    for words in commands("README.zh-CN.md", 2):
        command = [sys.executable, "-c", ON_A_DAY, *words[1:]]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        said[" ".join(words[1:3])] = done.stdout
    assert "合计 280 份，与报尾印数一致" in said["copies assign"]
    assert (tmp_path / "build/2026-10/copies/000001-000280.pdf").is_file()
    assert {path.name for path in (tmp_path / "build/2026-10/forms").iterdir()} >= {"分发登记表.pdf", "签收单.pdf"}
    assert "登记 280 份＝在库 38＋在途 242" in said["copies send"]
    assert "在途 112＋已签收 130" in said["copies receive"]
    assert "没有签收的 112 份" in said["copies overdue"]
    assert "第 000127 号：在库" in said["copies find"]
    assert "监销人：周砚、程以宁" in said["copies history"]
    assert "登记册完好：1 期" in said["copies verify"]
