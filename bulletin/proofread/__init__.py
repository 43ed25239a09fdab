"""The proofreader: what rules, a dictionary and comparison across the articles find in the text of an issue.

Texts become facts (`facts/`), rules (`rules/`, one a file) look at facts and yield findings; none raises, none writes.
"""

from __future__ import annotations

from bulletin.proofread.engine import proofread
from bulletin.proofread.reading import ReadIssue, read_article
from bulletin.proofread.rules import RULES

__all__ = ["RULES", "ReadIssue", "proofread", "read_article"]
