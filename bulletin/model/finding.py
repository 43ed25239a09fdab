"""What a proofreader finds: the words, what is wrong with them, what should stand there, and what an editor decided about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from bulletin.model.problem import NOTHING, Message, Problem, Severity
from bulletin.model.proof_text import Words


class Strength(Enum):
    """Who says so: a standard, the practice of offices, or the bureau's own house style."""

    STANDARD = "国标"
    PRACTICE = "实务"
    HOUSE = "本局"


class Safety(Enum):
    """Whether the program may write what it proposes: by itself, when told to, or never."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Manual:
    """The page of a rule in the manual: `bulletin explain` prints it.

    `bad` and `good` are examples of text, one a paragraph; `bad` is found by the rule and `good` is not: a test runs them. `source` is the clause of
    a standard, or whose practice it is. Codes are never used again for something else; `since` is the version that first had it.
    """

    code: str
    title: Message
    says: Message
    severity: Severity
    strength: Strength
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    safety: Safety = Safety.NONE
    since: str = "0.1"


@dataclass(frozen=True, slots=True)
class Fix:
    """What should stand in place of some words; `NONE` is a proposal to read, never written."""

    words: Words
    replacement: str
    safety: Safety


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, and what it is."""

    words: Words
    message: Message


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `message` says what is, and what to compare it with; `advice` what to do. `entry` is the entry of the house's knowledge
    behind it, if one is."""

    code: str
    severity: Severity
    words: Words
    message: Message
    advice: Message = NOTHING
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    entry: str = ""

    @property
    def fingerprint(self) -> str:
        """What a decision names: the same while the sentence and the rule are, wherever the line moves."""
        said = "\0".join((self.code, self.words.text.slug, self.words.content, self.words.sentence))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def problem(self) -> Problem:
        """The finding as all commands can show it."""
        return Problem(self.code, self.severity, self.words.span, self.message, self.advice)


class Verdict(Enum):
    """What was decided: it stays as it stands, or the author is being asked."""

    KEEP = "keep"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's decision about a finding. In a remark beside the text it has no fingerprint, and counts for all findings of `code` there."""

    code: str
    fingerprint: str
    verdict: Verdict
    reason: str
    by: str = ""
    at: str = ""
    words: str = ""
