"""SARIF as the standard's own schema has it, and true to the findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bulletin.model.finding import Safety, Verdict
from bulletin.model.proofreading import Proofreading
from bulletin.pipeline.deciding import Resolve, decide
from bulletin.pipeline.proofreading import MANUALS, proofread_issue
from bulletin.render.proofreading.sarif import render_sarif
from tests.conftest import Make
from tests.desks import ARTICLE, FOUND, FRONT, KEY, Use, rule_of, use

__all__ = ["use"]
SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text("utf-8"))
Json = dict[str, Any]


def sarif(reading: Proofreading) -> Json:
    """The run, which is valid."""
    said = json.loads(render_sarif(reading, MANUALS, str, "zh-CN"))
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(said)
    (run,) = said["runs"]
    return run  # type: ignore[no-any-return]


def results(run: Json, code: str) -> list[Json]:
    return [each for each in run["results"] if each["ruleId"] == code]


def test_the_schema_refuses_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_an_issue_without_findings(make: Make) -> None:
    run = sarif(proofread_issue(make(), KEY))
    assert run["results"] == []
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == [manual.code for manual in MANUALS]


def test_places_are_those_of_the_characters(make: Make) -> None:
    root = make({ARTICLE: FOUND.replace("学习", "😀学𠮷习")})
    reading = proofread_issue(root, KEY)
    run = sarif(reading)
    (result,) = results(run, "PUN026")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 10, "endLine": 7, "endColumn": 11, "snippet": {"text": "、"}}
    assert run["columnKind"] == "unicodeCodePoints"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == ARTICLE
    assert result["partialFingerprints"] == {"sentence/v1": reading.judged[0].finding.fingerprint}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "PUN026"
    ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
    (replacement,) = change["replacements"]
    assert replacement["deletedRegion"]["startColumn"] == 10
    assert replacement["insertedContent"] == {"text": ""}


def test_a_proposal_that_is_only_to_be_read_is_no_fix(make: Make, use: Use) -> None:
    use(rule_of("TST001", "学习", "读", Safety.NONE))
    (result,) = results(sarif(proofread_issue(make({ARTICLE: FOUND}), KEY)), "TST001")
    assert "fixes" not in result


def test_decisions_are_suppressions(make: Make) -> None:
    body = "\n学习丙、丁、等。<!-- 校:保留 PUN026 原文 -->\n\n学习戊、己、等。\n"
    root = make({ARTICLE: FOUND + body})
    first = proofread_issue(root, KEY).judged[0].finding.fingerprint
    decide(root, KEY, [first], Resolve(Verdict.ASK, "问作者", "周砚", "2026-01-20T09:00:00+08:00"))
    run = sarif(proofread_issue(root, KEY))
    assert [each["suppressions"] for each in results(run, "PUN026")] == [
        [{"kind": "external", "status": "underReview", "justification": "问作者（周砚）"}],
        [{"kind": "inSource", "status": "accepted", "justification": "原文"}],
        [],
    ]


def test_problems_of_the_structure_are_results_too(make: Make) -> None:
    root = make({ARTICLE: "没有稿件信息。\n", "issues/2026-01/两 字.md": FRONT + "甲。\n"})
    run = sarif(proofread_issue(root, KEY))
    (result,) = results(run, "front-matter")
    assert result["level"] == "error"
    assert result["suppressions"] == []
    (named,) = results(run, "article-name")
    assert named["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].isascii()


def test_related_places_and_encodings(make: Make) -> None:
    from dataclasses import replace

    from bulletin.model.finding import Related
    from bulletin.model.problem import message

    reading = proofread_issue(make({ARTICLE: FOUND.encode("gb18030")}), KEY)
    (judged,) = reading.judged
    twin = replace(judged.finding, related=(Related(judged.finding.words, message("另一处")),), entry="fix.a")
    run = sarif(replace(reading, judged=(replace(judged, finding=twin),)))
    (result,) = results(run, "PUN026")
    assert [each["message"]["text"] for each in result["relatedLocations"]] == ["另一处"]
    assert result["properties"] == {"entry": "fix.a"}
    assert {each["encoding"] for each in run["artifacts"]} == {"UTF-8", "GB18030"}
