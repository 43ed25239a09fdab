"""Sources to Word and back: what comes back is what went out, and a second round changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.model.key import IssueKey
from bulletin.pipeline.exporting import Wanted as Export
from bulletin.pipeline.exporting import make_word
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication
from tests.conftest import ARTICLE, Make, article
from tests.gates import png

KEY = IssueKey.parse("2026-01")
REPORT = """---
kind: report
title: 小小议事桌 连起一条街
organization: 某县委老干部局
---

县城老街有离退休干部127人，平均年龄74岁。[^1]去年春天，老同志在街口支起一张桌子，邻里有事就来说一说，一年下来办成了63件事。

## 把桌子支起来

桌子每周三上午开张，由*轮值组长*主持，谁来都可以说。**来的人登记在册**，说过的事件件有回音，办法都写在[县里的网站](https://example.com/zhuozi)上。

### 说什么事先定好

开张前一天，轮值组长在街口的小黑板上写明白这一次议什么，请有关单位派人到场，省得让老同志白跑一趟。

#### 小事当场办

路灯不亮、井盖松动这一类小事，由社区当场记下来，三天以内办完，办完以后打电话告诉提出的人。

##### 办不了的怎么办

一时办不了的，写明原因和期限，交给街道登记，每个月在桌上通报一次进展，直到办成为止。

### 说过的事都要有回音

**一是当天记。**轮值组长当天把议过的事情抄在本子上，写清楚是谁提的、怎么办、什么时候办完。

**二是按月报。**每个月底由社区汇总一次，把办成的和没有办成的都贴在街口，请大家来评一评。

| 类别 | 件数 | 办成 |
| --- | ---: | :---: |
| 路灯和井盖 | 31 | 31 |
| 停车 | 19 | 16 |

> 有话当面说，有事当场办，日子过得就是不一样。

- 老街东段，每周三上午
- 老街西段，每周五上午

![老街口的议事桌](01-one-1.png "老街口的议事桌")

## 让桌子留下来

下一步，我们打算在另外两条街也支起桌子，把一年来的办法写成条文，换了组长也照样办下去。[^2]

[^1]: 数字到2025年12月底为止。

[^2]: 条文正在征求意见。
"""
SPEECH = """---
kind: speech
title: 在全县离退休干部工作会议上的讲话
speaker: 张三
position: 县委组织部副部长
date: 2026-01-13
---

同志们：

今天这个会议，主要任务是总结去年的工作，安排今年的任务。刚才几位同志作了发言，讲得很好，请大家互相学习。

**一、要把支部建起来。**去年新建支部12个，今年还要再建8个，凡是有三名以上党员的地方，都要有一个看得见的支部。

**二、要把日子过起来。**支部建起来以后，要按时开展活动，不能建在纸上、挂在墙上，要让老同志愿意来、坐得住。

讲到这里，谢谢大家，祝各位老同志身体健康。
"""


def taken_back(root: Path, name: str) -> str:
    """The source of the only article, after it went out to Word and came back in its place."""
    assert KEY
    made = make_word(root, Export(KEY, name))
    assert made.value is not None, made.problems
    word = root / "one.docx"
    word.write_bytes(made.value[1])
    for path in (root / "issues/2026-01").iterdir():
        if path.name != "issue.yaml":
            path.unlink()
    outcome = import_file(root, open_publication(root), word, Wanted(into=KEY, whole=False))
    assert outcome.value is not None, outcome.problems
    (written,) = (root / "issues/2026-01").glob("*.md")
    text = written.read_text("utf-8")
    written.rename(root / "issues/2026-01" / f"{name}.md")
    return text


@pytest.mark.parametrize("text", [REPORT, SPEECH], ids=["report", "speech"])
def test_what_goes_out_comes_back(make: Make, text: str) -> None:
    root = make({ARTICLE: text, "issues/2026-01/01-one-1.png": png()})
    assert without_position(taken_back(root, "01-report")) == without_position(text)


def without_position(text: str) -> str:
    """A position is told in the 要览 and not in the article, so that no copy of the article has it."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("position:"))


ODD = """## 一、手写的序号

### （一）也是手写

**1.段首标题。**正文，跟着标题走，说得长一些，免得被当作标题来看待，这样就够长了。

> 引文一段。
>
> 引文两段。

- 甲
  - 乙

3. 丙
4. 丁

```
原样  照排
```

| 甲 | 乙 |
|---|---|
| **粗** | [链](https://example.com/) |
"""


def test_a_second_round_changes_nothing(make: Make) -> None:
    root = make({ARTICLE: article(ODD)})
    once = taken_back(root, "01-report")
    assert taken_back(root, "01-report") == once
