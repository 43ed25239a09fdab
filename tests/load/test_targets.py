"""`publish:` in `bulletin.yaml`: what each way of writing a target means, and what is refused, at its line."""

from __future__ import annotations

import pytest

from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.problem import Problem
from bulletin.model.target import BucketPlace, FolderPlace, KitPlace, Place, ServerPlace, TargetSettings
from tests.conftest import BASE, Make

HEAD = BASE["bulletin.yaml"]


def targets(make: Make, said: str, head: str = HEAD) -> tuple[tuple[TargetSettings, ...], list[Problem]]:
    outcome = load_publication(make({"bulletin.yaml": f"{head}publish:\n{said}"}))
    assert outcome.value
    return outcome.value.targets, [each for each in outcome.problems if each.span.path == "bulletin.yaml"]


@pytest.mark.parametrize(
    ("to", "place"),
    [
        ("/srv/www/gzdt", FolderPlace("/srv/www/gzdt")),
        ("~/试发", FolderPlace("~/试发")),
        ("/srv/www/gzdt/", FolderPlace("/srv/www/gzdt")),
        ("sftp://fabu@10.0.0.8/srv/www/gzdt", ServerPlace("10.0.0.8", 22, "fabu", "/srv/www/gzdt", "")),
        ("sftp://www.example.gov.cn:2222/srv/%E7%BD%91", ServerPlace("www.example.gov.cn", 2222, "", "/srv/网", "")),
        ("s3://gzdt/", BucketPlace("gzdt", "", "", "")),
        ("s3://gzdt.example/a/b", BucketPlace("gzdt.example", "a/b/", "", "")),
        ("kit", KitPlace()),
    ],
)
def test_a_place_is_read(make: Make, to: str, place: Place) -> None:
    (target,), problems = targets(make, f"  外网: {{to: '{to}'}}\n")
    assert not problems
    assert (target.name, target.place, target.audience, target.keep) == ("外网", place, Audience.PUBLIC, 5)
    assert str(target.span) == "bulletin.yaml:4:12"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("www/gzdt", "从根目录写起"),
        ("/", "专给这个网站"),
        ("~/", "专给这个网站"),
        ("~root/x", "从根目录写起"),
        ("/srv/../etc", "从根目录写起"),
        ("sftp://fabu:geheim@10.0.0.8/srv/www", "密码不能写在文件里"),
        ("sftp://u:geheim#retpw@host/srv", "密码不能写在文件里"),
        ("sftp://u:geheim/retpw@host/srv", "密码不能写在文件里"),
        ("sftp://u@host:geheim/srv", "读不懂"),
        ("sftp:///srv/www", "没有写服务器"),
        ("sftp://10.0.0.8/", "专给这个网站"),
        ("sftp://10.0.0.8:99999/srv/www", "读不懂"),
        ("s3://B/", "不像对象存储的桶名"),
        ("s3://AKIA:geheim@gzdt/", "密码不能写在文件里"),
        ("ftp://10.0.0.8/srv/www", "不认得“ftp://”"),
        ("s3://gzdt/?x=1", "不能有 ? 和 #"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_line(make: Make, to: str, said: str) -> None:
    found, problems = targets(make, f"  外网: {{to: '{to}'}}\n  内网: {{to: /srv/nei, audience: intranet}}\n")
    assert [target.name for target in found] == ["内网"]
    (problem,) = problems
    assert said in str(problem.message)
    assert "geheim" not in f"{problem.message}{problem.advice}"
    assert (problem.code, problem.span.line) == ("publish-to", 4)


def test_a_public_target_is_seen_at_the_sites_address_and_the_intranets_nowhere(make: Make) -> None:
    head = f"{HEAD}web: {{url: 'https://dt.example.cn/d/'}}\n"
    said = "  外网: {to: /srv/a}\n  内网: {to: /srv/b, audience: intranet}\n  另: {to: /srv/c, url: 'https://c.example.cn/'}\n"
    found, _ = targets(make, said, head)
    assert [each.url for each in found] == ["https://dt.example.cn/d/", "", "https://c.example.cn/"]


def test_a_kit_is_public(make: Make) -> None:
    _, (problem,) = targets(make, "  平台: {to: kit, audience: intranet}\n")
    assert "交接包只有公开的文章" in str(problem.message)


def test_one_release_is_not_enough_to_go_back_to(make: Make) -> None:
    _, (problem,) = targets(make, "  外网: {to: /srv/a, keep: 1}\n")
    assert problem.span.line == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/srv/a", "/srv/a/"),
        ("/srv/a", "/srv/a/pub"),
        ("sftp://a@H/srv/a/b", "sftp://b@h/srv/a"),
        ("s3://gzdt/", "s3://gzdt/a/"),
    ],
)
def test_no_target_lies_in_another(make: Make, one: str, other: str) -> None:
    found, (problem,) = targets(make, f"  外网: {{to: '{one}'}}\n  内网: {{to: '{other}', audience: intranet}}\n")
    assert [each.name for each in found] == ["外网"]
    assert "“外网”是同一个地方" in str(problem.message)
    assert problem.span.line == 5


def test_neighbours_are_no_trouble(make: Make) -> None:
    _, problems = targets(
        make,
        "  甲: {to: /srv/a}\n  乙: {to: /srv/ab}\n  丙: {to: 'sftp://h/srv/a'}\n  丁: {to: kit}\n  戊: {to: kit}\n",
    )
    assert not problems


def test_the_intranet_is_not_at_the_public_address(make: Make) -> None:
    head = f"{HEAD}web: {{url: 'https://dt.example.cn/d/'}}\n"
    said = "  内网: {to: /srv/b, audience: intranet, url: 'https://dt.example.cn/d/nei/'}\n"
    _, (*_, problem) = targets(make, said, head)
    assert "公开网站的网址" in str(problem.message)
