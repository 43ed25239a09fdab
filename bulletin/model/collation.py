"""The order of names in lists: by sound, as in a Chinese directory."""

from __future__ import annotations

from bisect import bisect_right

_PARTY = "中共"
"""Before the names of so many units that it says nothing of their order."""
_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"
"""The codes of 啊 and 座: the usual characters, in the order of their pinyin (GB/T 2312-1980, level 1)."""

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_BEGINNINGS = [character.encode("gb18030") for character in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
"""The first character of each letter; no syllable begins with I, U or V."""
_SYLLABLES = [
    character.encode("gb18030")
    for character in (
        "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻捕擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗蹿摧村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜督端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖"
        "棺光瑰辊锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇"
        "拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜苏酸"
        "虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰一茵英哟拥幽迂鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
    )
]
"""The first character of each syllable, in the same order, tones apart: 驴 begins lü, 峦 luan."""
OTHERS = "其他"


def collation_key(name: str) -> bytes:
    """What names are sorted by: Latin letters and figures, then the 3,755 usual characters by their sound, then rarer ones."""
    return b"".join(map(_code, name.removeprefix(_PARTY)))


def initial(name: str) -> str:
    """The letter that the name's sound begins with, `A` to `Z`; `其他` for figures and for characters that are rare."""
    first = name.removeprefix(_PARTY)[:1]
    code = first.encode("gb18030")
    if _FIRST <= code <= _LAST and len(code) > 1:
        return _LETTERS[bisect_right(_BEGINNINGS, code) - 1]
    return first.upper() if first.isascii() and first.isalpha() else OTHERS


def same_sound(one: str, other: str) -> bool:
    """True if two usual characters have the same syllable, whatever their tones: 生 and 升; of rare ones nothing is known."""
    codes = [character.encode("gb18030") for character in (one, other)]
    usual = all(_FIRST <= code <= _LAST and len(code) > 1 for code in codes)
    return usual and len({bisect_right(_SYLLABLES, code) for code in codes}) == 1


def _code(character: str) -> bytes:
    code = character.encode("gb18030")
    return code if len(code) == 1 or _FIRST <= code <= _LAST else b"\xff" + code
