"""The commands as an editor meets them: a walk from an empty folder to a built issue, and what is said on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin.cli import entry
from tests.conftest import ARTICLE, REPOSITORY, Make, article


class Shell:
    """Runs `bulletin` in this process, in a folder, in Chinese."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self.capture.readouterr()
        code = entry.run([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        assert "Traceback" not in err
        return code, out, err


@pytest.fixture
def bulletin(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "")
    return Shell(capsys)


def test_from_an_empty_folder_to_a_built_issue(bulletin: Shell, tmp_path: Path) -> None:
    root = tmp_path / "新刊"
    assert bulletin("init", root, "--title", "测试动态", "--publisher", "某局")[0] == 0
    assert bulletin("-C", root, "check")[0] == 2  # no issue yet
    assert bulletin("-C", root, "new", "issue", "--date", "2026-01-20")[:2] == (
        0,
        f"{root}/issues/2026-01/issue.yaml\n",
    )
    code, _, err = bulletin("-C", root, "check")
    assert code == 1
    assert "issue-empty" in err
    assert bulletin("-C", root, "new", "article", "speech", "--date", "2026-01-10")[0] == 0
    assert bulletin("-C", root, "new", "article", "report", "--title", "某市：“三个一”", "--slug", "city")[0] == 0
    code, _, err = bulletin("-C", root, "check")
    assert code == 0
    assert err.count("placeholder") == 12  # fields, recipients and body text are still the scaffold's
    code, out, _ = bulletin("-C", root, "build")
    assert code == 0
    assert "2 篇" in out
    assert (root / "build/2026-01/print.pdf").read_bytes().startswith(b"%PDF")
    assert "未审签" in bulletin("-C", root, "status")[1]
    assert bulletin("-C", root, "clear", "2026-01", "02-city", "--by", "张三")[0] == 1  # not with words of the scaffold
    (root / "issues/2026-01/02-city.md").write_text(
        article("正文", "kind: report\ntitle: 某市：“三个一”\norganization: 某市"), "utf-8"
    )
    assert "02-city《某市：“三个一”》" in bulletin("-C", root, "clear", "2026-01", "2", "--by", " 张三 ")[1]
    code, out, _ = bulletin("-C", root, "status")
    assert "已审签（张三）" in out
    assert bulletin("-C", root, "clear", "2026-01", "2", "--revoke", "--by", "李四")[0] == 0
    assert "已审签" not in bulletin("-C", root, "status")[1]


def test_the_next_issue_carries_on(bulletin: Shell, make: Make) -> None:
    text = (
        "# 说明\nnumber: 1    # 期号\nserial: 10\nhighlights:\n  - 标题\ndate: 2026-01-20   # 日期\n"
        "editors: {responsible: 张三, phone: 010-12345678}\n"
        "distribution:\n  报: [[甲局]]   # 存两份\n  发: [[各科]]\narchive: 4\n"
    )
    root = make({"issues/2026-01/issue.yaml": text})
    assert bulletin("-C", root, "new", "issue", "--date", "2026-02-25")[0] == 0
    after = (root / "issues/2026-02/issue.yaml").read_text("utf-8")
    assert after == (
        "# 说明\nnumber: 2\nserial: 11\ndate: 2026-02-25   # 日期\n"
        "editors: {responsible: 张三, phone: 010-12345678}\n"
        "distribution:\n  报: [[甲局]]   # 存两份\n  发: [[各科]]\narchive: 4\n"
    )
    assert bulletin("-C", root, "new", "issue", "--date", "2027-01-20")[0] == 0
    assert "number: 1\nserial: 12\n" in (root / "issues/2027-01/issue.yaml").read_text("utf-8")
    assert bulletin("-C", root, "new", "issue", "--date", "2027-02-20", "--supplement")[0] == 0
    assert "number: 1\nsupplement: true\n" in (root / "issues/2027-s1/issue.yaml").read_text("utf-8")
    for issue in ("2026-02", "2027-01", "2027-s1"):
        assert bulletin("-C", root, "new", "article", "notice", "--title", "通知", "--issue", issue)[0] == 0
        path = root / f"issues/{issue}/01-notice.md"
        path.write_text(article("正文", "kind: notice\ntitle: 通知\norganization: 某科\ndate: 2026-02-01"), "utf-8")
        assert bulletin("-C", root, "check", issue) == (0, f"{issue} 没有发现问题\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "{number: 1, serial: 10, date: 2026-01-20, editors: {responsible: 张三, phone: 1}, distribution: {报: [[甲局]]}}\n",
        "number:\n  1\nserial: 10\ndate: 2026-01-20\neditors: {responsible: 张三, phone: 1}\ndistribution:\n  报: [[甲局]]\n",
        "---\nnumber: 1\nserial: 10\ndate: 2026-01-20\neditors: {responsible: 张三, phone: 1}\ndistribution:\n  报: [[甲局]]\n",
        "\"number\": 1\n'serial': 10\ndate: 2026-01-20\neditors: {responsible: 张三, phone: 1}\ndistribution:\n  报: [[甲局]]\n"
        "highlights:\n# 手写\n- 经验交流材料1篇\n",
    ],
    ids=["flow", "next line", "document mark", "quoted"],
)
def test_the_next_issue_is_valid_or_refused(bulletin: Shell, make: Make, text: str) -> None:
    root = make({"issues/2026-01/issue.yaml": text})
    assert bulletin("-C", root, "check")[0] == 0
    code = bulletin("-C", root, "new", "issue", "--date", "2026-02-25")[0]
    if code == 0:
        assert bulletin("-C", root, "new", "article", "report")[0] == 0
        assert bulletin("-C", root, "check")[0] == 0
    else:
        assert code == 2
        assert not (root / "issues/2026-02").exists()


def test_a_publication_that_could_not_be_read_is_not_made(bulletin: Shell, tmp_path: Path) -> None:
    assert bulletin("init", tmp_path / "新刊", "--title", " ", "--publisher", "某局")[0] == 2
    assert not (tmp_path / "新刊").exists()


def test_nothing_is_overwritten(bulletin: Shell, make: Make) -> None:
    root = make()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert bulletin("init", root, "--title", "甲", "--publisher", "乙")[0] == 2
    assert bulletin("-C", root, "new", "article", "poem")[0] == 2
    assert bulletin("-C", root, "new", "article", "report", "--slug", "大写")[0] == 2
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "2099-01"], 2, "没有“2099-01”这一期"),
        (["build", "昨天"], 2, "没有“昨天”这一期"),
        (["clear", "2026-01", "9", "--by", "张三"], 2, "没有“9”这篇文章"),
        (["clear", "2026-01", "1"], 2, "--by"),
        (["clear", "2026-01", "1", "--by", "  "], 2, "--by"),
        (["clear", "2026-01", "1", "--by", "张\n三"], 2, "审签人"),
        (["clear", "2026-01", "1", "--revoke"], 2, "谁撤回"),
        (["frobnicate"], 2, "frobnicate"),
        (["clear", "2026-01", "--by", "张三"], 2, "--all"),
        (["clear", "2026-01", "1", "--all", "--by", "张三"], 2, "--all"),
        (["clear", "2026-01", "--log", "--by", "张三"], 2, "--log"),
        (["site", "--audience", "world"], 2, "world"),
        (["new", "issue", "--date", "2026-13-01"], 2, "2026-13-01"),
    ],
)
def test_wrong_usage_is_said_plainly(bulletin: Shell, make: Make, arguments: list[str], code: int, said: str) -> None:
    got, _, err = bulletin("-C", make(), *arguments)
    assert got == code
    assert said in err


def test_the_log_of_clearances(bulletin: Shell, make: Make) -> None:
    root = make({"issues/2026-01/02-b.md": article("乙", "kind: report\ntitle: 乙篇\norganization: 某县")})
    assert bulletin("-C", root, "clear", "2026-01", "--log") == (0, "2026-01 还没有审签记录\n", "")
    code, out, _ = bulletin("-C", root, "clear", "2026-01", "--all", "--by", "张三")
    assert (code, out.splitlines()[:2]) == (
        0,
        ["已审签：01-report《标题》，网址 /2026/01/01/", "已审签：02-b《乙篇》，网址 /2026/01/02/"],
    )
    (root / ARTICLE).write_text(article("改了。"), "utf-8")
    assert bulletin("-C", root, "clear", "2026-01", "2", "--revoke", "--by", "李四")[0] == 0
    code, out, _ = bulletin("-C", root, "clear", "2026-01", "--log")
    head, first, second, third = out.splitlines()
    assert head.split() == ["时间", "审签人", "文件", "标题", "网址", "哪一稿", "现在", "网站上"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", " ".join(first.split()[:2]))
    assert first.split()[2:] == [
        "张三",
        "01-report",
        "（当时的题目没有记）",
        "/2026/01/01/",
        first.split()[-3],
        "已失效（后来有改动）",
        "不在",
    ]
    assert re.fullmatch("[0-9a-f]{8}", first.split()[-3])
    assert second.split()[2:6] == ["张三", "02-b", "乙篇", "/2026/01/02/"]
    assert second.endswith("已被别的记录代替")
    assert third.split()[2:] == ["李四", "02-b", "乙篇", "/2026/01/02/", "撤回", "不在"]
    said = json.loads(bulletin("-C", root, "clear", "2026-01", "--log", "--json")[1])
    assert [(each["by"], each["number"], each["state"], each["last"]) for each in said["entries"]] == [
        ("张三", 1, "void", True),
        ("张三", 2, "none", False),
        ("李四", 2, "revoked", True),
    ]
    said = json.loads(bulletin("-C", root, "clear", "2026-01", "2", "--by", "张三", "--json")[1])
    assert said["articles"] == [{"slug": "02-b", "title": "乙篇", "address": "/2026/01/02/"}]
    log = root / "issues/2026-01/clearances.yaml"
    log.write_text(log.read_text("utf-8") + "    extra: 1\n", "utf-8")
    code, _, err = bulletin("-C", root, "clear", "2026-01", "--log")
    assert code == 1
    assert "clearances.yaml:" in err


def test_problems_for_programs(bulletin: Shell, make: Make) -> None:
    root = make({ARTICLE: article("第一行<br>")})
    code, out, _ = bulletin("-C", root, "check", "--json")
    said = json.loads(out)
    assert code == 1
    assert said["issue"] == "2026-01"
    (problem,) = said["problems"]
    assert (problem["path"], problem["line"], problem["column"], problem["code"]) == (ARTICLE, 7, 4, "html")
    code, out, _ = bulletin("-C", root, "build", "--json")
    assert code == 1
    assert json.loads(out)["outputs"] == []
    code, out, _ = bulletin("-C", make(folder="good"), "build", "--json")
    assert code == 0
    assert json.loads(out)["pages"] == 2
    assert json.loads(bulletin("-C", make(folder="good"), "status", "--json")[1])["articles"][0]["clearance"] == "none"


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_machine(bulletin: Shell, make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, err = bulletin("-C", make(), "build", "-o", tmp_path / "file" / "out")
    assert code == 3
    assert "写不了" in err


def test_schemas_of_the_repository_are_up_to_date(bulletin: Shell, make: Make) -> None:
    root = make()
    assert bulletin("-C", root, "schema")[0] == 0
    fresh = {path.name: path.read_text("utf-8") for path in (root / ".schemas").iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in (REPOSITORY / ".schemas").iterdir()}
    assert fresh == kept


def test_schemas_agree_with_the_loader(bulletin: Shell, make: Make, tmp_path: Path) -> None:
    """What the loader takes, the editor's program takes; what it refuses is refused there too, as far as a schema can."""
    import jsonschema
    import yaml

    root = make()
    bulletin("-C", root, "schema")

    def valid(name: str, text: str) -> bool:
        schema = json.loads((root / f".schemas/{name}.json").read_text("utf-8"))
        data = json.loads(json.dumps(yaml.safe_load(text), default=str))
        return bool(jsonschema.Draft202012Validator(schema).is_valid(data))

    for path in REPOSITORY.glob("issues/*/issue.yaml"):
        assert valid("issue", path.read_text("utf-8")), path
    for path in REPOSITORY.glob("issues/*/*.md"):
        assert valid("article", path.read_text("utf-8").split("---\n")[1]), path
    assert valid("bulletin", (REPOSITORY / "bulletin.yaml").read_text("utf-8"))
    assert valid("recipients", (REPOSITORY / "house/recipients.yaml").read_text("utf-8"))
    assert valid("kinds", (REPOSITORY / "assets/kinds.yaml").read_text("utf-8"))
    assert not valid("bulletin", "title: 甲\n")
    assert not valid("bulletin", "title: 甲\npublisher: 乙\nprofil: jianbao\n")
    assert not valid("issue", "number: 七\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(bulletin: Shell, shell: str) -> None:
    assert "_BULLETIN_COMPLETE" in bulletin("completion", shell)[1]


def test_issues_and_articles_are_completed(make: Make) -> None:
    root = make()
    for words, expected in [
        ("bulletin check 2026", "2026-01"),
        ("bulletin clear 2026-01 0", "01-report"),
        ("bulletin bu", "build"),
    ]:
        environment = {**os.environ, "_BULLETIN_COMPLETE": "bash_complete", "COMP_WORDS": words,
                       "COMP_CWORD": str(len(words.split()) - 1), "PYTHONPATH": str(REPOSITORY)}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "bulletin"], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert f"plain,{expected}" in done.stdout.split()


def test_help_imports_nothing_heavy() -> None:
    """Why `--help` is quick: the figure itself is in `make bench`."""
    script = "import sys\nfrom bulletin.cli.entry import run\nrun(['--help'])\nprint(*sys.modules, file=sys.stderr)\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    heavy = {"weasyprint", "pydantic", "markdown_it", "jinja2", "pypdfium2", "pikepdf", "PIL", "yaml", "uharfbuzz"}
    assert not heavy & set(done.stderr.split())


def test_quiet_when_nobody_watches(make: Make) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bulletin", "build"], cwd=make(), capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout


def test_progress_on_a_terminal(make: Make) -> None:
    """On a terminal each stage is named, and the line is wiped at the end."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bulletin", "build"], cwd=make(), stdout=subprocess.DEVNULL, stderr=child,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LANG": "zh_CN.UTF-8"},
    )  # fmt: skip
    os.close(child)
    said = b""
    while True:
        try:
            chunk = os.read(parent, 4096)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    assert process.wait() == 0
    os.close(parent)
    text = said.decode()
    assert "正在排版" in text
    assert text.endswith("\r\x1b[K")


def test_what_is_said_at_the_press(bulletin: Shell, make: Make) -> None:
    root = make()
    code, out, err = bulletin("-C", root, "impose", "--draft")
    assert (code, out) == (1, "")
    assert "bulletin build 2026-01" in err
    assert bulletin("-C", root, "build")[0] == 0
    code, out, err = bulletin("-C", root, "impose", "--draft")
    assert code == 0
    assert "press-blank" in err
    assert out.splitlines() == [
        "2026-01：按“骑马订”拼好，4 页，每份 1 张；读回，逐页与印刷版核对一致",
        f"  {root}/build/2026-01/press/骑马订-样张.pdf",
        "打印：A3 纸（420×297 毫米），双面，短边翻转，实际大小（不要缩放）",
        "折：1 张套在一起对折；订：折缝上两钉，外订眼距上下边各 70 毫米（±4）",
        "用纸：1 张 × 10 份 = 10 张，另加损耗",
    ]
    code, out, err = bulletin("-C", root, "impose", "2026-01", "--draft", "--profile", "印刷厂", "-o", root / "build")
    assert (code, err) == (0, "")
    assert out.splitlines()[2:5] == [
        "打印：比 A4 大一圈的纸（230×317 毫米），双面，长边翻转，实际大小（不要缩放）",
        "订：左侧平订两钉，距书脊 3～5 毫米，外订眼距上下边各 70 毫米（±4）",
        "裁：按裁切标记裁成 A4（210×297 毫米），出血 3 毫米",
    ]
    assert "共 1 帖（末帖 1 张）" in bulletin("-C", root, "impose", "--draft", "--profile", "平订")[1]
    assert bulletin("-C", root, "impose", "--profile", "胶印")[0] == 2
    code, _, err = bulletin("-C", root, "impose")
    assert code == 2
    assert "2026-01 还没有签发，不能付印" in err
    assert bulletin("-C", root, "impose", "--force", "会议要用")[0] == 2
    assert bulletin("-C", root, "impose", "--force", "会议要用", "--by", "程以宁")[0] == 0
    assert bulletin("-C", root, "sign", "--by", "周砚")[0] == 0
    assert "已签发：周砚" in bulletin("-C", root, "status")[1]
    assert bulletin("-C", root, "impose")[0] == 0
    assert bulletin("-C", root, "sign", "--revoke")[0] == 0
    assert "尚未签发" in bulletin("-C", root, "status")[1]
