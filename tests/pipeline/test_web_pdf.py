"""The PDF of an issue on the web: what the audience may read, whole, and no trace of anything else."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from bulletin.compose import compose_edition, compose_web_edition
from bulletin.compose.web_print import compose_web_print
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.page import LINES
from bulletin.model.problem import Message, Outcome, Severity, Span, has_errors
from bulletin.model.publication import PdfStandard
from bulletin.model.site import PdfCard
from bulletin.model.walk import visible_text
from bulletin.pipeline.site.pdf import make_web_pdf, prepare_web_pdfs
from bulletin.prove.conformance import prove_conformance
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.render.fingerprint import web_pdf_fingerprint
from bulletin.typeset import typeset_edition
from tests.clearing import all_cleared, with_clearances
from tests.conftest import ARTICLE, BASE, REPOSITORY, Make, article, load

KEY = IssueKey(2026, False, 10)
URL = "https://lgb.example.gov.cn/gzdt/"
GAPS = {"09-shiheng": 3, "04-nanli": 12, "10-oral-history": 5, "06-jianglan-normal-university": 1}
"""Numbers of addresses with gaps, in another order than that of the articles."""


@dataclass(frozen=True)
class Made:
    """A PDF with what it was made from."""

    issue: Issue
    edition: WebEdition
    artifact: Artifact
    card: PdfCard

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def pages(self) -> list[str]:
        """The text of each page, without white space."""
        with pdfium.PdfDocument(self.artifact.content) as document:
            return [squeezed(page.get_textpage().get_text_bounded()) for page in document]

    @property
    def file(self) -> PrintFile:
        return PrintFile(self.artifact.content, compose_edition(self.issue), PdfStandard.A_2A)


def squeezed(text: str) -> str:
    return "".join(text.split())


def sample() -> Issue:
    publication = load_publication(REPOSITORY).value
    assert publication is not None
    issue = load_issue(REPOSITORY, KEY, publication).value
    assert issue is not None
    return with_address(issue)


def with_address(issue: Issue, url: str = URL) -> Issue:
    return replace(issue, publication=replace(issue.publication, web=replace(issue.publication.web, url=url)))


def make_pdf(root: Path, issue: Issue, audience: Audience) -> Made:
    edition = compose_web_edition(issue, audience)
    made = make_web_pdf(root, issue, edition)
    assert made.value is not None, made.problems
    assert made.problems == ()
    return Made(issue, edition, *made.value)


@pytest.fixture(scope="module")
def partial() -> Made:
    """The sample, four of its articles cleared."""
    return make_pdf(REPOSITORY, with_clearances(sample(), GAPS), Audience.PUBLIC)


@pytest.fixture(scope="module")
def whole() -> Made:
    """The sample, all of it cleared."""
    return make_pdf(REPOSITORY, all_cleared(sample()), Audience.PUBLIC)


@pytest.fixture(scope="module")
def intranet() -> Made:
    return make_pdf(REPOSITORY, sample(), Audience.INTRANET)


def private(issue: Issue) -> set[str]:
    """What is printed of the issue and is nobody's business on the web."""
    recipients = {recipient.name for recipient in issue.publication.recipients or ()}
    listed = {line for each in compose_edition(issue).imprint.distribution for line in each.ranks}  # type: ignore[union-attr]
    editors = {issue.editors.responsible, *issue.editors.editors, issue.editors.phone}
    return recipients | listed | editors | {"编号：", "共印", "责任编辑", "联系电话", "报：", "送：", "发："}


def secrets(made: Made) -> set[str]:
    """Everything that must not be in the file, and is not in what may be read."""
    shown = squeezed(visible_text((made.edition.articles, made.edition.highlights)))
    held = [each for each in made.issue.manuscripts if each.slug not in {one.slug for one in made.edition.articles}]
    texts = (squeezed(visible_text(block)) for manuscript in held for block in manuscript.blocks)
    sentences = {part for text in texts for part in re.split("[。；！？]", text) if len(part) > 7}
    heads = {text for each in held for text in (*each.title, each.subtitle, each.byline, each.slug)}
    marking = set(made.issue.marking if made.edition.audience is Audience.PUBLIC else ())
    found = {squeezed(text) for text in sentences | heads | private(made.issue) | marking}
    return {text for text in found if text and text not in shown}


def strings_of(content: bytes) -> Iterator[str]:
    """Every string and name of the file, and every stream that is text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in (*pdf.objects, pdf.trailer):
            yield from _strings(thing)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != pikepdf.Name.Image:
                yield thing.read_bytes().decode("utf-8", errors="replace")


def _strings(thing: pikepdf.Object) -> Iterator[str]:
    if isinstance(thing, (pikepdf.String, pikepdf.Name)):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            if not (isinstance(each, pikepdf.Object) and each.is_indirect):
                yield from _strings(each)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for name, each in thing.items():
            yield name
            if not (isinstance(each, pikepdf.Object) and each.is_indirect):
                yield from _strings(each)


def characters_of(made: Made) -> set[str]:
    """Every character that a glyph of the file's fonts stands for, shown or not."""
    file = made.file
    return {text for page, name in file.fonts for known in file.characters(page, name).values() for text in known}


@pytest.mark.parametrize("name", ["partial", "whole", "intranet"])
def test_nothing_is_in_the_file_but_what_may_be_read(name: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue(name)
    forbidden = secrets(made)
    assert len(forbidden) > 20
    text, strings = made.text, squeezed("\n".join(strings_of(made.artifact.content)))
    assert {each for each in forbidden if each in text or each in strings} == set()
    known = squeezed(
        visible_text(made.edition.articles) + repr(made.edition) + URL + "本期要览主办：网址：网络版，共内网版"
    )
    assert {each for each in characters_of(made) if not each.isspace()} <= {*known, *"—0123456789①②③"}


def test_the_search_for_what_must_not_be_there_can_find_it(partial: Made, whole: Made) -> None:
    """The same search, of the file in which everything is: it is not blind."""
    held = secrets(partial)
    text, strings = whole.text, squeezed("\n".join(strings_of(whole.artifact.content)))
    assert len([each for each in held if each in text]) > 100
    assert any(each in strings for each in held)
    assert "珺" in characters_of(whole) - characters_of(partial)


def test_every_article_that_may_be_read_is_there_whole(partial: Made, whole: Made, intranet: Made) -> None:
    for made, count in ((partial, 4), (whole, 11), (intranet, 11)):
        assert len(made.edition.articles) == count
        text = made.text
        for article_ in made.edition.articles:
            assert squeezed(article_.plain_title) in text
            sentences = [part for part in re.split("[。；！？]", squeezed(visible_text(article_.blocks))) if part]
            assert sum(part in text for part in sentences) > 0.9 * len(sentences)
        assert bookmarks(made) == [squeezed(each.plain_title) for each in made.edition.articles]


def bookmarks(made: Made) -> list[str]:
    with pdfium.PdfDocument(made.artifact.content) as document:
        return [squeezed(each.get_title()) for each in document.get_toc(max_depth=1) if each.level == 0]


def test_the_marking_is_for_the_intranet(whole: Made, intranet: Made) -> None:
    assert intranet.pages[0].startswith("内部资料注意保存银龄工作动态")
    assert whole.pages[0].startswith("银龄工作动态")


def test_the_foot_is_the_last_thing(partial: Made, intranet: Made) -> None:
    publisher = "主办：中共江澜省委老干部局2026年10月23日"
    assert re.search(publisher + f"网址：{re.escape(URL)}2026/10/网络版，共4篇—\\d+—$", partial.pages[-1])
    assert re.search(publisher + "内网版，共10篇—\\d+—$", intranet.pages[-1])
    with pikepdf.open(io.BytesIO(partial.artifact.content)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert str(links[-1].A.URI) == f"{URL}2026/10/"


@pytest.mark.parametrize("name", ["partial", "whole", "intranet"])
def test_openings_are_the_pages_on_which_articles_begin(name: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue(name)
    pages = made.pages
    assert [card.number for card in made.edition.cards] == [each.position for each in made.edition.articles]
    assert len(made.card.openings) == len(made.edition.articles)
    assert (made.card.pages, made.card.size) == (len(pages), len(made.artifact.content))
    for article_, opening in zip(made.edition.articles, made.card.openings, strict=True):
        before = squeezed(visible_text(article_.editors_note) + article_.label)
        title = squeezed(article_.plain_title)
        begins_page = pages[opening - 1].startswith(before + title)
        assert begins_page or (opening == 2 and before + title in pages[1])
        named = {
            title,
            *(squeezed(each.text) for each in made.edition.highlights if each.position == article_.position),
        }
        assert article_.label or any(f"{each}{opening}" in pages[0] + pages[1] for each in named)


def test_numbers_of_addresses_may_have_gaps_and_any_order(partial: Made) -> None:
    assert [each.position for each in partial.edition.articles] == [12, 1, 3, 5]
    assert list(partial.card.openings) == sorted(partial.card.openings)
    with pikepdf.open(io.BytesIO(partial.artifact.content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        names = pdf.Root.Names.Dests.Names
        found = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        places = {
            name: (place.D if isinstance(place, pikepdf.Dictionary) else place)[0] for name, place in found.items()
        }
        opened = {
            int(name[2:]): pages[place.objgen] for name, place in places.items() if re.fullmatch("a-[0-9]+", name)
        }
    assert opened == dict(zip([12, 1, 3, 5], partial.card.openings, strict=True))


def test_it_is_what_the_print_pdf_is_as_a_file(make: Make) -> None:
    """PDF/A-2a and PDF/UA-1, with nothing attached, even where the print PDF has its sources."""
    root = make({"bulletin.yaml": BASE["bulletin.yaml"] + "pdf: {standard: a-3a}\n"})
    made = make_pdf(root, all_cleared(load(root)), Audience.PUBLIC)
    printed = compose_web_print(made.edition, made.issue.publication.web)
    file = PrintFile(made.artifact.content, printed, PdfStandard.A_2A)
    assert made.issue.publication.pdf_standard is PdfStandard.A_3A
    assert prove_conformance(file, Span("issue.yaml")) == ()
    assert "/AF" not in file.pdf.Root
    assert "/EmbeddedFiles" not in file.pdf.Root.get("/Names", {})
    assert made.artifact.path == "2026/01/2026-01.pdf"


@pytest.mark.slow
def test_the_same_bytes_in_another_process(partial: Made, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.pipeline.test_web_pdf import *\n"
        "made = make_pdf(REPOSITORY, with_clearances(sample(), GAPS), Audience.PUBLIC)\n"
        "Path(sys.argv[1]).write_bytes(made.artifact.content)\n"
    )
    other = tmp_path / "other.pdf"
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(REPOSITORY), "TZ": "America/Lima", "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", program, str(other)], check=True, env=environment)
    assert other.read_bytes() == partial.artifact.content


LONG_URL = "https://www.laoganbu-gongzuo.jianglan.gov.cn/zhuanti/2026/yinling-gongzuo-dongtai/wangluoban/"
LONG_NAME = "中共江澜省委老干部局离退休干部党建工作领导小组办公室"


@pytest.mark.parametrize("url", ["", "https://a.cn/", URL, LONG_URL, f"https://a.cn/{'changlujing' * 8}/"])
@pytest.mark.parametrize("publisher", ["某局", LONG_NAME, LONG_NAME * 2])
def test_the_foot_holds_whatever_it_has_to_say(make: Make, url: str, publisher: str) -> None:
    root = make({"bulletin.yaml": f"title: 测试动态\npublisher: {publisher}\n"})
    made = make_pdf(root, with_address(all_cleared(load(root)), url), Audience.PUBLIC)
    foot = f"主办：{publisher}2026年1月20日" + (f"网址：{url}2026/01/" if url else "") + "网络版，共1篇—2—"
    assert made.text.endswith(foot)


@pytest.mark.parametrize("paragraphs", range(1, 2 * LINES, 3))
def test_it_ends_where_it_ends(make: Make, paragraphs: int) -> None:
    """No blank pages, as a sheet of paper would need; every page has its number."""
    root = make({ARTICLE: article("短段。\n\n" * paragraphs)})
    made = make_pdf(root, all_cleared(load(root)), Audience.PUBLIC)
    pages = made.pages
    assert [page.endswith(f"—{number}—") for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    assert len(pages) == 1 + -(-(paragraphs + 4 + 3) // LINES) or len(pages) == 2 + -(-(paragraphs + 4) // LINES)


def test_a_character_that_no_face_has_leaves_the_pdf_out_and_says_where(make: Make) -> None:
    root = make({ARTICLE: article("正文一段。\n\n\U0001f600。")})
    made = _made(root, load(root))
    assert made.value is None
    [told] = made.problems
    assert (told.code, told.severity) == ("web-pdf-left-out", Severity.WARNING)
    assert (told.span.path, told.span.line) == (ARTICLE, 9)
    assert "网站上没有本期的 PDF" in str(told.message)
    assert "\U0001f600" in str(told.message)
    assert str(told.advice)


def _made(root: Path, issue: Issue) -> Outcome[tuple[Artifact, PdfCard]]:
    return make_web_pdf(root, issue, compose_web_edition(issue, Audience.INTRANET))


def test_a_template_that_adds_words_leaves_the_pdf_out(make: Make) -> None:
    """A bureau's own template may be wrong: what it adds is found by the proof, and not published."""
    built_in = (REPOSITORY / "templates/print/issue.html").read_text("utf-8")
    added = built_in.replace('<p class="numbering">', '<p class="numbering">联系电话010-12345678 ')
    root = make({"templates/print/issue.html": added})
    made = _made(root, load(root))
    assert made.value is None
    assert {problem.code for problem in made.problems} == {"web-pdf-left-out"}
    assert "联系电话010-12345678" in str(made.problems[0].message)


def test_what_the_engine_refuses_leaves_the_pdf_out(make: Make) -> None:
    built_in = (REPOSITORY / "templates/print/issue.html").read_text("utf-8")
    reaching = built_in.replace("<body>", '<body><img src="file:///etc/hostname" alt="">')
    made = _made(root := make({"templates/print/issue.html": reaching}), load(root))
    assert made.value is None
    assert [problem.code for problem in made.problems] == ["web-pdf-left-out"]
    assert made.problems[0].span == Span("issues/2026-01/issue.yaml")
    assert "已拒绝" in str(made.problems[0].message)


def test_warnings_of_lines_are_for_those_who_print(make: Make) -> None:
    """A line with nothing to stretch: a hint of the build, and nothing here."""
    root = make({ARTICLE: article("见" + "https://example.gov.cn/" + "a" * 40 + "，" + "W" * 50 + "。")})
    issue = load(root)
    _, hints = typeset_edition(compose_edition(issue), issue.publication, Span("issue.yaml"))
    assert hints
    assert not has_errors(hints)
    assert _made(root, issue).problems == ()


def test_the_engine_is_proven_once_before_the_issues(make: Make, tmp_path: Path) -> None:
    publication = load(make()).publication
    said: list[Message] = []
    for _ in range(2):
        ready = prepare_web_pdfs(publication, tmp_path / "build", said.append)
        assert ready.value == publication
    assert len(said) == 1


def test_the_fingerprint_changes_with_looks_and_does_not_load_the_engine(make: Make) -> None:
    plain = load(make()).publication
    sheet = load(make({"assets/css/web-pdf.css": ".imprint dl { display: none }\n"}, folder="sheet")).publication
    size = load(make({"bulletin.yaml": BASE["bulletin.yaml"] + "typesetting: {size: 16}\n"}, folder="size")).publication
    assert len({web_pdf_fingerprint(each) for each in (plain, sheet, size)}) == 3
    assert web_pdf_fingerprint(load(make(folder="again")).publication) == web_pdf_fingerprint(plain)
    program = (
        "import sys; from pathlib import Path\n"
        "from bulletin.load.publication import load_publication; from bulletin.render.fingerprint import web_pdf_fingerprint\n"
        "import bulletin.compose.web_print\n"
        "web_pdf_fingerprint(load_publication(Path(sys.argv[1])).value)\n"
        "print(sorted({'weasyprint', 'pikepdf', 'pypdfium2', 'uharfbuzz'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", program, str(REPOSITORY)]
    assert subprocess.run(command, check=True, capture_output=True, cwd=REPOSITORY, text=True).stdout == "[]\n"


def test_articles_begin_below_the_highlights_that_the_first_page_does_not_hold(whole: Made, partial: Made) -> None:
    first, second = whole.edition.articles[0], whole.pages[1]
    assert "要览" in whole.pages[0]
    assert second.index("关于征集“银龄记忆”口述资料的通知") < second.index(squeezed(first.plain_title))
    assert partial.pages[1].startswith(squeezed(partial.edition.articles[0].plain_title))
