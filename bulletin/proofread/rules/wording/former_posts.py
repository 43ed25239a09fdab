"""FRM011: 原 and 前 before an office that is still there, in place of before the post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_OFFICES = "省委|市委|县委|区委|旗委|州委|省政府|市政府|县政府|区政府|党委|党组|党支部|党总支"
_POSTS = "书记|主任|部长|局长|处长|科长|主席|市长|县长|区长|秘书长|厅长|校长|院长"
_FORMER = re.compile(
    rf"(?<![\u4e00-\u9fff])(原)(?:中共)?[\u4e00-\u9fff]{{0,6}}?(?:{_OFFICES})[\u4e00-\u9fff]{{0,14}}?副?(?:{_POSTS})(?![\u4e00-\u9fff]{{0,2}}[办室会])"
    rf"|(?<=[校院局厂司县市省])(前)(?:{_OFFICES})副?(?:书记|主任)"
    rf"|[由请聘](原)(?:中共)?(?:{_OFFICES})[\u4e00-\u9fff]{{0,14}}?副?(?:{_POSTS})"
)

MANUAL = Manual(
    code="FRM011",
    title=message("“原”“前”的位置"),
    says=message(
        "机关还在，是人离任，“原”写在职务前面：市委宣传部原主任；机关已撤并的，才写在机关前面：原卫生部部长。“前”改用“原”。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="新华社和人民日报的用法：市委原书记",
    bad=("由原市委宣传部基层办主任徐某任组长。", "我校前党委副书记姚某荣获表彰。"),
    good=("由市委宣传部基层办原主任徐某任组长。", "我校党委原副书记姚某荣获表彰。", "原卫生部部长。", "中原市委书记。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _FORMER):
        group = found.lastindex or 1
        words = text.words(*found.span(group))
        what = message("“{word}”在机关前面：机关还在的，写在职务前面", word=words.content)
        yield report(MANUAL, words, what, message("改成“市委宣传部原主任”这样的次序；机关已经撤并的，留着"))


RULE = ArticleRule(MANUAL, _find)
