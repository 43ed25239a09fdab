"""Issues in the bureau's own faces: built, proved, reported on; prepared once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.compose import compose_edition
from bulletin.model.build import BuildOrder, BuildReport
from bulletin.model.errors import TypesettingFailed, UsageError
from bulletin.model.printed_text import printed_texts
from bulletin.model.problem import Outcome, has_errors
from bulletin.pipeline import specimen
from bulletin.pipeline.building import build
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.fonts import report_fonts
from bulletin.pipeline.reading import find_issue
from bulletin.pipeline.specimen import assure_typesetting, make_specimen
from tests.conftest import ARTICLE, REPOSITORY, Make, article, copy_sample, load
from tests.faces.foreign import BOX_HAN, MARKS_AND_SIGNS, box_font, content_of, foreign
from tests.prove.test_glyphs import assert_printed_as_foretold

HALF = BOX_HAN[len(BOX_HAN) * 51 // 100 :]
"""What may be lacking, where it does not matter what there is."""
LEAN = BOX_HAN[: len(BOX_HAN) * 51 // 100] + MARKS_AND_SIGNS
SETTINGS = "title: 测试动态\npublisher: 某局\nfonts:\n  仿宋: fonts/a.ttf\n"


def silent(_what: object) -> None: ...


def built(root: Path) -> BuildReport:
    return build(root, find_issue(root, None), BuildOrder(root / "build"), silent)


@pytest.fixture
def boxed(make: Make) -> Callable[..., Path]:
    """A publication whose 仿宋 is a font of boxes, without the characters named."""

    def write(without: str = "", **files: str) -> Path:
        characters = "".join(character for character in BOX_HAN + MARKS_AND_SIGNS if character not in without)
        return make({"bulletin.yaml": SETTINGS, "fonts/a.ttf": content_of(box_font(characters)), **files})

    return write


@pytest.mark.slow
def test_the_sample_is_built_in_faces_of_the_bureaus_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """仿宋 of 256 units with proportional quotation marks, 小标宋 with cubic outlines: the specimen passes, and every proof.

    They have what the sample and the specimen ask for and little more: how much a face must have, `faces/test_preparing.py` asks.
    """
    monkeypatch.setattr("bulletin.faces.source._LEAST_COVERAGE", 0.1)
    root = copy_sample(tmp_path / "publication")
    issue = load(REPOSITORY)
    texts = list(printed_texts(issue, compose_edition(issue)))
    used = {character for text in texts for character in text.text}
    characters = "".join(sorted(used | {*BOX_HAN[:100], "汉", *MARKS_AND_SIGNS} - {"省"}))
    (root / "fonts").mkdir()
    (root / "fonts/FS.ttf").write_bytes(foreign(characters.replace("省", "")))
    (root / "fonts/XBS.otf").write_bytes(foreign(characters, file="GWBiaosong.ttf", cubic=True))
    (root / "fonts/L.ttf").write_bytes(foreign("".join(map(chr, range(0x20, 0x7F))), em=2048, file="GWLatin.ttf"))
    settings = (REPOSITORY / "bulletin.yaml").read_text(
        "utf-8"
    ) + "fonts:\n  仿宋: fonts/FS.ttf\n  小标宋: fonts/XBS.otf\n  西文: fonts/L.ttf\n"
    (root / "bulletin.yaml").write_text(settings, "utf-8")
    report = built(root)
    assert not has_errors(report.problems), report.problems
    told = {str(problem.message): problem for problem in report.problems if problem.code == "face-substituted"}
    assert told["仿宋里没有“省”，用自带的仿宋代替"].span == next(
        text.span for text in texts if text.chain.name == "fang" and "省" in text.text
    )
    publication = assure_faces(load(root).publication, root / "build", silent).value
    assert publication is not None
    own = replace(load(root), publication=publication)
    assert_printed_as_foretold(own, (root / "build/2026-10/print.pdf").read_bytes())


def test_a_face_is_prepared_once(boxed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = boxed(HALF)
    source = (root / "fonts/a.ttf").read_bytes()
    assert not has_errors(built(root).problems)
    [prepared] = (root / "build/.faces").iterdir()
    assert prepared.name.startswith("HouseFang-")
    content, pdf = prepared.read_bytes(), (root / "build/2026-01/print.pdf").read_bytes()

    def never(*_arguments: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr("bulletin.faces.prepare_face", never)
        patched.setattr(specimen, "render_specimen", never)
        assert not has_errors(built(root).problems)
    assert (root / "build/2026-01/print.pdf").read_bytes() == pdf
    assert (root / "fonts/a.ttf").read_bytes() == source
    shutil.rmtree(root / "build")
    built(root)
    assert [path.read_bytes() for path in (root / "build/.faces").iterdir()] == [content]
    assert (root / "build/2026-01/print.pdf").read_bytes() == pdf


def test_another_file_takes_the_place_of_the_old(boxed: Callable[..., Path]) -> None:
    root = boxed(HALF)
    publication = load(root).publication
    assert assure_faces(publication, root / "build", silent).value is not None
    [old] = (root / "build/.faces").iterdir()
    (root / "fonts/a.ttf").write_bytes(content_of(box_font(LEAN, ink=(60, 440))))
    faces = assure_faces(load(root).publication, root / "build", silent).value
    assert faces is not None
    [new] = (root / "build/.faces").iterdir()
    assert new.name != old.name
    assert dict(faces.faces)["HouseFang.ttf"] == str(new)
    (root / "bulletin.yaml").write_text("title: 测试动态\npublisher: 某局\n", "utf-8")
    assure_faces(load(root).publication, root / "build", silent)
    assert not (root / "build/.faces").exists()


def test_the_specimen_is_set_again_for_another_face(
    boxed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, count, render = boxed(HALF), 0, specimen.render_specimen

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(specimen, "render_specimen", counted)
    for ink in ((50, 450), (50, 450), (60, 440)):
        (root / "fonts/a.ttf").write_bytes(content_of(box_font(LEAN, ink=ink)))
        publication = assure_faces(load(root).publication, root / "build", silent).value
        assert publication is not None
        assure_typesetting(publication, root / "build", silent)
    assert count == 2


def test_a_face_that_the_specimen_finds_out_is_not_printed_with(
    boxed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if preparing had left the spacing features out."""
    root = boxed()
    bare = (root / "fonts/a.ttf").read_bytes()
    monkeypatch.setattr("bulletin.faces.prepare_face", lambda *_: Outcome(bare))
    with pytest.raises(TypesettingFailed) as raised:
        built(root)
    assert "fonts" in str(raised.value.advice)
    assert not (root / "build/2026-01").exists()


def test_a_broken_face_stops_the_build_and_the_specimen(boxed: Callable[..., Path]) -> None:
    root = boxed()
    (root / "fonts/a.ttf").write_bytes((root / "fonts/a.ttf").read_bytes()[:2000])
    report = built(root)
    assert [(problem.code, str(problem.span)) for problem in report.problems] == [("face-broken", "bulletin.yaml:4:7")]
    assert report.outputs == ()
    assert not list((root / "build").iterdir())
    with pytest.raises(UsageError) as raised:
        make_specimen(root, root / "build", silent)
    assert "bulletin.yaml:4:7" in str(raised.value)


def test_the_report_tells_what_each_face_covers(boxed: Callable[..., Path]) -> None:
    root = boxed("某一段", **{ARTICLE: article("正文一段。\n\n> 引昇。")})
    report = report_fonts(root, find_issue(root, None))
    assert report.problems == ()
    faces = {face.role.name: face for face in report.faces}
    assert list(faces) == ["仿宋", "楷体", "黑体", "小标宋", "宋体", "西文"]
    fang, kai = faces["仿宋"], faces["楷体"]
    assert (fang.path, fang.facts.name, fang.gb_2312) == ("fonts/a.ttf", "Box", 6760)
    assert [(each.character, str(each.stand_in)) for each in fang.missing] == [
        ("一", "自带的仿宋"),
        ("段", "自带的仿宋"),
    ]
    assert fang.covered == fang.used - 2
    assert [(each.character, str(each.stand_in), str(each.span)) for each in kai.missing] == [
        ("昇", "霞鹜文楷", f"{ARTICLE}:9")
    ]
    assert (kai.path, kai.gb_2312, kai.standard) == ("", 6763, 6638)


def test_without_an_issue_the_faces_are_reported_all_the_same(make: Make) -> None:
    report = report_fonts(make(), None)
    assert report.key is None
    assert {face.used for face in report.faces} == {0}
    assert report.faces[0].gb_2312 == 6763


def test_a_face_that_cannot_be_used_is_reported_as_the_built_in_one(boxed: Callable[..., Path]) -> None:
    root = boxed()
    (root / "fonts/a.ttf").write_bytes(b"nothing")
    report = report_fonts(root, find_issue(root, None))
    assert [problem.code for problem in report.problems] == ["face-broken"]
    assert (report.faces[0].path, report.faces[0].file) == ("", "GWFang.ttf")


def test_a_character_that_only_the_bureaus_face_has_is_printed_in_every_chain(make: Make) -> None:
    """A rare name stands in body, title and by-line; a font that was bought for it serves all three."""
    rare = "\U0002b740"
    root = make({
        "bulletin.yaml": SETTINGS,
        "fonts/a.ttf": content_of(box_font(BOX_HAN + MARKS_AND_SIGNS + rare)),
        ARTICLE: article(f"正文{rare}，*楷{rare}*。", f"kind: report\ntitle: 标题{rare}\norganization: 某{rare}县"),
    })  # fmt: skip
    report = built(root)
    assert not has_errors(report.problems)
    assert {str(problem.message) for problem in report.problems} == {
        f"楷体里没有“{rare}”，用仿宋代替", f"小标宋里没有“{rare}”，用仿宋代替",
    }  # fmt: skip


def test_the_command_shows_a_table_and_says_what_cannot_be_printed(
    boxed: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin.cli import entry

    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    root = boxed("一段")
    assert entry.run(["-C", str(root), "fonts"]) == 0
    out = capsys.readouterr().out
    assert "仿宋缺（用自带的仿宋代替）：一 段" in out
    assert "fonts/a.ttf" in out
    assert "6761/6763" in out
    (root / ARTICLE).write_text(article("正文\U0002b740。"), "utf-8")
    assert entry.run(["-C", str(root), "fonts"]) == 1
    assert f"仿宋缺（所有字库都没有，印不出）：\U0002b740（{ARTICLE}:7）" in capsys.readouterr().out
    assert entry.run(["-C", str(root), "fonts", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["issue"] == "2026-01"
    fang = said["fonts"][0]
    assert (fang["role"], fang["own"], fang["file"], fang["gb2312"]) == ("仿宋", True, "fonts/a.ttf", 6761)
    assert {"character": "\U0002b740", "code": "U+2B740", "stand_in": None, "path": ARTICLE, "line": 7} in fang[
        "missing"
    ]
