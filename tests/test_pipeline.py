"""From sources to outputs: the sample issues, the real issue, sameness, size, and that nothing leaks."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import urllib.parse
import zlib
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from bulletin.prove.web_edition import read_page
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.load.folders import list_issues
from bulletin.model.audience import Audience
from bulletin.model.build import BuildOrder, BuildReport
from bulletin.model.errors import UsageError
from bulletin.model.problem import has_errors
from bulletin.pipeline.building import build
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.reading import find_issue, read
from bulletin.pipeline.status import status
from bulletin.prove.print_edition import read_pages
from tests.conftest import ARTICLE, REPOSITORY, Make, article, load

SAMPLE = REPOSITORY / "issues"


def built(root: Path, output: Path, audience: Audience = Audience.PUBLIC, issue: str | None = None) -> BuildReport:
    report = build(root, find_issue(root, issue), BuildOrder(output), lambda _what: None)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("key", list_issues(REPOSITORY), ids=str)
def test_the_sample_issues_are_clean(key) -> None:  # type: ignore[no-untyped-def]
    assert read(REPOSITORY, key).problems == ()


def test_the_sample_uses_every_feature() -> None:
    from bulletin.compose import compose_edition
    from bulletin.model import prose
    from bulletin.model.walk import characters, walk

    issue = load(REPOSITORY)
    edition = compose_edition(issue)
    used = {type(part).__name__ for part in walk(edition.articles, object)}
    kinds = {"Paragraph", "Salutation", "NumberedHeading", "RunInHeading", "Quote", "ItemList", "Table", "Figure",
             "Strong", "WebLink", "CrossLink", "Note", "AttachmentNote", "Signature"}  # fmt: skip
    assert kinds <= used
    assert {heading.level for heading in walk(edition.articles, prose.NumberedHeading)} >= {1, 2, 3}
    assert any(manuscript.comments for manuscript in issue.manuscripts)
    assert len(edition.articles) == 11
    assert 14_000 <= characters(edition.articles) <= 17_000


@pytest.mark.slow
def test_the_sample_issue_is_built_and_proved(tmp_path: Path) -> None:
    report = built(REPOSITORY, tmp_path, Audience.INTRANET)
    assert (report.articles, report.web_articles, report.print_run) == (11, 11, 280)
    assert (tmp_path / "web/intranet/2026/10/10/index.html").is_file()


@pytest.mark.slow
def test_the_real_issue(seed: Path, tmp_path: Path) -> None:
    """10 articles, 340 copies as the sum of the list, 要览 that says 8 reports, every character proved."""
    report = built(seed, tmp_path, Audience.INTRANET, "2020-07")
    assert (report.articles, report.web_articles, report.print_run) == (10, 10, 340)
    assert report.problems == ()
    pages = read_pages((tmp_path / "2020-07/print.pdf").read_bytes())
    body = "".join(page.body for page in pages)
    assert "经验交流材料8篇" in pages[0].body
    assert "共印340份" in pages[-1].body
    assert len(body) > 33_000
    assert "经验交流材料8篇" in read_page((tmp_path / "web/intranet/2020/07/index.html").read_text("utf-8")).text


@pytest.mark.slow
def test_the_real_issues_manuscripts_are_whole_on_paper(seed: Path, tmp_path: Path) -> None:
    """Another way round than the program's own proof: from the raw files, without our reader."""
    built(seed, tmp_path)
    paper = "".join(page.body for page in read_pages((tmp_path / "2020-07/print.pdf").read_bytes()))
    for path in sorted((seed / "issues/2020-07").glob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        bare = re.sub(r"\s+", "", re.sub(r"(?m)^#+ |\*\*", "", body))
        assert bare in paper, path.name


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["a-2a", "a-3a"])
def test_same_sources_same_bytes(tmp_path: Path, standard: str) -> None:
    """Two folders, two users' environments, two hash seeds, two time zones, two masks, two file orders; and no trace of them."""
    outputs = []
    for number, environment in enumerate(
        [
            {
                "PYTHONHASHSEED": "1",
                "TZ": "Asia/Shanghai",
                "LANG": "zh_CN.UTF-8",
                "USER": "yangwenhua",
                "LOGNAME": "yangwenhua",
            },
            {
                "PYTHONHASHSEED": "77",
                "TZ": "America/New_York",
                "LANG": "en_US.UTF-8",
                "USER": "lijingxin",
                "LOGNAME": "lijingxin",
                "HOME": str(tmp_path),
            },
        ]
    ):
        root = tmp_path / f"place {number}"
        for folder in ("issues", "house") if number else ("house", "issues"):
            shutil.copytree(REPOSITORY / folder, root / folder)
        settings = (REPOSITORY / "bulletin.yaml").read_text("utf-8")
        (root / "bulletin.yaml").write_text(f"{settings}pdf: {{standard: {standard}}}\n", "utf-8")
        output = tmp_path / f"output {number}"
        command = [sys.executable, "-m", "bulletin", "build", "-o", str(output), "--audience", "intranet"]
        clean = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        subprocess.run(command, cwd=root, env=clean, umask=0o077 if number else 0o022, check=True, capture_output=True)
        outputs.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    assert outputs[0].keys() == outputs[1].keys()
    assert len(outputs[0]) > 12
    assert outputs[0] == outputs[1]
    with pikepdf.open(tmp_path / "output 0/2026-10/print.pdf") as pdf:
        streams = [thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        written = b"".join([*streams, *(repr(thing).encode() for thing in pdf.objects)])
        assert bool(pdf.attachments) == (standard == "a-3a")
    for trace in ("yangwenhua", "lijingxin", str(tmp_path), "place 0", "output 0"):
        assert trace.encode() not in written


@pytest.mark.slow
def test_memory_stays_under_400_megabytes(seed: Path, tmp_path: Path) -> None:
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from bulletin.cli.entry import run\n"
        "code = run(sys.argv[1:])\n"
        "print(*re.findall(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text()), code)\n"
    )
    command = [sys.executable, "-c", script, "-C", str(seed), "build", "-o", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    peak_kb, code = done.stdout.split()[-2:]
    assert code == "0"
    assert int(peak_kb) < 400 * 1024


def test_no_trace_of_the_machine_in_the_pdf(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("正文，见[网页](https://example.org/a)和[邮箱](mailto:a@example.org)。")})
    built(root, tmp_path)
    document = pdfium.PdfDocument(tmp_path / "2026-01/print.pdf")
    assert set(document.get_metadata_dict(skip_empty=True)) <= {
        "Title",
        "Author",
        "Producer",
        "CreationDate",
        "ModDate",
    }
    strings = opened(tmp_path / "2026-01/print.pdf")
    assert b"https://example.org/a" in strings  # the scan sees what is in the compressed objects
    for trace in (b"file:", b"/tmp", b"/home", b"/root", str(root).encode(), str(REPOSITORY).encode()):
        assert trace not in strings


def opened(path: Path) -> bytes:
    """The bytes of a PDF with every compressed stream laid open."""
    content = path.read_bytes()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            content += zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
    return content


def test_nothing_is_written_when_there_are_errors(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article("# 一级标题")})
    report = build(root, find_issue(root, None), BuildOrder(tmp_path / "out"), lambda _what: None)
    assert has_errors(report.problems)
    assert not list((tmp_path / "out").iterdir())


# Promise 2: nothing leaks.

SECRET = {
    "issues/2026-01/02-canaryslug.md": article(
        "## 金丝雀标题\n\n金丝雀正文[^1]。\n\n| 金丝雀表头 |\n|---|\n| 金丝雀格 |\n\n![金丝雀替代](canary.png \"金丝雀图题\")\n\n"
        "- 金丝雀项\n\n见[金丝雀网页](https://canary.example.org/)。<!-- 金丝雀批注 -->\n\n[^1]: 金丝雀注",
        "kind: speech\ntitle: 金丝雀题目\nsubtitle: 在金丝雀会上的讲话\nspeaker: 金丝雀\nposition: 金丝雀局长\ndate: 2025-12-31",
    ),
    "bulletin.yaml": "title: 测试动态\npublisher: 某局\n",
}  # fmt: skip
TOKENS = ["金丝雀", "canary"]
NOT_FOR_THE_WEB = ["甲局", "各科", "010-12345678", "共印", "张三", "issues/", "注意保存"]


def forms(content: bytes) -> str:
    """The bytes of a file in every guise that text can take in it."""
    text = content.decode("utf-8", "replace")
    decoded = [text, html.unescape(text), urllib.parse.unquote(text)]
    decoded += [json.loads(f'"{found}"') for found in re.findall(r"(?:\\u[0-9a-f]{4})+", text)]
    for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
        decoded.append(base64.b64decode(found).decode("utf-8", "replace"))
    return "\n".join(decoded)


def leaks(site: Path, tokens: list[str]) -> list[str]:
    found = []
    for path in site.rglob("*"):
        said = str(path.relative_to(site)) + (forms(path.read_bytes()) if path.is_file() else "")
        found += [f"{path.name}: {token}" for token in tokens if token in said]
    return found


def canary(make: Make) -> Path:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(picture, "PNG")
    linking = article("公开正文，另见[那一篇](02-canaryslug.md)。")
    return make({ARTICLE: linking, "issues/2026-01/canary.png": picture.getvalue(), **SECRET})


def test_nothing_of_an_uncleared_article_is_in_the_public_web_edition(make: Make, tmp_path: Path) -> None:
    root = canary(make)
    key = find_issue(root, None)
    assert not has_errors(clear(root, key, ["1"], "某人", "2026-01-19T10:00:00+08:00").problems)
    report = built(root, tmp_path)
    site = tmp_path / "web/public"
    assert report.web_articles == 1
    assert "公开正文" in (site / "2026/01/01/index.html").read_text("utf-8")
    assert leaks(site, TOKENS + NOT_FOR_THE_WEB) == []
    assert not list(site.rglob("*.png"))


def test_the_scan_above_is_not_blind(make: Make, tmp_path: Path) -> None:
    """Mutation check: once the article is cleared, the same scan must hit; once it changes or is revoked, no more."""
    root = canary(make)
    key = find_issue(root, None)
    clear(root, key, ["1", "02-canaryslug"], "某人", "2026-01-19T10:00:00+08:00")
    built(root, tmp_path)
    site = tmp_path / "web/public"
    assert len(leaks(site, TOKENS)) > 3
    assert leaks(site, NOT_FOR_THE_WEB) == []
    revoke(root, key, ["2"])
    built(root, tmp_path)
    assert leaks(site, TOKENS) == []


def test_whoever_clears_sees_what_becomes_public(make: Make) -> None:
    root = make({ARTICLE: article("电话0386-8612047、13912345678，邮箱a@lgb.example.org；共印340份，2026年。")})
    report = clear(root, find_issue(root, None), ["1"], "某人", "2026-01-19T10:00:00+08:00")
    assert [dict(each.message.values)["contact"] for each in report.problems if each.code == "contact-public"] == [
        "0386-8612047",
        "13912345678",
        "a@lgb.example.org",
    ]
    assert report.articles == (("01-report", "标题"),)


def test_numbers_mean_file_names(make: Make) -> None:
    root = make({ARTICLE: None, "issues/2026-01/01-a.md": article("甲"), "issues/2026-01/03-b.md": article("乙"),
                 "issues/2026-01/04-c.md": article("丙")})  # fmt: skip
    key = find_issue(root, None)
    assert clear(root, key, ["03", "3", "03-b.md"], "某人", "x").articles == (("03-b", "标题"),)
    with pytest.raises(UsageError):
        clear(root, key, ["2"], "某人", "x")
    assert revoke(root, key, ["1"]).articles == ()
    assert revoke(root, key, ["3"]).articles == (("03-b", ""),)


@pytest.mark.parametrize("name", ["", "  ", "张\n三", "<!--", "张\u200b三", "隆\uf9dc", "长" * 600])
def test_a_name_that_could_not_be_read_again_is_refused(make: Make, name: str) -> None:
    root = make()
    with pytest.raises(UsageError):
        clear(root, find_issue(root, None), ["1"], name, "x")
    assert not (root / "issues/2026-01/clearances.yaml").exists()


def test_the_clearance_of_a_deleted_article_can_be_taken_back(make: Make) -> None:
    root = make({"issues/2026-01/02-b.md": article("乙")})
    key = find_issue(root, None)
    clear(root, key, ["2"], "某人", "x")
    (root / "issues/2026-01/02-b.md").unlink()
    assert revoke(root, key, ["02-b"]).articles == (("02-b", ""),)


def test_a_comment_or_another_line_number_leaves_a_clearance_valid(make: Make) -> None:
    root = make({ARTICLE: article("正文。")})
    key = find_issue(root, None)
    clear(root, key, ["1"], "某人", "x")
    (root / ARTICLE).write_text(
        article("\n<!-- 记 -->\n\n正文。", "# 说明\nkind: report\ntitle: 标题\norganization: 某县"), "utf-8"
    )
    assert [each.clearance.value for each in status(root, key).articles] == ["valid"]


def test_a_clearance_can_be_taken_back_from_an_issue_in_ruins(make: Make) -> None:
    root = make({"issues/2026-01/02-b.md": article("乙")})
    key = find_issue(root, None)
    clear(root, key, ["1", "2"], "某人", "2026-01-19T10:00:00+08:00")
    (root / ARTICLE).write_text("没有文首信息", "utf-8")
    (root / "issues/2026-01/issue.yaml").write_text("number: 七\n", "utf-8")
    assert revoke(root, key, ["1"]).articles == (("01-report", ""),)
    record = root / "issues/2026-01/clearances.yaml"
    assert "02-b" in record.read_text("utf-8")
    record.write_text(record.read_text("utf-8") + "    extra: 1\n", "utf-8")
    before = record.read_bytes()
    assert has_errors(revoke(root, key, ["2"]).problems)
    assert has_errors(clear(root, key, ["2"], "某人", "x").problems)
    assert record.read_bytes() == before  # what cannot be read is not overwritten


def test_without_a_clearance_there_is_no_public_page_at_all(make: Make, tmp_path: Path) -> None:
    root = make()
    built(root, tmp_path)
    assert not (tmp_path / "web/public/2026/01").exists()


def test_a_change_after_clearing_shows_in_status_and_closes_the_article(make: Make, tmp_path: Path) -> None:
    root = make()
    key = find_issue(root, None)
    clear(root, key, ["01-report.md"], "杨红", "2026-01-19T10:00:00+08:00")
    assert [each.clearance.value for each in status(root, key).articles] == ["valid"]
    (root / ARTICLE).write_text(article("正文改了。"), "utf-8")
    (each,) = status(root, key).articles
    assert (each.clearance.value, each.cleared_by) == ("void", "杨红")
    assert built(root, tmp_path).web_articles == 0


# Whatever is typed: problems or a proved build, never a traceback.

PIECES = st.lists(
    st.one_of(
        st.text(st.sampled_from("老干部工作，。“”（）《》——……、：；0123456789%abcAPP ·～-"), min_size=1, max_size=40),
        st.sampled_from(["\n\n", "\n", "## ", "### ", "**", "*", "> ", "- ", "1. ", "[^1]", "\n\n[^1]: 注\n\n", "|a|b|\n|-|-|\n|c|d|\n\n"]),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_body_gives_problems_or_a_proved_build(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    root = tmp_path_factory.mktemp("any")
    from tests.conftest import BASE

    for path, content in {**BASE, ARTICLE: article(body)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    report = build(root, find_issue(root, None), BuildOrder(root / "build"), lambda _what: None)
    codes = Counter(problem.code for problem in report.problems)
    assert not {code for code in codes if code.startswith(("proof", "pdf-"))}, (body, report.problems)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
