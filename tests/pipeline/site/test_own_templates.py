"""A bureau's own templates: what is wrong in them is told at its line, as what an editor wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.cli.entry import run
from bulletin.render.own_templates import check_own_templates
from tests.archive import problem_line
from tests.archives import write_archive
from tests.clearing import site_report
from tests.conftest import REPOSITORY

HEAD = '{% extends "builtin/web/help.html" %}\n'


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication", issues=1)


def write(root: Path, text: str, name: str = "help.html") -> None:
    path = root / "templates/web" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (f"{HEAD}\n{{% block mian %}}另一种帮助{{% endblock %}}", "3 error template-block", "main"),
        (f"{HEAD}{{% block zzzzzz %}}{{% endblock %}}", "2 error template-block", "footer"),
        (f"{HEAD}{{% block main %}}另一种帮助", "2 error template", "endblock"),
        (f"{HEAD}{{% blok main %}}", "2 error template", "blok"),
        ('{% extends "builtin/web/hlep.html" %}', "1 error template", "hlep.html"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(archive: Path, tmp_path: Path, text: str, place: str, said: str) -> None:
    stood = site_report(archive, tmp_path / "out")
    assert stood.made
    write(archive, text)
    report = site_report(archive, tmp_path / "out")
    assert not report.made
    (problem,) = report.problems
    assert problem_line(problem) == f"templates/web/help.html:{place}"
    assert said in f"{problem.message}{problem.advice}"
    assert run(["-C", str(archive), "site", "-o", str(tmp_path / "out")]) == 1


def test_blocks_that_are_there_and_new_ones_inside_of_them(archive: Path, tmp_path: Path) -> None:
    write(archive, f"{HEAD}{{% block main %}}{{% block ours %}}新块{{% endblock %}}{{{{ super() }}}}{{% endblock %}}")
    write(archive, "<footer>{% block anything %}本局{% endblock %}</footer>", "footer.html")
    report = site_report(archive, tmp_path / "out")
    assert report.made, report.problems
    page = Path(report.folder, "help/index.html").read_text("utf-8")
    assert "新块" in page
    assert "<footer>本局</footer>" in page


def test_a_name_that_nobody_knows_is_the_editor_s_too(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(archive, f"{HEAD}{{% block main %}}\n\n{{{{ sitte.title }}}}{{% endblock %}}")
    assert run(["-C", str(archive), "site", "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "模板 templates/web/help.html:4 有错" in said
    assert "sitte" in said


def test_the_program_s_own_templates_have_no_strange_blocks() -> None:
    """Looked at as if they were a bureau's, over themselves."""
    folder = str(REPOSITORY / "templates")
    assert check_own_templates((folder, folder)) == ()
