"""`bulletin import` as an editor meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell, bulletin
from tests.conftest import Make
from tests.convert.recognising.test_issues_recognised import SAMPLES
from tests.word_files import p, r, word_file

__all__ = ["bulletin"]
ARTICLE = (
    "建强老年大学的几点做法\n中共东河市委老干部局\n\n近年来，我市把老年大学建在家门口，现有教学点42个。\n\n"
    "一、抓统筹\n\n市委每年研究两次。\n\n二、抓师资\n\n选聘教师120名。\n"
)
CHANGED = p(
    runs=r("我市现有教学点") + '<w:del w:author="王科"><w:r><w:delText>42</w:delText></w:r></w:del>'
    '<w:ins w:author="王科"><w:r><w:t>45</w:t></w:r></w:ins>' + r("个。")
)


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "build" not in path.parts
    }


def _given(root: Path, name: str, content: str | bytes) -> Path:
    folder = root.parent / "given"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


def test_a_manuscript_into_an_issue(bulletin: Shell, make: Make) -> None:
    root = make({})
    file = _given(root, "donghe.txt", ARTICLE.encode("gb18030"))
    code, out, err = bulletin("-C", root, "import", file, "--into", "2026-01")
    assert code == 0, err
    assert out == "issues/2026-01/02-donghe.md\n"
    written = (root / "issues/2026-01/02-donghe.md").read_text("utf-8")
    assert written == (
        "---\nkind: report\ntitle: 建强老年大学的几点做法\norganization: 中共东河市委老干部局\n---\n\n"
        "近年来，我市把老年大学建在家门口，现有教学点42个。\n\n## 抓统筹\n\n市委每年研究两次。\n\n## 抓师资\n\n选聘教师120名。\n"
    )
    assert "一字不少" in err
    report = (root / "build/2026-01/import-report-02-donghe.html").read_text("utf-8")
    assert "donghe.txt" in report
    assert bulletin("-C", root, "build", "2026-01")[0] == 0


def test_several_manuscripts_one_bad(bulletin: Shell, make: Make) -> None:
    root = make({})
    good, bad = _given(root, "好.txt", ARTICLE), _given(root, "坏.docx", b"PK\x03\x04 no zip")
    other, same = _given(root, "又.txt", ARTICLE.replace("东河", "西河")), _given(root, "同.txt", ARTICLE)
    code, out, err = bulletin("-C", root, "import", good, bad, other, same, "--into", "2026-01")
    assert code == 1
    assert out.split() == ["issues/2026-01/02-report.md", "issues/2026-01/03-report.md"]
    assert "坏.docx" in err
    assert "这一篇已经有了：issues/2026-01/02-report.md" in err


def test_a_whole_issue(bulletin: Shell, make: Make) -> None:
    root = make(
        {"house/recipients.yaml": "units:\n  - {name: 省委各部门, copies: 20}\n  - {name: 没有这个, copies: 1}\n"}
    )
    code, out, err = bulletin("-C", root, "import", SAMPLES / "columns.txt")
    assert code == 0, err
    assert out.split()[0] == "issues/2019-30/issue.yaml"
    assert len(out.split()) == 5
    said = (root / "issues/2019-30/issue.yaml").read_text("utf-8")
    assert "serial: 612\n" in said
    assert "    to: [[省委各部门]]\n    # 收件单位名册里没有：省纪委监委\n" in said
    assert "archive: 400     # 共印 420 份，减去名册里的 20 份\n" in said
    code, _, err = bulletin("-C", root, "build", "2019-30")
    assert code == 0, err


def test_what_is_there_stays(bulletin: Shell, make: Make) -> None:
    root = make({})
    assert bulletin("-C", root, "import", SAMPLES / "columns.txt")[0] == 0
    before = _files(root)
    assert bulletin("-C", root, "import", SAMPLES / "columns.txt")[0] == 0
    assert _files(root) == before
    (root / "issues/2019-30/01-speech.md").write_text("改过的", encoding="utf-8")
    before = _files(root)
    code, _, err = bulletin("-C", root, "import", SAMPLES / "columns.txt")
    assert code == 1
    assert "已经有“2019-30”这一期" in err
    assert _files(root) == before
    for kept in ("", "1"):
        (root / "issues/2019-30/01-speech.md").write_text("改过的", encoding="utf-8")
        assert bulletin("-C", root, "import", SAMPLES / "columns.txt", "--replace")[0] == 0
        assert (root / f"issues/.2019-30-before-import{kept}/issue.yaml").is_file()
    (root / "issues/2019-30/01-speech.md").write_text("改过的", encoding="utf-8")
    (root / "issues/2019-30/clearances.yaml").write_text("clearances: []\n")
    code, _, err = bulletin("-C", root, "import", SAMPLES / "columns.txt", "--replace")
    assert code == 1
    assert "不能换掉" in err


def test_nothing_is_written_to_look(bulletin: Shell, make: Make) -> None:
    root = make({})
    before = _files(root)
    for arguments in ((SAMPLES / "columns.txt",), (_given(root, "稿.txt", ARTICLE), "--into", "2026-01")):
        code, out, _ = bulletin("-C", root, "import", *arguments, "--dry-run")
        assert code == 0
        assert out.startswith("issues/")
    assert _files(root) == before
    assert not (root / "build/2019-30").exists()


def test_tracked_changes_are_decided_about(bulletin: Shell, make: Make) -> None:
    root = make({})
    file = _given(root, "gai.docx", word_file(p("教学点增加") + p("中共东河市委") + CHANGED))
    code, _, err = bulletin("-C", root, "import", file, "--into", "2026-01")
    assert code == 1
    assert "有 2 处修订没有处理：－“42”（王科）、＋“45”（王科）" in err
    for choice, number in (("accept", "45"), ("reject", "42")):
        assert bulletin("-C", root, "import", file, "--into", "2026-01", "--changes", choice)[0] == 0
        written = sorted((root / "issues/2026-01").glob("*-gai.md"))[-1].read_text("utf-8")
        assert f"我市现有教学点{number}个。" in written


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "没有写导入哪个文件"),
        (("稿.txt",), 2, "没有写放进哪一期"),
        (("稿.txt", "--into", "2031-01"), 2, "没有“2031-01”这一期"),
        (("稿.txt", "--into", "七月"), 2, "期的写法不对"),
        (("稿.txt", "--archive", "."), 2, "不能和文件"),
        (("空.txt", "--into", "2026-01"), 1, "文件是空的"),
        (("稿.txt", "--as", "issue"), 1, "没有认出期号或日期"),
        (("密.txt", "--into", "2026-01"), 1, "密级"),
        (("表.xlsx", "--into", "2026-01"), 1, "表.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said(
    bulletin: Shell, make: Make, arguments: tuple[str, ...], code: int, said: str
) -> None:
    root = make({})
    _given(root, "空.txt", "  \n")
    _given(root, "密.txt", f"机密★10年\n\n{ARTICLE}")
    _given(root, "表.xlsx", b"PK\x03\x04" + bytes(100))
    folder = _given(root, "稿.txt", ARTICLE).parent
    before = _files(root)
    given = (folder / each if each.endswith((".txt", ".xlsx")) else each for each in arguments)
    found, out, err = bulletin("-C", root, "import", *given)
    assert (found, out) == (code, "")
    assert said in err
    assert _files(root) == before


def test_an_archive(bulletin: Shell, make: Make) -> None:
    root = make({})
    archive = root.parent / "旧刊"
    shutil.copytree(SAMPLES, archive / "各年")
    (archive / "坏.docx").write_bytes(b"PK\x03\x04")
    code, out, err = bulletin("-C", root, "import", "--archive", archive)
    assert code == 1
    assert out.splitlines()[0] == (
        "共 4 个文件：导入 3 期（其中以前导入过的 0 期），9 篇；存疑 "
        + out.splitlines()[0].partition("存疑 ")[2].partition(" ")[0]
        + " 处；没有导入 1 个"
    )
    assert out.splitlines()[1].startswith("    坏.docx：")
    assert "✓ 各年/columns.txt → issues/2019-30" in err
    report = (root / "build/import/archive.html").read_text("utf-8")
    assert "坏.docx" in report
    (archive / "坏.docx").unlink()
    assert "以前导入过的 3 期" in bulletin("-C", root, "import", "--archive", archive)[1]
