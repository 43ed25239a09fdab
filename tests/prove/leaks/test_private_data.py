"""What is nobody's to know: recipients, telephones, numbers of copies, paths of the machine; and what the bureau itself makes public."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path

import pytest

from bulletin.model.artifact import Artifact
from bulletin.prove.leaks.gathering import unread_secrets
from bulletin.prove.leaks.searching import find_leaks
from bulletin.prove.leaks.sights import look, told_by
from tests.conftest import Make, article
from tests.gates import FILES, cleared, gate, named, places, publication, site_of

PHONE = "issues/2026-01/issue.yaml:5"
HOUSE = "house/recipients.yaml:2"


def page(said: str) -> Artifact:
    return Artifact("2026/01/index.html", "text/html", f"<main><p>{said}</p></main>".encode())


def lines(root: Path, said: str) -> set[str]:
    found = gate(root, [page(said)])
    return {f"{problem.span.path}:{problem.span.line}" for problem in found}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("010-12345678", PHONE),
        ("12345678", PHONE),
        ("０１０－１２３４５６７８", PHONE),
        ("010 1234 5678", PHONE),
        ("（010）1234-5678", PHONE),
        ("01012345678", PHONE),
        ("+86 10 12345678", PHONE),
        ("8610 1234 5678", PHONE),
        ('<a href="tel:+861012345678">', PHONE),
        ("<b>0386</b>-8612047", HOUSE),
        ("8612047转3", HOUSE),
        ("联系人：欧阳慕白", HOUSE),
        ("榆关市槐荫里七十九号", HOUSE),
        ("报：甲市委老干部局", "issues/2026-01/issue.yaml:7"),
        ("发：各科", "issues/2026-01/issue.yaml:8"),
        ("共印10份", "issues/2026-01/issue.yaml:9"),
        ("共 印 10 份", "issues/2026-01/issue.yaml:9"),
        ("鲁南星同志谈黛湖疗养院改造", "issues/2026-01/issue.yaml:11"),
        ("仅供内部掌握，不得翻印外传", "issues/2026-01/issue.yaml:12"),
        ("此处数字待与财务处再对一遍", "issues/2026-01/01-report.md:14"),
    ],
)
def test_private_data_is_caught_however_it_is_written(make: Make, said: str, place: str) -> None:
    assert place in lines(publication(make), said)


@pytest.mark.parametrize("said", ["编号：000007", "份号 000012", "编　号：００００１２", "№ 000003", "No.000003"])
def test_the_number_of_a_copy_is_caught(make: Make, said: str) -> None:
    (problem,) = gate(publication(make), [page(said)])
    assert problem.code == "leak-trace"


@pytest.mark.parametrize(
    "said",
    [
        "电话 010-62001234",
        "电话：（010）6200 1234",
        "+86 10 62001234",
        "电话010-62005678",
        "2026年1月20日，第1期（总第10期）",
        '<time datetime="2026-01-20">',
        "编号：12",
        "经验交流材料1篇",
        "京公网安备 11010202000001号",
        "甲局",
        "12345",
        "212345678",
        "https://lgb.example.gov.cn/tmp",
        "见 a/home/index.html",
    ],
)
def test_what_may_be_told_raises_no_alarm(make: Make, said: str) -> None:
    """The bureau's own telephone, that of a cleared article, dates, numbers of other kinds, parts of other numbers."""
    assert gate(publication(make), [page(said)]) == ()


def test_paths_of_the_machine_are_caught(make: Make) -> None:
    root = publication(make)
    for said in (
        f"{root.resolve()}/issues",
        "file:///home/yang/issues/2026-01",
        "/home/yang/工作/a.md",
        "/Users/yang/a.md",
        r"C:\Users\yang\a.md",
        r"\\server\share\a.md",
        urllib.parse.quote("file:///etc/a", safe=""),
        json.dumps({"a": r"D:\简报\a.md"}),
    ):
        found = gate(root, [page(said)])
        assert {(each.code, named(each)) for each in found} == {("leak-trace", ("2026/01/index.html",))}, said


def test_every_recipients_unit_is_private_in_a_list_and_none_by_itself(make: Make) -> None:
    """A unit that is named in an article is told; the list that it stands in is not."""
    root = publication(make)
    assert not gate(root, [page("某市委老干部局")])
    (problem, *_) = gate(root, [page("报：甲市委老干部局；发：各科")])
    assert "发送范围和印数不得公开" in str(problem.advice)


def test_highlights_by_hand_are_held_whatever_is_cleared(make: Make) -> None:
    """Nobody clears them, and an article that they name may be in another issue by now."""
    root = publication(make)
    cleared(root, ["2"])
    assert places(gate(root, [page("鲁南星同志谈黛湖疗养院改造")])) == {"issues/2026-01/issue.yaml:11:14"}
    assert places(gate(root, [page("仅供内部掌握，不得翻印外传")])) == {"issues/2026-01/issue.yaml:12:15"}


def test_highlights_that_say_what_the_articles_say_may_be_told(make: Make) -> None:
    """As the program words them itself, from articles that are cleared."""
    speech = "kind: speech\ntitle: 讲三点意见\nsubtitle: 在梧桐里的讲话\nspeaker: 司马听涛\nposition: 某市委老干部局局长\ndate: 2026-01-12"
    line = "某市委老干部局局长司马听涛在梧桐里的讲话"
    issue = str(FILES["issues/2026-01/issue.yaml"]).replace(
        "[鲁南星同志谈黛湖疗养院改造, ", f"[{line}, 鲁南星同志谈疗养院, "
    )
    root = make(
        {**FILES, "issues/2026-01/issue.yaml": issue, "issues/2026-01/03-speech.md": article("同志们：", speech)}
    )
    cleared(root, ["1", "3"])
    assert line in "".join(page.content.decode() for page in site_of(root) if page.path == "2026/01/index.html")
    assert not gate(root, site_of(root))


@pytest.mark.parametrize(
    ("title", "said"),
    [("“银辉”行动", "“银辉”行动"), ("——致老同志", "致老同志"), ("说·老", "说·老"), ("黛湖：上", "黛湖：上")],
)
def test_a_short_title_with_marks_is_caught(make: Make, title: str, said: str) -> None:
    text = f"---\nkind: report\ntitle: '{title}'\norganization: 某市委老干部局\n---\n\n正文另起。\n"
    root = make(
        {
            **FILES,
            "issues/2026-01/02-canary-plan.md": text,
            "issues/2026-01/01-report.md": FILES["issues/2026-01/01-report.md"],
        }
    )
    assert "issues/2026-01/02-canary-plan.md:3" in lines(root, said)


def test_a_name_in_a_draft_that_cannot_be_read_is_caught() -> None:
    """Two characters are a whole value there, as they are in a draft that is in order."""
    text = "---\nkind: speech\nspeaker: 郑钊\nsubjects: [甲乙, 丙丁]\n纸样: 1\n---\n\n先修屋面\n"
    secrets = unread_secrets("2026-01", [("issues/2026-01/02-a.md", text)])
    told = told_by(secrets)
    found = find_leaks([look(page("郑钊 同志"), told), look(page("主题：丙丁"), told)], lambda: [secrets])
    assert {(each.secret.text, each.secret.span.line) for each in found.leaks} == {("郑钊", 3), ("丙丁", 4)}
