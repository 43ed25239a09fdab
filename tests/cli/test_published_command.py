"""`bulletin published` as an editor and an auditor meet it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.cli import console
from bulletin.model.publication_log import Act, Entry
from bulletin.model.register import RegisterSettings
from bulletin.model.width import width_of
from bulletin.pipeline.copies.opening import opened, read_settings
from tests.cli.test_commands import Shell, bulletin  # noqa: F401
from tests.conftest import BASE, Make
from tests.publications import article, asked, entry
from tests.registers import AT
from tests.registers import Place as RegisterPlace

ONE, TWO, THREE = (article(number, issue="2026/01") for number in (1, 2, 3))
INSIDE = tuple(replace(each, cleared_by="", cleared_at="") for each in (ONE, THREE))
"""On the intranet nobody has to clear anything."""
LATER = article(1, issue="2026/02")
TARGETS = "publish:\n  官网: {to: /srv/www/gw}\n  内网: {to: /srv/www/nw, audience: intranet}\n"
TITLE = ["", *(f"《{each.title}》" for each in (ONE, TWO, THREE))]
HISTORY: list[tuple[tuple[str, int, str, str], list[Entry]]] = [
    (("a", 1, "李晶鑫", "2026-01-21"), [entry(Act.PUBLISHED, 1, put_up=(ONE, TWO))]),
    (("b", 2, "李晶鑫", "2026-01-21"), [entry(Act.PUBLISHED, 1, "内网", put_up=INSIDE)]),
    (("c", 3, "罗钰", "2026-01-25"), [entry(Act.PUBLISHED, 2, put_up=(article(1, "b", "2026/01"), LATER))]),
    (
        ("d", 4, "罗钰", "2026-02-03"),
        [entry(Act.WITHDRAWN, 3, note="名单有误，市局来函更正", taken_off=(TWO,)), entry(Act.PUBLISHED, 3)],
    ),
    (("e", 5, "罗钰", "2026-02-05"), [entry(Act.FOUND, 2, put_up=(TWO,), taken_off=(LATER,))]),
    (("f", 6, "罗钰", "2026-02-06"), [entry(Act.ROLLED_BACK, 1, "内网", taken_off=INSIDE[1:]), entry(Act.REMOVED, 2)]),
]


@pytest.fixture
def root(make: Make) -> Path:
    return make({"bulletin.yaml": f"{BASE['bulletin.yaml']}{TARGETS}"})


@pytest.fixture
def published(root: Path, bulletin: Shell) -> Shell:  # noqa: F811
    """The command, where the history above was recorded."""
    with opened(root, read_settings(root), AT, create=True) as register:
        for (name, minute, actor, day), entries in HISTORY:
            register.publications.record(asked(name, minute, actor, day), entries)
    return bulletin


def test_the_last_events(published: Shell, root: Path) -> None:
    code, out, _err = published("-C", root, "published")
    head, *rows, count, seal = out.splitlines()
    assert code == 0
    assert head.split() == ["时间", "经手人", "事项", "目标", "版", "文章和说明"]
    assert [re.split(r" {2,}", row) for row in rows] == [
        ["2026-02-06 09:06", "罗钰", "清除旧版", "官网", "00002-3f9a2c1b"],
        ["2026-02-06 09:06", "罗钰", "回退", "内网", "00001-3f9a2c1b", f"撤下 1 篇：{TITLE[3]}"],
        ["2026-02-05 09:05", "罗钰", "补记", "官网", "00002-3f9a2c1b", f"新上 1 篇：{TITLE[2]}；撤下 1 篇：{TITLE[1]}"],
        ["2026-02-03 09:04", "罗钰", "发布", "官网", "00003-3f9a2c1b"],
        ["2026-02-03 09:04", "罗钰", "撤稿", "官网", f"撤下 1 篇：{TITLE[2]}；名单有误，市局来函更正"],
        ["2026-01-25 09:03", "罗钰", "发布", "官网", "00002-3f9a2c1b", f"新上 1 篇：{TITLE[1]}；换稿 1 篇：{TITLE[1]}"],
        ["2026-01-21 09:02", "李晶鑫", "发布", "内网", "00001-3f9a2c1b", f"新上 2 篇：{TITLE[1]}{TITLE[3]}"],
        ["2026-01-21 09:01", "李晶鑫", "发布", "官网", "00001-3f9a2c1b", f"新上 2 篇：{TITLE[1]}{TITLE[2]}"],
    ]
    assert count == "共 8 条，列出最近 8 条"
    assert re.fullmatch(r".*：8:[0-9a-f]{64}", seal)
    assert published("-C", root, "published", "--target", "内网")[1].count("内网") == 2


def test_only_the_newest_twenty(published: Shell, root: Path) -> None:
    with opened(root, read_settings(root), AT) as register:
        for turn in range(20):
            register.publications.record(asked(f"more {turn}"), [entry(Act.PUBLISHED, turn + 10)])
    _code, out, _err = published("-C", root, "published")
    assert out.count("发布") == 20 + 1
    assert "00029-" in out
    assert "00009-" not in out
    assert "共 28 条，列出最近 20 条" in out
    assert "要看全部，加 --all" in out
    assert len(json.loads(published("-C", root, "published", "--json")[1])) == 28
    out = published("-C", root, "published", "--all")[1]
    assert "00001-" in out
    assert "共 28 条，列出最近 28 条" in out
    assert "--all" not in out


def test_of_many_articles_the_first_are_named(published: Shell, root: Path) -> None:
    many = tuple(article(number, issue="2026/03") for number in range(1, 10))
    with opened(root, read_settings(root), AT) as register:
        register.publications.record(asked("many"), [entry(Act.PUBLISHED, 9, put_up=many)])
        register.publications.record(
            asked("kit"), [entry(Act.HANDED_OVER, 0, "交接包", put_up=many[:2], taken_off=many[2:3])]
        )
    kit, site, *_ = published("-C", root, "published")[1].splitlines()[1:]
    assert site.endswith(f"新上 9 篇：{TITLE[1]}{TITLE[2]}{TITLE[3]}等")
    assert kit.endswith(f"交出 2 篇：{TITLE[1]}{TITLE[2]}；不再交 1 篇：{TITLE[3]}")
    said = published("-C", root, "published", "2026-03", "--target", "交接包")[1]
    assert rows_of(said)[1][1] == "交接"
    assert said.splitlines()[2].endswith("在交接包里")
    assert said.splitlines()[-1] == "共 2 篇（各目标分别计），其中 0 篇现在还公开着"


def rows_of(out: str) -> list[list[str]]:
    """The lines without head and count: a line of an article alone, the cells of a period."""
    return [re.split(r" {2,}", line.strip()) for line in out.splitlines()[1:-1]]


def test_the_periods_of_an_issue(published: Shell, root: Path) -> None:
    code, out, _err = published("-C", root, "published", "2026-01")
    assert code == 0
    assert rows_of(out) == [
        ["/2026/01/01/《关于“1”的通知》"],
        ["内网", "内网", "2026-01-21 09:02", "李晶鑫", "aaaaaaaa", "内网在登"],
        ["官网", "公开", "2026-01-21 09:01", "2026-01-25 09:03", "李晶鑫", "杨红", "aaaaaaaa", "换稿（罗钰，发布）"],
        ["官网", "公开", "2026-01-25 09:03", "罗钰", "杨红", "bbbbbbbb", "还公开着"],
        ["/2026/01/02/《关于“2”的通知》"],
        [
            *("官网", "公开", "2026-01-21 09:01", "2026-02-03 09:04", "李晶鑫", "杨红", "aaaaaaaa"),
            "撤稿（罗钰）：名单有误，市局来函更正",
        ],
        ["官网", "公开", "不晚于 2026-02-05 09:05", "罗钰", "杨红", "aaaaaaaa", "还公开着"],
        ["/2026/01/03/《关于“3”的通知》"],
        ["内网", "内网", "2026-01-21 09:02", "2026-02-06 09:06", "李晶鑫", "aaaaaaaa", "撤下（罗钰，回退）"],
    ]
    assert out.splitlines()[-1] == "共 4 篇（各目标分别计），其中 2 篇现在还公开着"


@pytest.mark.parametrize(
    "words",
    [("/2026/01/02/",), ("https://www.example.cn/gzdt/2026/01/02/index.html#h2",), ("2026/01/02",), ("“2”的",)],
)
def test_an_article_by_its_address_or_title(published: Shell, root: Path, words: tuple[str, ...]) -> None:
    """The sources of the issue are not needed."""
    code, out, _err = published("-C", root, "published", *words)
    assert code == 0
    assert [row for row in rows_of(out) if len(row) == 1] == [["/2026/01/02/《关于“2”的通知》"]]
    assert len(rows_of(out)) == 3


def test_an_article_by_its_file(published: Shell, root: Path) -> None:
    (slug,) = [path.stem for path in root.glob("issues/2026-01/*.md")][:1]
    code, _out, err = published("-C", root, "published", "2026-01", slug)
    assert code == 2
    assert f"2026-01 里没有审签过“{slug}”" in err
    assert published("-C", root, "clear", "2026-01", slug, "--by", "杨红")[0] == 0
    for said in (slug, f"{slug}.md", "1", "01"):
        code, out, _err = published("-C", root, "published", "2026-01", said)
        assert code == 0
        assert [row for row in rows_of(out) if len(row) == 1] == [["/2026/01/01/《关于“1”的通知》"]]
        assert {row[0] for row in rows_of(out) if len(row) > 1} == {"官网"}, "on the intranet it is another's address"
    code, _out, err = published("-C", root, "published", "2026-01", "9")
    assert code == 2
    assert "本期没有“9”这篇文章" in err


def test_several_articles_of_an_issue(published: Shell, root: Path) -> None:
    """Addresses need no sources."""
    for words in (("2026-01", "/2026/01/02/", "/2026/01/03/"), ("/2026/01/03/", "2026/01/02")):
        out = published("-C", root, "published", *words)[1]
        assert [row[0][:12] for row in rows_of(out) if len(row) == 1] == ["/2026/01/02/", "/2026/01/03/"]
    code, _out, err = published("-C", root, "published", "2026-01", "/2026/02/01/")
    assert code == 2
    assert "“/2026/02/01/”不是 2026-01 的文章" in err
    assert published("-C", root, "published", "样样", "/2026/02/01/")[0] == 2


def test_what_is_live(published: Shell, root: Path) -> None:
    code, out, _err = published("-C", root, "published", "--live")
    assert code == 0
    assert [re.split(r" {2,}", line.strip()) for line in out.splitlines()] == [
        ["网址", "从", "审签人", "哪一稿", "标题"],
        ["内网（内网）：1 篇"],
        ["/2026/01/01/", "2026-01-21 09:02", "aaaaaaaa", "关于“1”的通知"],
        ["官网（公开）：2 篇"],
        ["/2026/01/01/", "2026-01-25 09:03", "杨红", "bbbbbbbb", "关于“1”的通知"],
        ["/2026/01/02/", "不晚于 2026-02-05 09:05", "杨红", "aaaaaaaa", "关于“2”的通知"],
    ]
    assert "内网" not in published("-C", root, "published", "--live", "--target", "官网")[1]
    assert "官网（公开）：1 篇" in published("-C", root, "published", "2026/01/02", "--live")[1]
    said = json.loads(published("-C", root, "published", "--live", "--json")[1])
    assert [(each["audience"], each["until"]) for each in said] == [
        ("intranet", None),
        ("public", None),
        ("public", None),
    ]
    assert published("-C", root, "published", "2031-01", "--live")[1] == "现在网上没有这样的文章\n"
    assert published("-C", root, "published", "--live", "--at", "2026-01-24")[0] == 2


def test_of_a_target_that_the_settings_do_not_know_nothing_is_said(published: Shell, root: Path) -> None:
    """But what was cleared was public there."""
    settings = root / "bulletin.yaml"
    settings.write_text(BASE["bulletin.yaml"], "utf-8")
    out = published("-C", root, "published", "2026-01")[1]
    ends = [(row[0], row[1][:4], row[-1]) for row in rows_of(out) if row[-1].startswith("还")]
    assert ends == [("内网", "2026", "还在登"), ("官网", "2026", "还公开着"), ("官网", "不晚于 ", "还公开着")]
    assert out.splitlines()[-1] == "共 4 篇（各目标分别计），其中 2 篇现在还公开着"
    assert "\n官网：2 篇\n" in published("-C", root, "published", "--live")[1]


def test_moments_are_those_of_china(published: Shell, root: Path) -> None:
    night = replace(asked("night", 30, "罗钰", "2026-03-01"), at="2026-03-01T17:30:00+00:00")
    with opened(root, read_settings(root), AT) as register:
        register.publications.record(night, [entry(Act.PUBLISHED, 7, put_up=(article(1, issue="2026/03"),))])
    assert published("-C", root, "published")[1].splitlines()[1].startswith("2026-03-02 01:30")
    assert rows_of(published("-C", root, "published", "2026-03")[1])[1][2] == "2026-03-02 01:30"
    assert "2026-03" not in published("-C", root, "published", "2026-03", "--at", "2026-03-01")[1]
    assert "2026-03-02" in published("-C", root, "published", "2026-03", "--at", "2026-03-02")[1]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-01-20", []),
        ("2026-01-24", ["01/01", "01/02"]),
        ("2026-01-25", ["01/01", "01/01", "01/02", "02/01"]),
        ("2026-02-04", ["01/01", "02/01"]),
        ("2026-02-06", ["01/01", "01/02"]),
    ],
)
def test_what_was_public_that_day(published: Shell, root: Path, day: str, shown: list[str]) -> None:
    said = json.loads(published("-C", root, "published", "--at", day, "--target", "官网", "--json")[1])
    assert [each["article"]["path"] for each in said] == [f"2026/{path}" for path in shown]


def test_json_says_all(published: Shell, root: Path) -> None:
    (first, last) = json.loads(published("-C", root, "published", "/2026/01/02/", "--json")[1])
    assert first == {
        "target": "官网",
        "audience": "public",
        "article": {
            **{"path": "2026/01/02", "title": "关于“2”的通知", "digest": f"sha256:{'a' * 64}"},
            **{"cleared_by": "杨红", "cleared_at": "2026-07-22T16:00:00+08:00"},
        },
        **{"since": "2026-01-21T09:01:00+08:00", "by": "李晶鑫", "release": "00001-3f9a2c1b", "began": "published"},
        **{"until": "2026-02-03T09:04:00+08:00", "ended_by": "罗钰", "ended": "withdrawn", "replaced": False},
        "note": "名单有误，市局来函更正",
    }
    assert (last["began"], last["until"], last["ended"]) == ("found", None, None)
    newest = json.loads(published("-C", root, "published", "--json")[1])[0]
    assert (newest["seq"], newest["act"], newest["put_up"]) == (8, "removed", [])


def test_what_is_not_there_is_told(published: Shell, root: Path) -> None:
    assert "发布记录里没有这样的文章" in published("-C", root, "published", "2031-01")[1]
    code, _out, err = published("-C", root, "published", "--target", "手机报")
    assert code == 2
    assert "记着的目标：官网、内网" in err


def test_before_anything_was_published(bulletin: Shell, root: Path) -> None:  # noqa: F811
    code, _out, err = bulletin("-C", root, "published")
    assert code == 2
    assert "第一次登记份号或发布网站时会自动建立" in err
    assert not (root / "registers").exists()
    with opened(root, read_settings(root), AT, create=True):
        pass
    assert bulletin("-C", root, "published")[:2] == (0, "还没有发布过\n")


def test_a_reason_is_never_cut(published: Shell, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow terminal it goes on below itself."""
    monkeypatch.setattr(console, "terminal_width", lambda: 100)
    with opened(root, read_settings(root), AT) as register:
        said = entry(Act.WITHDRAWN, 3, note="更正" * 30, taken_off=(ONE,))
        register.publications.record(asked("long"), [said])
    for words in ((), ("2026-01",)):
        _code, out, _err = published("-C", root, "published", *words)
        assert "".join(out.split()).count("更正" * 30) == 1
        table = [line for line in out.splitlines() if "校验" not in line]
        assert max(map(width_of, table)) <= 102  # a mark may stand beyond the edge


def test_control_characters_of_the_log_do_not_reach_the_terminal(published: Shell, root: Path) -> None:
    """Nobody can record them; another program could write them into the file."""
    spoilt = "UPDATE publication SET put_up = replace(put_up, '“1”', '\\u001b[2J')"
    RegisterPlace(root, RegisterSettings()).tamper(spoilt)
    said = published("-C", root, "published", "2026-01")[1]
    assert "[2J" in said
    assert "\x1b" not in said


def test_verify_says_that_the_log_was_examined(published: Shell, root: Path) -> None:
    code, out, _err = published("-C", root, "copies", "verify")
    assert code == 0
    assert "发布记录也完好：8 条" in out
    said = json.loads(published("-C", root, "copies", "verify", "--json")[1])
    anchor = f"{said['publications']}:{said['publications_head']}"
    assert anchor in out
    assert anchor in published("-C", root, "published")[1]
    assert published("-C", root, "copies", "verify", "--published", anchor[:12])[0] == 0
    code, _out, err = published("-C", root, "copies", "verify", "--published", "8:deadbeef")
    assert code == 1
    assert "发布记录：第 8 条与留底的校验值不符" in err
    code, _out, err = published("-C", root, "copies", "verify", "--published", "8:dead")
    assert code == 2
    assert "至少抄前 8 位" in err


def test_export_and_import_count_the_log(published: Shell, root: Path, tmp_path: Path) -> None:
    lines = tmp_path / "register.jsonl"
    assert "已导出 0 笔，发布记录 8 条" in published("-C", root, "copies", "export", lines)[1]
    (root / "registers/copies.sqlite").unlink()
    assert published("-C", root, "copies", "import", lines)[1] == "已重建登记册：0 笔，发布记录 8 条\n"
    assert published("-C", root, "copies", "verify")[0] == 0
