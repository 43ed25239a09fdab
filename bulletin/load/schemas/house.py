"""What the bureau knows: recipients, kinds of article, rules of the type specimen."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from bulletin.load.schemas.scalars import Day, Schema, Whole, Words, Yes


class RuleSchema(Schema):
    name: Words
    source: Words
    text: Words
    face: Literal["fang", "kai", "hei"] = "fang"


class SpecimenSchema(Schema):
    """assets/specimen.yaml"""

    rules: tuple[RuleSchema, ...] = Field(min_length=1)


RouteName: TypeAlias = Literal["机要交通", "交换站", "专人", "自取"]


class UnitSchema(Schema):
    name: Words = Field(description="单位名称")
    copies: Whole = Field(1, description="每期份数")
    route: RouteName | None = Field(None, description="发送方式")
    contact: Words | None = Field(None, description="联系人、电话")
    address: Words | None = Field(None, description="地址")
    since: Day | None = Field(None, description="从哪天的期起发送，如 2026-03-01")
    until: Day | None = Field(None, description="发送到哪天的期为止（含当天）")


class MemberSchema(Schema):
    name: Words = Field(description="成员名称")
    copies: Whole | None = Field(None, description="每期份数；不写则同本组")
    route: RouteName | None = Field(None, description="发送方式；不写则同本组")
    contact: Words | None = Field(None, description="联系人、电话；不写则同本组")
    address: Words | None = Field(None, description="地址；不写则同本组")
    since: Day | None = Field(None, description="从哪天的期起发送；不写则同本组")
    until: Day | None = Field(None, description="发送到哪天的期为止；不写则同本组")


def _named(value: object) -> object:
    """A plain name is the short form of `{name: …}`."""
    return {"name": value} if isinstance(value, str) else value


MemberField = Annotated[
    MemberSchema,
    BeforeValidator(_named),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, MemberSchema.model_json_schema()]}),
]


class GroupSchema(UnitSchema):
    name: Words = Field(description="一组收件单位的统称")
    copies: Whole = Field(1, description="每个成员每期的份数")
    members: tuple[MemberField, ...] = Field((), description="成员名单：名称，或 {name: 名称, copies: 份数……}")
    count: Whole = Field(0, description="成员个数；有名单时不写")

    @model_validator(mode="after")
    def _one_of_members_and_count(self) -> GroupSchema:
        if bool(self.members) == bool(self.count):
            raise PydanticCustomError("members_or_count", "members or count")
        return self


class RecipientsSchema(Schema):
    """house/recipients.yaml"""

    units: tuple[UnitSchema, ...] = Field((), description="单个收件单位")
    groups: tuple[GroupSchema, ...] = Field((), description="成组的收件单位")


_HIGHLIGHT_NAMES = frozenset({"title", "subtitle", "speaker", "position", "organization", "occasion", "label"})
_COUNTED_NAMES = frozenset({"label", "count"})


class KindSchema(Schema):
    label: Words = Field(description="栏目名，如 经验交流材料")
    byline: Literal["speaker", "organization", "none"] = Field(
        description="题下印讲话人（speaker）、单位（organization），还是都不印（none）"
    )
    requires: tuple[Literal["speaker", "position", "organization", "date", "subtitle"], ...] = Field(
        (), description="此类稿件必须有的栏位"
    )
    highlight: str = Field(
        "{title}", description="要览里的写法，可用 {title} {speaker} {position} {organization} {occasion}"
    )
    counted: str = Field("", description="要览里合并计数的写法，可用 {label} {count}")
    spaced_byline: Yes = Field(False, description="题下姓名是否字间加空")
    signed: Yes = Field(False, description="单位和日期是否印在文末（署名），不印在题下")
    attachment: Yes = Field(False, description="是否附件：属于前面一篇，不进要览")

    @model_validator(mode="after")
    def _templates_fill(self) -> KindSchema:
        if not _fills(self.highlight, _HIGHLIGHT_NAMES) or not _fills(self.counted, _COUNTED_NAMES):
            raise PydanticCustomError("highlight_template", "unknown name in template")
        if not (self.highlight or self.counted or self.attachment):
            raise PydanticCustomError("highlight_template", "empty template")
        return self


def _fills(template: str, names: frozenset[str]) -> bool:
    """True if the template has nothing in braces but these names, without format or attribute."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return False
    return all(name is None or (name in names and not spec and not conversion) for _, name, spec, conversion in parts)


class KindsSchema(Schema):
    """assets/kinds.yaml"""

    kinds: dict[str, KindSchema] = Field(description="稿件种类")
