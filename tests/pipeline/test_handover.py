"""Making hand-over kits: only what is cleared, only what is proven, the same bytes each time, and nothing that lies around."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image, PngImagePlugin

from bulletin.load.folders import list_issues
from bulletin.load.publication import load_publication
from bulletin.load.stock import take_stock
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.errors import UsageError
from bulletin.model.handover import GUIDE_FILE, PAGE_FILE, SHEET_FILE, SOURCE_FILE, SUMS_FILE, HandoverReport
from bulletin.model.problem import Problem
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.clearing import revoke
from bulletin.pipeline.publishing.handover import make_kits
from bulletin.pipeline.publishing.kit_furniture import bare_kit
from bulletin.pipeline.publishing.kit_gate import KitGate
from bulletin.pipeline.site.building import build_site
from bulletin.pipeline.site.kept import secrets_file
from bulletin.prove.leaks.files import texts_of
from bulletin.render.web.frame import make_frame
from tests.conftest import Make, article
from tests.gates import AT, FILES, SECRET, SENTENCE, cleared, places, png
from tests.gates import publication as half_cleared
from tests.kits import FILES as RICH
from tests.kits import KIT, clear_all, holder, kit_of, make_all, packed, publication, unpacked


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def texts_in(content: bytes) -> str:
    return "\n".join(texts_of(KIT, content).texts)


def test_a_kit_holds_what_is_cleared_and_nothing_else(make: Make, tmp_path: Path) -> None:
    root, output = half_cleared(make), tmp_path / "out"
    report = make_all(root, output)
    assert not report.failed
    assert [(str(kit.key), kit.articles, kit.written) for kit in report.kits] == [("2026-01", 1, True)]
    said = texts_in((output / KIT).read_bytes())
    assert load_publication(root).value
    assert "老干部工作" in said
    assert SENTENCE not in said
    assert "金丝雀" not in said
    assert "jinsique" not in said
    assert "共印" not in said
    assert "8612047" not in said


def test_the_same_sources_give_the_same_bytes_which_are_not_written_again(make: Make, tmp_path: Path) -> None:
    output = tmp_path / "out"
    root = publication(make)
    make_all(root, output)
    first, when = (output / KIT).read_bytes(), (output / KIT).stat().st_mtime_ns
    report = make_all(root, output)
    assert [kit.written for kit in report.kits] == [False]
    assert (output / KIT).stat().st_mtime_ns == when
    shutil.copytree(root, tmp_path / "elsewhere")
    make_all(tmp_path / "elsewhere", tmp_path / "out2")
    assert (tmp_path / "out2" / KIT).read_bytes() == first


def test_the_sums_are_those_of_the_files(make: Make, tmp_path: Path) -> None:
    make_all(publication(make), tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / KIT) as archive:
        archive.extractall(tmp_path / "unpacked")
        count = len(archive.namelist())
    checked = subprocess.run(
        ["sha256sum", "-c", SUMS_FILE], check=False, cwd=tmp_path / "unpacked", capture_output=True
    )
    assert checked.returncode == 0
    assert checked.stdout.count(b": OK") == count - 1


def test_what_was_revoked_does_not_lie_around(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    revoke(root, list_issues(root)[-1], ["04-speech"], "某人", AT)
    make_all(root, output)
    assert not [name for name in unpacked((output / KIT).read_bytes()) if name.startswith("04")]
    revoke(root, list_issues(root)[-1], ["01-report", "02-notice", "03-form"], "某人", AT)
    report = make_all(root, output)
    assert not report.kits
    assert [str(key) for key in report.empty] == ["2026-01"]
    assert report.removed == (KIT,)
    assert not (output / KIT).exists()
    assert make_all(root, output).removed == ()


def test_kits_of_issues_that_are_gone_are_taken_away(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    (output / "handover/2025-12.zip").write_bytes(b"old")
    (output / "handover/mine.zip").write_bytes(b"of somebody else")
    assert make_all(root, output).removed == ("handover/2025-12.zip",)
    assert (output / "handover/mine.zip").exists()


def test_an_issue_with_errors_gives_no_kit_and_says_that_an_old_one_is_old(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    before = (output / KIT).read_bytes()
    path = root / "issues/2026-01/04-speech.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nnonsense: 1\n", 1), "utf-8")
    report = make_all(root, output)
    assert [str(key) for key in report.failed] == ["2026-01"]
    assert "kit-old" in codes(report.problems)
    assert not report.kits
    assert (output / KIT).read_bytes() == before


def test_nothing_is_written_when_a_template_says_what_is_held(make: Make, tmp_path: Path) -> None:
    root, output = half_cleared(make), tmp_path / "out"
    own = root / "templates/handover/guide.html"
    own.parent.mkdir(parents=True)
    own.write_text(f'{{% include "builtin/handover/guide.html" %}}<p>{SENTENCE}</p>', "utf-8")
    report = make_all(root, output)
    assert codes(report.problems) == {"leak", "clearance-mention"}
    assert any(place.startswith(SECRET) for place in places(report.problems))
    assert not (output / KIT).exists()


def test_nothing_is_written_when_a_template_changes_the_text(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    own = root / "templates/handover/source.html"
    own.parent.mkdir(parents=True)
    own.write_text('{% include "builtin/handover/source.html" %}<p>本局补充</p>', "utf-8")
    report = make_all(root, output)
    assert codes(report.problems) == {"proof-text"}
    assert not (output / KIT).exists()


def test_sources_that_change_meanwhile_stop_it(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    path = root / "issues/2026-01/04-speech.md"

    def edit(_: object) -> None:
        path.write_text(path.read_text("utf-8") + "\n又添一句。\n", "utf-8")

    with pytest.raises(UsageError):
        make_kits(root, output, list_issues(root), holder(), edit)
    assert not (output / KIT).exists()


def test_where_kits_are_all_that_goes_out_our_own_addresses_are_not_named(make: Make, tmp_path: Path) -> None:
    settings = f"{RICH['bulletin.yaml']}publish:\n  平台: {{to: kit}}\n"
    root = publication(make, {**RICH, "bulletin.yaml": settings})
    assert not make_all(root, tmp_path / "out").failed
    said = texts_in((tmp_path / "out" / KIT).read_bytes())
    assert "https://lgb.example.gov.cn" not in said
    assert "https://example.org/a?b=1" in said


HOSTILE = [
    "../../../etc/passwd",
    'a/b:c*d?e"f<g>h|i\\j',
    "CON",
    "。。。……",
    "😀👍🏽",
    "关于" * 60,
    "𠮷野家" * 3,
    ". .",
    "=1+1",
    "{{ 7*7 }}",
]


def test_titles_cannot_name_files_that_do_harm(make: Make, tmp_path: Path) -> None:
    files = {f"issues/2026-01/{place:02}-a.md": article("正文。", f"kind: report\ntitle: {json.dumps(title, ensure_ascii=False)}\norganization: 某县") for place, title in enumerate(HOSTILE, start=1)}  # fmt: skip
    root = publication(make, {"issues/2026-01/01-report.md": None, **files})
    report = make_all(root, tmp_path / "out")
    assert not report.failed, report.problems
    names = list(unpacked((tmp_path / "out" / KIT).read_bytes()))
    folders = sorted({name.split("/")[0] for name in names if "/" in name})
    assert len(folders) == len(HOSTILE)
    assert max(map(len, names)) < 40
    assert folders[0] == "01-etcpasswd"
    assert folders[3:5] == ["04", "05"]
    with zipfile.ZipFile(tmp_path / "out" / KIT) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert len([path for path in (tmp_path / "unpacked").rglob("*") if path.is_file()]) == len(names)


def test_as_many_articles_as_an_issue_can_have(make: Make, tmp_path: Path) -> None:
    files = {f"issues/2026-01/{place:02}-a.md": article(f"第{place}篇的正文。", f"kind: report\ntitle: 第{place}篇\norganization: 某县") for place in range(1, 100)}  # fmt: skip
    root = publication(make, {"issues/2026-01/01-report.md": None, **files})
    report = make_all(root, tmp_path / "out")
    assert [kit.articles for kit in report.kits] == [99]
    book = load_workbook(io.BytesIO(unpacked((tmp_path / "out" / KIT).read_bytes())[SHEET_FILE]))
    assert [row[0].value for row in book["文章"].iter_rows(min_row=2)] == list(range(1, 100))


def _in_text(content: bytes) -> bytes:
    return content.replace("正文".encode(), f"{SENTENCE}正文".encode(), 1) if "正文".encode() in content else content + SENTENCE.encode()  # fmt: skip


def _in_sheet(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book["图片"]["Z99"] = SENTENCE
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _in_properties(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.properties.description = SENTENCE
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _in_picture(content: bytes) -> bytes:
    said, written = PngImagePlugin.PngInfo(), io.BytesIO()
    said.add_itxt("Comment", SENTENCE)
    Image.open(io.BytesIO(content)).save(written, "PNG", pnginfo=said)
    return written.getvalue()


Plant = Callable[[bytes], bytes]
PLANTS: Mapping[str, tuple[str, Plant]] = {
    "guide": (GUIDE_FILE, _in_text),
    "page": (PAGE_FILE, _in_text),
    "source": (SOURCE_FILE, _in_text),
    "sums": (SUMS_FILE, _in_text),
    "cell": (SHEET_FILE, _in_sheet),
    "properties": (SHEET_FILE, _in_properties),
    "picture": ("图1.png", _in_picture),
}


@pytest.fixture
def gated(make: Make, tmp_path: Path) -> tuple[KitGate, Path]:
    """A gate before kits, and a publication of which an article is not cleared and the one that is has a picture."""
    root = make(FILES)
    path = root / "issues/2026-01/01-report.md"
    path.write_text(f"{path.read_text('utf-8')}\n![红](red.png)\n", "utf-8")
    (root / "issues/2026-01/red.png").write_bytes(png())
    cleared(root, ["1"])
    loaded = load_publication(root).value
    assert loaded
    furniture = bare_kit(loaded, make_frame(loaded, Audience.PUBLIC))
    return KitGate(root, tmp_path / "out", loaded, take_stock(root), furniture), root


@pytest.mark.parametrize("kind", PLANTS)
def test_the_gate_finds_what_is_held_in_every_kind_of_file(
    gated: tuple[KitGate, Path], tmp_path: Path, kind: str
) -> None:
    gate, root = gated
    make_all(root, tmp_path / "out")
    content = (tmp_path / "out" / KIT).read_bytes()
    kit, _ = kit_of(root)
    assert gate.find_leaks(kit, Artifact(KIT, "application/zip", content)) == ()
    name, plant = PLANTS[kind]
    files = unpacked(content)
    path = next(each for each in files if each.endswith(name))
    planted = packed({**files, path: plant(files[path])})
    found = gate.find_leaks(kit, Artifact(KIT, "application/zip", planted))
    assert "leak" in codes(found)
    assert path in str(found[0].message)


def test_the_gate_finds_the_name_of_a_file_that_is_held(gated: tuple[KitGate, Path], tmp_path: Path) -> None:
    gate, root = gated
    make_all(root, tmp_path / "out")
    files = unpacked((tmp_path / "out" / KIT).read_bytes())
    named = packed({**files, "jinsique-photo.png": next(each for name, each in files.items() if name.endswith("png"))})
    assert "leak" in codes(gate.find_leaks(kit_of(root)[0], Artifact(KIT, "", named)))


def test_pictures_named_as_ours_in_a_held_article_are_no_leak(make: Make, tmp_path: Path) -> None:
    held = article("不公开的。\n\n![图](1.png)\n", "kind: report\ntitle: 没审签\norganization: 某县")
    files = {**RICH, "issues/2026-01/05-held.md": held, "issues/2026-01/1.png": RICH["issues/2026-01/red.png"]}
    root = make(files)
    cleared(root, ["1", "2", "3", "4"])
    report = make_all(root, tmp_path / "out")
    assert not report.failed, report.problems


def test_what_the_site_kept_of_secrets_is_used_and_not_believed_when_torn(make: Make, tmp_path: Path) -> None:
    root, output = half_cleared(make), tmp_path / "out"
    order = SiteOrder(Audience.PUBLIC, output)
    assert build_site(root, order, lambda _: None).made
    key = list_issues(root)[-1]
    kept = secrets_file(order, str(key), take_stock(root).made_from()[key])
    assert kept.is_file()
    make_all(root, output)
    first = (output / KIT).read_bytes()
    kept.write_bytes(kept.read_bytes()[:-1])
    own = root / "templates/handover/guide.html"
    own.parent.mkdir(parents=True)
    own.write_text(f'{{% include "builtin/handover/guide.html" %}}<p>{SENTENCE}</p>', "utf-8")
    assert "leak" in codes(make_all(root, output).problems)
    assert (output / KIT).read_bytes() == first


def test_another_issue_that_cannot_be_read_is_held_as_a_whole(make: Make, tmp_path: Path) -> None:
    root, output = half_cleared(make), tmp_path / "out"
    path = root / SECRET
    path.write_text(path.read_text("utf-8").replace("kind: speech", "kind: nonsense"), "utf-8")
    report = make_all(root, output)
    assert report.failed
    head = (root / "issues/2026-01/issue.yaml").read_text("utf-8").split("highlights")[0]
    (root / "issues/2026-02").mkdir()
    next_head = head.replace("number: 1", "number: 2").replace("serial: 10", "serial: 11")
    (root / "issues/2026-02/issue.yaml").write_text(next_head, "utf-8")
    text = article("本期正文。", "kind: report\ntitle: 下一期的一篇\norganization: 某县")
    (root / "issues/2026-02/01-a.md").write_text(text, "utf-8")
    cleared(root, ["1"])
    assert not make_kits(root, output, list_issues(root)[-1:], holder(), lambda _: None).failed
    own = root / "templates/handover/guide.html"
    own.parent.mkdir(parents=True)
    own.write_text(f'{{% include "builtin/handover/guide.html" %}}<p>{SENTENCE}</p>', "utf-8")
    report = make_kits(root, output, list_issues(root)[-1:], holder(), lambda _: None)
    assert "leak" in codes(report.problems)


def test_the_real_issue(seed: Path, tmp_path: Path) -> None:
    shutil.copytree(seed, tmp_path / "real")
    clear_all(tmp_path / "real")
    report: HandoverReport = make_all(tmp_path / "real", tmp_path / "out")
    assert [kit.articles for kit in report.kits] == [10]
