"""Findings in SARIF 2.1.0, which programs for writing and servers that hold sources read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bulletin import __version__
from bulletin.model.finding import Decision, Finding, Fix, Manual, Related, Safety, Verdict
from bulletin.model.original import Original
from bulletin.model.problem import Problem, Severity, Span
from bulletin.model.proof_text import Words
from bulletin.model.proofreading import Judged, Proofreading, Say

Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}


def render_sarif(reading: Proofreading, manuals: Sequence[Manual], say: Say, language: str) -> str:
    """The findings, and the problems of the structure, as one run.

    Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0 with Errata 01, 3.14 (run), 3.27 (result), 3.30 (region), 3.35
    (suppression), 3.55 (fix).
    """
    rules = [_rule(manual, say) for manual in manuals]
    known = {rule["id"] for rule in rules}
    codes = (*(each.code for each in reading.problems), *(each.finding.code for each in reading.judged))
    rules += [{"id": code} for code in dict.fromkeys(codes) if code not in known]
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    results = [
        *(_of_problem(problem, say) for problem in reading.problems),
        *(_result(each, say) for each in reading.judged),
    ]
    run = {
        "tool": {"driver": {"name": "bulletin", "semanticVersion": __version__, "language": language, "rules": rules}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(original) for original in reading.originals],
        "results": [{**result, "ruleIndex": places[result["ruleId"]]} for result in results],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(manual: Manual, say: Say) -> Json:
    examples = "\n\n".join(f"✗ {bad}" for bad in manual.bad) + "\n\n" + "\n\n".join(f"✓ {good}" for good in manual.good)
    return {
        "id": manual.code,
        "shortDescription": {"text": say(manual.title)},
        "fullDescription": {"text": say(manual.says)},
        "help": {"text": f"{say(manual.says)}\n\n{manual.source}\n\n{examples}"},
        "defaultConfiguration": {"level": _LEVELS[manual.severity]},
        "properties": {"strength": manual.strength.value, "source": manual.source, "safety": manual.safety.value},
    }


def _artifact(original: Original) -> Json:
    return {"location": _location(original.path), "encoding": _ENCODINGS[original.codec]}


def _location(path: str) -> Json:
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _of_problem(problem: Problem, say: Say) -> Json:
    """A problem of the structure: nobody decides about it."""
    place: Json = {"artifactLocation": _location(problem.span.path)}
    if problem.span.line:
        place["region"] = {"startLine": problem.span.line, "startColumn": max(1, problem.span.column)}
    text = " ".join(filter(None, (say(problem.message), say(problem.advice))))
    return {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "suppressions": [],
    }


def _result(judged: Judged, say: Say) -> Json:
    finding = judged.finding
    result: Json = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(filter(None, (say(finding.message), say(finding.advice))))},
        "locations": [{"physicalLocation": _place(finding.words)}],
        "partialFingerprints": {"sentence/v1": finding.fingerprint},
        "suppressions": [_suppression(judged.decision)] if judged.decision else [],
    }
    if finding.related:
        result["relatedLocations"] = [_related(number, each, say) for number, each in enumerate(finding.related, 1)]
    if finding.fix and finding.fix.safety is not Safety.NONE:
        result["fixes"] = [_fix(finding, finding.fix, say)]
    if finding.entry:
        result["properties"] = {"entry": finding.entry}
    return result


def _suppression(decision: Decision) -> Json:
    """3.35: what was kept is accepted, what was asked is under review; a remark stands in the source, a record outside of it."""
    return {
        "kind": "external" if decision.fingerprint else "inSource",
        "status": "accepted" if decision.verdict is Verdict.KEEP else "underReview",
        "justification": f"{decision.reason}（{decision.by}）" if decision.by else decision.reason,
    }


def _related(number: int, related: Related, say: Say) -> Json:
    return {"id": number, "physicalLocation": _place(related.words), "message": {"text": say(related.message)}}


def _place(words: Words) -> Json:
    region = {**_region(words.span, words.end_span), "snippet": {"text": words.content}}
    return {"artifactLocation": _location(words.text.path), "region": region}


def _region(start: Span, end: Span) -> Json:
    """3.30: lines and columns from 1; the end is the column after the last character."""
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(finding: Finding, fix: Fix, say: Say) -> Json:
    replacement = {
        "deletedRegion": _region(fix.words.span, fix.words.end_span),
        "insertedContent": {"text": fix.replacement},
    }
    change = {"artifactLocation": _location(fix.words.text.path), "replacements": [replacement]}
    return {"description": {"text": say(finding.advice) or say(finding.message)}, "artifactChanges": [change]}
