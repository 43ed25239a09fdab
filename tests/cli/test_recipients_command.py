"""`bulletin recipients` as an editor meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin.cli import entry
from bulletin.model.width import width_of
from tests.cli.test_commands import Shell, bulletin
from tests.conftest import REPOSITORY, Make
from tests.load.tables import HEAD, workbook

__all__ = ["bulletin"]
LIST = "house/recipients.yaml"


@pytest.fixture
def root(make: Make) -> Path:
    return make(
        {LIST: "units:\n  - {name: 甲局, copies: 2, route: 专人}\ngroups:\n  - {name: 各科, count: 3, route: 自取}\n"}
    )


def test_check_shows_groups_copies_and_routes(bulletin: Shell, root: Path) -> None:
    code, out, err = bulletin("-C", root, "recipients", "check")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["2026-01-20", "的名册"],
        ["组别", "单位", "份数", "发送方式"],
        ["（单列的单位）", "1", "2", "专人", "1"],
        ["各科", "3", "3", "自取", "3"],
        ["合计", "4", "5", "专人", "1、自取", "3"],
    ]
    assert "recipient-count" in err


def test_check_ends_with_1_on_errors_alone(bulletin: Shell, make: Make) -> None:
    unknown = make({LIST: "units:\n  - {name: 甲局}\n"})
    code, _, err = bulletin("-C", unknown, "recipients", "check")
    assert code == 1
    assert "issues/2026-01/issue.yaml:8:8: 错误 收件单位名册里没有“各科”" in err
    assert bulletin("-C", REPOSITORY, "recipients", "check")[0] == 0
    assert bulletin("-C", REPOSITORY, "recipients", "check", "2031-01")[0] == 2


def test_check_and_list_for_programs(bulletin: Shell, root: Path) -> None:
    for command in ("check", "list"):
        record = json.loads(bulletin("-C", root, "recipients", command, "--json")[1])
        assert record["issue"] == "2026-01"
        assert record["copies"] == 5
        assert [(row["group"], row["name"], row["members"], row["route"]) for row in record["recipients"]] == [
            ("", "甲局", 1, "专人"),
            ("各科", "各科", 3, "自取"),
        ]


def test_list(bulletin: Shell, root: Path) -> None:
    code, out, err = bulletin("-C", root, "recipients", "list")
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()[1:]] == [
        ["甲局", "2", "专人"],
        ["各科", "（3", "个）", "1", "自取"],
    ]


def test_out_to_excel_and_in_again(bulletin: Shell, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    assert bulletin("-C", root, "recipients", "export", path)[:2] == (0, f"{path}：2 行\n")
    code, _, err = bulletin("-C", root, "recipients", "export", path)
    assert code == 2
    assert "--force" in err
    assert bulletin("-C", root, "recipients", "export", path, "--force")[0] == 0
    assert bulletin("-C", root, "recipients", "import", path) == (0, "没有变化，名册没有改动\n", "")


def test_import_says_what_changed(bulletin: Shell, root: Path, tmp_path: Path) -> None:
    rows = [HEAD, ["单列", "甲局", 3, "专人"], ["单列", "乙局", 1, "自取"], ["各科", None, 1, None, *[None] * 4, 4]]
    path = workbook(tmp_path / "名册.xlsx", rows)
    code, out, _ = bulletin("-C", root, "recipients", "import", path, "--dry-run")
    assert code == 0
    assert [line.split() for line in out.splitlines()[1:4]] == [
        ["改动", "甲局", "份数：2", "→", "3"],
        ["增加", "乙局", "1", "份"],
        ["改动", "各科", "各科", "发送方式：自取", "→", "（空）；个数：3", "→", "4"],
    ]
    assert "共 3 行；全部发到，一期 5 份 → 8 份" in out
    assert "没有写" in out
    out = bulletin("-C", root, "recipients", "import", path)[1]
    assert f"写好了 {LIST}\n原来的名册留在 {LIST}.bak\n" in out
    assert bulletin("-C", root, "check")[0] == 0


def test_import_for_programs(bulletin: Shell, root: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", [HEAD, ["单列", "甲局", 3, "专人"]])
    record = json.loads(bulletin("-C", root, "recipients", "import", path, "--json")[1])
    assert record["written"] == LIST
    assert (record["copies_before"], record["copies_after"]) == (5, 3)
    assert record["changes"][0] == {
        "kind": "changed",
        "group": "",
        "name": "甲局",
        "copies": 3,
        "fields": [{"field": "copies", "old": "2", "new": "3"}],
    }
    assert [problem["code"] for problem in record["problems"]] == ["recipient-unknown"]


def test_faults_are_shown_at_their_cells(bulletin: Shell, root: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", [HEAD, ["单列", "甲局", "三份", "快递"]])
    before = (root / LIST).read_bytes()
    code, out, err = bulletin("-C", root, "recipients", "import", path)
    assert (code, out) == (1, "")
    assert "名册.xlsx:C2: 错误 “三份”不是整数 [field-value]" in err
    assert "名册.xlsx:D2: 错误 不能写“快递” [field-value]" in err
    assert "没有导入" in err
    assert (root / LIST).read_bytes() == before


def test_the_table_of_changes_fits_the_terminal(
    bulletin: Shell, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bulletin.cli.console.terminal_width", lambda: 80)
    path = workbook(tmp_path / "名册.xlsx", [HEAD, ["单列", "甲局", 3, "专人", "机要室" * 20, "江城路" * 30]])
    out = bulletin("-C", root, "recipients", "import", path, "--dry-run")[1]
    assert max(width_of(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("arguments", [(), ("check",), ("list",), ("export",), ("import",)])
def test_help(bulletin: Shell, arguments: tuple[str, ...]) -> None:
    code, out, _ = bulletin("recipients", *arguments, "--help")
    assert code == 0
    assert "用法：" in out


def test_wrong_uses(bulletin: Shell, root: Path, tmp_path: Path) -> None:
    assert bulletin("-C", root, "recipients", "import", tmp_path / "没有.xlsx")[0] == 2
    assert bulletin("-C", root, "recipients", "import")[0] == 2
    assert bulletin("-C", root, "recipients", "export", tmp_path / "名册.docx")[0] == 2
    for command in (("check",), ("list",), ("export", tmp_path / "a.csv")):
        assert bulletin("-C", tmp_path, "recipients", *command)[0] == 2
    assert entry.run(["-C", str(tmp_path), "recipients", "import", str(root / LIST)]) == 2
