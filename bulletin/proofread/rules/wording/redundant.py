"""RED001: words that say what is said already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SHORTER = {
    "成为了": "成为",
    "发展成了": "发展成",
    "涉及到": "涉及",
    "波及到": "波及",
    "融入到": "融入",
    "来自于": "来自",
    "出自于": "出自",
    "源自于": "源自",
    "付诸于": "付诸",
    "诉诸于": "诉诸",
    "见诸于": "见诸",
    "凯旋归来": "凯旋",
    "凯旋而归": "凯旋",
    "胜利凯旋": "凯旋",
    "目的是为了": "目的是",
    "免费赠送": "赠送",
    "亲眼目睹": "目睹",
    "再次重申": "重申",
    "被称之为": "被称为",
    "莘莘学子们": "莘莘学子",
    "非常酷似": "酷似",
    "报刊杂志": "报刊",
    "过高的奢望": "奢望",
    "旨在为了": "旨在",
    "全部都": "全都",
    "当前现有": "现有",
    "目前现有": "现有",
    "最精髓": "精髓",
    "总计共": "共",
    "截至目前为止": "截至目前",
    "截止目前为止": "截至目前",
}
_LONG = re.compile("|".join(map(re.escape, sorted(_SHORTER, key=len, reverse=True))))
_FINE = re.compile(r"^(?:成为了(?:解|不起)|涉及到(?:[位期场达])|融入到(?:位)|波及到(?:期))")

MANUAL = Manual(
    code="RED001",
    title=message("重复累赘"),
    says=message(
        "几个词说一个意思（凯旋归来、目的是为了），或者多了“了”“到”“于”（成为了、涉及到、来自于）。口语里常见，书面可以简洁。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）；人民日报的用法",
    bad=("老年大学成为了精神家园。", "把老干部工作融入到大局中。"),
    good=("老年大学成为精神家园。", "把老干部工作融入大局中。", "志愿服务成为了解社情民意的窗口。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _LONG):
        if not _FINE.match(text.content[found.start() : found.end() + 2]):
            shorter = _SHORTER[found[0]]
            what = message("“{words}”可以简作“{shorter}”", words=found[0], shorter=shorter)
            yield report(MANUAL, text.words(*found.span()), what, replacement=shorter)


RULE = ArticleRule(MANUAL, _find)
