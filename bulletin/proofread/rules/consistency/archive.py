"""ARC001: a name that earlier issues wrote again and again, and this one almost so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bulletin.model.archive_facts import Earlier
from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.consistency import Form, candidates, forms_of, other_words, two_things
from bulletin.proofread.facts.alike import Likeness, likeness
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule

_OFTEN = 3
_LONG_ENOUGH = 5
_SURE = frozenset({Likeness.MARKS, Likeness.SLIP})

MANUAL = Manual(
    code="ARC001",
    title=message("名称与往期的写法不一致"),
    says=message(
        "往期写过三次以上、本期没有出现的名称或题名，本期有一个只差一两个字或标点的：多半写错了。确实改了名的，可以保留。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：与往期统一",
    bad=(
        "往期：开设“枫叶驿站课堂”。\n往期：“枫叶驿站课堂”很受欢迎。\n往期：继续办好“枫叶驿站课堂”。\n本月开设了“枫林驿站课堂”。",
        "往期：学习《离退休干部工作手册》。\n往期：印发《离退休干部工作手册》。\n往期：落实《离退休干部工作手册》。\n学习《离退休干部工作守册》。",
    ),
    good=(
        "往期：开设“枫叶驿站课堂”。\n往期：“枫叶驿站课堂”很受欢迎。\n本月开设了“枫林驿站课堂”。",
        "往期：学习《2025年工作要点》。\n往期：印发《2025年工作要点》。\n往期：落实《2025年工作要点》。\n学习《2026年工作要点》。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    if not issue.archive.issues:
        return
    quoted = forms_of(mention for text in issue.texts for mention in text.quoted)
    titled = forms_of(mention for text in issue.texts for mention in text.titled)
    yield from _compared(quoted, issue.archive.quoted, issue)
    yield from _compared(titled, issue.archive.titles, issue, other_words)


def _compared(
    forms: tuple[Form, ...],
    archive: tuple[Earlier, ...],
    issue: ReadIssue,
    apart: Callable[[str, str], bool] | None = None,
) -> Iterator[Finding]:
    known = {earlier.name: earlier for earlier in archive}
    names = {form.name for form in forms}
    usual = tuple(Form(name, ()) for name, earlier in known.items() if earlier.count >= _OFTEN and name not in names)
    new = tuple(form for form in forms if form.name not in known)
    told = set()
    for old, form in candidates((*usual, *new)):
        if old.places or not form.places or form.name in told:
            continue
        how = likeness(old.name, form.name)
        if how in _SURE and (how is Likeness.MARKS or not two_things(old, form, issue.house, apart)):
            told.add(form.name)
            yield _finding(form, known[old.name], how)


def _finding(form: Form, earlier: Earlier, how: Likeness | None) -> Finding:
    what = message(
        "往期写作“{there}”（{count}处，最近一次在{last}），这里是“{here}”",
        there=earlier.name,
        count=earlier.count,
        last=earlier.last,
        here=form.name,
    )
    sure = how is Likeness.MARKS or len(form.key) >= _LONG_ENOUGH
    severity = MANUAL.severity if sure else Severity.HINT
    return Finding(MANUAL.code, severity, form.places[0], what, message("核对；确实改了名的，可以保留"))


RULE = IssueRule(MANUAL, _find)
