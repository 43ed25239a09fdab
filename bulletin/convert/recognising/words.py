"""Words by which parts of a bulletin are known: dates, names of units, positions, salutations."""

from __future__ import annotations

import re
from datetime import date

from bulletin.convert.repairs.names import is_name

_HAN_DIGITS = {**{sign: number for number, sign in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "Ｏ": 0, "O": 0}
_HAN_DATE = r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_DATE = rf"(?:(?:19|20)\d\d ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}|{_HAN_DATE})"
DATE = re.compile(_DATE)
DATE_LINE = re.compile(rf"[（(]?(?P<date>{_DATE})[)）]?")
DATE_AND_NAME = re.compile(
    rf"[（(](?P<date>{_DATE})[)）] ?(?P<name>[\u3400-\u9fff·]{{2,12}})|(?P<name2>[\u3400-\u9fff·]{{2,12}}) ?[（(](?P<date2>{_DATE})[)）]"
)
_UNIT = re.compile(
    r"(?:局|委|委员会|部|厅|处|科|室|办|办公室|中心|公司|集团|大学|学院|学校|中学|小学|医院|支部|总支|党委|党组|党工委|纪委|工委|协会|学会|联合会"
    r"|政府|院|社|银行|分行|支队|大队|总队|站|所|馆|街道|社区|总工会|妇联|团委|厂|矿|乡|镇|县|区|市|省|旗|州|盟)(?:（[^（）]{1,20}）)?"
)
_UNIT_AT_END = re.compile(rf".*{_UNIT.pattern}")
_PLACE = re.compile(r"[\u3400-\u9fff]{1,8}(?:省|市|县|区|旗|州|盟|乡|镇|街道|社区|村)")
_NOT_IN_UNIT = re.compile(r"[，。；：！？“”‘’《》—…\d ]")
_NOT_AT_START = re.compile(
    r"推进|推动|打造|建设|提升|提高|创新|坚持|强化|突出|以|努力|全面|着力|精准|充分|发挥|激发|做好|抓好|立足|围绕|深化|加强|落实|服务|凝聚|探索|用|让|把"
    r"|建立|完善|健全|构建|引领|聚焦|依托|开展|组织|实施|关于|走进|走好|当好|办好|建好|奋力|扎实|认真|积极|共|争|勇|书写|谱写|践行|弘扬|传承|守护|我"
)
_POSITION_END = re.compile(
    r"(?:长|书记|主任|委员|主席|专员|巡视员|调研员|经理|董事|代表|教授|院士|秘书|员|总监|主编|同志)$"
)
SALUTATION = re.compile(
    r"[^。；！？]{0,60}(?:们|同志|朋友|领导|书记|局长|主任|校长|代表|委员|来宾|女士|先生|老师)[：:]"
    r"|[^。；！？]{0,200}(?:部门|局|委|厅|处|科|办|办公室|部|院|校|大学|公司|单位|中心|协会|支部)[：:]"
)
EDITORS_NOTE = re.compile(
    r"[【〔\[（(]?(?:本刊)?(?:编者的话|编者按语?|按语|编者语|编 ?按)[】〕\]）)]?[ ：:]*(?=\S|$)|[【〔\[]?按[】〕\]]?[：:] *"
)
SUBTITLE = re.compile(r"(?:——|—|－－|--)\s*(?=\S)")


def date_of(text: str) -> date | None:
    """The date that the text is, in figures or in Han; `None` if there is no such day."""
    plain = "".join(text.split())
    figures = re.fullmatch(r"(\d{4})[年\-./](\d{1,2})[月\-./](\d{1,2})日?", plain)
    if figures:
        parts = [int(part) for part in figures.groups()]
    else:
        han = re.fullmatch(r"(.{4})年(.{1,2})月(.{1,3})日", plain)
        if not han or not all(sign in _HAN_DIGITS for sign in han[1]):
            return None
        parts = [int("".join(str(_HAN_DIGITS[sign]) for sign in han[1])), han_number(han[2]), han_number(han[3])]
    try:
        return date(*parts)
    except ValueError:
        return None


def han_number(text: str) -> int:
    """The number that figures, or Han up to 999, say; 0 if they say none."""
    if text.isdecimal():
        return int(text) if len(text) < 10 else 0
    total = digit = 0
    for sign in text:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit


def is_unit(text: str) -> bool:
    """True for the name of an office, a company, a school, or of a place that stands for one."""
    if not 2 <= len(text) <= 40 or _NOT_IN_UNIT.search(text) or _NOT_AT_START.match(text):
        return False
    return bool(_UNIT_AT_END.fullmatch(text))


def is_place(text: str) -> bool:
    """True for the bare name of a place."""
    return bool(_PLACE.fullmatch(text)) and not _NOT_AT_START.match(text)


def is_position(text: str) -> bool:
    """True for what somebody is."""
    return len(text) >= 2 and bool(_POSITION_END.search(text)) and not re.search(r"[。；！？\d]", text)


def position_and_name(text: str) -> tuple[str, str] | None:
    """`省委组织部副部长 刘某某` in its two parts."""
    words = text.replace("\u3000", " ").split(" ")
    last = words[-1].removesuffix("同志")
    if len(words) > 1 and is_name(last) and is_position("".join(words[:-1])):
        return " ".join(words[:-1]), last
    if len(words) > 1 and is_name(words[0]) and is_position("".join(words[1:])):
        return " ".join(words[1:]), words[0]
    for length in (3, 2, 4):
        before, name = text[:-length], text[-length:]
        if " " not in text and is_name(name) and len(before) > 3 and is_position(before):
            return before, name
    return None


def is_byline(text: str) -> bool:
    """True for a date, and for names of persons, units and places: what stands under a title."""
    words = text.split(" ")
    named = all(is_name(word) or is_unit(word) or (place == 0 and is_place(word)) for place, word in enumerate(words))
    return named or bool(DATE_LINE.fullmatch(text) or position_and_name(text))
