"""People with their posts, as text names them: 市委书记张雷同志, 中组部部长陈希在会上, 刘文生局长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.proof_text import ProofText, Words
from bulletin.proofread.facts.surnames import COMPOUND, SURNAMES

_POSTS = [
    "书记",
    "部长",
    "局长",
    "主任",
    "处长",
    "科长",
    "股长",
    "主席",
    "市长",
    "县长",
    "区长",
    "省长",
    "州长",
    "盟长",
    "旗长",
    "镇长",
    "乡长",
    "村长",
    "校长",
    "院长",
    "会长",
    "所长",
    "站长",
    "馆长",
    "社长",
    "队长",
    "组长",
    "班长",
    "厅长",
    "司长",
    "行长",
    "台长",
    "总编辑",
    "主编",
    "秘书长",
    "理事长",
    "董事长",
    "总经理",
    "经理",
    "厂长",
    "司令员",
    "政委",
    "政治委员",
    "参谋长",
    "检察长",
    "巡视员",
    "调研员",
    "督查员",
    "常委",
    "委员",
    "总理",
    "国务委员",
    "总书记",
    "副总理",
    "支书",
    "党组成员",
]
_POST = "|".join(sorted(_POSTS, key=len, reverse=True))
_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SURNAMES))}])"
_AFTER = r"(?=同志|先生|女士|等|在|于|和|与|及|对|向|就|为|从|到|率|带|出席|主持|作|讲|致|指|强调|介绍|参加|表示|代表|宣|说|也|都|将|已|曾|今年|现年|去年|每|主动|担任|组织|带头|牵头|参与|讲述|退休|坚持|热心|一直|老人|的|、|，|。|；|：|）|$)"
_NAME = rf"(?P<name>{_SURNAME}(?:[\u4e00-\u9fff]{{2}}{_AFTER}|[\u4e00-\u9fff]{_AFTER}))"
_WITH_POST = re.compile(rf"(?:{_POST}){_NAME}")
_ADDRESSED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?P<post>(?:常务)?副?(?:{_POST}))(?=[，。；：、）在]|$)"
)
_ADDRESS = re.compile(rf"(?:常务)?副?(?:{_POST})(?![团席员级])")
_PART = re.compile(rf"[\u4e00-\u9fff（）]{{0,30}}(?:{_POST})$")
_BREAK = re.compile(
    "[，。；：！？“”《》…\\s]|同志|(?<!自)由"
    "|(?:^|(?<=[，。；：！？“”、]))(?:经|请|受|以及|其中|得到|邀请|会上|近日|日前|随后|当天|接受|听取|陪同)"
)
_RANK = re.compile(rf"(?P<body>.*?)(?P<rank>(?:党[组委]|支部|党支部|党总支)?(?:常务|第一|代理?|名誉)?副?(?:{_POST}))$")
_MODIFIERS = re.compile("常务|第一|代理?|名誉|副")
_LONGEST = 60
_FORMER = ("原", "前", "时任", "曾任")
"""Before a post, or between the body and it: 原市委书记, 市委原书记."""
_NOT_NAMES = frozenset(
    [
        "成员",
        "全体",
        "单位",
        "干部",
        "高度",
        "方面",
        "关于",
        "任务",
        "任命",
        "成立",
        "成为",
        "安排",
        "安全",
        "严格",
        "关心",
        "关注",
        "解决",
        "管理",
        "管好",
        "管住",
        "包括",
        "包联",
        "路上",
        "易地",
        "常态",
        "项目",
        "段时",
        "范围",
        "强调",
        "强化",
        "石化",
        "单独",
        "成绩",
        "成果",
        "于是",
        "范例",
        "严肃",
        "解释",
        "柴油",
        "文件",
        "水平",
        "安心",
        "安静",
        "平均",
        "平时",
        "齐抓",
        "齐心",
    ]
)
"""Words that begin with a family name."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it is written: of which body (省委老干部局), and what (副局长). `former` is true of 原, 前, 时任."""

    body: str
    rank: str
    former: bool = False

    @property
    def written(self) -> str:
        return self.body + self.rank

    @property
    def plain(self) -> str:
        """What it is without 副, 常务, 第一, 代."""
        return _MODIFIERS.sub("", self.rank)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person at a place of a text; `words` are the name, `posts` those that stand before it."""

    name: str
    posts: tuple[Post, ...]
    words: Words


def people_in(text: ProofText) -> Iterator[NamedPerson]:
    """The people whom a text names with a post before the name, or right after it."""
    content = text.content
    for found in _WITH_POST.finditer(content):
        if found["name"][:2] not in _NOT_NAMES:
            posts = posts_in(_run(content, found.start("name")))
            if posts:
                yield NamedPerson(found["name"], posts, Words(text, *found.span("name")))
    for found in _ADDRESSED.finditer(content):
        yield NamedPerson(found["name"], posts_in(found["post"]), Words(text, *found.span("name")))


def posts_before(content: str, end: int) -> tuple[Post, ...]:
    """The posts that stand right before a name at `end`, whosever name it is."""
    return posts_in(_run(content, end))


def post_after(content: str, start: int) -> Post | None:
    """The post that somebody is addressed by, right after a name that ends at `start`: 刘文生局长."""
    found = _ADDRESS.match(content, start)
    return post_of(found[0]) if found else None


def _run(content: str, end: int) -> str:
    """The words before a name that may be its posts: back to a mark that is not 、."""
    before = content[max(0, end - _LONGEST) : end]
    return before[max((found.end() for found in _BREAK.finditer(before)), default=0) :]


def posts_in(written: str) -> tuple[Post, ...]:
    """The posts of a list: 省委组织部部务委员、省委老干部局局长. A part that is no post ends it, counted from the end."""
    posts: list[Post] = []
    for part in reversed(written.split("、")):
        if not _PART.match(part):
            break
        post = post_of(part)
        if post:
            posts.append(post)
    return tuple(reversed(posts))


def post_of(part: str) -> Post | None:
    """A post taken apart; `None` if it is none."""
    former = next((word for word in _FORMER if part.startswith(word)), "")
    found = _RANK.match(part.removeprefix(former))
    if found is None:
        return None
    body = found["body"]
    return Post(body.rstrip("原前"), found["rank"], bool(former) or body.endswith(_FORMER))
