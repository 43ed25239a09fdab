"""The examples of the type specimen in finished lines."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin.model.prose import Text
from bulletin.model.publication import Publication
from bulletin.model.specimen import SPECIMEN_CELLS, Rule, TypesetRule
from bulletin.model.typeface import CHAINS
from bulletin.typeset.faces import Faces
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, measure_of, set_paragraph
from bulletin.typeset.strip import Policy


def typeset_specimen(rules: Iterable[Rule], publication: Publication) -> tuple[TypesetRule, ...]:
    """The examples as the composer sets them, without an indent, with the spacing that official documents have."""
    size = publication.typesetting.size
    setting = Setting(Faces(dict(publication.faces)), Policy())
    measure = measure_of(size, SPECIMEN_CELLS)
    return tuple(_typeset_rule(rule, size.size_pt, measure, setting) for rule in rules)


def _typeset_rule(rule: Rule, size_pt: float, measure: Measure, setting: Setting) -> TypesetRule:
    chain = next(chain for chain in CHAINS if chain.name == rule.face)
    paragraph = set_paragraph([((Text(rule.text),), chain)], size_pt, measure, setting)
    return TypesetRule(rule, paragraph.contents[0], tuple(line.width_em for line in paragraph.lines))
