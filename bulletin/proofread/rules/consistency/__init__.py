"""What disagrees between the articles of an issue, its metadata and the archive: CON, QTE004, TOC, META, DUP, REF003, PER004, ARC001."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.consistency import (
    archive,
    bare_names,
    broken_words,
    document_numbers,
    doubled_sentences,
    dropped_character,
    front_matter,
    highlights,
    metadata,
    numbers,
    organisations,
    parallel_labels,
    places,
    posts,
    quoted_names,
    speakers,
    titles,
)

RULES: tuple[Rule, ...] = (
    quoted_names.RULE,
    titles.RULE,
    numbers.RULE,
    dropped_character.RULE,
    parallel_labels.RULE,
    organisations.RULE,
    bare_names.RULE,
    broken_words.RULE,
    document_numbers.RULE,
    posts.RULE,
    speakers.RULE,
    highlights.RULE,
    metadata.RULE,
    front_matter.RULE,
    places.RULE,
    doubled_sentences.RULE,
    archive.RULE,
)
