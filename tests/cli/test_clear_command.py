"""`bulletin clear`: articles by their public addresses, what it reminds of, and what its log says of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.cli.entry import run
from bulletin.model.key import IssueKey
from bulletin.pipeline.clearing import clear, revoke
from tests.archives import AT, write_archive

SITE = "https://dt.example.cn/d/"
Said = tuple[int, str, str]
Shell = Callable[..., Said]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication", issues=2)


@pytest.fixture
def bulletin(archive: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    def command(*arguments: str) -> Said:
        code = run(["-C", str(archive), *arguments])
        return (code, *capsys.readouterr())

    return command


@pytest.mark.parametrize(
    "address",
    [
        *("/2024/01/02/", "/2024/01/02", "2024/01/02", "/2024/01/02/index.html"),
        *(
            f"{SITE}2024/01/02/",
            f"{SITE}2024/01/02/index.html#h-1",
            "HTTPS://dt.example.cn/d/2024/01/02/",
            "/d/2024/01/02/",
        ),
    ],
)
def test_an_article_is_named_by_its_public_address(bulletin: Shell, address: str) -> None:
    code, out, _ = bulletin("clear", address, "--revoke", "--by", "周砚")
    assert (code, out.splitlines()[0]) == (0, f"已撤回审签：02-a《在第2次会上的讲话》，网址 {SITE}2024/01/02/")
    code, out, _ = bulletin("clear", "2024-01", address, "--by", "周砚")
    assert code == 0
    assert out.splitlines()[0].endswith(f"》，网址 {SITE}2024/01/02/")


def test_several_addresses_of_an_issue(bulletin: Shell) -> None:
    code, out, _ = bulletin("clear", "/2024/01/01/", "/2024/01/02/", "3", "--by", "周砚")
    assert (code, [line[:9] for line in out.splitlines()[:3]]) == (
        0,
        ["已审签：01-a《", "已审签：02-a《", "已审签：03-a《"],
    )
    assert f"网址 {SITE}2024/01/03/" in out, "the address that it will have"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/2024/01/09/"], "没有文章用过“/2024/01/09/”这个网址"),
        (["/2031/01/01/"], "没有“2031-01”这一期"),
        (["https://elsewhere.example.cn/2024/01/01/"], "不是本站的网址"),
        (["2024-01", "/2024/02/01/"], "“/2024/02/01/”不是 2024-01 的文章"),
    ],
)
def test_an_address_of_nothing(bulletin: Shell, arguments: list[str], said: str) -> None:
    code, _, err = bulletin("clear", *arguments, "--by", "周砚")
    assert code == 2
    assert said in err


def test_an_address_means_the_article_that_has_it_now(archive: Path, bulletin: Shell) -> None:
    folder = archive / "issues/2024-01"
    (folder / "01-a.md").rename(folder / "07-new.md")
    clear(archive, IssueKey(2024, False, 1), ["7"], "周砚", AT)
    assert "已撤回审签：07-new" in bulletin("clear", "/2024/01/01/", "--revoke", "--by", "周砚")[1]


def test_the_log_says_what_is_on_the_site(archive: Path, bulletin: Shell) -> None:
    def column() -> list[str]:
        return [line.split()[-1] for line in bulletin("clear", "2024-01", "--log")[1].splitlines()[1:]]

    assert column() == ["site）"] * 2
    assert "还没上（运行 bulletin site）" in bulletin("clear", "2024-01", "--log")[1]
    assert bulletin("site")[0] == 0
    assert column() == ["在", "在"]
    revoke(archive, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    assert "还在（运行 bulletin site 才撤下）" in bulletin("clear", "2024-01", "--log")[1]
    said = json.loads(bulletin("clear", "2024-01", "--log", "--json")[1])["entries"]
    assert [(each["on_site"], each["address"]) for each in said] == [
        (None, f"{SITE}2024/01/01/"),
        ("shown", f"{SITE}2024/01/02/"),
        ("left", f"{SITE}2024/01/01/"),
    ]
    assert bulletin("site")[0] == 0
    assert [line for line in column() if line][-1] == "不在"


def test_the_log_of_one_article(bulletin: Shell) -> None:
    lines = bulletin("clear", "/2024/01/02/", "--log")[1].splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [["2026-01-19", "10:00", "周砚", "02-a"]]


def test_the_log_names_an_article_as_it_was_called_then(archive: Path, bulletin: Shell) -> None:
    """What a text before was called is not recorded; what it is called now says nothing of that."""
    path = archive / "issues/2024-01/02-a.md"
    path.write_text(re.sub("(?m)^title: .*$", "title: 新题目", path.read_text("utf-8")), "utf-8")
    assert bulletin("clear", "2024-01", "2", "--by", "周砚")[0] == 0
    assert bulletin("clear", "2024-01", "2", "--revoke", "--by", "周砚")[0] == 0
    old, new, gone = bulletin("clear", "/2024/01/02/", "--log")[1].splitlines()[1:]
    assert "（当时的题目没有记）" in old
    assert "新题目" in new
    assert "新题目" in gone
    said = json.loads(bulletin("clear", "/2024/01/02/", "--log", "--json")[1])["entries"]
    assert [each["title"] for each in said] == ["", "新题目", "新题目"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "再运行 bulletin site 并上传，公开的网站才会更新"),
        ("{to: /srv/www/gzdt}", "再运行 bulletin publish，公开的网站才会更新"),
        ("{to: /srv/www/gzdt, audience: intranet}", "再运行 bulletin site 并上传，公开的网站才会更新"),
        ("{to: kit}", "再运行 bulletin site 并上传，公开的网站才会更新"),
    ],
)
def test_whoever_clears_is_told_what_to_run_next(archive: Path, bulletin: Shell, target: str, said: str) -> None:
    settings = archive / "bulletin.yaml"
    settings.write_text(settings.read_text("utf-8") + (f"publish:\n  外网: {target}\n" if target else ""), "utf-8")
    reminder, empty, last = bulletin("clear", "2024-01", "3", "--by", "周砚")[1].splitlines()[-3:]
    assert (reminder, empty, last) == ("上面提醒的若不宜公开，用同样的命令加 --revoke 撤回", "", said)


def test_whoever_clears_is_reminded(archive: Path, bulletin: Shell) -> None:
    """That the issue says it is internal, and that its text may still change; neither keeps anything from being cleared."""
    code, _, err = bulletin("clear", "2024-01", "3", "--by", "周砚")
    assert (code, "内部资料" in err) == (0, False)
    assert "issues/2024-01/issue.yaml:1: 提示 本期还没有签发" in err
    assert "bulletin sign 2024-01" in err
    head = archive / "issues/2024-01/issue.yaml"
    head.write_text(head.read_text("utf-8") + "marking: [内部资料, 注意保存]\n", "utf-8")
    code, _, err = bulletin("clear", "2024-01", "3", "--by", "周砚")
    assert code == 0
    assert "提示 本期印有“内部资料”，审签的文章却要公开 [clearance-internal]" in err
    assert bulletin("sign", "2024-01", "--by", "周砚")[0] == 0
    assert "还没有签发" not in bulletin("clear", "2024-01", "3", "--by", "周砚")[2]


def test_an_audience_is_said_in_chinese_too(bulletin: Shell, archive: Path) -> None:
    assert bulletin("site", "--audience", "内网")[0] == 0
    assert (archive / "build/web/intranet/index.html").exists()
    assert bulletin("site", "--audience", "公开")[0] == 0
    assert (archive / "build/web/public/index.html").exists()
    assert bulletin("site", "--audience", "外网")[0] == 2
