"""`bulletin house` as an editor meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell, bulletin
from tests.conftest import ARTICLE, Make, article

__all__ = ["bulletin"]
TERMS = "house/terms.yaml"
GOOD = "terms:\n  - {id: a, kind: brand, preferred: 夕阳红驿站, quoted: always, source: 通知, examples: {bad: [夕阳红驿站。], good: [“夕阳红驿站”。]}}\n"


@pytest.fixture
def root(make: Make) -> Path:
    return make({TERMS: GOOD, ARTICLE: article("建成“红叶驿站”26个，“红叶驿站”很受欢迎。建成夕阳红驿站。")})


def test_what_passes_and_what_fails(bulletin: Shell, root: Path) -> None:
    code, out, err = bulletin("-C", root, "house", "test", "terms")
    assert (code, out, err) == (0, "1 条、2 个例子，全部通过\n", "")
    (root / TERMS).write_text(GOOD.replace("bad: [夕阳红驿站。]", "bad: [夕阳驿站。]"), "utf-8")
    code, out, err = bulletin("-C", root, "house", "test", "terms")
    assert code == 1
    assert "house/terms.yaml:2:10: 错误 “a”没有查出错的例子：夕阳驿站。 [house-example]" in err
    assert out == "试验了 1 条、2 个例子，有的没有通过\n"
    assert bulletin("-C", root, "house", "test", "trems")[0] == 2


def test_test_for_programs(bulletin: Shell, root: Path) -> None:
    assert json.loads(bulletin("-C", root, "house", "test", "terms", "--json")[1]) == {
        "entries": 1,
        "examples": 2,
        "problems": [],
    }


def test_from_learning_to_finding(bulletin: Shell, root: Path) -> None:
    assert "preferred: 红叶驿站" in bulletin("-C", root, "house", "learn")[1]
    file = root / "建议.yaml"
    code, out, _ = bulletin("-C", root, "house", "learn", "2026-01", "-o", file)
    assert code == 0
    assert "2 条建议" in out
    assert bulletin("-C", root, "house", "learn", "2026-01", "-o", file)[0] == 2
    code, out, _ = bulletin("-C", root, "house", "learn", "--add", file)
    assert (code, out) == (0, "house/terms.yaml：加了 1 条\nhouse/organisations.yaml：加了 1 条\n")
    assert (root / TERMS).read_text("utf-8").startswith(GOOD)
    (root / ARTICLE).write_text(article("建成红叶驿站26个。"), "utf-8")
    code, out, err = bulletin("-C", root, "check")
    assert "QTE003" in out + err
    assert bulletin("-C", root, "house", "learn")[1] == "没有可学的，都已经收在词库里了\n"


def test_an_addition_that_has_a_fault(bulletin: Shell, root: Path) -> None:
    (root / "建议.yaml").write_text("terms:\n  - {id: a, kind: brand, preferred: 甲}\n", "utf-8")
    code, out, err = bulletin("-C", root, "house", "learn", "--add", root / "建议.yaml")
    assert (code, out) == (1, "")
    assert "建议.yaml:2:10: 错误 编号“a”在 house/terms.yaml:2:10 已经有了" in err
    assert "没有收进来" in err
    assert bulletin("-C", root, "house", "learn", "2026-01", "--add", root / "建议.yaml")[0] == 2


def test_list(bulletin: Shell, root: Path) -> None:
    code, out, _ = bulletin("-C", root, "house", "list", "夕阳红")
    assert code == 0
    assert out.splitlines()[1].split() == ["a", "夕阳红驿站", "通知", "house/terms.yaml:2:10"]
    assert json.loads(bulletin("-C", root, "house", "list", "夕阳红", "--json")[1]) == [
        {"list": "terms", "id": "a", "name": "夕阳红驿站", "source": "通知", "place": "house/terms.yaml:2:10"}
    ]


def test_a_new_publication_has_a_file_for_its_words(bulletin: Shell, tmp_path: Path) -> None:
    """Its example, made an entry by taking the signs of remarks away, is a good one."""
    assert bulletin("-C", tmp_path, "init", "--title", "某动态", "--publisher", "某局")[0] == 0
    file = tmp_path / TERMS
    assert bulletin("-C", tmp_path, "house", "test", "terms")[:2] == (0, "0 条、0 个例子，全部通过\n")
    head, remarks = file.read_text("utf-8").split("# terms:\n")
    lines = "".join(line.removeprefix("# ") for line in remarks.splitlines(keepends=True))
    file.write_text(f"{head}terms:\n{lines}", "utf-8")
    assert bulletin("-C", tmp_path, "house", "test", "terms")[:2] == (0, "1 条、2 个例子，全部通过\n")
