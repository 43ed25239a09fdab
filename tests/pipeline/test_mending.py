"""Fixes change their words and nothing else, and only where nobody decided otherwise."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from bulletin.model.errors import UsageError
from bulletin.model.finding import Safety, Verdict
from bulletin.model.proofreading import Mended, Selection
from bulletin.pipeline.deciding import Resolve, decide
from bulletin.pipeline.mending import MendOrder, mend_issue
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES
from tests.conftest import Make
from tests.desks import ARTICLE, CLEAN, FOUND, FRONT, KEY, Use, pun026, rule_of, use

__all__ = ["use"]


def mend(root: Path, *, unsafe: bool = False, write: bool = True, selection: Selection | None = None) -> Mended:
    return mend_issue(root, KEY, MendOrder(selection or Selection(), unsafe, write))


def test_what_is_safe_is_mended_and_then_there_is_nothing_left(make: Make) -> None:
    root = make({ARTICLE: FOUND})
    mended = mend(root)
    assert [(fix.words.content, fix.replacement) for fix in mended.made] == [("、", "")]
    assert (root / ARTICLE).read_text("utf-8") == CLEAN
    assert not mended.proofreading.judged
    assert not mend(root).changes


def test_a_trial_writes_nothing(make: Make) -> None:
    root = make({ARTICLE: FOUND})
    mended = mend(root, write=False)
    ((before, after),) = mended.changes
    assert (before.text, after.text) == (FOUND, CLEAN)
    assert (root / ARTICLE).read_text("utf-8") == FOUND


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").encode("gbk"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    ],
    ids=["BOM", "CRLF", "CR", "GB18030", "GBK CRLF", "UTF-16", "UTF-16BE"],
)
def test_a_file_keeps_its_encoding_and_its_line_ends(make: Make, encoded) -> None:  # type: ignore[no-untyped-def]
    root = make({ARTICLE: encoded(FOUND)})
    assert len(mend(root).made) == 1
    assert (root / ARTICLE).read_bytes() == encoded(CLEAN)


def test_unsafe_fixes_wait_until_they_are_asked_for(make: Make, use: Use) -> None:
    use(rule_of("TST001", "涉及到", "涉及", Safety.UNSAFE), rule_of("TST002", "成为了", "成为", Safety.NONE))
    root = make({ARTICLE: FRONT + "涉及到此事，成为了惯例。\n"})
    assert not mend(root).made
    assert len(mend(root, unsafe=True).made) == 1
    assert (root / ARTICLE).read_text("utf-8") == FRONT + "涉及此事，成为了惯例。\n"


def test_what_was_decided_or_is_not_wanted_stays(make: Make) -> None:
    root = make({ARTICLE: FOUND + "\n又学习丙、丁、等。<!-- 校:保留 PUN026 原文 -->\n\n再学习戊、己、等。\n"})
    first = proofread_issue(root, KEY).judged[0].finding
    decide(root, KEY, [first.fingerprint], Resolve(Verdict.ASK, "问作者", "周砚", "2026-01-20T09:00:00+08:00"))
    assert not mend(root, selection=Selection(ignore=("PUN",))).made
    assert not mend(root, selection=Selection(slugs=frozenset({"02-other"}))).made
    assert [fix.words.span.line for fix in mend(root).made] == [11]


def test_fixes_that_touch_are_made_one_after_the_other(make: Make, use: Use) -> None:
    use(rule_of("TST001", "甲丙", "甲"), rule_of("TST002", "乙丁", "乙"), rule_of("TST003", "丙乙", "丙"))
    root = make({ARTICLE: FRONT + "甲丙乙丁。\n"})
    assert [fix.words.content for fix in mend(root).made] == ["甲丙", "乙丁"]
    assert (root / ARTICLE).read_text("utf-8") == FRONT + "甲乙。\n"


def test_a_rule_that_never_has_enough_is_stopped(make: Make, use: Use) -> None:
    use(rule_of("TST001", "甲$", "甲甲"))
    root = make({ARTICLE: FRONT + "乙甲\n"})
    mended = mend(root)
    assert (len(mended.made), len(mended.refused)) == (0, 1)


def test_a_fix_that_makes_a_new_finding_is_left_and_told(make: Make, use: Use) -> None:
    use(rule_of("TST001", "子", "乙"), rule_of("TST002", "乙丁", "戊", Safety.NONE))
    root = make({ARTICLE: FRONT + "子丙，子丁，子丙。\n"})
    mended = mend(root)
    assert (root / ARTICLE).read_text("utf-8") == FRONT + "乙丙，子丁，乙丙。\n"
    (refused,) = mended.refused
    assert refused.finding.words.span.column == 4
    assert "TST002" in str(refused.why)


def test_a_fix_that_would_break_the_structure_is_left_and_told(make: Make, use: Use) -> None:
    use(rule_of("TST001", "甲局", "乙局"))
    root = make()
    mended = mend(root)
    assert not mended.changes
    assert "结构" in str(mended.refused[0].why), "the addressee would not be in the list of recipients"


def test_fixes_that_undo_each_other_come_to_an_end(make: Make, use: Use) -> None:
    use(rule_of("TST001", "甲", "乙"), rule_of("TST002", "乙", "甲"))
    root = make({ARTICLE: FRONT + "甲丙。\n"})
    assert not mend(root).made
    assert (root / ARTICLE).read_text("utf-8") == FRONT + "甲丙。\n"


@pytest.mark.parametrize(
    ("body", "wrong", "right"),
    [
        ("甲*乙*丙。", "甲", "甲*"),  # new markup
        ("甲乙丙。", "甲", "\n- "),  # another block
        ("1.甲乙丙。", "1.甲", "1. 甲"),  # a list
        ("甲乙丙。", "乙", "<b>"),  # what is refused
        ("甲乙丙。", "甲", "## "),  # a heading
        ("**甲**乙", "甲", " 甲"),  # bold no more
        ("甲\\*乙", r"\*", "#"),  # an escape, of which the reader sees one character
        ("甲&lt;乙", "<", "＜"),  # an entity
    ],
)
def test_a_fix_that_would_change_how_the_text_is_read_is_not_made(
    make: Make, use: Use, body: str, wrong: str, right: str
) -> None:
    use(rule_of("TST001", wrong, right))
    root = make({ARTICLE: f"{FRONT}{body}\n"})
    assert not mend(root).made
    assert (root / ARTICLE).read_text("utf-8") == f"{FRONT}{body}\n"


def test_fields_are_mended_as_they_are_written(make: Make, use: Use) -> None:
    use(rule_of("TST001", "登陆", "登录"))
    issue = "issues/2026-01/issue.yaml"
    text = (make() / issue).read_text("utf-8") + 'highlights: [登陆办法, "二、登陆"]\n'
    root = make({ARTICLE: FOUND.replace("title: 标题", "title: '登陆“甲”'"), issue: text}, "fields")
    assert len(mend(root).made) == 3
    assert "title: '登录“甲”'\n" in (root / ARTICLE).read_text("utf-8")
    assert (root / issue).read_text("utf-8") == text.replace("登陆", "登录")


def test_a_fix_in_a_field_that_would_break_the_file_is_not_made(make: Make, use: Use) -> None:
    use(rule_of("TST001", "子局", "'甲': [乙"))
    text = FOUND.replace("title: 标题", "title: 子局")
    root = make({ARTICLE: text})
    mended = mend(root)
    assert not mended.made
    assert len(mended.refused) == 1
    assert (root / ARTICLE).read_text("utf-8") == text


def test_only_regular_files_that_may_be_written_are_mended(make: Make) -> None:
    root = make({ARTICLE: FOUND})
    (root / ARTICLE).chmod(0o444)
    with pytest.raises(UsageError, match="只读"):
        mend(root)
    assert (root / ARTICLE).read_text("utf-8") == FOUND
    (root / ARTICLE).unlink()
    os.symlink(make({ARTICLE: FOUND}, "elsewhere") / ARTICLE, root / ARTICLE)
    assert not mend(root).made, "a link is not read at all"


def test_a_file_that_changed_while_it_was_read_is_left_alone(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({ARTICLE: FOUND})
    chosen = "bulletin.pipeline.mending.choose"
    from bulletin.proofread.mending import choose

    def meanwhile(*arguments: object, **named: object) -> object:
        (root / ARTICLE).write_text(FOUND + "\n新的一段。\n", "utf-8")
        return choose(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(chosen, meanwhile)
    with pytest.raises(UsageError, match="被人改了"):
        mend(root)
    assert (root / ARTICLE).read_text("utf-8") == FOUND + "\n新的一段。\n"


def test_what_is_mended_twice_is_as_mended_once(make: Make) -> None:
    """On the bad examples of every rule, all in one issue: a second time there is nothing to mend, and no fix brought something new."""
    examples = [text for rule in RULES if isinstance(rule, ArticleRule) for text in rule.manual.bad]
    assert pun026().manual.bad[0] in examples
    body = "\n\n".join(paragraph.lstrip("#") for text in examples for paragraph in text.split("\n"))
    root = make({ARTICLE: FRONT + body + "\n"})
    before = {(each.finding.code, each.finding.words.content) for each in proofread_issue(root, KEY).judged}
    once = mend(root, unsafe=True)
    assert once.made
    text = (root / ARTICLE).read_bytes()
    after = {(each.finding.code, each.finding.words.content) for each in once.proofreading.judged}
    assert after <= before
    assert not mend(root, unsafe=True).made
    assert (root / ARTICLE).read_bytes() == text
