"""Sitemap, robots.txt and icons."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from PIL import Image

from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site import IssueCard, Site
from bulletin.render.web.frame import Frame
from bulletin.render.web.icons import render_icons
from bulletin.render.web.machines import render_robots, render_sitemap
from tests.conftest import REPOSITORY, Make
from tests.machine_site import MadeSite, make_machine_site

HOME = "https://lgb.jianglan.example.cn/gzdt/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def made() -> MadeSite:
    return make_machine_site(REPOSITORY)


def entries(content: bytes) -> dict[str, str]:
    """Each address with its day, after the rules of the protocol's schema: order, names, lengths, nothing else."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SPACE}urlset"
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    found: dict[str, str] = {}
    for url in root:
        assert [child.tag for child in url] in ([f"{SPACE}loc"], [f"{SPACE}loc", f"{SPACE}lastmod"])
        place = url[0].text or ""
        assert 12 <= len(place) <= 2048
        assert place not in found
        found[place] = (url[1].text or "") if len(url) > 1 else ""
        assert not found[place] or date.fromisoformat(found[place])
    assert 0 < len(found) <= 50_000
    assert len(content) <= 50 * 1024 * 1024
    return found


def test_every_page_that_may_be_found_is_listed(made: MadeSite) -> None:
    found = entries(made.files["sitemap.xml"].content)
    pages = {HOME + path.removesuffix("index.html") for path in made.pages if not path.startswith(("404", "search"))}
    assert set(found) == pages
    assert {day for place, day in found.items() if not place.endswith("help/")} == {"2026-10-23"}
    assert found[f"{HOME}help/"] == ""


def long_site(issue: IssueCard, count: int) -> Site:
    """A site of so many issues, a day after each other."""
    cards = []
    for number in range(count):
        key = IssueKey(1800 + number // 900, supplement=False, number=number % 900 + 1)
        articles = tuple(replace(card, key=key) for card in issue.articles)
        cards.append(replace(issue, key=key, date=date(1800, 1, 1) + timedelta(number), articles=articles))
    return Site(Audience.PUBLIC, tuple(reversed(cards)), ())


def test_a_long_archive_has_several_sitemaps_under_one_index(made: MadeSite) -> None:
    site = long_site(made.site.issues[0], 6251)
    files = {artifact.path: artifact.content for artifact in render_sitemap(site, (), made.frame)}
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{SPACE}sitemapindex"
    named = [(place.text or "").removeprefix(HOME) for place in index.iter(f"{SPACE}loc")]
    assert named == ["sitemap-1.xml", "sitemap-2.xml"]
    assert files.keys() == {"sitemap.xml", *named}
    parts = [entries(files[name]) for name in named]
    assert [len(part) for part in parts] == [50_000, 6251 * 8 - 50_000]
    assert not parts[0].keys() & parts[1].keys()
    assert min(parts[0].values()) == "1800-01-01"


def test_the_first_part_stays_when_an_issue_is_added(made: MadeSite) -> None:
    issue = made.site.issues[0]
    before, after = (
        {each.path: each.content for each in render_sitemap(long_site(issue, count), (), made.frame)}
        for count in (6255, 6256)
    )
    assert before["sitemap-1.xml"] == after["sitemap-1.xml"]
    assert before["sitemap-2.xml"] != after["sitemap-2.xml"]


def test_large_addresses_fill_a_sitemap_sooner(made: MadeSite) -> None:
    settings = replace(made.frame.settings, url=f"https://a.example.cn/{'x' * 1900}/")
    site = long_site(made.site.issues[0], 3700)
    files = render_sitemap(site, (), replace(made.frame, settings=settings))
    assert len(files) == 3
    assert all(len(artifact.content) <= 50 * 1024 * 1024 for artifact in files)
    assert sum(len(entries(artifact.content)) for artifact in files[1:]) == 3700 * 8


def frame_of(make: Make, web: str, audience: Audience = Audience.PUBLIC) -> Frame:
    made = make_machine_site(make({"bulletin.yaml": f"title: 测试动态\npublisher: 某局\nweb: {web}\n"}), audience)
    return made.frame


@pytest.mark.parametrize(
    ("web", "audience", "lines"),
    [
        ("{}", Audience.PUBLIC, ["User-agent: *", "Allow: /"]),
        (
            "{url: 'https://a.example.cn/', description: 说明}",
            Audience.PUBLIC,
            ["User-agent: *", "Allow: /", "", "Sitemap: https://a.example.cn/sitemap.xml"],
        ),
        ("{url: 'https://a.example.cn/', description: 说明}", Audience.INTRANET, ["User-agent: *", "Disallow: /"]),
    ],
)
def test_robots(make: Make, web: str, audience: Audience, lines: list[str]) -> None:
    assert render_robots(frame_of(make, web, audience)).content.decode().splitlines() == lines


def test_robots_below_the_root_says_where_it_belongs(made: MadeSite) -> None:
    first, *rest = made.files["robots.txt"].content.decode().splitlines()
    assert re.match("# .*根目录", first)
    assert rest == ["User-agent: *", "Allow: /", "", f"Sitemap: {HOME}sitemap.xml"]


def icons(root: object) -> list[Image.Image]:
    publication = load_publication(root).value  # type: ignore[arg-type]
    assert publication
    found = []
    for artifact in render_icons(publication):
        image = Image.open(io.BytesIO(artifact.content))
        image.load()
        found.append(image)
    return found


def test_icons_of_the_emblem() -> None:
    icon, touch_icon = icons(REPOSITORY)
    assert (icon.size, touch_icon.size) == ((64, 64), (180, 180))
    assert icon.getpixel((0, 0)) == (0, 0, 0, 0)
    assert touch_icon.getpixel((0, 0)) == (255, 255, 255)
    red = touch_icon.getpixel((90, 22))
    assert isinstance(red, tuple)
    assert red[0] > 150
    assert red[1] < 60


def test_icons_of_a_bureau_without_an_emblem(make: Make) -> None:
    """The first character of the title, white on the site's colour."""
    one = icons(make({"bulletin.yaml": "title: 动态\npublisher: 某局\nweb: {accent: '003366'}\n"}, "one"))
    other = icons(make({"bulletin.yaml": "title: 简报\npublisher: 某局\nweb: {accent: '003366'}\n"}, "other"))
    for image, another, side in zip(one, other, (64, 180), strict=True):
        assert image.size == (side, side)
        assert image.getpixel((0, 0)) == (0, 0x33, 0x66)
        colours = image.getcolors(10_000)
        assert colours
        shares = {colour: count / side**2 for count, colour in colours}
        assert 0.05 < shares[(255, 255, 255)] < 0.5
        assert image.tobytes() != another.tobytes()


def test_a_wide_emblem_keeps_its_shape(make: Make) -> None:
    encoded = io.BytesIO()
    Image.new("RGB", (300, 100), "#b3000c").save(encoded, "PNG")
    said = "title: 动态\npublisher: 某局\nweb: {emblem: assets/e.png}\n"
    icon, touch_icon = icons(make({"bulletin.yaml": said, "assets/e.png": encoded.getvalue()}))
    assert icon.getpixel((32, 2)) == (0, 0, 0, 0)
    assert icon.getbbox() == (0, 21, 64, 42)
    assert touch_icon.getpixel((90, 90)) == (0xB3, 0, 0x0C)
