"""What was signed is what is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.load.issue import load_signoff
from bulletin.model.build import BuildOrder, SignReport, SignState
from bulletin.model.errors import UsageError
from bulletin.model.issue import ForcedPrint
from bulletin.model.key import IssueKey
from bulletin.pipeline.printed import digest_of_pdf
from bulletin.pipeline.reading import read, sign_status
from bulletin.pipeline.signing import Hand, record_forced, require_signature, revoke, sign
from tests.conftest import ARTICLE, BASE, Make, article

KEY = IssueKey(2026, supplement=False, number=1)
HAND = Hand("周砚", "2026-01-20T09:00:00+08:00")


def signed(root: Path) -> SignReport:
    return sign(root, KEY, HAND, BuildOrder(root / "build"), lambda _: None)


def state(root: Path) -> tuple[SignState, tuple[str, ...]]:
    issue = read(root, KEY).value
    assert issue
    found = sign_status(issue)
    return found.state, found.changed


def pdf_of(root: Path) -> str:
    return digest_of_pdf((root / "build/2026-01/print.pdf").read_bytes())


def held(root: Path, pdf: str) -> None:
    issue = read(root, KEY).value
    assert issue
    require_signature(issue, pdf)


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")

    return change


CHANGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "a word": (edit(ARTICLE, "正文一段", "正文两段"), ("第1篇",)),
    "the date": (edit("issues/2026-01/issue.yaml", "2026-01-20", "2026-01-21"), ("首页",)),
    "spare copies": (edit("issues/2026-01/issue.yaml", "spare: 1", "spare: 2"), ("报尾",)),
    "recipients": (edit("house/recipients.yaml", "copies: 2", "copies: 3"), ("报尾",)),
    "the size of type": (
        lambda root: (root / "bulletin.yaml").write_text(BASE["bulletin.yaml"] + "typesetting: {size: 16}\n", "utf-8"),
        ("版式",),
    ),
    "a style sheet": (
        lambda root: [
            (root / "assets/css").mkdir(parents=True),
            (root / "assets/css/print.css").write_text("p { color: red }", "utf-8"),
        ],
        ("版式",),
    ),
    "one article more": (
        lambda root: (root / "issues/2026-01/02-b.md").write_text(article("乙"), "utf-8"),
        ("首页", "第2篇"),
    ),
}  # type: ignore[dict-item]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_that_reaches_paper_voids_the_signature(
    make: Make, change: tuple[Callable[[Path], None], tuple[str, ...]]
) -> None:
    root = make()
    assert state(root) == (SignState.NONE, ())
    report = signed(root)
    assert report.signed
    assert state(root) == (SignState.VALID, ())
    held(root, pdf_of(root))
    alter, parts = change
    alter(root)
    assert state(root) == (SignState.VOID, parts)
    assert "signoff-void" in {problem.code for problem in read(root, KEY).problems}
    with pytest.raises(UsageError, match="签发后有改动"):
        held(root, pdf_of(root))


def test_what_does_not_reach_paper_does_not_void_it(make: Make) -> None:
    root = make()
    signed(root)
    edit(ARTICLE, "正文一段。", "正文一段。\n\n<!-- 给自己看的 -->")(root)
    edit("issues/2026-01/issue.yaml", "number: 1", "# 说明\nnumber: 1")(root)
    assert state(root) == (SignState.VALID, ())


def test_another_pdf_than_the_signed_one_is_not_printed(make: Make) -> None:
    root = make()
    with pytest.raises(UsageError, match="还没有签发"):
        held(root, "sha256:0")
    signed(root)
    with pytest.raises(UsageError, match="不是签发的那一份"):
        held(root, "sha256:0")


def test_forced_printing_is_recorded(make: Make) -> None:
    root = make()
    signed(root)
    forced = ForcedPrint("程以宁", "2026-01-20T10:00:00+08:00", "会议今天下午要用，签发人出差", "sha256:" + "0" * 64)
    record_forced(root, KEY, forced)
    record_forced(root, KEY, replace(forced, reason="再印一份"))
    for wrong in (replace(forced, by=" "), replace(forced, reason=""), replace(forced, reason="一\n二")):
        with pytest.raises(UsageError):
            record_forced(root, KEY, wrong)
    record = load_signoff(root, KEY).value
    assert record
    assert record.signoff
    assert [each.reason for each in record.forced] == [forced.reason, "再印一份"]


def test_a_signature_is_taken_back(make: Make) -> None:
    root = make()
    signed(root)
    assert revoke(root, KEY, root / "build").signed
    assert state(root) == (SignState.NONE, ())
    assert not revoke(root, KEY, root / "build").signed


def test_errors_and_words_of_the_scaffold_are_not_signed(make: Make) -> None:
    for text in (
        "---\nkind: report\n---\n\n正文。\n",
        article("正文。", "kind: report\ntitle: 请填写标题\norganization: 某县"),
    ):
        root = make({ARTICLE: text}, str(len(text)))
        assert not signed(root).signed
        assert not (root / "issues/2026-01/signoff.yaml").exists()


def test_a_name_that_cannot_be_written_is_refused(make: Make) -> None:
    root = make()
    for name in ("", "  ", "周\n砚", "周\u200b砚"):
        with pytest.raises(UsageError):
            sign(root, KEY, Hand(name, HAND.at), BuildOrder(root / "build"), lambda _: None)
    assert not (root / "issues/2026-01/signoff.yaml").exists()


def test_a_broken_record_is_told_and_left_alone(make: Make) -> None:
    broken = "signoff: {by: 周砚}\n"
    root = make({"issues/2026-01/signoff.yaml": broken})
    assert any(problem.span.path.endswith("signoff.yaml") for problem in read(root, KEY).problems)
    assert not signed(root).signed
    assert (root / "issues/2026-01/signoff.yaml").read_text("utf-8") == broken
