"""What the tests share: a small valid publication, the sample issue, the real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from bulletin.compose import compose_edition
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.pages import TypesetEdition
from bulletin.model.problem import Problem, Span
from bulletin.model.publication import Publication
from bulletin.prove.print_edition import prove_print
from bulletin.render.print_edition import render_print
from bulletin.typeset import typeset_edition
from tests.browsers import chromium
from tests.once import do_once
from tests.programs import install_pdfjs

settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")
"""What is generated is the same each time, so that a test fails because of a change; `--hypothesis-profile=default` looks further."""

REPOSITORY = Path(__file__).resolve().parent.parent
SEED = REPOSITORY.parent / "shared" / "seed" / "publication"

BASE = {
    "bulletin.yaml": "title: 测试动态\npublisher: 某局\n",
    "house/recipients.yaml": "units:\n  - {name: 甲局, copies: 2}\ngroups:\n  - {name: 各科, count: 3}\n",
    "issues/2026-01/issue.yaml": (
        "number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部资料, 注意保存]\n"
        "editors: {responsible: 张三, phone: 010-12345678}\n"
        "distribution:\n  报: [[甲局]]\n  发: [[各科]]\narchive: 4\nspare: 1\n"
    ),
    "issues/2026-01/01-report.md": "---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n正文一段。\n",
}

Make = Callable[..., Path]

LONG_FILES = (
    "test_readme.py",
    "web/test_servers.py",
    "web/test_search_page.py",
    "web/test_pages_shown.py",
    "web/test_accessibility.py",
    "test_pipeline.py",
    "pipeline/site/test_building_site.py",
    "pipeline/site/test_gate_after_edits.py",
    "register/test_register_faults.py",
    "register/test_publications_faults.py",
    "publish/targets/test_bucket.py",
    "publish/targets/test_bucket_cuts.py",
    "publish/targets/test_bucket_damage.py",
    "publish/targets/test_folder_faults.py",
    "publish/targets/test_sftp_disk.py",
    "render/test_form_sheets.py",
    "test_house_faces.py",
    "proofread/test_robust.py",
    "prove/test_tracing.py",
    "faces/test_preparing.py",
    "cli/test_check_command.py",
    "cli/test_commands.py",
    "pipeline/test_numbering.py",
    "pipeline/test_imposing.py",
)
"""Below `tests/`: each takes more than some twenty seconds, and a process that begins one of them last makes the others wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, in the order above; of the others, and within a file, the order stays."""
    places = {REPOSITORY / "tests" / name: place for place, name in enumerate(LONG_FILES)}
    assert all(path.is_file() for path in places)
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(autouse=True)
def _own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese, whatever an earlier test chose in this process, and whatever the machine speaks."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.fixture(scope="session", autouse=True)
def _no_limits() -> Iterator[None]:
    """A command that a test runs in its own process must not limit what the tests after it may use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bulletin.cli.entry.set_limits", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _same_work_once() -> Iterator[None]:
    """What hundreds of tests would do again and again."""
    with pytest.MonkeyPatch.context() as patch:
        do_once(patch)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process: Playwright can be started once in it."""
    with chromium() as started:
        yield started


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a publication: the base, with the files given by path in place of its own (`None` removes one)."""

    def write(files: dict[str, str | bytes | None] | None = None, folder: str = "publication") -> Path:
        root = tmp_path / folder
        for path, content in {**BASE, **(files or {})}.items():
            if content is None:
                continue
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


SAMPLE = ("bulletin.yaml", "house", "issues", "assets/emblem.png")
"""What the sample publication consists of; the rest of the checkout is the program's."""


def copy_sample(root: Path, names: Iterable[str] = SAMPLE) -> Path:
    """A copy of the sample publication, written in that order."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, root / name)
        else:
            shutil.copy(REPOSITORY / name, root / name)
    return root


def load(root: Path) -> Issue:
    """The newest issue of a publication that has no problems."""
    publication = load_publication(root)
    assert publication.value is not None, publication.problems
    issue = load_issue(root, list_issues(root)[-1], publication.value)
    assert issue.value is not None, issue.problems
    assert not issue.problems
    return issue.value


def article(body: str, front: str = "kind: report\ntitle: 标题\norganization: 某县") -> str:
    """The text of an article file."""
    return f"---\n{front}\n---\n\n{body}\n"


def typeset(edition: Edition, publication: Publication) -> TypesetEdition:
    """The edition in finished lines."""
    return typeset_edition(edition, publication, Span("issue.yaml"))[0]


def printed(edition: Edition, publication: Publication) -> Artifact:
    """The print PDF of an edition."""
    return render_print(typeset(edition, publication), publication)


def proved(edition: Edition, publication: Publication, artifact: Artifact | None = None) -> tuple[Problem, ...]:
    """The problems of the edition's print PDF, or of another in its place."""
    lines = typeset(edition, publication)
    return prove_print(edition, lines, artifact or render_print(lines, publication), Span("issue.yaml"))


def composed(root: Path) -> tuple[Edition, Publication]:
    """The newest issue of a publication that has no problems, as composed."""
    issue = load(root)
    return compose_edition(issue), issue.publication


ARTICLE = "issues/2026-01/01-report.md"


@pytest.fixture
def issue_of(make: Make) -> Callable[[str], Issue]:
    """An issue whose only article has the body given."""
    return lambda body: load(make({ARTICLE: article(body)}))


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real issue in our format, where it lies beside the checkout."""
    if not SEED.exists():
        pytest.skip("the real issue is not published with the project; it lies beside the checkout of its makers")
    return SEED


@pytest.fixture(scope="session")
def pdfjs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of packages with pdf.js."""
    return install_pdfjs(tmp_path_factory.mktemp("pdfjs"))
