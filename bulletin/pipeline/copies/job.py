"""What all files of an order have in common."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.load.folders import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.copies import make_code, number_text
from bulletin.model.issue import Issue
from bulletin.model.press import BUILT_IN_PROFILES, PressProfile
from bulletin.model.problem import Span
from bulletin.model.stamp import CopyGroup, CopyOrder, CopyPackage, CopyStamp, NumberedFile
from bulletin.pipeline.copies.names import copies_path
from bulletin.render.copies import Stamper

_PLAIN = next(each for each in BUILT_IN_PROFILES if not each.folded and not each.crop_marks)


@dataclass(frozen=True, slots=True)
class CopyJob:
    """An order, the print PDF that it is carried out on, and how that is stamped."""

    printed: bytes
    issue: Issue
    order: CopyOrder
    stamper: Stamper

    @property
    def span(self) -> Span:
        """Where problems are told."""
        return Span(issue_path(self.issue.head.key))

    def is_single(self, group: CopyGroup) -> bool:
        """True of a file with one copy that is not put on sheets: the print PDF itself, for the screen or a printer."""
        return len(group.copies) == 1 and self.order.profile is None and self.order.package is CopyPackage.RUN

    def stamps(self, group: CopyGroup) -> tuple[CopyStamp, ...]:
        """What each copy of a file bears."""
        marks, publication = self.order.marks, self.issue.publication
        return tuple(
            CopyStamp(
                text := number_text(number, publication.copy_number.digits),
                make_code(self.order.key, self.order.name or publication.title, str(self.issue.head.key), text, piece)
                if marks.coded
                else None,
            )
            for number, piece in group.copies
        )

    def file(self, content: bytes, group: CopyGroup, part: str = "") -> NumberedFile:
        """A PDF of the copies of a group, or of a part of each."""
        path = copies_path(group, self.issue.publication.copy_number.digits, self.order.profile, part)
        return NumberedFile(Artifact(path, "application/pdf", content), group.numbers)


def profile_of(order: CopyOrder) -> PressProfile:
    """How the copies of an order come onto sheets: A4 leaves, in the colours of the print PDF, where no profile is named."""
    return order.profile or _PLAIN
