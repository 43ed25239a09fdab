"""What each page says of itself in its head, for search engines, other sites and the government's survey of sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bulletin.model.edition import WebEdition
from bulletin.model.picture import Picture
from bulletin.model.prose import Figure
from bulletin.model.site import Around, Card, ListKind, ListPage, PageKind
from bulletin.model.walk import walk
from bulletin.render.web.addresses import file_address, page_address, picture_file
from bulletin.render.web.frame import Frame
from bulletin.render.web.linked_data import (
    Record,
    Step,
    article_record,
    collection_record,
    graph,
    home_records,
    issue_record,
)

COLUMN_TYPE = "工作动态"
_LONGEST = 150
"""Characters of a description; search engines show no more."""
_LISTED_BY = {
    ListKind.SECTION: "{title}刊登的“{name}”，共{count}篇。",
    ListKind.UNIT: "{title}刊登的{name}的文章，共{count}篇。",
    ListKind.SPEAKER: "{title}刊登的{name}的讲话，共{count}篇。",
    ListKind.SUBJECT: "{title}刊登的主题为“{name}”的文章，共{count}篇。",
}


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself, `page_head` in templates; `templates/web/head.html` writes it.

    `address` is the page's one whole address, empty where that of the site is not known. `trail` leads from the home page to this one.
    `names` are `<meta name>`, `properties` `<meta property>`; `neighbours` the pages before and after, by `prev` and `next`; `data` is JSON-LD.
    `found` is false of pages that search engines are asked to leave out.
    """

    title: str
    description: str
    address: str
    trail: tuple[Step, ...]
    found: bool
    names: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    neighbours: tuple[tuple[str, str], ...]
    data: Record | None


def article_head(frame: Frame, edition: WebEdition, place: int) -> PageHead:
    """The head of the article at `place`, from 0."""
    card = edition.cards[place]
    around = {place - 1: "prev", place + 1: "next"}
    picture = _first_picture(edition, place)
    owner = (Step(each.title, each.path) for each in edition.cards if each.number == card.attached_to)
    trail = (*_issue_trail(edition), *owner, Step(card.title, card.path))
    head = _head(frame, card.title, card.summary, trail, "article")
    return replace(
        head,
        description="",  # HTML does not tell `description` from the government's `Description`, and wants it once
        title=f"{card.title}——{edition.masthead.title}{edition.masthead.numbering}",
        names=(*head.names, *_column(frame), *_known(_article_names(frame, edition, card, picture))),
        properties=(*head.properties, *_article_properties(frame, edition, card, picture)),
        neighbours=tuple((rel, edition.cards[at].path) for at, rel in around.items() if 0 <= at < len(edition.cards)),
        data=graph(frame, trail, article_record(frame, edition, card, _picture_address(frame, edition, picture))),
    )


def issue_head(frame: Frame, edition: WebEdition, around: Around) -> PageHead:
    """The head of the issue's own page."""
    trail = _issue_trail(edition)
    title = f"{edition.masthead.title}{edition.masthead.key.year}年{edition.masthead.numbering}"
    description = _cut(f"{title}：{'；'.join(highlight.text for highlight in edition.shown_highlights)}".rstrip("："))
    head = _head(frame, title, description, trail)
    neighbours = (("prev", around.older_path), ("next", around.newer_path))
    return replace(
        head,
        names=(*head.names, *_column(frame)),
        neighbours=tuple((rel, path) for rel, path in neighbours if path),
        data=graph(frame, trail, issue_record(frame, edition)),
    )


def list_head(frame: Frame, page: ListPage) -> PageHead:
    """The head of a page that is no issue and no article."""
    trail = tuple(_list_trail(page))
    head = _head(frame, page.title or frame.settings.name, _list_description(frame, page), trail)
    match page.kind:
        case PageKind.HOME:
            names = tuple(dict.fromkeys((frame.title, frame.settings.name)))
            column, data = _column(frame), graph(frame, (), *home_records(frame))
            return replace(head, title="——".join(names), names=(*head.names, *column), data=data)
        case kind if not kind.found:
            head = replace(head, address="", found=False, properties=())
        case PageKind.HELP | PageKind.SITEMAP:
            head = replace(head, data=graph(frame, trail))
        case _:
            names_and_column = (*head.names, *_list_column(frame, page, head.description))
            data = graph(frame, trail, collection_record(frame, page))
            head = replace(head, names=names_and_column, data=data)
    return replace(head, title=f"{page.title}——{frame.settings.name}")


def published_at(day: date) -> str:
    """`2026-10-23T00:00:00+08:00`: an issue bears a date and no hour, so its articles appear as that day begins in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _head(frame: Frame, title: str, description: str, trail: tuple[Step, ...], kind: str = "website") -> PageHead:
    """What the heads of all pages have; `kind` is the page's type in Open Graph."""
    address = page_address(frame, trail[-1].path)
    properties = (
        ("og:type", kind),
        ("og:site_name", frame.settings.name),
        ("og:title", title),
        ("og:description", description),
        ("og:url", address),
        ("og:locale", frame.language.replace("-", "_")),
    )
    site = (
        ("SiteName", frame.settings.name),
        ("SiteDomain", frame.settings.domain),
        ("SiteIDCode", frame.settings.id_code),
    )
    return PageHead(
        title=title,
        description=description,
        address=address,
        trail=trail,
        found=not frame.internal,
        names=_known(site),
        properties=_known(properties) if address else (),
        neighbours=(),
        data=None,
    )


def _known(said: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What has a value: of what is not known nothing is said."""
    return tuple((name, content) for name, content in said if content)


def _column(frame: Frame) -> tuple[tuple[str, str], ...]:
    """The bulletin as a column of the bureau's site: on its home page, its issues and their articles.

    Source: 《政府网站发展指引》（国办发〔2017〕47号）, annex on 网页标签: content pages bear the tags of their column too.
    """
    settings = frame.settings
    return _known(
        (
            ("ColumnName", settings.column),
            ("ColumnDescription", settings.description),
            ("ColumnKeywords", _listed(_keywords(frame))),
            ("ColumnType", COLUMN_TYPE),
        )
    )


def _list_column(frame: Frame, page: ListPage, description: str) -> tuple[tuple[str, str], ...]:
    """A page of the archive or of a list as a column of its own."""
    return (
        ("ColumnName", page.title),
        ("ColumnDescription", description),
        ("ColumnKeywords", _listed((page.title, *_keywords(frame)))),
        ("ColumnType", COLUMN_TYPE),
    )


def _keywords(frame: Frame) -> tuple[str, ...]:
    return frame.settings.keywords or tuple(dict.fromkeys((frame.settings.column, frame.title, frame.publisher)))


def _listed(words: tuple[str, ...]) -> str:
    """Words parted by `,`, as the annex asks; one inside of a word would part it."""
    return ",".join(dict.fromkeys(word.replace(",", "，") for word in words))


def _article_names(
    frame: Frame, edition: WebEdition, card: Card, picture: Picture | None
) -> tuple[tuple[str, str], ...]:
    """The tags of a content page, in the order of the annex.

    `PubDate` is the day of the issue at 00:00, as government sites write days whose hour is not recorded; the article's own date, of a
    speech for example, is when it was given, not when it was published.
    """
    return (
        ("ArticleTitle", card.title),
        ("PubDate", f"{edition.masthead.date.isoformat()} 00:00"),
        ("ContentSource", card.organization or frame.publisher),
        ("Keywords", _listed((*card.subjects, card.section_name))),
        ("Author", card.byline),
        ("Description", card.summary),
        ("Image", _picture_address(frame, edition, picture)),
        ("Url", page_address(frame, card.path)),
    )


def _article_properties(
    frame: Frame, edition: WebEdition, card: Card, picture: Picture | None
) -> Iterator[tuple[str, str]]:
    """The Open Graph object `article`, and its picture."""
    if not frame.address:
        return
    yield "article:published_time", published_at(edition.masthead.date)
    yield "article:section", card.section_name
    yield from (("article:tag", subject) for subject in card.subjects)
    if picture:
        yield "og:image", _picture_address(frame, edition, picture)
        yield "og:image:width", str(picture.width_px)
        yield "og:image:height", str(picture.height_px)


def _first_picture(edition: WebEdition, place: int) -> Picture | None:
    """The first picture that the article shows."""
    if not edition.pictures:
        return None
    figure = next(walk(edition.articles[place].blocks, Figure), None)
    return next((each for each in edition.pictures if figure and each.name == figure.picture), None)


def _picture_address(frame: Frame, edition: WebEdition, picture: Picture | None) -> str:
    return file_address(frame, f"{edition.folder}/{picture_file(picture)}") if picture else ""


_HOME, _ARCHIVE = Step("首页", ""), Step("往期", "archive")


def _issue_trail(edition: WebEdition) -> tuple[Step, ...]:
    year = str(edition.masthead.key.year)
    return (_HOME, _ARCHIVE, Step(f"{year}年", year), Step(edition.masthead.numbering, edition.folder))


def _list_trail(page: ListPage) -> Iterator[Step]:
    yield _HOME
    if page.kind in (PageKind.YEAR, PageKind.WITHDRAWN):
        yield _ARCHIVE
    if page.kind is PageKind.LIST:
        yield Step("分类", "browse")
        _, _, year = page.path.partition("/")[2].partition("/")
        if year:
            yield Step(page.title.removesuffix(f"（{year}年）"), page.path.removesuffix(f"/{year}"))
    if page.kind is not PageKind.HOME:
        yield Step(page.title, page.path)


def _list_description(frame: Frame, page: ListPage) -> str:
    match page.kind:
        case PageKind.HOME:
            return frame.settings.description or f"{frame.title}，{frame.publisher}编印。"
        case PageKind.ARCHIVE:
            return f"{frame.title}往期，共{len(page.issues)}期。"
        case PageKind.YEAR:
            return f"{frame.title}{page.title}各期，共{len(page.issues)}期、{len(page.articles)}篇文章。"
        case PageKind.BROWSE:
            return f"按栏目、单位、讲话人、主题找{frame.title}的文章。"
        case PageKind.LIST:
            kind, _, rest = page.path.partition("/")
            whole = sum(link.count for link in page.years) if "/" not in rest and page.years else len(page.articles)
            return _LISTED_BY[ListKind(kind)].format(title=frame.title, name=page.title, count=whole)
        case PageKind.SEARCH:
            return f"搜索{frame.title}的文章。"
        case PageKind.HELP:
            return f"怎样用{frame.title}网站：字号、颜色、朗读、键盘、搜索、订阅，无障碍浏览。"
        case PageKind.SITEMAP:
            return f"{frame.title}网站有哪些网页：各年、各栏目、各单位、讲话人、主题。"
        case PageKind.MISSING | PageKind.WITHDRAWN:
            return ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rstrip("，、；：") + "……"
