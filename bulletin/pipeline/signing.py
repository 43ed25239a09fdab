"""Signing an issue for print, and holding printing to what was signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.load.folders import issue_folder
from bulletin.load.issue import load_signoff
from bulletin.load.publication import problems_of
from bulletin.model.build import BuildOrder, SignReport, SignState
from bulletin.model.errors import UsageError
from bulletin.model.issue import ForcedPrint, Issue, SignOff, SignOffRecord
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.pipeline.building import build
from bulletin.pipeline.printed import clear_press
from bulletin.pipeline.reading import sign_status
from bulletin.publish import locked, publish_file
from bulletin.render.records import render_signoff


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and when (ISO 8601)."""

    by: str
    at: str


def sign(root: Path, key: IssueKey, hand: Hand, order: BuildOrder, progress: Progress) -> SignReport:
    """Makes the issue once more, and records that it may be printed as it now stands.

    Nothing is recorded when the issue has errors, a proof fails, a finding of the proofreader is undecided, or words of the scaffold are left in it.

    Raises:
        UsageError: There is no name, or one that cannot be written.
        CannotWrite, MissingLibrary, RenderingFailed, TypesettingFailed: The machine is at fault.
    """
    if not hand.by.strip():
        raise UsageError(message("请写签发人姓名"))
    with locked(root / issue_folder(key)):
        made = build(root, key, replace(order, final=True), progress)
        problems = tuple(problem for problem in made.problems if problem.code != "signoff-void")
        if made.printed is None or any(problem.code == "placeholder" for problem in problems):
            return SignReport(key, problems, signed=False)
        record = _recorded(root, key)
        _write(root, key, replace(record, signoff=SignOff(hand.by.strip(), hand.at, made.printed)))
    return SignReport(key, problems, signed=True, pages=made.pages, print_run=made.print_run, outputs=made.outputs)


def revoke(root: Path, key: IssueKey, output: Path) -> SignReport:
    """Takes the signature back, and the sheets for the press below `output`; numbered copies are set aside.

    Raises:
        CannotWrite: The record could not be written.
    """
    with locked(root / issue_folder(key)):
        outcome = load_signoff(root, key)
        if outcome.value is None:
            return SignReport(key, outcome.problems, signed=False)
        was_signed = outcome.value.signoff
        if was_signed is not None:
            _write(root, key, replace(outcome.value, signoff=None))
            with locked(output):
                clear_press(output, key, was_signed.printed.pdf)
    return SignReport(key, (), signed=was_signed is not None)


def require_signature(issue: Issue, pdf: str, *, forcible: bool = True) -> None:
    """Lets only that be printed which was signed as it stands.

    Args:
        issue: The issue, without errors.
        pdf: The digest of the PDF that is to be printed (`digest_of_pdf`).
        forcible: Whether the command can be forced: then the advice says so.

    Raises:
        UsageError: The issue was not signed, or changed since; or the PDF is not the one that was signed.
    """
    key, status = str(issue.head.key), sign_status(issue)
    advice = message("先签发：bulletin sign {issue} --by 姓名", issue=key)
    if forcible:
        advice = message(
            "先签发：bulletin sign {issue} --by 姓名；确要先印，用 --force 写明理由，会记录在案", issue=key
        )
    if issue.signoff is None:
        raise UsageError(message("{issue} 还没有签发，不能付印", issue=key), advice)
    if status.state is SignState.VOID:
        raise UsageError(message("{issue} 签发后有改动（{parts}），不能付印", issue=key, parts=status.changed), advice)
    if issue.signoff.printed.pdf != pdf:
        raise UsageError(message("print.pdf 不是签发的那一份，不能付印"), advice)


def record_forced(root: Path, key: IssueKey, forced: ForcedPrint) -> None:
    """Records who wanted an issue printed that was not signed as it stands, and why. The caller holds the lock of the issue.

    Raises:
        UsageError: The name or the reason cannot be written, or the record cannot be read.
        CannotWrite: The record could not be written.
    """
    if not forced.by.strip() or not forced.reason.strip():
        raise UsageError(message("请写姓名和理由"))
    record = _recorded(root, key)
    _write(root, key, replace(record, forced=(*record.forced, forced)))


def _recorded(root: Path, key: IssueKey) -> SignOffRecord:
    outcome = load_signoff(root, key)
    if outcome.value is None:
        raise UsageError(message("签发记录 signoff.yaml 读不懂，没有改动它"), message("用 bulletin check 看错在哪里"))
    return outcome.value


def _write(root: Path, key: IssueKey, record: SignOffRecord) -> None:
    """Writes the record, but only one that can be read again."""
    artifact = render_signoff(key, record)
    if problems_of(artifact.path, artifact.content):
        raise UsageError(message("姓名或理由里有不能用的字符"), message("写成一行，不超过 500 字"))
    publish_file(root, artifact)
