"""Hand-over kits for tests: a publication with all that an article can hold, its kit, and what a filter of another system leaves of a text."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from bulletin.compose import compose_web_edition
from bulletin.compose.handover import compose_kit
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.handover import HandoverReport, Kit
from bulletin.model.problem import Problem, Span, has_errors
from bulletin.model.publication import Publication
from bulletin.model.target import LockHolder
from bulletin.pipeline.clearing import clear
from bulletin.pipeline.publishing.handover import make_kits
from bulletin.prove.handover import prove_kit
from bulletin.render.handover import render_kit
from bulletin.render.handover.archive import archive_bytes
from bulletin.render.web.frame import make_frame
from tests.conftest import Make, article
from tests.gates import AT, png

RICH = """\
同志们：

“引号开头的段落”[^1]，有**加粗**、*楷体*、`code`，见[网页](https://example.org/a?b=1&c=2)和[第二篇](02-notice.md)。

## 表格

| 片区 | 人数 |
| :--- | ---: |
| 城关[^2] | 21 |
| 双溪口 | 1 < 2 |

### 图片

![一个"红色"的方块](red.png "红方块")

#### 列表

- 甲项
- 乙项
  1. 子
  2. 丑

> 引文一段。
>
> ![还是它](red.png)

**一是抓学习。**学了。

```
key  =  1
  value
```

---

完。

[^1]: 见《关于〈规范〉的通知》。
[^2]: 含[县直](https://example.org/z)单位。
"""
FILES: Mapping[str, str | bytes | None] = {
    "bulletin.yaml": (
        "title: 测试动态\\npublisher: 某局\\nweb: {url: 'https://lgb.example.gov.cn/gzdt/', name: 某局网, id_code: bm36000001}\\n"
    ).replace("\\n", "\n"),
    "issues/2026-01/01-report.md": article(
        RICH,
        "kind: report\ntitle: 样样都有的一篇\nsubtitle: 副题\norganization: 某县\nsubjects: [支部建设, 'a,b']\n"
        "editors_note: 这一篇是编者特意选的。",
    ),
    "issues/2026-01/02-notice.md": article(
        "请各单位报名。", "kind: notice\ntitle: 关于报名的通知\norganization: 某局\ndate: 2026-01-12"
    ),
    "issues/2026-01/03-form.md": article("| 姓名 | 单位 |\n|---|---|\n| 某 | 某 |", "kind: attachment\ntitle: 报名表"),
    "issues/2026-01/04-speech.md": article(
        "**一、干。**干了。", "kind: speech\ntitle: 讲话\nspeaker: 某人\nposition: 某长\ndate: 2026-01-10"
    ),
    "issues/2026-01/red.png": png(),
}
KIT = "handover/2026-01.zip"


def publication(make: Make, files: Mapping[str, str | bytes | None] = FILES, folder: str = "publication") -> Path:
    """The publication with all articles of its newest issue cleared."""
    root = make({**files}, folder)
    clear_all(root)
    return root


def clear_all(root: Path) -> None:
    report = clear(root, list_issues(root)[-1], (), "某人", AT)
    assert not has_errors(report.problems), report.problems


_PROCESSES = itertools.count(1)


def holder(by: str = "李晶鑫") -> LockHolder:
    """Who hands over; each time another process."""
    return LockHolder(by, "office-1", next(_PROCESSES), AT)


def make_all(root: Path, output: Path, by: str = "李晶鑫") -> HandoverReport:
    return make_kits(root, output, list_issues(root), holder(by), lambda _: None)


def kit_of(root: Path, address: str = "https://lgb.example.gov.cn/gzdt/") -> tuple[Kit, Publication]:
    """The kit of the newest issue, as composed."""
    loaded = load_publication(root)
    assert loaded.value
    issue = load_issue(root, list_issues(root)[-1], loaded.value).value
    assert issue
    return compose_kit(compose_web_edition(issue, Audience.PUBLIC), address), loaded.value


def rendered(kit: Kit, publication: Publication) -> bytes:
    return render_kit(kit, publication, make_frame(publication, Audience.PUBLIC)).content


def proven(content: bytes, kit: Kit, publication: Publication) -> tuple[Problem, ...]:
    return prove_kit(content, kit, publication.web, Span("issue.yaml"))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    return archive_bytes(Artifact(name, "", content) for name, content in files.items())


_ALLOWED: Mapping[str, str] = {
    "a": "target href title class style",
    "img": "src alt title width height id _src loadingclass class data-latex",
    "table": "width border align valign class style",
    "td": "width rowspan colspan align valign class style",
    "th": "width rowspan colspan align valign class style",
    **dict.fromkeys(("thead", "tbody", "tr"), "align valign class style"),
    **dict.fromkeys(
        ("blockquote", "code", "em", "h2", "h3", "h4", "h5", "li", "ol", "p", "pre", "span", "strong", "sup", "ul"),
        "class style",
    ),
    "br": "",
    "hr": "",
}
"""What the usual editor of such systems takes when it is delivered (its `whitList`), as far as texts have it."""
BARE_TEXT: Mapping[str, str] = {**dict.fromkeys(("p", "br", "strong", "table", "tr", "td", "th"), ""), "img": "src alt"}
"""What a strict one takes: no style at all."""


class Filter(HTMLParser):
    """Leaves of a text what an allow-list names, as editors of other systems do when something is pasted."""

    def __init__(self, allowed: Mapping[str, str] = _ALLOWED) -> None:
        super().__init__(convert_charrefs=False)
        self.allowed = allowed
        self.kept: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            self.dropped.append(tag)
            return
        said = [(name, value) for name, value in attrs if name in self.allowed[tag].split()]
        self.dropped += [f"{tag} {name}" for name, _ in attrs if name not in self.allowed[tag].split()]
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in said)
        self.kept.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.allowed:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.kept.append(f"&#{name};")


def filtered(html: str, allowed: Mapping[str, str] = _ALLOWED) -> tuple[str, list[str]]:
    """What the filter leaves, and what it took away."""
    reader = Filter(allowed)
    reader.feed(html)
    reader.close()
    return "".join(reader.kept), reader.dropped
