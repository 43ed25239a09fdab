"""Bodies that a text names: 辽阳市老科协, 文安路社区, 铁法能源集团."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.proof_text import ProofText, Words
from bulletin.proofread.facts.mentions import Mention

_ENDS = [
    "委员会",
    "办公室",
    "办公厅",
    "领导小组",
    "集团公司",
    "集团",
    "公司",
    "研究院",
    "研究所",
    "研究会",
    "联合会",
    "促进会",
    "基金会",
    "协会",
    "学会",
    "老科协",
    "老科联",
    "关工委",
    "老年大学",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "医院",
    "中心",
    "服务队",
    "社区",
    "街道",
    "管委会",
    "居委会",
    "村委会",
    "党支部",
    "银行",
    "出版社",
    "杂志社",
    "日报社",
    "报社",
    "电视台",
    "图书馆",
    "博物馆",
    "档案馆",
    "纪念馆",
    "书画院",
    "艺术团",
    "合作社",
    "工委",
    "党校",
    "驿站",
    "局",
    "厅",
    "署",
    "科协",
    "科联",
    "文联",
    "社科联",
    "妇联",
    "工会",
    "团委",
]
ENDS = re.compile("|".join(sorted(_ENDS, key=len, reverse=True)))
_END = re.compile(f"(?:{ENDS.pattern})$")
_NAMING = frozenset(["n", "nr", "ns", "nt", "nz", "nrt", "j", "b", "vn", "eng", "x", "s", "f", "g", "ng"])
_ALSO_NAMING = frozenset({"离退休", "老"})
_NO_BODIES = re.compile("(?:(?:布|大|格|全|结|开|政|时|邮|当|骗|出|了|定)局|部署|(?:政府|企业|围绕|工作)中心)$")
_IS_HAN = re.compile(r"[\u4e00-\u9fff（）]+")
_SHORTEST, _LONGEST = 3, 24
_NOT = re.compile(
    r"^(?:[一二三四五六七八九十两几各该本我你他全每某多这那其\d]|所有|有关|相关|其他|部分|所属|基层|上级|下级|充分|认真|精心|调整|助力|扎根|服务|通报|规范化|经(?!济)|主管|所在)"
)


def organisations_in(text: ProofText, words: tuple[tuple[str, str], ...]) -> Iterator[Mention]:
    """Runs of words that name, up to one that ends as names of bodies do; `words` are those of the text, with their tags."""
    start = place = 0
    for word, tag in words:
        end = place + len(word)
        if not _IS_HAN.fullmatch(word) or (tag not in _NAMING and word not in _ALSO_NAMING):
            start = end
        else:
            name = text.content[start:end].lstrip("）")
            named = _END.search(name) and not _NO_BODIES.search(name) and not _NOT.match(name)
            if named and _SHORTEST <= len(name) <= _LONGEST and name.count("（") == name.count("）"):
                yield Mention(name, Words(text, end - len(name), end))
        place = end
