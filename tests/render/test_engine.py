"""The layout engine gets at nothing but declared assets, and nothing that it complains of passes (safety, 1.4)."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bulletin.compose import compose_edition
from bulletin.model.errors import RenderingFailed
from bulletin.render.engine import draw
from bulletin.render.print_css import faces_css
from bulletin.render.print_edition import render_print_html
from tests.conftest import ARTICLE, REPOSITORY, Make, article, load, printed, typeset

FONTCONFIG = REPOSITORY / "assets/fonts/fonts.conf"
FONTS = {f"asset:fonts/{path.name}": path for path in (REPOSITORY / "assets/fonts").glob("*.ttf")}
TARGET = (REPOSITORY / "pyproject.toml").as_uri()
ROUTES = {
    "stylesheet link": f'<link rel="stylesheet" href="{TARGET}">',
    "import": f"<style>@import '{TARGET}';</style>",
    "font face": f"<style>@font-face{{font-family:x;src:url({TARGET})}} p{{font-family:x}}</style><p>a",
    "content": f"<style>p::before{{content:url({TARGET})}}</style><p>a",
    "background": f"<p style='background:url({TARGET})'>a",
    "list image": f"<ul style='list-style-image:url({TARGET})'><li>a</ul>",
    "page background": f"<style>@page{{background:url({TARGET})}}</style>a",
    "image": f'<img src="{TARGET}" alt="x">',
    "object": f'<object data="{TARGET}">a</object>',
    "embed": f'<embed src="{TARGET}">',
    "attached by a": f'<a rel="attachment" href="{TARGET}">a</a>',
    "attached by link": f'<link rel="attachment" href="{TARGET}">',
    "http": '<img src="http://127.0.0.1:9/x.png" alt="x">',
    "data": '<img src="data:image/png;base64,AAAA" alt="x">',
    "relative": '<img src="x.png" alt="x">',
    "upper case": f'<img src="{TARGET.replace("file:", "FILE:")}" alt="x">',
    "unknown asset": '<img src="asset:pictures/0" alt="x">',
    "unknown property": "<style>p { no-such-property: 1 }</style><p>a",
}


def pdf_of(body: str, css: str = "", **assets: bytes) -> bytes:
    pictures = {f"asset:pictures/{name}": content for name, content in assets.items()}
    css = faces_css({path.name for path in FONTS.values()}) + css
    return draw(f"<html lang=zh-CN><title>x</title><body>{body}", css, {**FONTS, **pictures}, FONTCONFIG).content


@pytest.mark.parametrize("body", ROUTES.values(), ids=ROUTES.keys())
def test_every_other_route_stops_the_build(body: str) -> None:
    with pytest.raises(RenderingFailed):
        pdf_of(f"<p>a</p>{body}")


def test_a_picture_that_is_not_set_stops_the_build() -> None:
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    assert pdf_of('<img src="asset:pictures/a" alt="x">', a=content.getvalue())
    with pytest.raises(RenderingFailed):
        pdf_of("<p>a", a=content.getvalue())
    with pytest.raises(RenderingFailed):
        pdf_of('<img src="asset:pictures/a" alt="x">', a=content.getvalue()[:40])


def test_no_font_of_the_system_is_used(make: Make) -> None:
    """Every font in the PDF is one of the declared files; a character that they lack is refused before (prove_glyphs)."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    issue = load(make({ARTICLE: article("正文123abc，**粗**、*楷体*、`code`。昇\n\n## 标题\n\n### 二级\n\n正文")}))
    edition = compose_edition(issue)
    document = pdfium.PdfDocument(printed(edition, issue.publication).content)
    names = set()
    for page in document:
        for part in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            buffer = raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(part.raw), None, 0)
            text = bytearray(buffer)
            raw.FPDFFont_GetBaseFontName(
                raw.FPDFTextObj_GetFont(part.raw), (raw.ctypes.c_char * buffer).from_buffer(text), buffer
            )
            names.add(text.rstrip(b"\0").decode().split("+")[-1])
    assert names
    assert names <= {"Lat", "Fang", "FangMarks", "Kai", "WenKai", "Hei", "Biaosong", "Song"}


def test_what_an_author_writes_is_never_a_template_or_markup(make: Make) -> None:
    issue = load(make({ARTICLE: article("正文{{7*7}}{% raw %}&lt;script&gt;alert(1)&lt;/script&gt;`<b>`")}))
    html = render_print_html(typeset(compose_edition(issue), issue.publication), issue.publication)
    assert "{{7*7}}{% raw %}" in re.sub("</?span[^>]*>", "", html)
    assert "<script" not in html
    assert "<b>" not in html.split('class="body"')[1].split("</div>")[0]


def test_a_missing_library_is_named_with_the_command_that_installs_it() -> None:
    """WeasyPrint raises OSError when Pango is not there; played in a process of its own, where nothing is loaded yet."""
    script = (
        "import sys, types\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint': raise OSError('cannot load library libpango-1.0-0')\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from pathlib import Path\n"
        "from bulletin.render.engine import draw\n"
        "from bulletin.model.errors import MissingLibrary\n"
        "try: draw('', '', {}, Path('/x'))\n"
        "except MissingLibrary as failure: print(failure.advice)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert "apt-get install libpango-1.0-0" in done.stdout


def test_publications_files_override_the_built_in_ones(make: Make, tmp_path: Path) -> None:
    issue = load(
        make({"templates/print/issue.html": "<html lang=zh-CN><title>x</title><p>{{ edition.masthead.title }}</p>"})
    )
    assert render_print_html(typeset(compose_edition(issue), issue.publication), issue.publication).endswith(
        "<p>测试动态</p>"
    )
