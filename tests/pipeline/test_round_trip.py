"""An article goes to Word and comes back, and goes again: from the first return on nothing changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bulletin.model.key import IssueKey
from bulletin.pipeline.exporting import find_wanted, make_word
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication
from tests.conftest import Make, article, copy_sample
from tests.word_files import png

KEY = IssueKey(2026, False, 1)
RICH = """同志们：

今年以来，各地**认真学习**，*用心服务*，详见[专题页面](https://example.org/zhuanti)[^1]。

## 抓学习

### 学什么

#### 学原文

##### 逐字逐句学

原原本本，逐字逐句。

##### 联系实际学

**一是联系岗位。**把自己摆进去。

#### 学经验

- 学先进；
- 赶先进。

1. 第一步
2. 第二步

### 怎么学

| 单位 | 班次 | 人次 |
|---|---:|---:|
| 甲县 | 12 | 340 |
| 乙县 | 8 | 210 |

## 抓服务

![老同志在读报](photo.png "图1　读报")

> 老同志说：办得好。

请各地[^2]抓紧落实。

[^1]: 数据截至6月底。
[^2]: 含开发区。
"""
FRONT = "kind: speech\ntitle: 在学习会上的讲话\nsubtitle: 在全省学习推进会上的讲话\nspeaker: 张三\nposition: 某局局长\ndate: 2026-01-10"


def returned(root: Path, name: str) -> str:
    """The file that the article `2026-01/NAME` becomes when it is exported and imported again; it takes its place."""
    made = make_word(root, find_wanted(root, f"2026-01/{name}"))
    assert made.value is not None, made.problems
    file = root.parent / "back.docx"
    file.write_bytes(made.value[1])
    imported = import_file(root, open_publication(root), file, Wanted(KEY))
    assert imported.value is not None, imported.problems
    path = next(each for each in imported.value.paths if each.endswith(".md"))
    return Path(path).stem


@pytest.mark.parametrize(
    ("body", "front"),
    [(RICH, FRONT), ("正文一段。\n\n又一段。", "kind: report\ntitle: 标题在此\norganization: 某县委老干部局")],
)
def test_the_second_time_nothing_changes(make: Make, body: str, front: str) -> None:
    root = make({"issues/2026-01/01-report.md": article(body, front), "issues/2026-01/photo.png": png(400, 300)})
    names = ["01"]
    texts = []
    for _ in range(2):
        names.append(returned(root, names[-1][:2]))
        texts.append((root / f"issues/2026-01/{names[-1]}.md").read_text("utf-8").replace(f"({names[-1][:2]}-", "("))
    assert texts[0] == texts[1]
    first = texts[0]
    for kept in (
        (
            "##### 逐字逐句学",
            "#### 学经验",
            "| 甲县 | 12 | 340 |",
            "[^1]: 数据截至6月底。",
            "[^2]: 含开发区。",
            "老同志在读报",
            "**认真学习",
            "https://example.org/zhuanti",
            "**一是联系岗位。**",
        )
        if body == RICH
        else ()
    ):
        assert kept in first, kept


def test_articles_of_the_sample_come_back_the_same(tmp_path: Path) -> None:
    """Those of the newest issue, as they are: the same words in the same blocks."""
    root = copy_sample(tmp_path / "sample")
    made = make_word(root, find_wanted(root, "2026-10/3"))
    assert made.value is not None
    file = tmp_path / "back.docx"
    file.write_bytes(made.value[1])
    imported = import_file(root, open_publication(root), file, Wanted(IssueKey(2026, False, 10)))
    assert imported.value is not None, imported.problems

    def blocks(path: Path) -> list[str]:
        body = path.read_text("utf-8").split("---\n", 2)[2]
        body = re.sub(r"\[([^\]]+)\]\([^)]+\.md\)", r"\1", body)  # Word cannot lead from one article to another
        lines = (line for line in body.split("\n") if line and not line.startswith("<!--"))
        return [
            re.sub(r"^(#+) (?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\. ?|（\d+）)", r"\1 ", line)
            for line in lines
        ]

    assert blocks(root / imported.value.paths[0]) == blocks(root / "issues/2026-10/03-linxi.md")
