"""Names of releases, and whose page lies at a path."""

from __future__ import annotations

import pytest

from bulletin.model.release import age_of, article_at, is_article_page, is_issue_page, issue_at, newest_first, serial_of


@pytest.mark.parametrize(
    ("name", "serial"),
    [
        ("00001-3f9a2c1b", 1),
        ("99999-3f9a2c1b", 99_999),
        ("100000-3f9a2c1b", 100_000),
        ("99999999-3f9a2c1b", 99_999_999),
        *((name, 0) for name in ("", "x", "00000-3f9a2c1b", "000001-3f9a2c1b", "100000000-3f9a2c1b", "1-3f9a2c1b")),
        *((name, 0) for name in ("٠٠٠٠١-3f9a2c1b", "00001-3F9A2C1B", "00001-3f9a2c1b\n", "00001-3f9a2c1b.incoming", "2026-10")),
    ],
)  # fmt: skip
def test_the_serial_number_in_a_name(name: str, serial: int) -> None:
    assert serial_of(name) == serial


def test_releases_are_ordered_by_number() -> None:
    names = ["00002-a0000000", "99999-ffffffff", "100000-00000000", "lock", "00002-b0000000"]
    assert newest_first(names) == ("100000-00000000", "99999-ffffffff", "00002-b0000000", "00002-a0000000")
    assert age_of("") < age_of("00001-00000000")


@pytest.mark.parametrize(
    ("path", "article", "issue"),
    [
        ("2026/10/03", "2026/10/03", "2026/10"),
        ("2026/10/03/", "2026/10/03", "2026/10"),
        ("2026/10/03/index.html", "2026/10/03", "2026/10"),
        ("2026/s1/03/text.js", "2026/s1/03", "2026/s1"),
        ("2026/10/index.html", None, "2026/10"),
        ("2026/10", None, "2026/10"),
        ("2026/index.html", None, None),
        ("2026/z1/03/index.html", None, None),
        ("2026/10x/index.html", None, None),
        ("٢٠٢٦/10/03", None, None),
        ("x/2026/10/03", None, None),
        ("", None, None),
    ],
)
def test_whose_a_path_is(path: str, article: str | None, issue: str | None) -> None:
    assert article_at(path) == article
    assert issue_at(path) == issue
    assert is_article_page(path) == (article is not None and path.endswith("index.html"))
    assert is_issue_page(path) == (path == "2026/10/index.html")
