"""What each YAML file may say: pydantic models, which also give the JSON Schemas that editors' programs use."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WHOLE = re.compile(r"[0-9]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")
_PROFILE_NAME = re.compile(r"\w[\w（）()-]{0,19}")


def _whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole", "not a whole number")


def _decimal(value: object) -> float:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    raise PydanticCustomError("decimal", "not a number")


def _profile_name(value: str) -> str:
    """A name that can be a file's: letters, Han and digits."""
    if not _PROFILE_NAME.fullmatch(value):
        raise PydanticCustomError("profile_name", "not a name of a file")
    return value


def _day(value: object) -> date:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("day", "not a date")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day") from None


def _yes(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("yes", "not true or false")


def _no_comment(value: str) -> str:
    if "<!--" in value:
        raise PydanticCustomError("comment", "a comment")
    return value


def _lines(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\n]+$"),
    AfterValidator(_no_comment),
]
Paragraphs = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000), AfterValidator(_no_comment)
]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Decimal = Annotated[float, BeforeValidator(_decimal), WithJsonSchema({"type": "number", "minimum": 0})]
ProfileName = Annotated[str, AfterValidator(_profile_name)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Lines = Annotated[
    tuple[Words, ...],
    BeforeValidator(_lines),
    Field(min_length=1, max_length=10),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


class Schema(BaseModel):
    """Base of all: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CopyNumberSchema(Schema):
    digits: Annotated[Whole, Field(ge=3, le=8)] = Field(6, description="份号位数，一般为 6")
    position: Literal["left", "right", "none"] = Field(
        "right", description="份号在首页的左上角（left）还是右上角（right）；none 不印份号"
    )


class TypesettingSchema(Schema):
    """How lines are set."""

    size: Literal["15.75", "16"] = Field("15.75", description="正文字号（磅）：15.75 是传统三号，16 是 Word 的三号")
    han_latin_gap: Literal["none", "1/8", "1/4"] = Field(
        "none", description="汉字与西文、数字之间的空：none 不加（公文通例），1/8 或 1/4 个字"
    )
    prohibition: Literal["gb", "strict"] = Field(
        "gb", description="行首行尾禁则：gb 按国标；strict 另使破折号、省略号不在行首"
    )


class LayoutSchema(Schema):
    """How pages are filled."""

    articles: Literal["new_page", "continue"] = Field(
        "new_page", description="每篇另页起（new_page），还是接着上一篇排（continue）"
    )
    contents: Literal["short", "full"] = Field(
        "short", description="要览：short 只写“经验交流材料8篇”，full 在下面列出各篇标题和页码"
    )
    running_head: Yes = Field(False, description="每页版心之上是否印刊名和期号（首页不印）")
    booklet: Yes = Field(False, description="页数是否凑成 4 的倍数（骑马订）")


class PressProfileSchema(Schema):
    """How the issue goes to one place of printing."""

    imposition: Literal["duplex", "saddle", "side"] = Field(
        description="拼版：duplex 是 A4 单页双面；saddle 是 A3 骑马订；side 是 A3 折帖平订"
    )
    colour: Literal["rgb", "grey", "cmyk"] = Field(
        "rgb", description="颜色：rgb 不变（办公室打印机）；grey 全部灰度；cmyk 印刷四色（红字用 M80 Y80）"
    )
    crop_marks: Yes = Field(False, description="是否印裁切、套准、折叠、订位标记；纸张随之放大（A3 用 SRA3）")
    bleed_mm: Annotated[Decimal, Field(le=5)] = Field(3.0, description="出血（毫米），有裁切标记时用")
    paper_mm: Annotated[Decimal, Field(le=0.5)] = Field(
        0.1, description="一张纸的厚度（毫米），用于补偿爬移；70～80 克纸约 0.1，0 为不补偿"
    )
    signature_sheets: Annotated[Whole, Field(ge=1, le=16)] = Field(4, description="平订：一帖几张 A3（一张四面）")
    collating_marks: Yes = Field(False, description="平订：是否在书脊上印帖码（黑块），配帖时看有无错漏")


class PdfSchema(Schema):
    """The print PDF."""

    standard: Literal["a-2a", "a-3a"] = Field(
        "a-2a",
        description="长期保存格式：a-2a（PDF/A-2a）；a-3a（PDF/A-3a）另把本期的 issue.yaml 和稿件附在 PDF 里，只供存档。都同时符合 PDF/UA-1",
    )


class FontsSchema(Schema):
    """The bureau's own fonts, by what they are for."""

    仿宋: Words | None = Field(
        None, description="正文：字库文件，如 fonts/FZFSJW.TTF；.ttc 还要写明第几个，如 fonts/simsun.ttc#0"
    )
    楷体: Words | None = Field(None, description="二级标题、题下、引文")
    黑体: Words | None = Field(None, description="一级标题、标识、表头")
    小标宋: Words | None = Field(None, description="刊名、标题")
    宋体: Words | None = Field(None, description="脚注、页码")
    西文: Words | None = Field(None, description="数字、字母")


class PublicationSchema(Schema):
    """bulletin.yaml"""

    title: Words = Field(description="刊名，如 老干部工作动态")
    publisher: Words = Field(description="编印单位全称")
    language: Literal["zh-CN"] = Field("zh-CN", description="正文语言")
    profile: Literal["jianbao"] = Field("jianbao", description="体例：jianbao 是公文性简报")
    copy_number: CopyNumberSchema = Field(CopyNumberSchema(), description="份号的印法")
    typesetting: TypesettingSchema = Field(TypesettingSchema(), description="印刷版的排法")
    layout: LayoutSchema = Field(LayoutSchema(), description="印刷版的版面")
    press: dict[ProfileName, PressProfileSchema] = Field(
        {}, description="印制方案，以名称为键；第一个是默认的。不写也有：骑马订、平订、双面、印刷厂"
    )
    pdf: PdfSchema = Field(PdfSchema(), description="印刷版的文件格式")
    fonts: FontsSchema = Field(FontsSchema(), description="本单位自己的字库；不写的用自带的")


class RuleSchema(Schema):
    name: Words
    source: Words
    text: Words
    face: Literal["fang", "kai", "hei"] = "fang"


class SpecimenSchema(Schema):
    """assets/specimen.yaml"""

    rules: tuple[RuleSchema, ...] = Field(min_length=1)


class UnitSchema(Schema):
    name: Words = Field(description="单位名称")
    copies: Whole = Field(1, description="每期份数")


class GroupSchema(Schema):
    name: Words = Field(description="一组收件单位的统称")
    copies: Whole = Field(1, description="每个成员每期的份数")
    members: tuple[Words, ...] = Field((), description="成员名单")
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
    text: Words | None = Field(None, description="印出来的文字；不写则印各单位名称")
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
    date: Day | None = Field(None, description="讲话或成文日期，如 2026-07-13")
    editors_note: Paragraphs | None = Field(None, description="编者按，印在标题之前")


class ClearanceSchema(Schema):
    article: Words
    by: Words
    at: Words
    digest: Words


class ClearancesSchema(Schema):
    """clearances.yaml, written by `bulletin clear`"""

    clearances: tuple[ClearanceSchema, ...] = ()


class PartSchema(Schema):
    part: Words
    digest: Words


class SignOffSchema(Schema):
    by: Words
    at: Words
    pdf: Words
    parts: Annotated[tuple[PartSchema, ...], Field(min_length=1)]


class ForcedPrintSchema(Schema):
    by: Words
    at: Words
    reason: Words
    pdf: Words


class SignOffRecordSchema(Schema):
    """signoff.yaml, written by `bulletin sign`"""

    signoff: SignOffSchema | None = None
    forced: tuple[ForcedPrintSchema, ...] = ()


EDITED_FILES: tuple[tuple[str, type[Schema]], ...] = (
    ("bulletin", PublicationSchema),
    ("recipients", RecipientsSchema),
    ("issue", IssueSchema),
    ("article", FrontMatterSchema),
    ("kinds", KindsSchema),
)
"""The files that people edit, by the name of their JSON Schema."""


def json_schemas() -> dict[str, object]:
    """A JSON Schema for each file that people edit, by name."""
    return {name: schema.model_json_schema() for name, schema in EDITED_FILES}
