"""DIC001: wrong characters, and forms of a word that are not the recommended one."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.house import TermKind
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.wordings import finding_of, wordings_in

_KINDS = frozenset({TermKind.TYPO, TermKind.VARIANT, TermKind.TERM})

MANUAL = Manual(
    code="DIC001",
    title=message("错别字和不推荐的异形词"),
    says=message(
        "词库里写明是错的字词（程序自带的词表，和本局的 house/terms.yaml）。单看每个字都对、用在这里不对的（到社区党组织报道），看上下文。"
        "异形词推荐用前一种写法，只提示。引文和题名里的不报。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）；《第一批异形词整理表》（GF 1001—2001）",
    bad=("作出周密布署。", "党员携登记表到社区党组织报道。"),
    good=("作出周密部署。", "集中宣传报道基层党组织。", "他说：“作出周密布署。”"),
    safety=Safety.SAFE,
    given="terms:\n"
    "  - {id: bushu, kind: typo, preferred: 部署, forbid: [布署], fix: safe}\n"
    "  - {id: baodao, kind: typo, preferred: 报到, pattern: '党组织(报道)(?=[，。])', severity: warning, fix: unsafe}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for wording in wordings_in(article, _KINDS):
        wrong, right = wording.words.content, wording.term.preferred
        if wording.term.kind is TermKind.VARIANT:
            what = message("“{wrong}”推荐写作“{right}”", wrong=wrong, right=right)
        else:
            what = message("“{wrong}”应为“{right}”", wrong=wrong, right=right)
        yield finding_of(MANUAL.code, wording, what)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
