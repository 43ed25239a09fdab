"""What people write in the cells of a table, in the writing of a `recipients.yaml`."""

from __future__ import annotations

import re
import unicodedata

from bulletin.model.recipient_list import Field

_ALWAYS = frozenset({"长期", "至今", "-", "—", "——"})
_WHOLE = re.compile(r"(?P<digits>\d{1,6})(\.0+)?[份个]?")
_DAY = re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?( 0?0:00(:00)?)?")
_ROUTES = {
    "机要": "机要交通",
    "机要件": "机要交通",
    "机要通信": "机要交通",
    "交换": "交换站",
    "交换箱": "交换站",
    "文件交换站": "交换站",
    "专送": "专人",
    "派人送": "专人",
    "专人送达": "专人",
    "自领": "自取",
    "领取": "自取",
    "来人自取": "自取",
}


def value_of(field: Field, text: str) -> str:
    """The text of a cell as the field has it, `2` for `２份`, `2026-01-31` for `2026年1月31日`; as it is where it cannot be that."""
    plain = unicodedata.normalize("NFKC", text)
    if field in (Field.COPIES, Field.COUNT):
        return _whole(plain) or text
    if field in (Field.SINCE, Field.UNTIL):
        return "" if text in _ALWAYS else _day(plain) or text
    return _ROUTES.get(plain, plain) if field is Field.ROUTE else text


def _whole(plain: str) -> str:
    found = _WHOLE.fullmatch(plain.replace(" ", ""))
    return str(int(found["digits"])) if found else ""


def _day(plain: str) -> str:
    found = _DAY.fullmatch(re.sub("(?<=[年月]) ", "", plain))
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}" if found else ""
