"""The gate after any edits says what it says of a site that is made from nothing: the same problems, the same files, or the site as it stood."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Severity
from bulletin.model.site_build import SiteOrder, SiteReport
from bulletin.pipeline.clearing import revoke
from bulletin.pipeline.site.ledger import read_ledger
from tests.archives import AT
from tests.clearing import site_report
from tests.leaking import (
    OF_ARTICLES,
    OF_HOUSE,
    append,
    articles,
    clear_again,
    heal,
    lengthen_title,
    sentence,
    sentences_of,
    write_quiet_archive,
    write_template,
)

_STEPS = 8
_PUT_RIGHT = 0.5
_AUDIENCES = (*[Audience.PUBLIC] * 4, Audience.INTRANET)
_OF_WHAT_STANDS = {"still-public", "site-half-made"}
NOVEL = "灯笼渡口粮站水库桥梁果树砖窑相册。"
"""What no article of the archive says."""


def content(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def errors(report: SiteReport) -> tuple[Problem, ...]:
    return tuple(each for each in report.problems if each.severity is Severity.ERROR)


def refusal(report: SiteReport) -> tuple[Problem, ...]:
    """Why the site is not made, without what is said of the site that stands."""
    return tuple(each for each in report.problems if each.code not in _OF_WHAT_STANDS)


def quiet(output: Path) -> bool:
    """True if the last site that was made gave the gate nothing to suspect."""
    return read_ledger(SiteOrder(Audience.PUBLIC, output)).quiet


@dataclass
class Twins:
    """A publication, the output folder that is kept from step to step, and others, each made from nothing."""

    root: Path
    output: Path
    cleans: Iterator[Path]

    def compare(self, audience: Audience) -> SiteReport:
        """Builds both ways; what was refused is refused in the same words and changed nothing, what was made is the same."""
        stood, stamped = content(self.output / "web"), times(self.output / "web")
        kept = site_report(self.root, self.output, audience)
        clean_output = next(self.cleans)
        clean = site_report(self.root, clean_output, audience)
        assert kept.made == clean.made, (errors(kept), errors(clean))
        if not kept.made:
            assert refusal(kept) == refusal(clean)
            assert (content(self.output / "web"), times(self.output / "web")) == (stood, stamped)
            return kept
        assert not errors(kept)
        assert content(Path(kept.folder)) == content(Path(clean.folder))
        assert set(kept.problems) <= set(clean.problems), "of what did not change no warning is told again"
        others = {path: each for path, each in stood.items() if audience.value not in path}
        assert others.items() <= content(self.output / "web").items()
        return kept


@pytest.fixture
def twins(tmp_path: Path) -> Twins:
    cleans = (tmp_path / f"clean{number}" for number in range(100))
    return Twins(write_quiet_archive(tmp_path / "publication"), tmp_path / "kept", cleans)


def edit_once(root: Path, chance: random.Random) -> None:
    """What happens between two builds: one or two edits of articles, or one of the house."""
    edits = chance.choices(OF_ARTICLES, k=2) if chance.random() < 0.75 else chance.choices(OF_HOUSE)
    for edit in edits:
        edit(root, chance)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_after_any_edits_the_gate_says_what_it_says_of_a_site_made_from_nothing(twins: Twins, seed: int) -> None:
    """Who is refused puts it right, or goes on as if nothing were; some builds are for the intranet, in the same folder."""
    chance = random.Random(seed)
    secret = chance.choice(sentences_of(held(twins.root)))
    write_template(twins.root, "article", secret, "card.title | length is odd")
    write_template(twins.root, "help", chance.choice(told(twins.root)))
    report = twins.compare(Audience.PUBLIC)
    assert report.made
    for _ in range(_STEPS):
        if not report.made and chance.random() < _PUT_RIGHT:
            heal(twins.root, chance)
        edit_once(twins.root, chance)
        report = twins.compare(chance.choice(_AUDIENCES))
    heal(twins.root, chance)
    assert twins.compare(Audience.PUBLIC).made


def told(root: Path) -> list[str]:
    """The sentences of the articles that are cleared at first."""
    return [each for path in articles(root) if path.stem != "03-a" for each in sentences_of(path)]


def held(root: Path) -> Path:
    """An article that is not cleared, of the last issue."""
    return root / "issues/2025-01/03-a.md"


def odd_title(root: Path) -> Path:
    """A cleared article of the first issue, the only one that is given a title of odd length."""
    return root / "issues/2024-01/01-a.md"


def test_what_an_old_article_says_is_found_on_a_page_that_is_new(twins: Twins) -> None:
    """Nothing was suspected; then the title of an article brings a held sentence, of an issue that nobody touched, onto its page."""
    write_template(twins.root, "article", sentences_of(held(twins.root))[-1], "card.title | length is odd")
    assert twins.compare(Audience.PUBLIC).made
    assert quiet(twins.output)
    lengthen_title(twins.root, odd_title(twins.root))
    report = twins.compare(Audience.PUBLIC)
    assert [(each.code, each.span.path) for each in report.problems] == [("leak", "issues/2025-01/03-a.md")]
    assert quiet(twins.output), "of the site that stands"
    lengthen_title(twins.root, odd_title(twins.root))
    assert twins.compare(Audience.PUBLIC).made


@pytest.mark.parametrize("page", ["help", "browse", "list"])
def test_what_a_new_article_says_is_found_on_a_page_that_is_old(twins: Twins, page: str) -> None:
    """A page says what no article does, and nothing is suspected; then an article that is not cleared says it too, and the page stays as it is."""
    write_template(twins.root, page, NOVEL)
    assert twins.compare(Audience.PUBLIC).made
    assert quiet(twins.output)
    append(held(twins.root), NOVEL)
    report = twins.compare(Audience.PUBLIC)
    assert [(each.code, each.span.path) for each in report.problems] == [("leak", "issues/2025-01/03-a.md")]
    clear_again(twins.root, held(twins.root))
    assert twins.compare(Audience.PUBLIC).made


def test_what_is_taken_back_is_found_on_a_page_that_is_old(twins: Twins) -> None:
    """A page says what a cleared article says too; then that is cleared no longer."""
    article = odd_title(twins.root)
    write_template(twins.root, "help", sentences_of(article)[-1])
    assert twins.compare(Audience.PUBLIC).made
    assert quiet(twins.output)
    revoke(twins.root, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    report = twins.compare(Audience.PUBLIC)
    assert [(each.code, each.span.path) for each in refusal(report)] == [("leak", "issues/2024-01/01-a.md")]


Cut: TypeAlias = Callable[[bytes], int]
CUTS: dict[str, Cut] = {
    "nothing left": lambda _: 0,
    "the first line": lambda content: content.find(b"\n") + 1,
    "two thirds": lambda content: len(content) * 2 // 3,
    "all but one byte": lambda content: len(content) - 1,
}


@dataclass(frozen=True)
class Edited:
    """A publication that was edited since its site was made, the output folder as it then was, and what a build from nothing makes of it."""

    root: Path
    output: Path
    clean: SiteReport


@pytest.fixture(scope="module", params=[True, False], ids=["leaks", "sound"])
def edited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Edited with or without leaks: one on a page that is new, one on a page that is old."""
    folder = tmp_path_factory.mktemp("edited")
    root = write_quiet_archive(folder / "publication")
    write_template(root, "article", sentences_of(held(root))[-1], "card.title | length is odd")
    write_template(root, "help", NOVEL)
    assert site_report(root, folder / "kept").made
    assert quiet(folder / "kept")
    if request.param:
        lengthen_title(root, odd_title(root))
        append(root / "issues/2024-02/03-a.md", NOVEL)
    else:
        append(odd_title(root), sentence(random.Random(7)))
        clear_again(root, odd_title(root))
    clean = site_report(root, folder / "clean")
    assert [each.code for each in errors(clean)] == (["leak"] * 2 if request.param else [])
    return Edited(root, folder / "kept", clean)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("kind", ["secrets", "sights", "tokens", "ledger.json"])
def test_what_was_kept_and_is_torn_is_not_believed(edited: Edited, tmp_path: Path, kind: str, cut: str) -> None:
    """As if everything that is kept were made anew: the same site, or the same leaks and the site as it stood."""
    shutil.copytree(edited.output, tmp_path / "kept")
    order = SiteOrder(Audience.PUBLIC, tmp_path / "kept")
    kept = order.kept / kind
    tear([kept] if kept.is_file() else sorted(kept.iterdir()), CUTS[cut])
    stood = content(order.folder)
    report = site_report(edited.root, order.output)
    assert errors(report) == errors(edited.clean)
    assert content(order.folder) == (content(Path(edited.clean.folder)) if report.made else stood)


def tear(files: list[Path], cut: Cut) -> None:
    assert files
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[: cut(whole)])
