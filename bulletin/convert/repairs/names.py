"""Names of persons: by the family names that most people have."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘"
    "祝包代宁尚符舒阮柯纪梅童毕单季成凌霍苗裴涂谷曲盛翁冉蓝路游靳辛管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤时穆农司古吉缪车项连芦麦褚娄窦戚岑党宫"
    "费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢"
    "扈奚綦逄亓宿阚撖逯"
)
"""Single family names; together nearly all bearers.

Source: 公安部《二〇二〇年全国姓名报告》 for the first hundred; the rest from common use.
"""
DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "慕容",
    "皇甫",
    "司徒",
    "令狐",
    "尉迟",
    "东方",
    "夏侯",
    "端木",
    "公孙",
)
_ENDS_OF_PLACES = frozenset("省市县区旗州盟镇乡村局部处委院校")
_NAME = re.compile("[\u3400-\u9fff]{2,4}")


def is_name(text: str) -> bool:
    """True for what is a person's name by its form: two or three Han after a family name, or one with a middle dot."""
    if "·" in text:
        return 4 <= len(text) <= 15 and all("\u3400" <= sign <= "\u9fff" or sign == "·" for sign in text)
    if not _NAME.fullmatch(text) or text[-1] in _ENDS_OF_PLACES:
        return False
    if text.startswith(DOUBLE_SURNAMES):
        return len(text) in (3, 4)
    return text[0] in SURNAMES and len(text) <= 3
