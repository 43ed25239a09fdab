"""What the house knows: `house/{terms,people,organisations,documents,claims,quotes}.yaml`, and the program's own start in `assets/house/`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bulletin.load.schemas.scalars import Day, Paragraphs, Schema, Whole, Words, Yes

_ID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._·-]{0,79}")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise PydanticCustomError("entry_id", "not an id")
    return value


Id = Annotated[Words, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})]
Samples = Annotated[tuple[Paragraphs, ...], Field(max_length=40)]
Forms = Annotated[tuple[Words, ...], Field(max_length=200)]


class ExamplesSchema(Schema):
    bad: Samples = Field((), description="错的例子，逐条试验：都要查得出来")
    good: Samples = Field((), description="对的例子，逐条试验：都不能误报")


class EntrySchema(Schema):
    id: Id = Field(description="条目的编号，如 typo.bushu；与程序自带的相同时，以这里为准")
    source: Words | None = Field(None, description="出处：哪个文件、哪部词典、谁定的")
    examples: ExamplesSchema = Field(ExamplesSchema(), description="例子")


class TermSchema(EntrySchema):
    kind: Literal["typo", "variant", "fixed", "brand", "term", "abbreviation"] = Field(
        description="typo 错别字，variant 不是首选的写法，fixed 固定表述，brand 品牌、活动名称，term 术语，abbreviation 数字缩略语"
    )
    preferred: Words = Field(description="正确的写法")
    forbid: Forms = Field((), description="错误的写法，逐字对照")
    pattern: Words | None = Field(
        None, description="错误写法的正则式，用来写明上下文；有圆括号的，第一个括号里是错的字。重复写明次数，如 .{0,10}"
    )
    members: Forms = Field((), description="固定表述、缩略语的各项内容，按次序")
    not_variants: Forms = Field((), description="看着像错、其实对的词")
    quoted: Literal["always"] | None = Field(None, description="always：总要加引号")
    valid_from: Day | None = Field(None, description="从哪天的文稿起算错")
    valid_until: Day | None = Field(None, description="到哪天的文稿为止算错（含当天）")
    allow_in: tuple[Literal["quotation", "title"], ...] = Field(
        ("quotation", "title"), description="哪里不算错：quotation 引文，title 书名号里"
    )
    severity: Literal["error", "warning", "hint"] | None = Field(None, description="错误、警告还是提示；不写则按种类")
    strength: Literal["国标", "实务", "本局"] | None = Field(None, description="谁定的")
    fix: Literal["safe", "unsafe", "none"] = Field(
        "none", description="可否自动改：safe 可以，unsafe 要人看过，none 不改"
    )
    why: Words | None = Field(None, description="为什么")


class PostSchema(Schema):
    text: Words = Field(description="职务，如 省委老干部局局长；兼任的用顿号隔开")
    since: Day | None = Field(None, description="从哪天起任职")
    until: Day | None = Field(None, description="任职到哪天为止（含当天）")
    rank: Annotated[Whole, Field(ge=1)] | None = Field(None, description="任此职时在领导名单里的位次，1 在最前")


class PersonSchema(EntrySchema):
    name: Annotated[Words, Field(min_length=2, max_length=30)] = Field(description="姓名，中间不加空格")
    posts: tuple[PostSchema, ...] = Field((), description="历任和现任职务")
    short: Forms = Field((), description="可以印的简称，如 刘局长")


class OrganisationSchema(EntrySchema):
    name: Words = Field(description="全称")
    short: Forms = Field((), description="简称，先写过全称才能用")
    common: Forms = Field((), description="人人都懂的简称，不必先写全称")
    forbid: Forms = Field((), description="错误的写法")


class DocumentSchema(EntrySchema):
    title: Words = Field(description="标题，不写书名号")
    number: Words | None = Field(None, description="发文字号，如 中办发〔2016〕3号")
    issuer: Words | None = Field(None, description="发文机关")
    date: Day | None = Field(None, description="成文日期")
    short: Forms = Field((), description="标题的简称，不写书名号")


class ClaimSchema(EntrySchema):
    what: Words = Field(description="什么的数，如 全省离退休干部；数可以插在中间的，写成 全省…离退休干部")
    forms: Annotated[Forms, Field(min_length=1)] = Field(description="可以印的写法，如 [109.6万, 近110万]")
    as_of: Day | None = Field(None, description="截至哪天的数；有新数后，旧数不再用")


class QuoteSchema(EntrySchema):
    speaker: Words = Field(description="谁说的")
    text: Paragraphs = Field(description="原话，一字不差，外面不加引号")
    occasion: Words | None = Field(None, description="在什么会议、什么文件上")
    date: Day | None = Field(None, description="哪天")


class DisabledSchema(Schema):
    id: Id = Field(description="程序自带的条目的编号")
    disabled: Yes = Field(description="true：不用这一条")
    why: Words | None = Field(None, description="为什么不用")


class OrDisabled:
    """An entry, or in its place the word that the program's entry of that id is not wanted; told apart by the key `disabled`, so that faults are
    those of what was meant."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        entry, _disabled = get_args(source)
        return core_schema.no_info_wrap_validator_function(_or_disabled, handler.generate_schema(entry))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [handler(cast("Any", core)["schema"]), DisabledSchema.model_json_schema()]}


def _or_disabled(value: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    if isinstance(value, dict) and "disabled" in value:
        return DisabledSchema.model_validate(value)
    return handler(value)


Terms = tuple[Annotated[TermSchema | DisabledSchema, OrDisabled()], ...]
People = tuple[Annotated[PersonSchema | DisabledSchema, OrDisabled()], ...]
Organisations = tuple[Annotated[OrganisationSchema | DisabledSchema, OrDisabled()], ...]
Documents = tuple[Annotated[DocumentSchema | DisabledSchema, OrDisabled()], ...]
Claims = tuple[Annotated[ClaimSchema | DisabledSchema, OrDisabled()], ...]
Quotes = tuple[Annotated[QuoteSchema | DisabledSchema, OrDisabled()], ...]


class TermsSchema(Schema):
    """house/terms.yaml"""

    terms: Terms = Field((), description="用词：错别字、固定表述、品牌、缩略语")


class PeopleSchema(Schema):
    """house/people.yaml"""

    people: People = Field((), description="人和职务")


class OrganisationsSchema(Schema):
    """house/organisations.yaml"""

    organisations: Organisations = Field((), description="单位的全称和简称")


class DocumentsSchema(Schema):
    """house/documents.yaml"""

    documents: Documents = Field((), description="常引用的文件")


class ClaimsSchema(Schema):
    """house/claims.yaml"""

    claims: Claims = Field((), description="常用的数")


class QuotesSchema(Schema):
    """house/quotes.yaml"""

    quotes: Quotes = Field((), description="核对过的引文")


class KnowledgeSchema(TermsSchema, PeopleSchema, OrganisationsSchema, DocumentsSchema, ClaimsSchema, QuotesSchema):
    """assets/house/*.yaml"""
