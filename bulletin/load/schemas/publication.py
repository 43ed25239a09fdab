"""`bulletin.yaml`: the settings of a publication."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bulletin.load.schemas.scalars import (
    Colour,
    Decimal,
    ProfileName,
    Schema,
    SiteAddress,
    SiteCode,
    Subjects,
    WebAddress,
    Whole,
    Words,
    Yes,
)


class CopyNumberSchema(Schema):
    digits: Annotated[Whole, Field(ge=3, le=8)] = Field(6, description="份号位数，一般为 6")
    position: Literal["left", "right", "none"] = Field(
        "right", description="份号在首页的左上角（left）还是右上角（right）；none 不印份号"
    )
    every_page: Yes = Field(False, description="是否每页都印份号（小字，在页脚）")
    code: Literal["none", "qr", "datamatrix"] = Field(
        "none", description="首页是否印二维码：qr 或 datamatrix，内有刊名、期号、份号和校验码"
    )
    tracing: Yes = Field(False, description="是否每页印淡色的追溯码；印制时登记在册")
    fixed: Yes = Field(False, description="份号是否固定给各单位，期期不变")


class CopyRegisterSchema(Schema):
    """The copy register."""

    url: Words | None = Field(
        None,
        description="几个人共用时写 PostgreSQL 的地址，如 postgresql://bulletin@10.0.0.5/bulletin，不写密码；不写则用 registers/copies.sqlite",
    )
    name: Words | None = Field(None, description="登记册上的刊名；改了刊名后写原来的刊名，不写则用 title")
    receipt_days: Annotated[Whole, Field(ge=1, le=365)] = Field(7, description="发出几天后没有签收算逾期")
    return_days: Annotated[Whole, Field(le=3650)] = Field(0, description="发出几天后应清退；0 为不清退")


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


class PartyGovernmentMarkSchema(Schema):
    """党政机关标识"""

    url: WebAddress = Field(description="点标识打开的网址：机构编制部门（bszs.conac.cn）发给本单位的那个链接")
    picture: Words | None = Field(
        None, description="标识的图：刊物文件夹里的 png 或 jpg，如 assets/mark.png；不写则显示文字"
    )


class WebSchema(Schema):
    """The web edition. Everything here is public."""

    url: SiteAddress | None = Field(
        None, description="网站首页的网址，如 https://lgb.example.gov.cn/gzdt/；不写则没有订阅、sitemap.xml 和规范网址"
    )
    name: Words | None = Field(None, description="网站名称（SiteName）；不写则用刊名")
    description: Words | None = Field(None, description="栏目说明（ColumnDescription）：登什么、给谁看")
    column: Words | None = Field(None, description="栏目名称（ColumnName）；不写则用刊名")
    keywords: Subjects = Field(
        (), description="栏目关键词（ColumnKeywords），如 [老干部工作, 经验交流]；不写则用栏目名称、刊名、编印单位"
    )
    sponsor: Words | None = Field(None, description="主办单位；不写则用编印单位")
    undertaker: Words | None = Field(None, description="承办单位")
    contact: Words | None = Field(None, description="公开的联系方式，印在页脚；这里写的电话可以出现在网上")
    id_code: SiteCode | None = Field(None, description="网站标识码（SiteIDCode），10 位，如 bm01000001")
    icp: Words | None = Field(None, description="ICP 备案号")
    police: Words | None = Field(None, description="公安备案号")
    report_url: WebAddress | None = Field(None, description="“我为政府网站找错”的网址")
    party_government_mark: PartyGovernmentMarkSchema | None = Field(None, description="党政机关标识，放在页脚")
    emblem: Words | None = Field(
        None, description="徽标：刊物文件夹里的 png 或 jpg，如 assets/emblem.png；大小不限，自动缩小"
    )
    accent: Colour | None = Field(
        None, description='主色，如 "#b3000c"，要加引号；在白纸上要看得清（对比度不低于 4.5）'
    )
    accent_dark: Colour | None = Field(None, description='夜间配色下的主色，如 "#ff8a80"；在黑底上要看得清')
    pdf: Yes = Field(True, description="网站上是否也提供各期的 PDF（只含可以看的文章，重新排版）")


class TargetSchema(Schema):
    """A place that a site is published to."""

    to: Words = Field(
        description="发布到哪里：本机或挂载的文件夹，如 /srv/www/gzdt、~/试发；服务器，如 sftp://fabu@10.0.0.8/srv/www/gzdt；对象存储，如 s3://bucket/gzdt/；只做交接包则写 kit"
    )
    audience: Literal["public", "intranet"] = Field("public", description="发布哪一个网站：public 公开，intranet 内网")
    url: SiteAddress | None = Field(
        None, description="发布之后从这个网址取回来核对；公开的不写则用 web.url，内网的不写则不取"
    )
    keep: Annotated[Whole, Field(ge=2, le=100)] = Field(5, description="保留最近几版（含正在用的），供回退")
    allow_removed: Annotated[Whole, Field(le=10000)] = Field(
        10, description="一次发布最多撤下几个网页；更多要加 --allow-delete"
    )
    signing_key: Words | None = Field(
        None, description="给每版清单签名的 SSH 密钥文件，如 ~/.ssh/id_ed25519；不写则不签名"
    )
    signers: Words | None = Field(
        None, description="可信签名人名单（allowed_signers 格式），如 house/signers；写了，没有签名或签名不对的版不能用"
    )
    known_hosts: Words | None = Field(
        None, description="服务器公钥名单，如 house/known_hosts；不写则用 ~/.ssh/known_hosts"
    )
    endpoint: WebAddress | None = Field(None, description="对象存储的接口网址；亚马逊的不写")
    region: Words | None = Field(None, description="对象存储的地域")


class PublicationSchema(Schema):
    """bulletin.yaml"""

    title: Words = Field(description="刊名，如 老干部工作动态")
    publisher: Words = Field(description="编印单位全称")
    language: Literal["zh-CN"] = Field("zh-CN", description="正文语言")
    profile: Literal["jianbao"] = Field("jianbao", description="体例：jianbao 是公文性简报")
    copy_number: CopyNumberSchema = Field(CopyNumberSchema(), description="份号的印法")
    copy_register: CopyRegisterSchema = Field(CopyRegisterSchema(), description="份号登记册")
    typesetting: TypesettingSchema = Field(TypesettingSchema(), description="印刷版的排法")
    layout: LayoutSchema = Field(LayoutSchema(), description="印刷版的版面")
    press: dict[ProfileName, PressProfileSchema] = Field(
        {}, description="印制方案，以名称为键；第一个是默认的。不写也有：骑马订、平订、双面、印刷厂"
    )
    pdf: PdfSchema = Field(PdfSchema(), description="印刷版的文件格式")
    web: WebSchema = Field(WebSchema(), description="网络版")
    publish: dict[ProfileName, TargetSchema] = Field({}, description="发布目标，以名称为键，如 外网")
    fonts: FontsSchema = Field(FontsSchema(), description="本单位自己的字库；不写的用自带的")
