"""Words and expressions: the dictionary and the frames of sentences: DIC, FIX, FRM, RED, ADM, ABB, REP, PLC."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.wording import (
    collocations,
    county_forms,
    crossed_frames,
    fixed_expressions,
    former_posts,
    greater_efforts,
    half_frames,
    missing_effect,
    missing_parts,
    outdated,
    places,
    redundant,
    repeated,
    short_titles,
    taken_ways,
    typos,
    unexplained,
)

RULES: tuple[Rule, ...] = (
    typos.RULE,
    fixed_expressions.RULE,
    outdated.RULE,
    half_frames.RULE,
    taken_ways.RULE,
    greater_efforts.RULE,
    crossed_frames.RULE,
    missing_effect.RULE,
    missing_parts.RULE,
    collocations.RULE,
    former_posts.RULE,
    redundant.RULE,
    repeated.RULE,
    county_forms.RULE,
    unexplained.RULE,
    short_titles.RULE,
    places.RULE,
)
