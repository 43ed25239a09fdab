"""Rules that look at a whole issue: the examples of their pages, and further cases in `issues/<code>.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bulletin.proofread.rule import IssueRule
from bulletin.proofread.rules import RULES
from tests.proofread_issues import found_in

ISSUE_RULES = {rule.manual.code: rule for rule in RULES if isinstance(rule, IssueRule)}
CASES = [
    (path.stem, kind, case)
    for path in sorted(Path(__file__).with_name("issues").glob("*.yaml"))
    for kind, cases in yaml.safe_load(path.read_text("utf-8")).items()
    for case in cases
]


@pytest.mark.parametrize("rule", ISSUE_RULES.values(), ids=lambda rule: rule.manual.code)
def test_bad_examples_are_found(rule: IssueRule) -> None:
    assert rule.manual.bad
    for text in rule.manual.bad:
        assert {finding.code for finding in found_in(rule, text)} == {rule.manual.code}, text


@pytest.mark.parametrize("rule", ISSUE_RULES.values(), ids=lambda rule: rule.manual.code)
def test_good_examples_are_silent(rule: IssueRule) -> None:
    for other in RULES:
        for text in other.manual.good:
            assert [finding.words.content for finding in found_in(rule, text)] == [], f"{other.manual.code}: {text}"


@pytest.mark.parametrize(("code", "kind", "case"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_cases(code: str, kind: str, case: dict[str, Any]) -> None:
    findings = found_in(ISSUE_RULES[code], case["text"])
    assert [finding.words.content for finding in findings] == case.get("words", []), case["text"]
    if kind == "bad":
        assert findings
        assert {finding.severity.value for finding in findings} == {case.get("severity", "warning")}
        if "beside" in case:
            assert [finding.related[0].words.content for finding in findings] == case["beside"]
        if "proposes" in case:
            assert [finding.fix and finding.fix.replacement for finding in findings] == case["proposes"]
