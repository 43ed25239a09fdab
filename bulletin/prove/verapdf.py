"""veraPDF, the referee of PDF/A and PDF/UA, where the machine has it: a child process that is given the file and no more time
than it needs (safety, 2.1: a tool that hangs is ended and told)."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from xml.etree import ElementTree

from bulletin.model.problem import Message, Outcome, Problem, Span, error, message, warning
from bulletin.model.publication import PdfStandard

TIME_LIMIT_S = 180
_MOST = 3


class _NoVerdict(Exception):
    """veraPDF did not judge; the message says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def ask_verapdf(
    command: str, content: bytes, standard: PdfStandard, issue_file: Span, time_limit_s: float = TIME_LIMIT_S
) -> Outcome[str]:
    """The version of veraPDF that judged the file, with what it found; no value where it did not judge, with a warning that says so.

    Args:
        command: The path of `verapdf`.
        content: The PDF.
        standard: The part of PDF/A to judge by; it is judged by PDF/UA-1 besides.
        issue_file: The place that problems are told at.
        time_limit_s: Seconds for each of the two runs.
    """
    problems: list[Problem] = []
    version = ""
    try:
        for flavour in (f"{standard.part}a", "ua1"):
            report = _report(command, flavour, content, time_limit_s)
            version = _version(report)
            problems += _findings(report, issue_file)
    except _NoVerdict as fault:
        what = message("veraPDF 没有给出结果：{reason}", reason=fault.why)
        advice = message("请在命令行运行 verapdf --version，看它能不能用")
        return Outcome(None, (warning("pdf-verapdf-silent", issue_file, what, advice),))
    return Outcome(version, tuple(problems))


def _report(command: str, flavour: str, content: bytes, time_limit_s: float) -> ElementTree.Element:
    """veraPDF's machine-readable report.

    Raises:
        _NoVerdict: It could not be started, took too long, or said nothing that can be read.
    """
    arguments = [command, "--format", "xml", "--flavour", flavour]
    try:
        done = subprocess.run(  # noqa: S603  the command that the administrator installed, and no text of an author
            arguments,
            input=content,
            capture_output=True,
            timeout=time_limit_s,
            check=False,
            preexec_fn=_lift_memory_limit,
        )
        report = ElementTree.fromstring(done.stdout)  # noqa: S314  expat loads nothing from outside
    except subprocess.TimeoutExpired:
        raise _NoVerdict(message("{seconds} 秒内没有做完", seconds=int(time_limit_s))) from None
    except OSError as fault:
        raise _NoVerdict(message("无法启动（英文说明：{reason}）", reason=fault.strerror or str(fault))) from fault
    except ElementTree.ParseError as fault:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [str(fault)]
        raise _NoVerdict(message("报告读不懂（英文说明：{reason}）", reason=said[0][:200])) from fault
    if not list(report.iter("validationReport")):
        raise _NoVerdict(message("报告里没有结论"))
    return report


def _lift_memory_limit() -> None:
    """Java reserves more addresses than our own limit allows; it does not use them."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _version(report: ElementTree.Element) -> str:
    return next((each.get("version", "") for each in report.iter("releaseDetails")), "") or "?"


def _findings(report: ElementTree.Element, issue_file: Span) -> Iterator[Problem]:
    for judged in report.iter("validationReport"):
        if judged.get("isCompliant") == "true":
            continue
        failed = [rule for rule in judged.iter("rule") if rule.get("status", "failed") == "failed"]
        for rule in failed[:_MOST]:
            clause = f"{rule.get('specification', '')} {rule.get('clause', '')}-{rule.get('testNumber', '')}"
            reason = (rule.findtext("description") or "").strip()[:200]
            what = message("veraPDF 判定不合 {clause}（英文说明：{reason}）", clause=clause, reason=reason)
            yield error(
                "pdf-verapdf", issue_file, what, message("这是程序或模板的问题，成品不可用；请连同原稿报告维护人员")
            )
        if not failed:
            what = message(
                "veraPDF 判定不合 {clause}（英文说明：{reason}）", clause=judged.get("profileName", "?"), reason=""
            )
            yield error("pdf-verapdf", issue_file, what)
