"""What a proofreader finds: the words, what is wrong with them, what should stand there, and what an editor decided about it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import Enum

from bulletin.model.problem import NOTHING, Message, Problem, Severity, Span
from bulletin.model.proof_text import Words

_ORDER = re.compile(r"^\d{2}-")
"""What an article's name begins with, which changes when articles change places."""


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
    a standard, or whose practice it is. `given` is what the house must know for the examples, as its files say it (YAML); empty where the rule needs
    nothing of it. Codes are never used again for something else; `since` is the version that first had it.
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
    given: str = ""


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
        """What a decision names: the same while the rule, the sentence and the place in it are, wherever line and article move.

        Where an article has the same sentence twice, one decision counts for both.
        """
        article = _ORDER.sub("", self.words.text.slug)
        said = "\0".join((self.code, article, self.words.content, self.words.sentence, str(self.words.place)))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def problem(self) -> Problem:
        """The finding as all commands can show it."""
        return Problem(self.code, self.severity, self.words.span, self.message, self.advice)


class Verdict(Enum):
    """What was decided: it stays as it stands, or the author is being asked and has not answered yet."""

    KEEP = "keep"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's decision about a finding. In a remark beside the text it has no fingerprint, and counts for all findings of `code` there.

    `article` and `words` are what was decided about, for who reads the record; `span` is where the decision stands.
    """

    code: str
    fingerprint: str
    verdict: Verdict
    reason: str
    by: str = ""
    at: str = ""
    article: str = ""
    words: str = ""
    span: Span = field(default=Span(""), compare=False)
