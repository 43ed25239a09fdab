"""FRM004: sentences that begin in one frame and end in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule


@dataclass(frozen=True, slots=True)
class _Frame:
    """A pattern whose first group is the words that do not fit."""

    pattern: re.Pattern[str]
    what: Message
    advice: Message
    severity: Severity = Severity.WARNING


_HEADS = "组长|会长|主任|团长|队长|总指挥|主席|负责人|召集人|校长|院长|站长"
_HONOURS = "先进单位|先进集体|先进个人|先进工作者|劳动模范|优秀党员|优秀共产党员|先进基层党组织"
_FRAMES = (
    _Frame(
        re.compile(
            r"(?:^|[，。；：、])(?:据|根据|依据|按照)[^，。；：]{0,30}(?:统计|数据|调查|报告|资料|结果|监测|报表|公告|财报)(显示)"
        ),
        message("“据……”和“……显示”只能用一个"),
        message("改成“……数据显示，”或者“据……统计，”"),
    ),
    _Frame(
        re.compile(
            rf"由(?![^，。；：]{{2,40}}(?:组成|组建|担任|牵头|推选|选举))[^，。；：“”]{{2,40}}(为(?:{_HEADS}))(?=[，。；、的])"
        ),
        message("“由……”和“以……为……”混在一起"),
        message("改成“由……任组长”，或者“以……为组长”"),
    ),
    _Frame(
        re.compile(r"(?:^|[，。；：])[^，。；：]{0,20}在[^，。；：]{2,60}会议?上，[^。；]{0,60}(在(?:会议|会|大会)上)"),
        message("前面已经说了“在……会议上”"),
        message("去掉“在会上”"),
    ),
    _Frame(
        re.compile(r"(在面临)[^，。；：]{2,30}的(?:实际|形势|现实|局面)，"),
        message("“在面临……的实际”不成句"),
        message("改成“面对……的实际”，或者“在……的情况下”"),
    ),
    _Frame(
        re.compile(
            r"(对于)[^。；：“”]{4,80}提供了[^，。；：]{0,20}(?:指导|保障|保证|支撑|支持|依据|遵循|借鉴|参考|动力)"
        ),
        message("“对于……”和“为……提供”混在一起"),
        message("把“对于”改成“为”"),
    ),
    _Frame(
        re.compile(
            r"原因[^。；：“”]{0,30}(?:是由于|是因为)[^。；：“”]{0,40}(所致|造成的|引起的|导致的|的缘故)(?=[，。；]|$)"
        ),
        message("“原因是……”和“由……造成”混在一起"),
        message("只用一个"),
    ),
    _Frame(
        re.compile(r"围绕(?!以)[^，。；：以]{1,30}(为(?:中心|核心|主题|主线|重点))(?=[，。；、的]|$)"),
        message("“围绕……”和“以……为……”混在一起"),
        message("改成“围绕……”，或者“以……为中心”"),
    ),
    _Frame(
        re.compile(r"本着(?!以)[^，。；：以]{1,30}(为(?:原则|目的|宗旨))(?=[，。；、的]|$)"),
        message("“本着……”和“以……为……”混在一起"),
        message("改成“本着……的原则”，或者“以……为原则”"),
    ),
    _Frame(
        re.compile(
            r"(?:关键|根本|重点|目的)在于[^，。；：“”]{2,30}((?:才是|是)(?:关键|根本|重点)(?:的|所在)?)(?=[，。；]|$)"
        ),
        message("“在于……”和“是关键”只能用一个"),
        message("去掉后面的“是关键”"),
    ),
    _Frame(
        re.compile(r"受[^，。；：“”]{1,15}(所(?:欢迎|喜爱|好评|称赞))"),
        message("“受……欢迎”和“为……所欢迎”混在一起"),
        message("去掉“所”"),
    ),
    _Frame(
        re.compile(
            r"(?:防止|避免|杜绝|严防|谨防)[^，。；：“”]{0,20}((?:不再|不要|不能|不得)(?:再次|再度)?)(?:发生|出现|重演)"
        ),
        message("“防止”“避免”后面又用否定，意思反了"),
        message("去掉后面的否定词"),
    ),
    _Frame(
        re.compile(r"(切[忌勿](?:不要|不可|不能))"),
        message("“切忌”“切勿”已经是否定"),
        message("去掉后面的否定词"),
    ),
    _Frame(
        re.compile(r"(无时无刻)(?![^，。；：！？]{0,20}不)"),
        message("“无时无刻”后面要有“不”"),
        message("改成“每时每刻”，或者“无时无刻不”"),
    ),
    _Frame(
        re.compile(
            r"(?:^|[，。；：])[^，。；：]{0,6}(在)[^，。；：“”]{2,30}后到[^，。；：“”]{2,20}(?:之前|前)(?=[，。；])"
        ),
        message("“在……后到……前”不成句"),
        message("改成“从……到……”"),
    ),
    _Frame(
        re.compile(r"(就)[^，。；：“”]{2,30}方面(?:提出|作出|进行|开展)"),
        message("“就……”和“在……方面”混在一起"),
        message("改成“就……提出”，或者“在……方面提出”"),
    ),
    _Frame(
        re.compile(r"(抗击)[^，。；：“”]{2,12}阻击战"),
        message("“阻击战”不能“抗击”"),
        message("改成“打赢……阻击战”，或者去掉“阻击战”"),
    ),
    _Frame(
        re.compile(r"(从)(?:其)?(?:成立|建立|创办|创建|设立|实施|改革开放|建党)以来"),
        message("“从……以来”混在一起"),
        message("改成“自……以来”，或者“从……起”"),
    ),
    _Frame(
        re.compile(r"(不断)(?:取得|得到|实现)了"),
        message("“不断”说还在进行，“了”说已经完成"),
        message("去掉一个"),
    ),
    _Frame(
        re.compile(r"(进行对)[^，。；：“”]{1,16}的(?!的)"),
        message("“进行对……的……”语序不顺"),
        message("改成“对……进行……”"),
        Severity.HINT,
    ),
    _Frame(
        re.compile(
            r"(推进|推动)[^，。；：把将]{2,20}(?:抓紧抓[实好]|抓实抓[细好]|抓好抓[实细]|抓细抓实)(?=[，。；]|$)"
        ),
        message("“推进……抓紧抓实”不成句"),
        message("把“推进”改成“把”，或者去掉后面的“抓紧抓实”"),
        Severity.HINT,
    ),
    _Frame(
        re.compile(
            r"(?:^|[，。；：])(?:指导|督促|引导|组织|帮助)[^，。；：“”和与]{2,10}(?:单位|部门|党组织|支部|党员|各地|地区)(要)(?!求|事|素|点)"
        ),
        message("“指导……要……”两句并成了一句"),
        message("去掉“要”"),
        Severity.HINT,
    ),
    _Frame(
        re.compile(
            r"((?:教师|老师|讲师|导师|评委|顾问)(?=[均都]?由[^，。；：“”]{2,24}(?:教师|老师|讲师|导师|评委|顾问)担任))"
        ),
        message("“……教师由……教师担任”，前后说的是同一个词"),
        message("改成“课程由……教师讲授”，或者去掉一个"),
        Severity.HINT,
    ),
    _Frame(
        re.compile(
            rf"(荣获)(?![^，。；“”]{{0,40}}(?:称号|荣誉|奖|金|银|铜|一等|表彰))[^，。；“”]{{2,40}}(?:{_HONOURS})(?=[，。；]|$)"
        ),
        message("“荣获”的是称号，后面少“称号”"),
        message("加“称号”，或者改成“被评为”"),
        Severity.HINT,
    ),
)

MANUAL = Manual(
    code="FRM004",
    title=message("句式杂糅"),
    says=message(
        "一句话用了两种说法的各一半：据……显示，由……为组长，在……会议上……在会上，对于……提供，围绕……为中心，避免……不再发生；“荣获……”少“称号”等拿不准的只提示。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="语法：句式杂糅、重复否定",
    bad=(
        "目前，据最新党内统计数据显示，党员占四分之一。",
        "组建由原主任徐某为组长，党员为成员的宣讲团。",
        "在全国老干部局长会议上，两位部长在会上作了阐释。",
        "2019年初，在面临机构撤并的实际，我们积极作为。",
        "对于做好工作提供了思想上的指导。",
        "避免类似问题不再发生。",
        "抓紧进行对平台的宣传普及。",
        "三是推进“一方隶属、多方管理”抓紧抓实。",
        "印发意见，指导各基层单位要组织好活动。",
        "授课教师均由本校教学能力强的教师担任。",
    ),
    good=(
        "最新党内统计数据显示，党员占四分之一。",
        "由徐某任组长。",
        "组建由党员组成、徐某为组长的宣讲团。",
        "在全国老干部局长会议上，两位部长作了阐释。",
        "在面临困难时，我们积极作为。",
        "为做好工作提供了思想上的指导。",
        "无时无刻不在想念家乡。",
        "荣获“全国先进集体”称号。",
        "抓紧对平台进行宣传普及。",
        "把“一方隶属、多方管理”抓紧抓实，推进工作。",
        "组织部门要指导各基层单位组织好活动。",
        "课程由本校教师担任，教师由学校聘请。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for frame in _FRAMES:
        for text, found in matches(article.prose, frame.pattern):
            words = text.words(*found.span(1))
            yield Finding(MANUAL.code, frame.severity, words, frame.what, frame.advice)


RULE = ArticleRule(MANUAL, _find)
