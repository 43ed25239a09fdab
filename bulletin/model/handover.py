"""The hand-over kit (交接包) of an issue: what may be published of it, for an editor who pastes it into another system."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.edition import Article, WebEdition
from bulletin.model.key import IssueKey
from bulletin.model.picture import Picture
from bulletin.model.problem import Problem
from bulletin.model.site import Card

HANDOVER_FOLDER = "handover"
GUIDE_FILE, SHEET_FILE, SUMS_FILE = "先看这里.html", "登记表.xlsx", "清单.txt"
PAGE_FILE, SOURCE_FILE = "正文.html", "正文-源代码.txt"
NOTES_HEADING = "注释："
ARTICLES_SHEET, TAGS_SHEET, PICTURES_SHEET = "文章", "网页标签", "图片"
TAG_COLUMNS = ("序号", "标题", "标签", "整行复制")
PICTURE_COLUMNS = ("序号", "文件", "文字说明", "图题", "宽（像素）", "高（像素）")


class Field(Enum):
    """What the form of another system asks for; the value is the head of its column, in the order of such forms."""

    NUMBER = "序号"
    TITLE = "标题"
    SUBTITLE = "副标题"
    SECTION = "本刊栏目"
    SOURCE = "来源"
    AUTHOR = "作者"
    POSITION = "职务"
    WRITTEN = "讲话或成文日期"
    PUBLISHED = "发布日期"
    CLEARED = "审签日期"
    KEYWORDS = "关键词"
    SUMMARY = "摘要"
    CHARACTERS = "字数"
    PICTURES = "图片数"
    ATTACHMENT = "附件"
    ADDRESS = "本刊网站上的网址（没有就不填）"
    FOLDER = "文件夹"


COUNTS = frozenset({Field.NUMBER, Field.CHARACTERS, Field.PICTURES})
"""What is a number in the sheet, and not a text."""
OF_THE_KIT = frozenset({Field.NUMBER, Field.CHARACTERS, Field.PICTURES, Field.FOLDER})
"""What no form asks for: it stands in the sheet only."""


@dataclass(frozen=True, slots=True)
class KitPicture:
    """A picture where an article shows it: its file beside the text, `图1.jpg`; the same picture shown twice is one file."""

    file: str
    picture: Picture
    alternative: str
    caption: str


@dataclass(frozen=True, slots=True)
class KitArticle:
    """An article and its folder in the kit; that of an attachment lies in the folder of what it is attached to."""

    folder: str
    article: Article
    card: Card
    fields: tuple[tuple[Field, str], ...]
    pictures: tuple[KitPicture, ...]

    @property
    def said(self) -> tuple[tuple[Field, str], ...]:
        """What is copied into a form: the fields that say something."""
        return tuple((field, text) for field, text in self.fields if text and field not in OF_THE_KIT)


@dataclass(frozen=True, slots=True)
class Kit:
    """The articles of an issue that everybody may read, each in its folder. `address` is that of the home page of our own site, empty
    where there is none."""

    edition: WebEdition
    address: str
    articles: tuple[KitArticle, ...]

    @property
    def path(self) -> str:
        """`handover/2026-10.zip`."""
        return kit_path(self.edition.masthead.key)


def kit_path(key: IssueKey) -> str:
    """Where the kit of an issue lies, below the folder of outputs."""
    return f"{HANDOVER_FOLDER}/{key}.zip"


def whole_summary(summary: str) -> str:
    """The summary without the …… after a whole sentence: a form that asks for a summary has nothing that it goes on to."""
    whole = summary.removesuffix("……")
    return whole if whole.rstrip("”）").endswith(("。", "！", "？")) else summary


def placeholder(file: str) -> str:
    """What stands in the place of a picture in a text that is to be copied: a picture that is copied with it would take along where it
    lies on the editor's own machine."""
    return f"【此处插入图片：{file}】"


@dataclass(frozen=True, slots=True)
class KitMade:
    """A kit as it lies on disk: its articles (without attachments), attachments, files of pictures, bytes; `written` is false where it
    was the same already."""

    key: IssueKey
    path: str
    articles: int
    attachments: int
    pictures: int
    size: int
    written: bool


@dataclass(frozen=True, slots=True)
class HandoverReport:
    """What became of the kits that were wanted.

    `empty` are issues of which nothing may be published, `removed` the paths of kits that were taken away, `failed` issues whose kit could not be made:
    one of before, if there is any, is as it was.
    """

    problems: tuple[Problem, ...]
    kits: tuple[KitMade, ...] = ()
    empty: tuple[IssueKey, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[IssueKey, ...] = ()
