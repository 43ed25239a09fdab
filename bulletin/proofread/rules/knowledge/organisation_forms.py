"""CON005: units under a name that is wrong, or short before the full name was written."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.house import Organisation, Place, places_of, uncovered
from bulletin.model.problem import NOTHING, Severity, message
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

MANUAL = Manual(
    code="CON005",
    title=message("单位名称不规范，或没有先写全称"),
    says=message(
        "登记为错的单位名称（house/organisations.yaml 的 forbid）不用；简称（short）在一篇里先写过全称才用，这一点只提示。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="公文通例：使用非规范化简称，先用全称并注明简称",
    bad=("东方煤业集团总部设在市区。", "东煤公司召开座谈会。"),
    good=("东方煤业有限责任公司（以下简称东煤公司）召开座谈会。东煤公司党委高度重视。", "中组部印发通知。"),
    safety=Safety.UNSAFE,
    given=(
        "organisations:\n"
        "  - {id: org.dongmei, name: 东方煤业有限责任公司, short: [东煤公司], forbid: [东方煤业集团]}\n"
        "  - {id: org.zzb, name: 中共中央组织部, common: [中央组织部, 中组部]}\n"
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    written: set[str] = set()
    for text in article.texts:
        units = article.house.organisations_in(text.content)
        right = [place for unit in units for place in _places((unit.name, *unit.common), text)]
        for unit in units:
            yield from _wrong(text, unit, right)
            if text.prose and unit.entry.id not in written:
                yield from _too_early(text, unit, right)
            if text.prose and any(form in text.content for form in (unit.name, *unit.short)):
                written.add(unit.entry.id)


def _wrong(text: ReadText, unit: Organisation, right: list[Place]) -> Iterator[Finding]:
    right = right + _places(unit.short, text)
    for start, end in uncovered(_places(unit.forbid, text), right):
        words = text.words(start, end)
        what = message("“{form}”不是规范的名称，登记的全称是“{name}”", form=words.content, name=unit.name)
        short = (*unit.common, *unit.short)
        advice = message("简称可以用：{short}", short=short) if short else NOTHING
        fix = Fix(words, unit.name, MANUAL.safety)
        yield Finding(MANUAL.code, MANUAL.severity, words, what, advice, fix=fix, entry=unit.entry.id)


def _too_early(text: ReadText, unit: Organisation, right: list[Place]) -> Iterator[Finding]:
    """The first short form of an article, if the full name does not stand before it."""
    found = [*uncovered(_places(unit.short, text), right + _places(unit.forbid, text))]
    full = text.content.find(unit.name)
    if found and (full < 0 or found[0][0] < full):
        words = text.words(*found[0])
        what = message("简称“{form}”之前没有写全称“{name}”", form=words.content, name=unit.name)
        yield Finding(MANUAL.code, Severity.HINT, words, what, entry=unit.entry.id)


def _places(forms: tuple[str, ...], text: ReadText) -> list[Place]:
    return [place for form in forms for place in places_of(form, text.content)]


RULE = ArticleRule(MANUAL, _find)
