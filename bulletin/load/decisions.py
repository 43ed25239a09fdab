"""What editors decided about the proofreader's findings: `decisions.yaml`, and remarks in the texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from bulletin.load.folders import decisions_path
from bulletin.load.schemas import DecisionsSchema
from bulletin.load.yaml_files import load_yaml
from bulletin.model.finding import Decision, Verdict
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, message, warning

_REMARK = re.compile(r"(?:校|proof)\s*[:：](?P<rest>.*)", re.DOTALL)
_VERDICTS = {"保留": Verdict.KEEP, "存疑": Verdict.ASK, "keep": Verdict.KEEP, "ask": Verdict.ASK}
_SAID = re.compile(
    r"(?P<verdict>保留|存疑|keep|ask)\s+(?P<codes>[A-Za-z]+\d+(?:\s*[,，、]\s*[A-Za-z]+\d+)*)(?:\s+(?P<reason>.*))?",
    re.DOTALL,
)
_CODE = re.compile(r"[A-Za-z]+\d+")


def load_decisions(root: Path, key: IssueKey) -> Outcome[tuple[Decision, ...]]:
    """The decisions recorded for the issue; none where there is no file yet."""
    path = decisions_path(key)
    if not os.path.lexists(root / path):
        return Outcome(())
    outcome, tree = load_yaml(root, path, DecisionsSchema)
    if outcome.value is None or tree is None:
        return Outcome(None, outcome.problems)
    said = outcome.value.decisions
    decisions = tuple(
        Decision(
            code=each.code,
            fingerprint=each.finding,
            verdict=Verdict(each.decision),
            reason=each.reason,
            by=each.by,
            at=each.at,
            article=each.article or "",
            words=each.words,
            span=tree.places[("decisions", place)],
        )
        for place, each in enumerate(said)
    )
    return Outcome(decisions, (*outcome.problems, *_repeated(decisions)))


def _repeated(decisions: tuple[Decision, ...]) -> Iterator[Problem]:
    seen = set()
    for decision in decisions:
        if decision.fingerprint in seen:
            what = message("对同一处有两个决定（编号 {finding}），按后一个算", finding=decision.fingerprint)
            yield warning("decision-repeated", decision.span, what, message("用 bulletin decide 再决定一次，只留一个"))
        seen.add(decision.fingerprint)


def read_remark(content: str, span: Span) -> Outcome[tuple[Decision, ...]]:
    """The decisions in an editor's remark (`校:保留 CON001 原文件如此`, `proof:keep CON001 …`), one a code; none in a remark about something else."""
    remark = _REMARK.fullmatch(content.strip())
    if not remark:
        return Outcome(())
    said = _SAID.fullmatch(remark["rest"].strip())
    if not said:
        what = message("这条校对批注读不懂：“{said}”", said=" ".join(content.split())[:40])
        advice = message("写成 <!-- 校:保留 代码 理由 -->；要问作者，写 校:存疑")
        return Outcome(None, (warning("remark", span, what, advice),))
    reason = " ".join((said["reason"] or "").split())
    if not reason:
        what = message("校对批注没有写理由，不算数")
        advice = message(
            "在代码后面写明为什么，如 <!-- 校:保留 {code} 原文件如此 -->", code=_CODE.findall(said["codes"])[0]
        )
        return Outcome(None, (warning("remark-reason", span, what, advice),))
    verdict = _VERDICTS[said["verdict"]]
    codes = dict.fromkeys(code.upper() for code in _CODE.findall(said["codes"]))
    return Outcome(tuple(Decision(code, "", verdict, reason, span=span) for code in codes))
