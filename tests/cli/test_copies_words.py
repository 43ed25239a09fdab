"""What an editor types about copies, right and wrong, and what is said."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell, bulletin  # noqa: F401
from tests.pipeline.conftest import ready, root, unassigned  # noqa: F401
from tests.ten_copies import EventKind, moved, printed

TODAY = date.today().isoformat()


@pytest.fixture
def copies(bulletin: Shell, root: Path) -> Shell:  # noqa: F811
    """`bulletin copies …` on ten copies that are printed and sent."""
    printed(root)
    moved(root, EventKind.SENT)
    shell = Shell(bulletin.capture)
    shell.root = root  # type: ignore[attr-defined]
    return shell


def run(copies: Shell, *words: str) -> tuple[int, str, str]:
    return copies("-C", copies.root, "copies", *words)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("000001-000003",), "000001－000003"),
        (("1", "2"), "000001－000002"),
        (("1，3、5",), "000001、000003、000005"),
        (("第000002号",), "000002"),
        (("１－２",), "000001－000002"),
        (("2026-01", "4"), "000004"),
        (("4", "2026-01"), "000004"),
        (("000001、000002－000003",), "000001－000003"),
    ],
)
def test_numbers_as_they_are_typed_and_pasted(copies: Shell, words: tuple[str, ...], numbers: str) -> None:
    code, out, err = run(copies, "receive", *words, "--signed", "王芳", "--by", "罗钰", "--json")
    assert code == 0, err
    done = [record["number"] for record in json.loads(out)["done"]]
    wanted = [f"{number:06}" for number in range(1, 11) if f"{number:06}" in expanded(numbers)]
    assert done == wanted


def expanded(text: str) -> set[str]:
    found = set()
    for part in text.split("、"):
        first, _, last = part.partition("－")
        found |= {f"{number:06}" for number in range(int(first), int(last or first) + 1)}
    return found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receive", "1", "--signed", "王芳"), "请写经手人：--by 姓名"),
        (("receive", "1", "--by", "罗钰"), "请写签收人：--signed 姓名"),
        (("receive", "5-3", "--signed", "王芳", "--by", "罗钰"), "“5-3”前后颠倒"),
        (("receive", "一号", "--signed", "王芳", "--by", "罗钰"), "不是期号，也不是份号"),
        (("receive", "11", "--signed", "王芳", "--by", "罗钰"), "没有登记份号 000011"),
        (("receive", "6", "--signed", "王芳", "--by", "罗钰"), "还没有发出：先运行 bulletin copies send"),
        (("receive", "--signed", "王芳", "--by", "罗钰"), "没有说是哪些份"),
        (("receive", "--recipient", "甲", "--signed", "王芳", "--by", "罗钰"), "是不是想写“甲局”？"),
        (("receive", "--all", "1", "--signed", "王芳", "--by", "罗钰"), "--all 不能和份号"),
        (("lose", "1", "--by", "罗钰"), "请写理由：--reason 理由"),
        (("destroy", "6", "--by", "罗钰", "--witness", "王芳"), "要两名监销人"),
        (("destroy", "6", "--by", "罗钰", "--witness", "王芳", "--witness", "罗钰"), "都不是经手人"),
        (("print", "--from", "7", "--to", "6", "--by", "罗钰"), "起号 7 大于止号 6"),
        (("reprint", "1", "--reason", "卡纸", "--by", "罗钰"), "已经发出的，先收回"),
        (("list", "2026-09"), "“2026-09”还没有排号"),
        (("list", "--state", "库里"), "可以写：待印、"),
        (("find", "1-3"), "一次只查一份"),
        (("verify", "--head", "12:3fa9"), "至少抄前 8 位"),
    ],
)
def test_slips_are_told(copies: Shell, words: tuple[str, ...], said: str) -> None:
    code, _out, err = run(copies, *words)
    assert code == 2
    assert said in err
    assert run(copies, "verify")[0] == 0


def test_the_future_is_not_recorded(copies: Shell) -> None:
    tomorrow = (date.today() + timedelta(1)).isoformat()
    code, _out, err = run(copies, "receive", "1", "--signed", "王芳", "--by", "罗钰", "--date", tomorrow)
    assert code == 2
    assert f"日期 {tomorrow} 还没有到，今天是 {TODAY}" in err


def test_who_does_it_can_be_set_once(copies: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_BY", "罗钰")
    assert run(copies, "receive", "1", "--signed", "王芳")[0] == 0
    assert "罗钰" in run(copies, "history", "1")[1]


def test_a_dry_run_says_what_would_be(copies: Shell) -> None:
    code, out, _err = run(copies, "receive", "1-2", "--signed", "王芳", "--by", "罗钰", "--dry-run")
    assert code == 0
    assert "将要登记“签收”2 份" in out
    assert "在途" in run(copies, "find", "1")[1]


@pytest.mark.parametrize(
    "shape", ["{seq}:{hash}", "{seq}:{hash:.8}", "第{seq}笔，{hash:.16}", "{seq} {spaced}", "Ａ{seq}：{upper}"]
)
def test_the_anchor_as_it_stands_on_paper(copies: Shell, shape: str) -> None:
    _code, out, _err = run(copies, "verify", "--json")
    head = json.loads(out)
    spaced = " ".join(head["head"][start : start + 8] for start in range(0, 64, 8))
    text = shape.format(seq=head["events"], hash=head["head"], spaced=spaced, upper=head["head"].upper())
    assert run(copies, "verify", "--head", text.replace("Ａ", ""))[0] == 0
    wrong = "0" if head["head"][3] != "0" else "1"
    changed = text.replace(head["head"][:3], head["head"][:3], 1).replace(head["head"][:4], head["head"][:3] + wrong)
    changed = changed.replace(head["head"][:4].upper(), head["head"][:3].upper() + wrong).replace("Ａ", "")
    code, _out, err = run(copies, "verify", "--head", changed)
    assert code == 1
    assert "不对" in err


def test_what_is_shown_fits_a_terminal(copies: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin.cli import console
    from bulletin.cli.width import width_of

    monkeypatch.setattr(console, "terminal_width", lambda: 80)
    run(copies, "receive", "1-3", "--signed", "王芳", "--by", "罗钰")
    for words in (("list",), ("report",), ("history", "1"), ("overdue", "--date", TODAY), ("find", "甲局")):
        _code, out, _err = run(copies, *words)
        assert out
        assert all(width_of(line) <= 80 for line in out.splitlines())


def test_whose_copy_it_is(copies: Shell) -> None:
    run(copies, "receive", "1-2", "--signed", "王芳", "--by", "罗钰")
    out = run(copies, "find", "000002")[1]
    assert "2026-01 第 000002 号：已签收　甲局（报）" in out
    assert TODAY + " 签收（王芳）" in out
    assert "甲局" in run(copies, "find", "甲局")[1]
    code, _out, err = run(copies, "find", "甲")
    assert code == 2
    assert "是不是想写“甲局”？" in err


def test_refusals_are_english_in_english(copies: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    run(copies, "receive", "1", "--signed", "Wang", "--by", "Li")
    code, _out, err = run(copies, "receive", "1-6", "--signed", "Zhang", "--by", "Li")
    assert code == 2
    assert "000001 (signed for), 000006 (in stock)" in err
