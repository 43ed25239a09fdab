"""`issue.yaml` and the front matter of articles."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from bulletin.load.schemas.scalars import Day, Lines, LongWords, Paragraphs, Schema, Subjects, Whole, Words, Yes


class EditorsSchema(Schema):
    responsible: Words = Field(description="责任编辑")
    editors: tuple[Words, ...] = Field((), description="编辑")
    phone: Words = Field(description="联系电话，如 024-86214322")


Ranks: TypeAlias = tuple[Annotated[tuple[Words, ...], Field(min_length=1)], ...]


def _worded(value: object) -> object:
    """A plain list of ranks is the short form of `{text: …, to: ranks}`."""
    if isinstance(value, str):
        raise PydanticCustomError("list_wanted", "not a list")
    return {"to": value} if isinstance(value, list) else value


class DistributionListSchema(Schema):
    text: LongWords | None = Field(None, description="印出来的文字；不写则印各单位名称")
    to: Ranks = Field(description="发给谁，用于计算份数")


DistributionListField = Annotated[
    DistributionListSchema,
    BeforeValidator(_worded),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
                DistributionListSchema.model_json_schema(),
            ]
        }
    ),
]


class DistributionSchema(Schema):
    报: DistributionListField | None = Field(None, description="呈报的上级")
    送: DistributionListField | None = Field(None, description="送达的同级或不相隶属单位")
    发: DistributionListField | None = Field(None, description="下发的单位")


class IssueSchema(Schema):
    """issue.yaml"""

    number: Annotated[Whole, Field(ge=1)] = Field(description="期号（本年第几期），与文件夹名一致")
    serial: Annotated[Whole, Field(ge=1)] | None = Field(None, description="总期号，比上一期大 1；增刊不写")
    supplement: Yes = Field(False, description="是否增刊")
    date: Day = Field(description="印发日期，如 2026-07-23")
    marking: tuple[Words, ...] = Field((), description="刊头左上方的标识，如 [内部资料, 注意保存]")
    editors: EditorsSchema = Field(description="责任编辑、编辑、联系电话")
    distribution: DistributionSchema = Field(description="报、送、发的范围")
    archive: Whole = Field(0, description="存档份数")
    spare: Whole = Field(0, description="机动份数")
    highlights: tuple[Words, ...] = Field((), description="手写的本期要览；不写则自动生成")
    editors_note: Paragraphs | None = Field(None, description="全期的编者按，印在本期要览之后")

    @model_validator(mode="after")
    def _serial_or_supplement(self) -> IssueSchema:
        if self.supplement == (self.serial is not None):
            raise PydanticCustomError("serial_or_supplement", "serial or supplement")
        return self


class FrontMatterSchema(Schema):
    """The front matter of an article."""

    kind: Words = Field(description="稿件种类：speech、report、notice……")
    title: Lines = Field(description="标题；写成列表则按所列各行排")
    subtitle: Words | None = Field(None, description="副题，不写破折号")
    speaker: Words | None = Field(None, description="讲话人，姓名中间不加空格")
    position: Words | None = Field(None, description="讲话人职务")
    organization: Words | None = Field(None, description="供稿单位全称")
    subjects: Subjects = Field((), description="主题，如 [党建, 文化养老]，用中文逗号、顿号隔开也可以；网络版按它归类")
    date: Day | None = Field(None, description="讲话或成文日期，如 2026-07-13")
    editors_note: Paragraphs | None = Field(None, description="编者按，印在标题之前")
