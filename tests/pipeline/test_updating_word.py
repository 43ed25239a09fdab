"""A Word file that was exported, edited in Word, and brought back: what is planned, what is proven, what is written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bulletin.model.errors import UsageError
from bulletin.model.foreign import ChangePolicy
from bulletin.model.key import IssueKey
from bulletin.model.updating import Origin, Update
from bulletin.pipeline.exporting import Wanted, make_word
from bulletin.pipeline.updating import Edited, apply_update, plan_update, plan_updates
from tests.conftest import ARTICLE, Make, article

KEY = IssueKey(2026, False, 1)
SLUG = "01-report"
OTHER = "issues/2026-01/02-other.md"
BODY = """某县坚持**一盘棋**，把支部建在院里[^1]。
老同志说好。<!-- 核对 -->

## 建好阵地

### 选好地方

建了*3个*点，\\*另有\\*1个在建。

## 用好队伍

| 项目 | 数量 |
|---|---:|
| 支部 | 12 |

结尾一段。

[^1]: 数字截至6月。
"""
TEXT = article(BODY)


def exported(root: Path) -> bytes:
    made = make_word(root, Wanted(KEY, SLUG))
    assert made.value is not None
    return made.value[1]


def edited(content: bytes, edit: Callable[[Document], object]) -> bytes:
    """The file after an edit in Word."""
    document = docx.Document(BytesIO(content))
    edit(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def say(document: Document, before: str, after: str) -> None:
    """Words in place of others, in the first run that has them."""
    paragraphs = [
        *document.paragraphs,
        *(p for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs),
    ]
    run = next(run for paragraph in paragraphs for run in paragraph.runs if before in run.text)
    run.text = run.text.replace(before, after)


def insert_after(document: Document, words: str, new: str) -> None:
    paragraph = next(each for each in document.paragraphs if words in each.text)
    copy = deepcopy(paragraph._p)
    paragraph._p.addnext(copy)
    runs = copy.r_lst
    runs[0].text = new
    for run in runs[1:]:
        copy.remove(run)


def track(document: Document, words: str, new: str) -> None:
    """Words struck and others put in, both tracked."""
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if words in run.text)
    before, _, after = run.text.partition(words)
    by = 'w:author="张副局长" w:date="2026-07-01T09:00:00Z"'
    parts = (
        f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{before}</w:t></w:r>',
        f'<w:del {nsdecls("w")} w:id="901" {by}><w:r><w:delText>{words}</w:delText></w:r></w:del>',
        f'<w:ins {nsdecls("w")} w:id="902" {by}><w:r><w:t>{new}</w:t></w:r></w:ins>',
        f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{after}</w:t></w:r>',
    )
    for part in reversed([parse_xml(each) for each in parts]):
        run._r.addnext(part)
    run._r.getparent().remove(run._r)


def planned(root: Path, content: bytes, policy: ChangePolicy = ChangePolicy.ACCEPT) -> Update:
    outcome = plan_update(root, KEY, SLUG, Edited("改.docx", content, policy))
    assert outcome.value is not None, [str(each.message) for each in outcome.problems]
    return outcome.value


EDITS: dict[str, tuple[Callable[[Document], object], str, str]] = {
    "words": (lambda d: say(d, "把支部建在院里", "把支部建到院里"), "建在院里", "建到院里"),
    "a title": (lambda d: say(d, "标题", "新标题"), "title: 标题", "title: 新标题"),
    "an organisation": (lambda d: say(d, "某县", "某某县"), "organization: 某县", "organization: 某某县"),
    "a heading": (lambda d: say(d, "选好地方", "选准地方"), "选好地方", "选准地方"),
    "a cell": (lambda d: say(d, "12", "13"), "| 12 |", "| 13 |"),
    "words beside an escape": (lambda d: say(d, "1个在建", "2个在建"), "1个在建", "2个在建"),
    "a paragraph": (lambda d: insert_after(d, "结尾一段", "再加一段。"), "结尾一段。\n", "结尾一段。\n\n再加一段。\n"),
    "a section": (lambda d: insert_after(d, "用好队伍", "管好队伍"), "## 用好队伍\n", "## 用好队伍\n\n## 管好队伍\n"),
    "a tracked change": (lambda d: track(d, "结尾", "最后"), "结尾一段", "最后一段"),
    "less": (lambda d: next(p for p in d.paragraphs if "结尾" in p.text)._p.getparent().remove(next(p for p in d.paragraphs if "结尾" in p.text)._p), "\n结尾一段。\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_comes_back(make: Make, name: str) -> None:
    edit, before, after = EDITS[name]
    root = make({ARTICLE: TEXT})
    update = planned(root, edited(exported(root), edit))
    assert TEXT.count(before) == 1
    assert update.origin is Origin.CURRENT
    apply_update(root, KEY, update)
    assert (root / ARTICLE).read_text() == TEXT.replace(before, after)


def test_a_file_that_was_only_saved_changes_nothing(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    update = planned(root, edited(exported(root), lambda document: document.core_properties))
    assert not update.changed
    assert update.patch.missed == ()


def test_tracked_changes_can_be_rejected(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    content = edited(exported(root), lambda document: track(document, "结尾", "最后"))
    update = planned(root, content, ChangePolicy.REJECT)
    assert not update.changed
    assert [(each.author, each.text) for each in update.tracked] == [("张副局长", "结尾"), ("张副局长", "最后")]


def test_a_comment_in_the_margin_is_kept(make: Make) -> None:
    def remark(document: Document) -> None:
        paragraph = next(each for each in document.paragraphs if "结尾" in each.text)
        document.add_comment(paragraph.runs, "改得具体些", author="张副局长")

    root = make({ARTICLE: TEXT})
    update = planned(root, edited(exported(root), remark))
    said = "<!-- 批注（张副局长）：改得具体些（“结尾一段。”） -->\n结尾一段。"
    assert update.after.text == TEXT.replace("结尾一段。", said)
    assert update.patch.remarks == 1


def test_the_article_changed_meanwhile(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    content = edited(exported(root), lambda document: say(document, "结尾", "最后"))
    (root / ARTICLE).write_text(TEXT.replace("老同志说好", "老同志都说好"))
    update = planned(root, content)
    assert update.origin is Origin.OLDER
    assert update.after.text == TEXT.replace("结尾", "最后")


def test_what_changes_between_plan_and_writing_is_not_lost(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    update = planned(root, edited(exported(root), lambda document: say(document, "结尾", "最后")))
    (root / ARTICLE).write_text(TEXT + "\n又写一段。\n")
    with pytest.raises(UsageError):
        apply_update(root, KEY, update)
    assert (root / ARTICLE).read_text() == TEXT + "\n又写一段。\n"


def test_what_would_be_an_error_is_not_written(make: Make) -> None:
    def grade(document: Document) -> None:
        insert_after(document, "结尾一段", "绝密★10年")

    root = make({ARTICLE: TEXT})
    outcome = plan_update(root, KEY, SLUG, Edited("改.docx", edited(exported(root), grade)))
    assert (outcome.value, [each.code for each in outcome.problems]) == (None, ["secrecy"])


def test_a_broken_file_is_refused(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    outcome = plan_update(root, KEY, SLUG, Edited("改.docx", b"PK\x03\x04"))
    assert outcome.value is None
    assert [each.code for each in outcome.problems] == ["import-docx"]


def test_articles_of_a_whole_issue(make: Make) -> None:
    """Each article takes what is its own, what was put in at its end too; comments go where they belong."""
    other = TEXT.replace("标题", "另一篇").replace("某县", "乙县").replace("结尾", "末尾")
    root = make({ARTICLE: TEXT, OTHER: other})

    def edit(document: Document) -> None:
        say(document, "末尾一段", "末尾这一段")
        insert_after(document, "末尾这一段", "又补充几句。")
        document.add_comment(
            next(each for each in document.paragraphs if "末尾" in each.text).runs, "好", author="李局长"
        )
        insert_after(document, "结尾一段", "新的一段。")

    made = make_word(root, Wanted(KEY))
    assert made.value is not None
    plans = plan_updates(root, KEY, (), Edited("整期.docx", edited(made.value[1], edit)))
    for _slug, outcome in plans:
        assert outcome.value is not None
        apply_update(root, KEY, outcome.value)
    assert (root / ARTICLE).read_text() == TEXT.replace("结尾一段。\n", "结尾一段。\n\n新的一段。\n")
    remark = "<!-- 批注（李局长）：好（“末尾这一段。”） -->\n"
    assert (root / OTHER).read_text() == other.replace("末尾一段。\n", f"{remark}末尾这一段。\n\n又补充几句。\n")


def test_the_whole_issue_of_one_article(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    made = make_word(root, Wanted(KEY))
    assert made.value is not None
    update = planned(root, edited(made.value[1], lambda document: say(document, "结尾", "最后")))
    assert update.after.text == TEXT.replace("结尾", "最后")


def test_another_file_is_refused(make: Make) -> None:
    root = make({ARTICLE: TEXT})
    content = edited(exported(root), lambda document: [document.add_paragraph("别的文章。" * 200) for _ in range(100)])
    outcome = plan_update(root, KEY, SLUG, Edited("改.docx", content))
    assert (outcome.value, [each.code for each in outcome.problems]) == (None, ["update"])
