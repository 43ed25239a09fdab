"""What can go wrong with the machine (not with the author's text); each is caught once, in `cli`."""

from __future__ import annotations

from bulletin.model.problem import NOTHING, Message


class BulletinError(Exception):
    """The command cannot go on; `message` says why, `advice` what to do."""

    def __init__(self, message: Message, advice: Message = NOTHING) -> None:
        super().__init__(str(message))
        self.message = message
        self.advice = advice


class UsageError(BulletinError):
    """The command was called for something that is not there (exit code 2)."""


class MissingLibrary(BulletinError):
    """A system library that the print edition needs is not installed."""


class RenderingFailed(BulletinError):
    """The layout engine refused the document or complained about it."""


class CannotWrite(BulletinError):
    """A file could not be written: disk full, read-only folder, no permission."""


class LimitReached(BulletinError):
    """The command used more memory or time than a bulletin ever needs."""
