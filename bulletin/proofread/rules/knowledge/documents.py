"""REF001: documents cited with another number, year, issuer or title than registered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import Document, House
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.alike import distance, key_of
from bulletin.proofread.facts.contrast import contrasted
from bulletin.proofread.facts.mentions import Mention
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_NUMBER = re.compile(r"》?（(?P<number>[\u4e00-\u9fff]{1,14}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号)）")
_ISSUED = r"(?:又|也|先后|联合|共同|还)?(?:印发|下发|出台|颁布|公布|发布|制定|作出)了?$"
_ISSUED_IN = re.compile(
    rf"(?P<year>(?:19|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[^。；，！？“”《》\d]{{0,16}}，?[^。；，！？“”《》\d]{{0,30}}?{_ISSUED}"
)
_ISSUED_BY = re.compile(rf"(?P<issuer>[^。；，！？“”《》]{{2,40}}?){_ISSUED}")
_BRACKETS = str.maketrans("[【（(]】）)", "〔〔〔〔〕〕〕〕")
_BEFORE = 60
_LONG = 12
"""Titles that are shorter differ from others by a character rightly: 行政处罚法 and 行政处分法."""
_HEAD = 6

MANUAL = Manual(
    code="REF001",
    title=message("引用文件的标题、文号、年份、机关与登记的不符"),
    says=message(
        "文中写《标题》（文号）和“某年某机关印发《标题》”的，与 house/documents.yaml 核对。文号不同、文号相同而标题不同是错误；"
        "年份、机关不同，标题只差一个字，是警告。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：引文准确；公文通例：引用公文先引标题，后引发文字号；house/documents.yaml",
    bad=(
        "落实《关于加强离退休干部党建工作的意见》（某组发〔2019〕8号）。",
        "2018年，某某省委组织部印发《关于加强离退休干部党建工作的意见》。",
        "2019年，某某省财政厅印发《关于加强离退休干部党建工作的意见》。",
        "落实《关于加强离退休干部党支部工作的意见》（某组发〔2019〕9号）。",
        "落实《关于加强离退休干部党建工作意见》。",
    ),
    good=(
        "2019年，某某省委组织部印发《关于加强离退休干部党建工作的意见》（某组发〔2019〕9号）。",
        "2020年，认真学习《关于加强离退休干部党建工作的意见》。",
        "某市出台《关于加强离退休干部党建工作的实施意见》。",
    ),
    given=(
        "documents:\n  - {id: doc.dangjian, title: 关于加强离退休干部党建工作的意见, number: 某组发〔2019〕9号, issuer: 某某省委组织部, date: 2019-03-05}\n"
        "  - {id: doc.jingfei, title: 关于经费保障的通知, number: 某财〔2018〕1号, issuer: 某某省财政厅, date: 2018-01-08}\n"
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    if article.house.documents:
        registry = _Registry(article.house)
        for text in article.texts:
            for mention in text.titled:
                yield from _of_title(text, mention, registry)


class _Registry:
    """The documents by what they are known by."""

    def __init__(self, house: House) -> None:
        self.by_title = {key_of(title): each for each in house.documents for title in (each.title, *each.short)}
        self.by_number = {_number(each.number): each for each in house.documents if each.number}
        self.by_end: dict[str, list[Document]] = {}
        for each in house.documents:
            for end in {key_of(each.title)[:_HEAD], key_of(each.title)[-_HEAD:]}:
                self.by_end.setdefault(end, []).append(each)
        self.issuers = {
            issuer: _forms(issuer, house) for each in house.documents for issuer in each.issuer.split("、") if issuer
        }

    def nearest(self, key: str) -> Document | None:
        """The document whose title is a slip away from this one: then one of its ends is the same."""
        near = (*self.by_end.get(key[:_HEAD], ()), *self.by_end.get(key[-_HEAD:], ()))
        titles = ((each, key_of(each.title)) for each in near)
        return next(
            (
                each
                for each, title in titles
                if len(title) >= _LONG and distance(key, title, 1) == 1 and not contrasted(key, title)
            ),
            None,
        )


def _number(number: str) -> str:
    return number.translate(_BRACKETS).replace("第", "")


def _forms(issuer: str, house: House) -> tuple[str, ...]:
    """The names that an issuer goes by."""
    for unit in house.organisations:
        if issuer in (unit.name, *unit.short, *unit.common):
            return (unit.name, *unit.short, *unit.common)
    return (issuer,)


def _of_title(text: ReadText, mention: Mention, registry: _Registry) -> Iterator[Finding]:
    title = mention.words
    numbered = _NUMBER.match(text.content, title.end)
    known = registry.by_title.get(key_of(mention.name))
    if known is not None:
        if numbered and known.number and _number(numbered["number"]) != _number(known.number):
            what = message("登记的文号是 {number}", number=known.number)
            yield _finding(text.words(*numbered.span("number")), what, known, MANUAL.severity)
        yield from _of_issue(text, title.start - 1, known, registry)
        return
    by_number = registry.by_number.get(_number(numbered["number"])) if numbered else None
    if by_number is not None:
        what = message("文号是这个的文件，登记的标题是《{title}》", title=by_number.title)
        yield _finding(title, what, by_number, MANUAL.severity)
    elif not numbered and (near := registry.nearest(key_of(mention.name))):
        what = message("与登记的文件只差一个字：《{title}》", title=near.title)
        yield _finding(title, what, near, Severity.WARNING)


def _of_issue(text: ReadText, end: int, known: Document, registry: _Registry) -> Iterator[Finding]:
    """Year and issuer, where the words before the title say that it was issued."""
    start = max(0, end - _BEFORE)
    before = text.content[start:end]
    dated = _ISSUED_IN.search(before)
    if dated and known.day and int(dated["year"]) != known.day.year:
        what = message("登记的成文日期是 {day}", day=str(known.day))
        yield _finding(
            text.words(start + dated.start("year"), start + dated.end("year")), what, known, Severity.WARNING
        )
    issued = _ISSUED_BY.search(before)
    if issued and known.issuer:
        own = [form for issuer in known.issuer.split("、") for form in registry.issuers[issuer]]
        if any(form in issued["issuer"] for form in own):
            return
        for form in (form for forms in registry.issuers.values() for form in forms if form in issued["issuer"]):
            place = start + issued.start("issuer") + issued["issuer"].find(form)
            what = message("登记的发文机关是{issuer}", issuer=known.issuer)
            yield _finding(text.words(place, place + len(form)), what, known, Severity.WARNING)
            return


def _finding(words: Words, what: Message, known: Document, severity: Severity) -> Finding:
    advice = message("核对原件；登记错了，改 house/documents.yaml 里的“{id}”", id=known.entry.id)
    return Finding(MANUAL.code, severity, words, what, advice, entry=known.entry.id)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
