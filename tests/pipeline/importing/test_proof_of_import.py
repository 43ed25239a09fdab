"""The proof of an import finds a word that is lost, a paragraph that comes twice, two that changed places, at every step on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.convert.recognising import recognise_issue
from bulletin.convert.repairs import repair
from bulletin.convert.text import read_text
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftIssue
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message
from bulletin.model.prose import Paragraph, Text
from bulletin.model.publication import Publication
from bulletin.pipeline.importing.sources import Written, prove_sources, write_sources
from tests.conftest import BASE
from tests.convert.recognising.test_issues_recognised import SAMPLES

KEY = IssueKey(2019, False, 30)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    root = tmp_path_factory.mktemp("publication")
    for path, text in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    loaded = load_publication(root).value
    assert loaded
    return loaded


@pytest.fixture(scope="module")
def written(publication: Publication) -> Written:
    read = read_text((SAMPLES / "columns.txt").read_bytes(), "columns.txt").value
    assert read
    made = repair(read)
    draft = recognise_issue(made.document, made.repairs)
    return write_sources(Path(), Imported(read, made.document, made.repairs, draft), KEY, publication)


def _said(written: Written, publication: Publication) -> str:
    """What the proof says of it; nothing where it holds."""
    outcome = prove_sources(written, KEY, publication)
    assert (outcome.value is None) == bool(outcome.problems)
    assert {problem.code for problem in outcome.problems} <= {"import-unproved"}
    return "".join(str(problem.message) for problem in outcome.problems)


def test_what_is_written_well_is_proven(written: Written, publication: Publication) -> None:
    assert _said(written, publication) == ""


def _with_blocks(written: Written, change: Callable[[list[object]], list[object]]) -> Written:
    """The same with other blocks in its first article, in draft and source."""
    draft = written.imported.draft
    assert isinstance(draft, DraftIssue)
    first = replace(draft.articles[0], blocks=tuple(change(list(draft.articles[0].blocks))))  # type: ignore[arg-type]
    return replace(
        written,
        imported=replace(written.imported, draft=replace(draft, articles=(first, *draft.articles[1:]))),
    )


def _shorter(blocks: list[object]) -> list[object]:
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and len(block.content) == 1)
    block = blocks[place]
    assert isinstance(block, Paragraph)
    text = block.content[0]
    assert isinstance(text, Text)
    return [
        *blocks[:place],
        replace(block, content=(Text(text.content[:-3] + text.content[-2:]),)),
        *blocks[place + 1 :],
    ]


@pytest.mark.parametrize(
    "change",
    [
        _shorter,
        lambda blocks: blocks[1:],
        lambda blocks: [*blocks, blocks[-1]],
        lambda blocks: [blocks[0], *blocks],
        lambda blocks: [blocks[1], blocks[0], *blocks[2:]],
        lambda blocks: [*blocks[:-2], blocks[-1], blocks[-2]],
        lambda blocks: [*blocks, Paragraph((Text("多出来的一段"),), blocks[0].span)],
    ],
)
def test_a_draft_that_is_not_the_document(
    written: Written, publication: Publication, change: Callable[[list[object]], list[object]]
) -> None:
    assert "认出的文字与原文件不一致" in _said(_with_blocks(written, change), publication)


def test_what_was_taken_is_all_there(written: Written, publication: Publication) -> None:
    draft = written.imported.draft
    assert isinstance(draft, DraftIssue)
    for place, taken in enumerate(draft.taken):
        others = (*draft.taken[:place], *draft.taken[place + 1 :])
        lost = replace(written, imported=replace(written.imported, draft=replace(draft, taken=others)))
        assert taken.text.split()[0][:4] in _said(lost, publication) or "认出" in _said(lost, publication)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("01-speech.md", "这次会议的主要任务是", "这次会议的任务是"),
        ("01-speech.md", "成效是明显的。", "成效是明显的。\n\n成效是明显的。"),
        ("01-speech.md", "speaker: 高远", "speaker: 高"),
        ("01-speech.md", "title: 在", "title: 再"),
        ("issue.yaml", "serial: 612", "serial: 613"),
        ("issue.yaml", "date: 2019-11-05", "date: 2019-11-06"),
        ("issue.yaml", "妥善保存", "妥善保管"),
        ("issue.yaml", "省纪委监委，省委各部门", "省纪委监委"),
        ("issue.yaml", "王磊", "王雷"),
    ],
)
def test_a_source_that_is_not_the_draft(
    written: Written, publication: Publication, name: str, before: str, after: str
) -> None:
    def changed(file: Artifact) -> Artifact:
        text = file.content.decode()
        return replace(file, content=text.replace(before, after, 1).encode()) if file.path.endswith(name) else file

    files = tuple(map(changed, written.files))
    assert files != written.files
    assert "写出的文字与原文件不一致" in _said(replace(written, files=files), publication)


def test_a_source_that_is_not_there(written: Written, publication: Publication) -> None:
    assert "写出的文字与原文件不一致" in _said(replace(written, files=written.files[:-1]), publication)


def test_a_repair_that_is_not_listed(written: Written, publication: Publication) -> None:
    made = next(each for each in written.imported.repairs if each.before != each.after)
    others = tuple(each for each in written.imported.repairs if each is not made)
    silent = replace(written, imported=replace(written.imported, repairs=others))
    assert "没有列进修改清单" in _said(silent, publication)
    invented = replace(made, offset=0, before="没有的字", after="", why=Message("无"))
    more = replace(written, imported=replace(written.imported, repairs=(*written.imported.repairs, invented)))
    assert "没有列进修改清单" in _said(more, publication)


@pytest.mark.parametrize(("census", "said"), [("多看见的几个字", "有 7 个字没有读到"), ("", "")])
def test_what_a_second_look_finds(written: Written, publication: Publication, census: str, said: str) -> None:
    document = replace(written.imported.document, census=written.imported.document.census + census)
    assert said in _said(replace(written, imported=replace(written.imported, document=document)), publication)


def test_what_a_second_look_does_not_find(written: Written, publication: Publication) -> None:
    document = replace(written.imported.document, census=written.imported.document.census[:-2])
    found = _said(replace(written, imported=replace(written.imported, document=document)), publication)
    assert "多读出 2 个字" in found
