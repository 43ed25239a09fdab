"""`bulletin check`, `decide` and `explain` as an editor meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from bulletin.cli.help import wrapped
from bulletin.cli.proofreading.differences import show_difference
from bulletin.cli.proofreading.excerpts import excerpt
from bulletin.model.finding import Safety
from bulletin.model.original import Original
from bulletin.model.problem import Severity
from bulletin.model.width import width_of
from bulletin.pipeline.explaining import GROUPS, manual_text
from tests.cli.test_commands import Shell, bulletin
from tests.conftest import REPOSITORY, Make
from tests.desks import ARTICLE, CLEAN, FOUND, FRONT, Use, rule_of, use

__all__ = ["bulletin", "use"]
OTHER = "issues/2026-01/02-other.md"

# The excerpt


@pytest.mark.parametrize(
    ("line", "words", "room", "seen"),
    [
        ("甲乙丙丁", (1, 3), 40, ("甲乙丙丁", "  ^^^^")),
        ("a甲b乙", (2, 4), 40, ("a甲b乙", "   ^^^")),
        ("甲乙", (2, 2), 40, ("甲乙", "    ^")),
        ("甲乙", (1, 1), 40, ("甲乙", "  ^")),
        ("\u3000\u3000甲", (2, 3), 40, ("\u3000\u3000甲", "    ^^")),
        ("甲\u200b\u202e乙", (1, 3), 40, ("甲··乙", "  ^^")),
        ("😀甲𠮷", (1, 3), 40, ("😀甲𠮷", "  ^^^^")),
        ("一二三四五六七八九十", (4, 5), 12, ("…三四五六七…", "     ^^")),
        ("一二三四五六七八九十", (0, 1), 12, ("一二三四五…", "^^")),
        ("一二三四五六七八九十", (9, 10), 12, ("…六七八九十", "         ^^")),
        ("一二三四五六七八九十", (0, 10), 12, ("一二三四五…", "^^^^^^^^^^")),
        ("", (0, 0), 12, ("", "^")),
    ],
)
def test_carets_stand_under_the_words(line: str, words: tuple[int, int], room: int, seen: tuple[str, str]) -> None:
    assert excerpt(line, *words, room) == seen


@pytest.mark.parametrize("room", [12, 40, 77])
@pytest.mark.parametrize("start", range(0, 120, 7))
def test_an_excerpt_is_never_wider_than_its_room(start: int, room: int) -> None:
    line = "第3次“学习a b甲、乙，丙123丁😀”" * 7
    shown, carets = excerpt(line, start, start + 2, room)
    assert width_of(shown) <= room
    before = carets.index("^")
    under = [place for place in range(len(shown)) if width_of(shown[:place]) == before]
    assert shown[under[0] :].startswith(line[start : start + 2])


@pytest.mark.parametrize("width", range(8, 40))
def test_lines_neither_begin_with_closing_marks_nor_end_with_opening_ones(width: int) -> None:
    said = "建议：前面写“党的”（新华社用法：首次出现写「“党的十八大”」（看过再改））"
    lines = [*wrapped(said, width)]
    assert "".join(lines) == said
    assert not any(line[0] in "）”，、：" for line in lines)
    assert not any(line[-1] in "（“「" for line in lines[:-1])


# What is shown


def test_a_finding_as_compilers_show_theirs(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND})
    code, out, err = bulletin("-C", root, "check")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{ARTICLE}:7:8: 警告[PUN026] “等”前面不用顿号"
    assert lines[1:4] == ["  |", "7 | 学习甲法、乙法、等内容。", "  |               ^^"]
    assert lines[4] == "  = 改法：删去“、”（可自动改）"
    assert re.fullmatch("  = 编号 [0-9a-f]{8}，说明：bulletin explain PUN026", lines[5])
    assert lines[7] == "警告 1，1 处可自动改（--fix）"
    assert "bulletin check 2026-01 --diff" in out
    assert "bulletin decide 2026-01 编号 --keep" in out


def test_a_clean_issue_is_as_short_as_ever(bulletin: Shell, make: Make) -> None:
    assert bulletin("-C", make({ARTICLE: CLEAN}), "check") == (0, "2026-01 没有发现问题\n", "")


def test_words_without_a_finding_are_told_beside_what_the_structure_lacks(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: CLEAN.replace("organization: ", "organization: 请填写 # ")})
    code, out, err = bulletin("-C", root, "check")
    assert (code, out) == (0, "2026-01 文字校对没有发现问题\n")
    assert "[placeholder]" in err


def test_words_that_could_not_be_read_are_not_called_clean(bulletin: Shell, make: Make) -> None:
    assert "没有发现问题" not in bulletin("-C", make({ARTICLE: "没有稿件信息。\n"}), "check")[1]


def test_structure_and_text_are_shown_together(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND + "\n见[下文](#没有)。\n", OTHER: "没有稿件信息。\n"})
    code, out, err = bulletin("-C", root, "check")
    assert code == 1
    assert "front-matter" in err
    assert "PUN026" in out


def test_findings_are_grouped_by_file_where_there_are_several(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND, OTHER: FOUND.replace("标题", "别的")})
    out = bulletin("-C", root, "check")[1]
    assert re.findall("── (.*?)　(.*?) ──", out) == [(ARTICLE, "1 处"), (OTHER, "1 处")]
    out = bulletin("-C", root, "check", "2026-01", "2")[1]
    assert ARTICLE not in out
    assert OTHER in out
    assert bulletin("-C", root, "check", "2026-01", "02-other.md")[1] == out
    assert bulletin("-C", root, "check", "2026-01", "3")[0] == 2


def test_the_words_that_would_be_written_are_shown(bulletin: Shell, make: Make, use: Use) -> None:
    use(
        rule_of("TST001", "登陆", "登录"),
        rule_of("TST002", " ", "", Safety.UNSAFE),
        rule_of("TST003", "(?=。)", "了", Safety.NONE),
        rule_of("TST004", "“甲”", "‘甲’"),
    )
    out = bulletin("-C", make({ARTICLE: FRONT + "登陆“甲” 局。\n"}), "check")[1]
    said = re.findall("改法：(.*)", out)
    assert said == [
        "“登陆”改为“登录”（可自动改）",
        "「“甲”」改为“‘甲’”（看过再改）",
        "删去半角空格（看过再改）",
        "加上“了”（供参考）",
    ]
    assert "1 处可自动改（--fix），2 处看过再改（--unsafe-fixes）" in out


def test_the_same_in_several_places_of_an_article_is_shown_once(bulletin: Shell, make: Make, use: Use) -> None:
    use(rule_of("TST001", "登陆", "登录"), rule_of("TST002", "成为了", "成为", severity=Severity.HINT))
    body = FRONT + "登陆。\n\n成为了。登陆成为了。\n\n登陆系统。<!-- 校:保留 TST001 原文 -->\n\n登陆平台。\n"
    root = make({ARTICLE: body, OTHER: FRONT.replace("标题", "别的") + "登陆。\n"})
    out = bulletin("-C", root, "check")[1]
    assert re.findall(r"^\S+:(\d+:\d+: ..\[TST00\d\])", out, re.MULTILINE) == [
        "7:1: 警告[TST001]", "9:1: 提示[TST002]", "7:1: 警告[TST001]"
    ]  # fmt: skip
    numbers = {
        each["line"]: each["fingerprint"][:8]
        for each in json.loads(bulletin("-C", root, "check", "--json")[1])["findings"]
        if each["code"] == "TST001" and each["path"] == ARTICLE
    }
    assert f"  = 同样的还有 2 处：9:5（编号 {numbers[9]}）、13:1（编号 {numbers[13]}）" in out.splitlines()
    assert "  = 同样的还有 1 处：9:7" in out.splitlines()
    assert "警告 4　提示 2" in out, "each place counts, and has to be decided about"
    assert len(bulletin("-C", root, "check", "--format", "concise")[1].splitlines()) == 6


@pytest.mark.parametrize(("safety", "blocks"), [(Safety.SAFE, 1), (Safety.UNSAFE, 2), (Safety.NONE, 2)])
def test_marks_are_shown_in_their_sentence_unless_they_are_mended_safely(
    bulletin: Shell, make: Make, use: Use, safety: Safety, blocks: int
) -> None:
    use(rule_of("TST001", "；", "，", safety))
    out = bulletin("-C", make({ARTICLE: FRONT + "甲；乙。\n\n丙；丁。\n"}), "check")[1]
    assert out.count("警告[TST001]") == blocks


def test_one_line_a_finding(bulletin: Shell, make: Make) -> None:
    code, out, _ = bulletin("-C", make({ARTICLE: FOUND}), "check", "--format", "concise")
    assert (code, out) == (0, f"{ARTICLE}:7:8: 警告[PUN026] “等”前面不用顿号\n")


def test_problems_of_the_structure_are_lines_among_them(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND.replace("organization: ", "organization: 请填写 # ")})
    _, out, err = bulletin("-C", root, "check", "--format", "concise")
    assert err == ""
    assert [re.findall(r"^\S+:\d+:\d+: 警告\[(.+?)\] ", line) for line in out.splitlines()] == [
        ["placeholder"],
        ["PUN026"],
    ]


def test_what_differs_in_a_long_line_stands_out(capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (Original("a.md", f"甲\n{'文' * 500}{word}字\n") for word in ("、等", "等"))
    with click.Context(click.Command("check"), color=True):
        show_difference(before, after)
    shown = capsys.readouterr().out.splitlines()
    assert "\x1b[31m\x1b[7m、\x1b[0m" in shown[-2]
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in shown[2:]] == [
        "@@ -1,2 +1,2 @@", " 甲", f"-{'文' * 500}、等字", f"+{'文' * 500}等字"
    ]  # fmt: skip


def test_for_programs_places_are_told_in_every_way_of_counting(bulletin: Shell, make: Make) -> None:
    text = FOUND.replace("学习", "😀学𠮷习").replace("\n", "\r\n")
    root = make({ARTICLE: b"\xef\xbb\xbf" + text.encode()})
    code, out, _ = bulletin("-C", root, "check", "--json")
    said = json.loads(out)
    (finding,) = said["findings"]
    assert (code, said["counts"]["warnings"], said["counts"]["safe"]) == (0, 1, 1)
    assert (finding["line"], finding["column"], finding["end_line"], finding["end_column"]) == (7, 10, 7, 11)
    assert (finding["utf16_column"], finding["end_utf16_column"]) == (12, 13)
    assert text[finding["offset"] : finding["end_offset"]] == finding["words"] == "、"
    content = (root / ARTICLE).read_bytes()
    assert content[finding["byte_offset"] : finding["end_byte_offset"]].decode() == "、"
    assert finding["fix"]["replacement"] == ""
    assert finding["fix"]["byte_offset"] == finding["byte_offset"]
    assert (finding["standing"], finding["decision"], finding["article"]) == ("open", None, "01-report")
    assert bulletin("-C", root, "check", "--format", "json")[1] == out


def test_sarif_to_the_screen_or_to_a_file(bulletin: Shell, make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: FOUND})
    out = bulletin("-C", root, "check", "--format", "sarif")[1]
    assert json.loads(out)["version"] == "2.1.0"
    assert bulletin("-C", root, "check", "--format", "sarif", "-o", tmp_path / "a.sarif")[1] == f"{tmp_path}/a.sarif\n"
    assert (tmp_path / "a.sarif").read_text("utf-8") == out


def test_annotations_and_sheets(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND})
    assert bulletin("-C", root, "check", "--format", "github")[1].startswith(
        "::warning file=issues/2026-01/01-report.md,line=7,"
    )
    code, out, _ = bulletin("-C", root, "check", "--format", "html")
    assert code == 0
    assert out.splitlines() == [f"{root}/build/2026-01/proofreading/{name}.html" for name in ("issue", "01-report")]
    assert bulletin("-C", root, "check", "2026-01", "1", "--format", "html", "-o", root / "proofs")[1].splitlines() == [
        f"{root}/proofs/2026-01/proofreading/01-report.html"
    ]


AIDED = FRONT + "全市共有18个驿站。张三局长强调：“要把好事办实。”" + "开展“枫叶驿站”活动，" * 14 + "很受欢迎。\n"


def test_what_is_to_be_looked_at_by_somebody(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: AIDED, OTHER: FRONT.replace("标题", "别的") + "另有25个。\n"})
    out = bulletin("-C", root, "check", "2026-01", "1", "--aids")[1]
    for said in (
        "── 01-report《标题》",
        "数字（1 条）\n  7:5  18个",
        "长句（1 条）",
        "□ 没有核对",
        "枫叶驿站（14 次）",
    ):
        assert said in out
    assert "25个" not in out
    said = json.loads(bulletin("-C", root, "check", "--aids", "--json")[1])["aids"]
    assert [each["article"] for each in said["articles"]] == ["01-report", "02-other"]
    assert said["articles"][1]["numbers"][0]["words"].startswith("25个")
    assert "枫叶驿站" in {each["name"] for each in said["new"]}
    assert json.loads(bulletin("-C", root, "check", "--json")[1])["aids"] is None
    bulletin("-C", root, "check", "--format", "html")
    html = (root / "build/2026-01/proofreading/01-report.html").read_text("utf-8")
    assert "请人逐个看" in html
    assert "长句　1" in html
    assert "25个" not in html


# What is chosen, and how it ends


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        ((), (0, ["TST001", "TST002", "ABC001"])),
        (("--strict",), (1, ["TST001", "TST002", "ABC001"])),
        (("--fail-on", "warning"), (1, ["TST001", "TST002", "ABC001"])),
        (("--select", "tst"), (0, ["TST001", "TST002"])),
        (("--select", "TST002，ABC001"), (0, ["TST002", "ABC001"])),
        (("--select", "TST", "--ignore", "TST001", "--fail-on", "warning"), (0, ["TST002"])),
        (("--select", "TST002", "--fail-on", "hint"), (1, ["TST002"])),
        (("--ignore", "ABC001, TST"), (0, [])),
        (("--no-hints",), (0, ["TST001", "ABC001"])),
        (("--no-hints", "--format", "concise"), (0, ["TST001", "ABC001"])),
        (("--no-hints", "--fail-on", "hint"), (1, ["TST001", "ABC001"])),
    ],
)
def test_rules_and_weights(
    bulletin: Shell, make: Make, use: Use, options: tuple[str, ...], seen: tuple[int, list[str]]
) -> None:
    use(
        rule_of("TST001", "学习", ""),
        rule_of("TST002", "甲法", "", severity=Severity.HINT),
        rule_of("ABC001", "乙法", ""),
    )
    got, out, _ = bulletin("-C", make({ARTICLE: FOUND}), "check", *options)
    assert (got, re.findall(r"\[([A-Z]+\d+)\]", out)) == seen
    if "--strict" in options:
        assert "错误[TST001]" in out
    if options == ("--no-hints",):
        assert "警告 2　提示 1" in out
        assert "提示 1 处没有列出" in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "PUN999"), "没有“PUN999”"),
        (("--ignore", "PUN0O3"), "是不是想写“PUN"),
        (("--format", "sarif", "--json"), "只能写一样"),
        (("-o", "a.txt"), "--output"),
        (("--diff", "--fix"), "只能写一样"),
        (("--diff", "--json"), "--format"),
        (("--aids", "--format", "sarif"), "--aids"),
        (("--all", "--fix"), "--all"),
        (("--no-hints", "--json"), "--no-hints"),
        (("--no-hints", "--all"), "--no-hints"),
        (("2026-01", "--all"), "--all"),
        (("--format", "xml"), "xml"),
        (("--fail-on", "never"), "never"),
    ],
)
def test_wrong_uses(bulletin: Shell, make: Make, options: tuple[str, ...], said: str) -> None:
    code, out, err = bulletin("-C", make({ARTICLE: FOUND}), "check", *options)
    assert (code, out) == (2, "")
    assert said in err


def test_the_whole_archive(bulletin: Shell, make: Make) -> None:
    more = {
        f"issues/2026-{number:02}/issue.yaml": (make() / "issues/2026-01/issue.yaml").read_text("utf-8")
        .replace("number: 1\nserial: 10", f"number: {number}\nserial: {number + 9}").replace("-01-20", f"-{number:02}-20")
        for number in range(2, 7)
    }  # fmt: skip
    articles: dict[str, str | bytes | None] = {f"issues/2026-{number:02}/01-report.md": FOUND for number in range(2, 6)}
    root = make({**more, **articles, "issues/2026-06/01-report.md": "甲。\n"}, "archive")
    code, out, _ = bulletin("-C", root, "check", "--all")
    rows = [line.split() for line in out.splitlines()]
    assert code == 1
    assert [row[0] for row in rows[1:7]] == [f"2026-{number:02}" for number in range(1, 7)]
    assert rows[2] == ["2026-02", "-", "-", "-", "1", "-", "-", "PUN026", "1"]
    assert rows[6][1] == "1"
    assert rows[7][:3] == ["共", "6", "期：警告"]
    said = json.loads(bulletin("-C", root, "check", "--all", "--json")[1])
    assert [each["counts"]["warnings"] for each in said] == [0, 1, 1, 1, 1, 0]
    (root / "issues/2026-06/01-report.md").write_text(CLEAN, "utf-8")
    assert bulletin("-C", root, "check", "--all")[0] == 0
    assert bulletin("-C", root, "check", "--all", "--strict")[0] == 1
    assert bulletin("-C", root, "check", "--all", "--ignore", "PUN", "--strict")[0] == 0


# Mending


def test_first_seen_then_mended(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND})
    code, out, err = bulletin("-C", root, "check", "--diff")
    assert code == 0
    place = f"会改 {ARTICLE}:7:8：删去“、”"
    assert out.splitlines()[:4] == [place, f"--- a/{ARTICLE}", f"+++ b/{ARTICLE}", "@@ -6,2 +6,2 @@"]
    assert out.splitlines()[-2:] == ["-学习甲法、乙法、等内容。", "+学习甲法、乙法等内容。"]
    assert "会改 1 处" in err
    assert (root / ARTICLE).read_text("utf-8") == FOUND
    code, out, _ = bulletin("-C", root, "check", "--fix")
    assert code == 0
    assert out.splitlines()[0] == f"改好 {ARTICLE}:7:8：删去“、”"
    assert "没有发现问题" in out
    assert (root / ARTICLE).read_text("utf-8") == CLEAN
    assert bulletin("-C", root, "check", "--fix") == (0, "2026-01 没有发现问题\n", "")
    assert "没有可以自动改的" in bulletin("-C", root, "check", "--diff")[2]


def test_what_is_not_mended_is_told_with_the_reason(bulletin: Shell, make: Make, use: Use) -> None:
    use(rule_of("TST001", "子", "乙"), rule_of("TST002", "乙丁", "", Safety.NONE))
    root = make({ARTICLE: FRONT + "子丁。\n"})
    _, out, err = bulletin("-C", root, "check", "--fix")
    assert f"没有改 {ARTICLE}:7:1：改了会出现新的问题：TST002" in err
    assert "TST001" in out
    said = json.loads(bulletin("-C", root, "check", "--fix", "--json")[1])
    assert len(said["not_fixed"]) == 1
    assert said["fixed"] == []


# Deciding


def test_an_editor_decides(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND})
    (number,) = re.findall("编号 ([0-9a-f]+)", bulletin("-C", root, "check")[1])
    code, out, _ = bulletin("-C", root, "decide", "2026-01", number, "--keep", "--reason", "原文件如此", "--by", "周砚")
    assert (code, out) == (0, "保留：PUN026 01-report 学习甲法、乙法【、】等内容。\n")
    assert bulletin("-C", root, "check", "--strict") == (0, "2026-01 没有发现问题（写明理由保留 1 处）\n", "")
    said = json.loads(bulletin("-C", root, "check", "--json")[1])
    assert said["findings"][0]["decision"]["reason"] == "原文件如此"
    bulletin("-C", root, "decide", "2026-01", number, "--ask", "--reason", "是不是一项", "--by", "周砚")
    out = bulletin("-C", root, "check")[1]
    assert "  = 存疑：是不是一项（周砚）" in out
    assert "1 处在问作者" in out
    assert "可自动改" not in out.split("警告 1")[1]
    assert bulletin("-C", root, "decide", "2026-01", number, "--take-back")[1].startswith("已收回：PUN026")
    assert "1 处可自动改" in bulletin("-C", root, "check")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2026-01", "0000"), "--keep"),
        (("2026-01", "0000", "--keep", "--ask"), "只写一样"),
        (("2026-01", "0000", "--keep"), "--reason"),
        (("2026-01", "0000", "--keep", "--reason", "甲"), "--by"),
        (("2026-01", "--keep", "--reason", "甲", "--by", "乙"), "编号"),
        (("2026-01", "0000", "--keep", "--reason", "甲", "--by", "乙"), "没有编号以“0000”开头"),
    ],
)
def test_wrong_decisions(bulletin: Shell, make: Make, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = bulletin("-C", make(), "decide", *arguments)
    assert code == 2
    assert said in err


def test_a_draft_says_how_many_are_open_and_a_final_one_names_them(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: FOUND})
    code, out, _ = bulletin("-C", root, "build")
    assert code == 0
    assert "校对：警告 1，1 处可自动改（bulletin check 2026-01）" in out
    code, _, err = bulletin("-C", root, "build", "--final")
    assert code == 1
    assert "校对还有错误 0 处、警告 1 处没有处理" in err
    assert f"{ARTICLE}:7:8: 警告" in err
    code, _, err = bulletin("-C", root, "sign", "--by", "周砚")
    assert code == 1
    assert "PUN026" in err
    bulletin("-C", root, "check", "--fix")
    assert bulletin("-C", root, "sign", "--by", "周砚")[0] == 0
    assert "校对" not in bulletin("-C", root, "build", "--final")[1]


def test_the_status_says_how_many_are_open(bulletin: Shell, make: Make) -> None:
    said = "校对：警告 1，1 处可自动改（bulletin check 2026-01）"
    assert said in bulletin("-C", make({ARTICLE: FOUND}), "status")[1].splitlines()
    assert json.loads(bulletin("-C", make({ARTICLE: FOUND}), "status", "--json")[1])["proofreading"]["warnings"] == 1
    assert "校对" not in bulletin("-C", make({ARTICLE: CLEAN}), "status")[1]


# The manual


def test_a_page_of_the_manual(bulletin: Shell) -> None:
    code, out, _ = bulletin("explain", "pun026")
    assert code == 0
    for said in (
        "PUN026　“和”“等”前面的顿号",
        "轻重：警告",
        "依据：国标，GB/T 15834",
        "--fix",
        "✗ ",
        "✓ ",
        "<!-- 校:保留 PUN026 理由 -->",
    ):
        assert said in out


def test_all_rules_are_listed_by_group(bulletin: Shell) -> None:
    out = bulletin("explain")[1]
    codes = [manual.code for _name, manuals in GROUPS for manual in manuals]
    assert re.findall(r"^([A-Z]+\d+) ", out, re.MULTILINE) == codes


def test_an_unknown_rule_is_refused_with_a_near_one(bulletin: Shell) -> None:
    code, _, err = bulletin("explain", "PUN0026")
    assert code == 2
    assert "PUN026" in err
    assert bulletin("explain", "PUN026", "--format", "markdown")[0] == 2


def test_an_entry_of_the_house_is_explained(bulletin: Shell, make: Make) -> None:
    entries = (
        "terms:\n  - {id: brand.a, kind: brand, preferred: 枫叶驿站, forbid: [枫林驿站], source: 某局通知, why: 原来的名称,"
        " examples: {bad: [枫林驿站开张。], good: [枫叶驿站开张。]}}\n"
    )
    root = make({"house/terms.yaml": entries, ARTICLE: FRONT + "枫林驿站开张了。\n"})
    code, out, _ = bulletin("-C", root, "explain", "brand.a")
    assert code == 0
    assert out.splitlines()[:2] == ["brand.a　枫叶驿站", "不写成：枫林驿站"]
    for said in (
        "为什么：原来的名称",
        "来源：某局通知",
        "写在 house/terms.yaml:2:",
        "✗ 枫林驿站开张。",
        "✓ 枫叶驿站开张。",
    ):
        assert said in out
    assert "说明：bulletin explain brand.a" in bulletin("-C", root, "check")[1]
    assert "brand.a" in bulletin("-C", root, "explain", "brand.b")[2]


def test_the_house_is_told_of_faults(bulletin: Shell, make: Make) -> None:
    code, _, err = bulletin("-C", make({"house/terms.yaml": "terms: [{id: 甲}]\n", ARTICLE: CLEAN}), "check")
    assert code == 1
    assert "house/terms.yaml:1:" in err


def test_the_manual_in_the_repository_is_up_to_date(bulletin: Shell) -> None:
    """Else: `bulletin explain --format markdown > docs/proofreading.md`."""
    assert bulletin("explain", "--format", "markdown")[1] == manual_text()
    assert (REPOSITORY / "docs/proofreading.md").read_text("utf-8") == manual_text()
