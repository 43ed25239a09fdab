"""What `bulletin.yaml` says of the site."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bulletin.load.publication import load_publication
from bulletin.load.web import EMBLEM_PX
from bulletin.model.contrast import ACCENT, ACCENT_DARK, DARK_PAPER, LEAST_CONTRAST, LIGHT_PAPER, contrast
from bulletin.model.problem import Problem
from bulletin.model.site import SiteSettings
from tests.archive import problem_line
from tests.conftest import REPOSITORY, Make

OWN = "title: 测试动态\npublisher: 某局\n"


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGBA") -> bytes:
    encoded = io.BytesIO()
    Image.new(mode, (width, height), "#b3000c").save(encoded, kind)
    return encoded.getvalue()


def settings_of(make: Make, web: str, emblem: bytes | None = None) -> tuple[SiteSettings, tuple[Problem, ...]]:
    outcome = load_publication(make({"bulletin.yaml": f"{OWN}web: {web}\n", "assets/emblem.png": emblem}))
    assert outcome.value
    return outcome.value.web, outcome.problems


def test_a_bureau_that_says_nothing_has_a_site_under_its_own_name(make: Make) -> None:
    said, problems = settings_of(make, "{}")
    assert problems == ()
    assert (said.url, said.domain, said.base) == ("", "", "/")
    assert (said.name, said.column, said.sponsor) == ("测试动态", "测试动态", "某局")
    assert (said.accent, said.accent_dark, said.pdf, said.emblem) == (ACCENT, ACCENT_DARK, True, None)
    assert said.keywords == ()


def test_the_sample_says_everything() -> None:
    outcome = load_publication(REPOSITORY)
    assert outcome.problems == ()
    assert outcome.value
    said = outcome.value.web
    empty = [name for name in SiteSettings.__slots__ if not getattr(said, name)]
    assert empty == []
    assert (said.domain, said.base) == ("lgb.jianglan.example.cn", "/gzdt/")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://lgb.example.gov.cn", "https://lgb.example.gov.cn/"),
        ("https://lgb.example.gov.cn/gzdt", "https://lgb.example.gov.cn/gzdt/"),
        ("https://lgb.example.gov.cn/gzdt/index.html", "https://lgb.example.gov.cn/gzdt/"),
        ("HTTPS://Lgb.Example.Gov.CN/Gzdt/", "https://lgb.example.gov.cn/Gzdt/"),
        ("http://10.20.30.40:8080/a/b/", "http://10.20.30.40:8080/a/b/"),
        ("https://xn--fiq228c.example/", "https://xn--fiq228c.example/"),
    ],
)
def test_an_address_is_kept_in_one_form(make: Make, written: str, address: str) -> None:
    said, _ = settings_of(make, f"{{url: '{written}', description: 说明}}")
    assert said.url == address


@pytest.mark.parametrize(
    "written",
    [
        "lgb.example.gov.cn",
        "ftp://lgb.example.gov.cn/",
        "https://老干部.政务/",
        "https://lgb.example.gov.cn/工作动态/",
        "https://name:word@lgb.example.gov.cn/",
        "https://lgb.example.gov.cn/?column=3",
        "https://lgb.example.gov.cn/#top",
        "https://lgb.example.gov.cn/../x/",
        "https://lgb.example.gov.cn//x/",
        "https://lgb.example.gov.cn:99999/",
        "https://lgb.example.gov.cn:0/",
        "https://[::1/",
        "https:///x/",
        "https://lgb.example.gov.cn/a b/",
        'https://lgb.example.gov.cn/";add_header X "/',
    ],
)
def test_what_is_no_address_of_a_home_page(make: Make, written: str) -> None:
    quoted = written.replace("'", "''")
    said, problems = settings_of(make, f"{{url: '{quoted}'}}")
    assert [problem.code for problem in problems] == ["field-value"]
    assert said.url == ""


@pytest.mark.parametrize("written", ["http://[", "https://:80/x", "javascript:alert(1)", "https://a.cn/<b>", "//a.cn/"])
def test_what_is_no_address_at_all(make: Make, written: str) -> None:
    _, problems = settings_of(make, f"{{report_url: '{written}', id_code: bm00000001}}")
    assert [problem.code for problem in problems] == ["field-value"]


@pytest.mark.parametrize(
    ("written", "colour"), [('"#B3000C"', "#b3000c"), ("b3000c", "#b3000c"), ("'003366'", "#003366")]
)
def test_a_colour_with_or_without_its_sign(make: Make, written: str, colour: str) -> None:
    said, problems = settings_of(make, f"{{accent: {written}}}")
    assert problems == ()
    assert said.accent == colour


def test_a_colour_whose_sign_began_a_remark(make: Make) -> None:
    """`accent: #b3000c` says nothing, as YAML takes the rest for a remark; the advice must name the quotes."""
    _, problems = settings_of(make, "\n  accent: #b3000c")
    assert [problem_line(problem) for problem in problems] == ["bulletin.yaml:4:10 error field-value"]
    assert "引号" in str(problems[0].advice)


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(48, 40, (48, 40)), (EMBLEM_PX, 10, (EMBLEM_PX, 10)), (2400, 1200, (EMBLEM_PX, EMBLEM_PX // 2))],
)
def test_an_emblem_of_any_size(make: Make, width: int, height: int, shown: tuple[int, int]) -> None:
    said, problems = settings_of(make, "{emblem: assets/emblem.png}", picture(width, height))
    assert problems == ()
    assert said.emblem
    assert (said.emblem.width_px, said.emblem.height_px) == shown
    with Image.open(io.BytesIO(said.emblem.content)) as kept:
        assert kept.size == shown
        assert kept.getpixel((1, 1)) == (0xB3, 0x00, 0x0C, 0xFF)


def test_an_emblem_loses_what_stands_beside_its_pixels(make: Make) -> None:
    encoded = io.BytesIO()
    secret = Image.Exif()
    secret[0x013B] = "SECRETCAMERA"
    Image.new("RGB", (900, 900)).save(encoded, "JPEG", exif=secret)
    assert b"SECRETCAMERA" in encoded.getvalue()
    root = make({"bulletin.yaml": f"{OWN}web: {{emblem: assets/e.jpg}}\n", "assets/e.jpg": encoded.getvalue()})
    outcome = load_publication(root)
    assert outcome.value
    assert outcome.value.web.emblem
    assert b"SECRETCAMERA" not in outcome.value.web.emblem.content


def test_the_mark_of_a_bureau_has_an_address_and_a_picture(make: Make) -> None:
    web = "{party_government_mark: {url: 'https://bszs.example.cn/', picture: assets/emblem.png}}"
    said, problems = settings_of(make, web, picture(90, 120))
    assert problems == ()
    mark = said.party_government_mark
    assert mark
    assert mark.picture
    assert (mark.url, mark.picture.width_px, mark.picture.height_px) == ("https://bszs.example.cn/", 90, 120)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{picture: assets/emblem.png}", "bulletin.yaml:3:30 error field-missing"),
        ("{url: 'javascript:x'}", "bulletin.yaml:3:36 error field-value"),
        ("{url: 'https://bszs.example.cn/', picture: ../a.png}", "bulletin.yaml:3:73 error web-emblem"),
    ],
)
def test_a_mark_that_cannot_be_shown(make: Make, written: str, told: str) -> None:
    _, problems = settings_of(make, f"{{party_government_mark: {written}}}")
    assert [problem_line(problem) for problem in problems] == [told]


@pytest.mark.parametrize(
    "path",
    ["../emblem.png", "assets/../../emblem.png", "/etc/emblem.png", "~/emblem.png", "C:\\a\\emblem.png", "a.svg"],
)
def test_an_emblem_from_elsewhere(make: Make, path: str) -> None:
    said, problems = settings_of(make, f"{{emblem: '{path}'}}", picture(9, 9))
    assert [problem.code for problem in problems] == ["web-emblem"]
    assert said.emblem is None


@pytest.mark.parametrize(
    ("web", "told"),
    [
        ("{url: 'https://a.example.cn/'}", ["web.description"]),
        ("{url: 'https://a.example.cn/', description: 说明}", []),
        ("{report_url: 'https://zfwzgl.example.cn/'}", ["web.id_code"]),
        ("{report_url: 'https://zfwzgl.example.cn/', id_code: bm00000001}", []),
        ("{id_code: bm00000001}", []),
        ("{}", []),
    ],
)
def test_what_only_the_bureau_can_say_is_asked_for_once_it_matters(make: Make, web: str, told: list[str]) -> None:
    _, problems = settings_of(make, web)
    assert {problem.severity.value for problem in problems} <= {"hint"}
    assert [
        field for field in ("web.description", "web.id_code") if any(field in str(each.message) for each in problems)
    ] == told


def advised(make: Make, field: str, colour: str) -> str:
    _, problems = settings_of(make, f"{{{field}: '{colour}'}}")
    (problem,) = problems
    assert problem.code == "web-colour"
    return str(dict(problem.advice.values)["nearest"])


@pytest.mark.parametrize(
    ("field", "colour", "paper"),
    [
        ("accent", "#ff8a80", LIGHT_PAPER),
        ("accent", "#ffffff", LIGHT_PAPER),
        ("accent", "#e8a200", LIGHT_PAPER),
        ("accent_dark", "#b3000c", DARK_PAPER),
        ("accent_dark", "#000000", DARK_PAPER),
    ],
)
def test_a_colour_that_cannot_be_read_is_answered_with_the_nearest_that_can(
    make: Make, field: str, colour: str, paper: str
) -> None:
    nearest = advised(make, field, colour)
    assert LEAST_CONTRAST <= contrast(nearest, paper) < LEAST_CONTRAST + 0.3
    assert settings_of(make, f"{{{field}: '{nearest}'}}")[1] == ()


def test_the_nearest_colour_keeps_its_hue(make: Make) -> None:
    red, green, blue = (int(advised(make, "accent", "#ff8a80")[at : at + 2], 16) for at in (1, 3, 5))
    assert red > 1.5 * green
    assert abs(green - blue) < 20


@pytest.mark.parametrize(
    ("field", "written", "right"),
    [
        *(
            ("icp", each, True)
            for each in ("辽ICP备05023109号", "辽ICP备05023109号-3", "京ICP证030173号", "江ICP备2026000018号-1")
        ),
        *(("icp", each, False) for each in ("ICP备05023109号", "辽ICP05023109", "辽ICP备0502310O号", "05023109")),
        *(("police", each, True) for each in ("辽公网安备21010202000031号", "辽公网安备 21010202000031号")),
        *(
            ("police", each, False)
            for each in ("辽公网安备2101020200003号", "21010202000031", "辽公安备21010202000031号")
        ),
        *(("id_code", each, True) for each in ("2101000001", "bm01000001", "jl00000018")),
        *(("id_code", each, False) for each in ("b101000001", "abcdefghij")),
    ],
)
def test_a_number_that_does_not_look_like_one_is_told(make: Make, field: str, written: str, right: bool) -> None:
    said, problems = settings_of(make, f"{{{field}: '{written}'}}")
    assert getattr(said, field) == written
    assert [(each.code, each.severity.value, str(each.span)) for each in problems] == (
        [] if right else [("web-number", "warning", f"bulletin.yaml:3:{9 + len(field)}")]
    )
