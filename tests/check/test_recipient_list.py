"""What is said of the list of recipients by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bulletin.model.problem import Problem
from bulletin.pipeline.recipients import list_recipients
from tests.archive import problem_line
from tests.conftest import BASE, REPOSITORY, Make

TODAY = date(2026, 1, 1)
LIST = "house/recipients.yaml"


def found(root: Path, issue: str | None = None) -> tuple[Problem, ...]:
    return list_recipients(root, issue, TODAY).problems


def lines(root: Path, issue: str | None = None) -> list[str]:
    return [problem_line(problem) for problem in found(root, issue)]


def issue_file(number: int, distribution: str) -> str:
    text = BASE["issues/2026-01/issue.yaml"].split("distribution:")[0]
    text = text.replace("number: 1\nserial: 10", f"number: {number}\nserial: {9 + number}")
    return text.replace("2026-01-20", f"2026-{number:02}-20") + f"distribution:\n{distribution}"


def test_everything_that_is_missing_or_doubtful(make: Make) -> None:
    root = make(
        {
            LIST: (
                "units:\n"
                "  - {name: 甲局, copies: 2}\n"
                "  - {name: 乙局, route: 专人, contact: 张三 0386-8610001, address: 江城路1号}\n"
                "  - {name: 丙局, route: 专人, contact: 张三  0386-8610001, address: 江城路１号}\n"
                "  - {name: 丁局, route: 自取, until: 2025-12-31}\n"
                "groups:\n"
                "  - {name: 各科, count: 3, route: 交换站}\n"
                "  - {name: 各处（室）, route: 交换站, members: [甲局, 戊处]}\n"
                "  - {name: 各处(室), route: 交换站, members: [己处]}\n"
            )
        }
    )
    assert lines(root) == [
        f"{LIST}:2:12 warning recipient-route",
        f"{LIST}:3:12 hint recipient-unused",
        f"{LIST}:4:12 warning recipient-spelling",
        f"{LIST}:4:12 warning recipient-spelling",
        f"{LIST}:4:12 hint recipient-unused",
        f"{LIST}:5:12 hint recipient-past",
        f"{LIST}:7:12 hint recipient-count",
        f"{LIST}:8:12 hint recipient-unused",
        f"{LIST}:8:41 hint recipient-twice",
        f"{LIST}:9:12 warning recipient-spelling",
        f"{LIST}:9:12 hint recipient-unused",
    ]


def test_names_that_only_issues_know(make: Make) -> None:
    """In the newest issue each is an error, or in the one that is asked for; in others it is said once, at its last place."""
    root = make(
        {
            LIST: "units:\n  - {name: 甲局, route: 专人}\n",
            "issues/2026-01/issue.yaml": issue_file(1, "  报: [[甲局, 老局]]\n"),
            "issues/2026-02/issue.yaml": issue_file(2, "  报: [[甲局, 老局]]\n"),
            "issues/2026-03/issue.yaml": issue_file(3, "  报: [[甲局, 新局]]\n"),
        }
    )
    assert lines(root) == [
        "issues/2026-02/issue.yaml:7:12 warning recipient-unknown",
        "issues/2026-03/issue.yaml:7:12 error recipient-unknown",
    ]
    assert "有 2 期" in str(found(root)[0].message)
    assert lines(root, "2026-01") == [
        "issues/2026-01/issue.yaml:7:12 error recipient-unknown",
        "issues/2026-02/issue.yaml:7:12 warning recipient-unknown",
        "issues/2026-03/issue.yaml:7:12 warning recipient-unknown",
    ]


def test_the_list_is_that_of_the_issues_day(make: Make) -> None:
    root = make(
        {
            LIST: "units:\n  - {name: 甲局, route: 专人}\n  - {name: 乙局, route: 专人, until: 2026-01-20}\n",
            "issues/2026-01/issue.yaml": issue_file(1, "  报: [[甲局, 乙局]]\n"),
            "issues/2026-02/issue.yaml": issue_file(2, "  报: [[甲局]]\n"),
        }
    )
    assert lines(root, "2026-01") == []
    assert lines(root) == [f"{LIST}:3:12 hint recipient-past"]


def test_a_list_of_names_alone_is_told_once_of_routes(make: Make) -> None:
    root = make({LIST: "units:\n  - {name: 甲局}\n  - {name: 乙局}\ngroups:\n  - {name: 各科, members: [丙科]}\n"})
    assert [line for line in lines(root) if "route" in line] == [f"{LIST}:2:12 warning recipient-route"]


def test_without_an_issue_today_counts_and_nothing_is_unused(make: Make) -> None:
    root = make(
        {
            LIST: "units:\n  - {name: 甲局, route: 专人, until: 2026-01-01}\n  - {name: 乙局, route: 专人, until: 2025-12-31}\n",
            "issues/2026-01/issue.yaml": None,
            "issues/2026-01/01-report.md": None,
        }
    )
    assert lines(root) == [f"{LIST}:3:12 hint recipient-past"]


def test_an_issue_that_cannot_be_read_is_named_and_the_rest_looked_at(make: Make) -> None:
    root = make(
        {
            LIST: "units:\n  - {name: 甲局, route: 专人}\n",
            "issues/2026-01/issue.yaml": "number: [\n",
            "issues/2026-02/issue.yaml": issue_file(2, "  报: [[乙局]]\n"),
        }
    )
    assert lines(root) == [
        f"{LIST}:2:12 hint recipient-unused",
        "issues/2026-01/issue.yaml warning issue-unreadable",
        "issues/2026-02/issue.yaml:7:8 error recipient-unknown",
    ]


def test_a_broken_list_gives_its_own_problems_only(make: Make) -> None:
    assert lines(make({LIST: "units:\n  - {name: 甲局, copies: 两}\n"})) == [f"{LIST}:2:24 error field-value"]


def test_the_sample_has_nothing_to_be_warned_of() -> None:
    assert {problem.severity.value for problem in found(REPOSITORY)} == {"hint"}
