"""A site to look at: the sample publication with all that a page can hold, made by `bulletin site`, and served."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image

from bulletin.load.folders import article_slugs
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.clearing import clear, withdraw
from bulletin.pipeline.site.building import build_site
from tests.conftest import REPOSITORY

PUBLICATION = """\
title: 银龄工作动态
publisher: 中共江澜省委老干部局
web:
  url: https://lgb.example.cn/
  description: 江澜省离退休干部工作的部署、经验和通知，每月一期
  undertaker: 江澜省老干部工作信息中心
  contact: 0386-8610000
  id_code: bm36000001
  icp: 江ICP备2026000001号
  police: 江公网安备36000002000001号
  report_url: https://zhaocuo.example.cn/
  emblem: assets/emblem.png
  pdf: false
"""
RICH = """\
---
kind: report
title: 表格图片脚注样样都有的一篇很长很长的标题也要在窄窄的手机屏幕上断得开
organization: 中共白茅市委老干部局
subjects: [党支部建设, 流动党员]
editors_note: 这一篇是编者特意选的。
---

同志们：

“引号开头的段落”写到2026年8月，达到109.6万人、占75%[^1]，网址见https://lgb.example.cn/a/very/long/address/that/does/not/break/anywhere/at/all/index.html。

## 表格

### 宽的

#### 更细

##### 最细

| 片区 | 乡镇（个） | 党支部（个） | 党员（名） | 上门服务（次） | 办成实事（件） | 走访（户） | 慰问金（万元） | 备注 |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
| 城关片区 | 3 | 21 | 765 | 1240 | 96 | 120 | 33.5 | 含县直单位 |
| 双溪口片区 | 4 | 10 | 316 | 870 | 64 | 98 | 20.1 | 无 |

## 图片

![一个红色的长方形](red.png "长方形")

## 其他

> 引文一段。

- 甲项
- 乙项
  1. 子
  2. 丑

**一是抓学习。***二是*抓落实，见[网页](https://example.org/a)和[表格](#表格)。

```
key = 1234567890123456789012345678901234567890
```

---

完[^2]。

[^1]: 见《关于〈规范〉的通知》。
[^2]: 第二条注释，长一些，长到要折行，好看看折过去的那一行对不对得齐。
"""
RICH_KEY = IssueKey(2026, False, 9)
AT = "2026-10-23T10:00:00+08:00"


def write_sample(root: Path) -> Path:
    """The sample issues, with settings of a site and an article that holds everything; 2026-09 is cleared as a whole, and one more article
    of it was withdrawn and deleted."""
    shutil.copytree(REPOSITORY / "issues", root / "issues")
    shutil.copytree(REPOSITORY / "house", root / "house")
    (root / "bulletin.yaml").write_text(PUBLICATION, "utf-8")
    (root / "assets").mkdir()
    (root / "assets/emblem.png").write_bytes(picture(60, 60))
    folder = root / "issues" / str(RICH_KEY)
    (folder / "04-rich.md").write_text(RICH, "utf-8")
    (folder / "red.png").write_bytes(picture(900, 500))
    clear(root, RICH_KEY, list(article_slugs(root, RICH_KEY)), "周砚", AT)
    gone = folder / "05-gone.md"
    gone.write_text("---\nkind: report\ntitle: 后来撤回的一篇\norganization: 某县\n---\n\n正文。\n", "utf-8")
    clear(root, RICH_KEY, [gone.stem], "周砚", AT)
    withdraw(root, RICH_KEY, [gone.stem], "周砚", AT)
    gone.unlink()
    return root


def picture(width: int, height: int) -> bytes:
    """A red picture."""
    content = BytesIO()
    Image.new("RGB", (width, height), "#b3000c").save(content, "PNG")
    return content.getvalue()


def build_sites(root: Path, output: Path) -> dict[Audience, Path]:
    """The sites of both audiences, by audience."""
    orders = [SiteOrder(audience, output) for audience in Audience]
    for order in orders:
        report = build_site(root, order, lambda _: None)
        assert report.made, report.problems
    return {order.audience: order.folder for order in orders}


class _Server(SimpleHTTPRequestHandler):
    headers_of_all: tuple[tuple[str, str], ...] = ()
    base = "/"

    def translate_path(self, path: str) -> str:
        """The file for an address; the site's own begin with the path of its home page."""
        inside = path.removeprefix(self.base) if path.startswith(self.base) else "outside"
        return super().translate_path(f"/{inside}")

    def end_headers(self) -> None:
        for name, value in self.headers_of_all:
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for addresses that lead nowhere, as servers are told to show it."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *said: object) -> None:
        pass


@contextmanager
def serving(folder: Path, headers: tuple[tuple[str, str], ...] = (), base: str = "/") -> Iterator[str]:
    """Serves the folder on a free port of this machine below a path, with headers for all files; gives the address of its home page."""
    handler = type("Server", (_Server,), {"headers_of_all": headers, "base": base})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
