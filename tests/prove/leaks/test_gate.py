"""The canary: a real public site beside an article that is not cleared, and its sentences planted in every kind of file."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import urllib.parse
import zipfile
from collections.abc import Callable

import brotli
import pytest
from PIL import Image, PngImagePlugin

from bulletin.model.artifact import Artifact
from bulletin.model.problem import Severity
from tests.conftest import Make, article
from tests.gates import (
    FILES,
    SECRET,
    SENTENCE,
    cleared,
    gate,
    named,
    places,
    publication,
    site_of,
)


def line_of(text: str, path: str = SECRET) -> str:
    """The line of the source that has the text."""
    content = FILES[path]
    assert isinstance(content, str)
    return f"{path}:{content[: content.index(text)].count(chr(10)) + 1}"


BODY = line_of(SENTENCE)


def page(said: str, path: str = "2026/01/01/index.html") -> Artifact:
    return Artifact(path, "text/html", f"<!DOCTYPE html><title>测试动态</title><main>{said}</main>".encode())


def file(path: str, content: str | bytes) -> Artifact:
    return Artifact(path, "", content.encode() if isinstance(content, str) else content)


def test_the_public_site_is_clean(make: Make) -> None:
    root = publication(make)
    files = site_of(root)
    assert any("公开正文" in each.content.decode() for each in files if each.path.endswith("html"))
    assert gate(root, files) == ()


def test_once_an_article_is_cleared_it_may_be_told_and_before_it_may_not(make: Make) -> None:
    """Mutation check: what is clean for one state of the log is a leak for the other, so the gate is not blind."""
    root = publication(make)
    kept_back = publication(make, folder="kept back")
    cleared(root, ["2"])
    files = site_of(root)
    assert gate(root, files) == ()
    found = gate(kept_back, files)
    assert {problem.code for problem in found} == {"leak"}
    assert {name for problem in found for name in named(problem)} >= {"2026/01/index.html", "2026/01/02/index.html"}
    fields = {str(dict(problem.message.values)["field"]) for problem in found}
    assert fields >= {"标题", "副标题", "讲话人", "正文", "脚注", "图片的文字说明", "图题", "编者按", "主题"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("稳妥推进黛湖疗养院", "稳妥推进"),
        ("在黛湖会商会上的讲", "subtitle"),
        ("鲁南星", "speaker"),
        ("黛湖疗养院院长", "position"),
        ("疗养院改造", "subjects"),
        ("篇系会商会录音整理", "editors_note"),
        ("沉香亭改造工期", "##"),
        ("呼延灼华", "| 三号"),
        ("五号慕容听雪", "| 五号"),
        ("楼号承办人三号呼延灼华五号慕容听雪", "| 楼号"),
        ("黛湖疗养院渗水照片", "![黛湖"),
        ("三号楼西侧山墙", "![黛湖"),
        ("先修屋面后补墙面", "- 先修"),
        ("科目2080505离退休", "```"),
        ("见基建处第四十一号签报", "[^1]: "),
        ("领导口头意见先不要写", "见[台账]"),
        ("https://canary-ledger.example.org/other", "见[台账]"),
        ("/assets/jinsique-photo.png", "![黛湖"),
        ("/2026/canary-plan/", "---"),
        ("issues/2026-01/02-canary-plan.md", "---"),
        ("沉香亭改造工期<br>经核查，黛湖疗养院", "##"),
    ],
)
def test_every_text_of_the_article_is_held(make: Make, said: str, written: str) -> None:
    """Each is caught, and at its line."""
    found = gate(publication(make), [page(f"<p>{said}</p>")])
    assert line_of(written) in {f"{problem.span.path}:{problem.span.line}" for problem in found}


def test_one_secret_in_many_files_is_told_once_with_the_first_and_their_number(make: Make) -> None:
    pages = [page(f"<p>{SENTENCE}</p>", f"2026/01/{number:03}/index.html") for number in range(130)]
    (problem,) = gate(publication(make), pages)
    assert str(problem.message) == (
        "网站文件 2026/01/000/index.html、2026/01/001/index.html、2026/01/002/index.html 等 130 个文件里有不能公开的内容（正文）："
        f"“{SENTENCE}”"
    )
    assert f"{problem.span.path}:{problem.span.line}" == BODY


def test_of_very_many_leaks_some_are_listed_and_all_are_counted(make: Make) -> None:
    names = [f"第{chr(0x4E00 + 7 * number)}{chr(0x5E00 + 3 * number)}号人选尚未公布" for number in range(130)]
    root = publication(make)
    (root / SECRET).write_text(article("\n\n".join(names)), "utf-8")
    found = gate(root, [page("".join(f"<p>{each}</p>" for each in names))])
    assert [problem.code for problem in found] == ["leak"] * 100 + ["leak-more"]
    assert dict(found[-1].message.values)["count"] == 30


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("金丝雀计划暂缓公布", SENTENCE),
        ("漏雨已逾两月，金丝雀", SENTENCE),
        ("呼延灼华", "| 三号 | 呼延灼华 |"),
        ("稳妥推进黛湖疗养院改造", "title: 稳妥推进黛湖疗养院改造"),
        ("预算科目２０８０５０５离退休经费", "预算科目 2080505 离退休经费调剂表"),
        ("canary-ledger.example.org", "见[台账](https://canary-ledger.example.org/a)。"),
    ],
)
def test_a_leak_is_quoted_as_its_author_wrote_it(make: Make, said: str, quoted: str) -> None:
    """With its marks, and without what stands about it in the file of the site."""
    found = gate(publication(make), [page(f"<p>甲乙丙丁。{said}。戊己庚辛</p>")])
    assert quoted in {str(dict(each.message.values)["text"]) for each in found}


def test_of_a_long_sentence_the_part_is_quoted_that_leaked(make: Make) -> None:
    root = publication(make)
    long = "，".join(f"{chr(0x4E00 + number)}组到{chr(0x5E00 + number)}村走访慰问" for number in range(40))
    (root / SECRET).write_text(article(f"先说一句。{long}。"), "utf-8")
    (problem,) = gate(root, [page(f"<p>{long[200:212]}</p>")])
    text = str(dict(problem.message.values)["text"])
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) <= 62
    assert long[200:212] in text


TEXT: dict[str, Callable[[str], Artifact]] = {
    "plain": lambda said: page(f"<p>{said}</p>"),
    "inline tags": lambda said: page("<p>" + "".join(f"<b>{each}</b>" if place % 3 else f"<span class=x>{each}</span>" for place, each in enumerate(said)) + "</p>"),
    "a comment within": lambda said: page(f"<p>{said[:4]}<!-- x -->{said[4:]}</p>"),
    "line breaks": lambda said: page("<p>" + "\n".join(said[place : place + 3] for place in range(0, len(said), 3)) + "</p>"),
    "zero width": lambda said: page("<p>" + "\u200b".join(said) + "</p>"),
    "decimal entities": lambda said: page("".join(f"&#{ord(each)};" for each in said)),
    "hexadecimal entities": lambda said: page("".join(f"&#x{ord(each):x};" for each in said)),
    "twice escaped": lambda said: page("".join(f"&amp;#{ord(each)};" for each in said)),
    "alt": lambda said: page(f'<img alt="{said}" src="x.png">'),
    "title": lambda said: page(f"<a title='{said}' href='x'>x</a>"),
    "aria-label": lambda said: page(f'<nav aria-label="见 {said}"></nav>'),
    "unquoted attribute": lambda said: page(f"<a title={said}>x</a>"),
    "data attribute, escaped JSON": lambda said: page(f'<a data-x="{html.escape(json.dumps({"a": said}))}">x</a>'),
    "comment": lambda said: page(f"<!-- 旧稿 {said} -->"),
    "hidden": lambda said: page(f'<p hidden style="display:none">{said}</p>'),
    "template": lambda said: page(f"<template><p>{said}</p></template>"),
    "noscript": lambda said: page(f"<noscript>{said}</noscript>"),
    "meta": lambda said: page(f'<meta property="og:description" content="{said}">'),
    "JSON-LD": lambda said: page(f'<script type="application/ld+json">{json.dumps({"headline": said})}</script>'),
    "percents in a link": lambda said: page(f'<a href="/search/?q={urllib.parse.quote(said)}">x</a>'),
    "percents of GB18030": lambda said: page(f'<a href="/search/?q={urllib.parse.quote(said, encoding="gb18030")}">x</a>'),
    "data address": lambda said: page(f'<img src="data:text/plain;base64,{base64.b64encode(said.encode()).decode()}">'),
    "data address with percents": lambda said: page(f'<img src="data:text/plain,{urllib.parse.quote(said)}">'),
    "Atom": lambda said: file("feed.xml", f"<feed><entry><summary>{said}</summary></entry></feed>"),
    "Atom, escaped HTML": lambda said: file("feed.xml", f"<feed><content type='html'>{html.escape('<p>' + said[:5] + '<b>' + said[5:] + '</b></p>')}</content></feed>"),
    "Atom, CDATA": lambda said: file("feed.xml", f"<feed><content><![CDATA[<p>{said}</p>]]></content></feed>"),
    "JSON Feed": lambda said: file("feed.json", json.dumps({"items": [{"content_html": f"<p>{said}</p>"}]})),
    "JSON as it stands": lambda said: file("search/articles.json", json.dumps([said], ensure_ascii=False)),
    "text of the search": lambda said: file("search/text/2026.js", f"bulletinText({json.dumps({'2026/01/01': said})})"),
    "script": lambda said: file("assets/search.js", "const hint = '" + "".join(f"\\u{{{ord(each):x}}}" for each in said) + "';"),
    "style sheet": lambda said: file("assets/site.css", "p::after{content:'" + "".join(f"\\{ord(each):06x} " for each in said) + "'}"),
    "sitemap": lambda said: file("sitemap.xml", f"<urlset><url><loc>https://x/{urllib.parse.quote(said)}/</loc></url></urlset>"),
    "robots": lambda said: file("robots.txt", f"# {said}\n"),
    "headers": lambda said: file("headers.conf", f'add_header X-Note "{said}";'),
    "SVG": lambda said: file("assets/map.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{said}</desc></svg>'),
    "UTF-16": lambda said: file("old.html", ("<p>" + said).encode("utf-16")),
    "GB18030": lambda said: file("old.html", f"<p>{said}{said}".encode("gb18030")),
    "unknown kind": lambda said: file("thumbs.db", b"\x00\x01\xff" + said.encode("utf-16-le") + b"\xff\x00\x01"),
    "unknown kind, UTF-8": lambda said: file("thumbs.db", b"\x80\x81\xff" + said.encode() + b"\xff\x80"),
    "file name": lambda said: file(f"2026/01/{said}.html", "x"),
    "file name with percents": lambda said: file(f"2026/01/{urllib.parse.quote(said)}.html", "x"),
    "gzip beside a page": lambda said: file("2026/01/01/index.html.gz", gzip.compress(page(said).content)),
    "brotli beside a page": lambda said: file("2026/01/01/index.html.br", brotli.compress(page(said).content)),
    "zip": lambda said: file("site.zip", zipped({"a/b.html": page(said).content})),
    "gzip in zip": lambda said: file("site.zip", zipped({"a/b.html.gz": gzip.compress(page(said).content)})),
    "name in a zip": lambda said: file("site.zip", zipped({f"{said}.html": b"x"})),
    "cached page": lambda said: page(f"<p>{said}</p>", "2026/01/02/index.html"),
    "PNG text": lambda said: file("a.png", picture("PNG", said)),
    "JPEG comment": lambda said: file("a.jpg", picture("JPEG", said)),
    "EXIF": lambda said: file("a.jpg", exif(said)),
    "EXIF of Windows": lambda said: file("a.jpg", exif(said.encode("utf-16-le") + b"\x00\x00")),
    "after a picture": lambda said: file("a.png", picture("PNG", "") + said.encode()),
}  # fmt: skip


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def picture(kind: str, said: str) -> bytes:
    content = io.BytesIO()
    image = Image.new("RGB", (16, 16), "red")
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        if said:
            info.add_itxt("Comment", said, zip=True)
        image.save(content, kind, pnginfo=info)
    else:
        image.save(content, kind, comment=said.encode())
    return content.getvalue()


def exif(said: str | bytes) -> bytes:
    content = io.BytesIO()
    data = Image.Exif()
    data[0x9C9B if isinstance(said, bytes) else 0x010E] = said if isinstance(said, bytes) else said.encode()
    Image.new("RGB", (16, 16), "red").save(content, "JPEG", exif=data)
    return content.getvalue()


@pytest.mark.parametrize("guise", TEXT)
def test_a_sentence_is_caught_wherever_it_is(make: Make, guise: str) -> None:
    root = publication(make)
    planted = TEXT[guise](SENTENCE)
    found = gate(root, [planted])
    assert BODY in places(found), found
    assert planted.path in {name for problem in found for name in named(problem)}
    assert any(problem.severity is Severity.ERROR for problem in found)


@pytest.mark.parametrize(
    "guise", [guise for guise in TEXT if "unknown" not in guise and guise not in ("GB18030", "after a picture")]
)
@pytest.mark.parametrize("said", ["鲁南星", "疗养院改造"])
def test_a_short_field_is_caught_too(make: Make, guise: str, said: str) -> None:
    root = publication(make)
    assert any(str(problem.span).startswith(SECRET) for problem in gate(root, [TEXT[guise](said)]))


def test_a_spaced_name_is_that_name(make: Make) -> None:
    root = publication(make)
    for said in ("鲁 南 星", "鲁　南　星", "鲁<span> </span>南<wbr>星"):
        assert gate(root, [page(f"<p>{said}</p>")]), said
    assert gate(root, [page("<p>齐鲁。</p><p>南星</p>")]) == ()
