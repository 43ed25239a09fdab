"""The type specimen: what it shows, and that nothing is printed when it does not come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bulletin.model.errors import TypesettingFailed
from bulletin.model.progress import Progress
from bulletin.pipeline import specimen
from bulletin.pipeline.specimen import assure_typesetting, make_specimen
from bulletin.prove.glyph_lines import lines_of, read_glyphs
from tests.conftest import REPOSITORY, Make, load

SILENT: Progress = lambda _: None  # noqa: E731
RIGHT_COLUMN_PT = 290
EXPECTED = (Path(__file__).parent / "specimen_lines.txt").read_text("utf-8").split("\n\n")


@pytest.fixture(scope="module")
def printed_lines(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The right column of the specimen of the sample publication, one printed line a line."""
    path = make_specimen(REPOSITORY, tmp_path_factory.mktemp("specimen"), SILENT)
    lines = []
    for page in read_glyphs(path.read_bytes()):
        column = tuple(glyph for glyph in page if glyph.x_pt > RIGHT_COLUMN_PT and abs(glyph.size_pt - 15.75) < 0.1)
        lines += [line.text for line in lines_of(column)]
    return "\n".join(lines)


@pytest.mark.parametrize("example", EXPECTED, ids=lambda example: example.split("\n", 1)[0].lstrip("# "))
def test_each_rule_is_set_as_its_example_shows(printed_lines: str, example: str) -> None:
    assert example.split("\n", 1)[1].strip() in printed_lines


def test_every_rule_of_the_specimen_has_an_expected_example() -> None:
    import yaml

    rules = yaml.safe_load((REPOSITORY / "assets/specimen.yaml").read_text("utf-8"))["rules"]
    assert [rule["name"] for rule in rules] == [example.split("\n", 1)[0].lstrip("# ") for example in EXPECTED]
    for rule, example in zip(rules, EXPECTED, strict=True):
        assert "".join(example.split("\n")[1:]) == rule["text"]


def face_without_features() -> bytes:
    """仿宋 as it was before it was given spacing features."""
    import io

    font = TTFont(REPOSITORY / "assets/fonts/GWFang.ttf", recalcTimestamp=False)
    for record in font["GPOS"].table.FeatureList.FeatureRecord:
        if record.FeatureTag[0] in "SBCEN" and record.FeatureTag[1:].isdigit():
            record.Feature.LookupListIndex, record.Feature.LookupCount = [], 0
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


CSS = (REPOSITORY / "assets/css/print.css").read_text("utf-8")
SPOILED = {
    "lines off the grid": {"assets/css/print.css": CSS + ".specimen .after { line-height: 30pt }"},
    "a wider measure": {"assets/css/print.css": CSS + ".specimen .after { letter-spacing: 0.02em }"},
    "pairs of marks with holes": {"assets/css/print.css": CSS + ".specimen .after { font-feature-settings: normal }"},
    "lines broken by the engine": {"assets/css/print.css": CSS + ".specimen .after { white-space: normal }"},
    "another size": {"assets/css/print.css": CSS + ".specimen .after { font-size: 15.9pt }"},
}


@pytest.mark.slow
@pytest.mark.parametrize("files", SPOILED.values(), ids=SPOILED.keys())
def test_nothing_is_printed_when_the_specimen_does_not_come_out(
    make: Make, files: dict[str, str | bytes | None]
) -> None:
    root = make(files)
    with pytest.raises(TypesettingFailed):
        assure_typesetting(load(root).publication, root / "build", SILENT)
    assert not (root / "build").exists()


@pytest.mark.slow
def test_a_face_without_spacing_features_is_found_out(make: Make) -> None:
    root = make({"assets/fonts/GWFang.ttf": face_without_features()})
    with pytest.raises(TypesettingFailed):
        assure_typesetting(load(root).publication, root / "build", SILENT)


def test_it_is_set_again_only_when_something_changed(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    render = specimen.render_specimen

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(specimen, "render_specimen", counted)
    root = make()
    for _ in range(2):
        assure_typesetting(load(root).publication, root / "build", SILENT)
    assert count == 1
    (root / "assets/css").mkdir(parents=True)
    (root / "assets/css/print.css").write_text(CSS + "\n/* another */", "utf-8")
    assure_typesetting(load(root).publication, root / "build", SILENT)
    assert count == 2
    monkeypatch.setattr("bulletin.render.specimen.engine_versions", lambda _: "WeasyPrint 71")
    assure_typesetting(load(root).publication, root / "build", SILENT)
    assert count == 3
