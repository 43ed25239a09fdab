"""The proof of search: clean files pass, and whatever is changed in them is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.artifact import Artifact
from bulletin.model.problem import Problem, Span
from bulletin.model.search import Fingerprint, SearchText, Volume
from bulletin.prove.web.search.reading import read_delivery, read_index, read_shard
from bulletin.prove.web.search.texts import prove_texts
from bulletin.prove.web.search.tokens import fingerprints_of, hash_of, hashes_of, tokens_in
from bulletin.prove.web.search.volumes import prove_volume, prove_volumes
from bulletin.render.web.search.delivery import delivery, signed_delivery
from bulletin.render.web.search.volumes import hashes_of as shard_hashes
from tests.conftest import Make, article
from tests.searching import Searched, make_searched, write_searched_archive
from tests.sites import RICH, picture

SITE = Span("bulletin.yaml")
Files = dict[str, Artifact]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    return make_searched(write_searched_archive(tmp_path_factory.mktemp("archive"), issues=6))


@pytest.fixture
def files(searched: Searched) -> Files:
    """The files of the only volume."""
    (volume,) = searched.volumes
    return {path: file for path, file in searched.files.items() if path.startswith(f"search/{volume.name}/")}


def prove(searched: Searched, files: Mapping[str, Artifact], volume: Volume | None = None) -> tuple[Problem, ...]:
    fingerprints = fingerprints_of(searched.texts)
    return prove_volume(volume or searched.volumes[0], files, searched.cards, fingerprints, SITE)


def change(files: Files, path: str, edit: Callable[[Any], Any]) -> Files:
    """The files with what one of them delivers changed."""
    content = read_delivery(files[path])
    return {**files, path: replace(files[path], content=delivery(edit(content)))}


def prove_changed(searched: Searched, files: Files, path: str, edit: Callable[[Any], Any]) -> tuple[Problem, ...]:
    """The proof with a table or a shard changed, and its digests in order: as if it had been made like that."""
    volume = searched.volumes[0]
    _, *content = read_delivery(files[path])
    digest, said = signed_delivery(*edit(content))
    shards = [digest if volume.shard_path(number) == path else each for number, each in enumerate(volume.shards)]
    told = replace(volume, table=digest if path == volume.table_path else volume.table, shards=tuple(shards))
    return prove(searched, {**files, path: replace(files[path], content=said)}, told)


def shard_of(searched: Searched, token: str) -> str:
    volume = searched.volumes[0]
    return volume.shard_path(hash_of(token) % len(volume.shards))


def with_postings(token: str, edit: Callable[[str], str]) -> Callable[[Any], Any]:
    """A shard in which the articles of a token are others."""

    def changed(content: Any) -> Any:
        tokens, postings = (each.split(" ") for each in content)
        place = tokens.index(token)
        postings[place] = edit(postings[place])
        return " ".join(tokens), " ".join(postings)

    return changed


def with_token(token: str, postings: str) -> Callable[[Any], Any]:
    return lambda content: (f"{content[0]} {token}", f"{content[1]} {postings}")


def without_token(content: Any) -> Any:
    tokens, postings = (each.split(" ") for each in content)
    return " ".join(tokens[1:]), " ".join(postings[1:])


def test_a_clean_index_passes(searched: Searched, files: Files) -> None:
    assert prove(searched, files) == ()
    assert prove_volumes(searched.files["search/volumes.js"], searched.volumes, SITE) == ()


def test_a_token_of_no_article_is_found(searched: Searched, files: Files) -> None:
    """That is how what is held back would be betrayed."""
    assert "绝" not in "".join(tokens_in(passage for text in searched.texts for passage in text.passages))
    for postings in ("A", "*B", "", "."):
        assert prove_changed(searched, files, shard_of(searched, "绝密"), with_token("绝密", postings))


@pytest.mark.parametrize(
    "edit",
    [
        lambda codes: "*" + ("A" if codes[1] != "A" else "B") + codes[2:],
        lambda codes: codes + "B",
        lambda codes: codes.split(".")[0],
        lambda codes: codes.split(".")[0][:-1] + "." + codes.split(".")[1],
        lambda codes: "A." + codes.split(".")[1],
        lambda codes: "?" + codes[1:],
        lambda codes: "*" + codes[1:].replace(".", "甲."),
        lambda _: "g",
        lambda _: "*__________________________",
        lambda _: "",
    ],
    ids=["bit", "title", "no-titles", "cut", "one", "no-digit", "no-digit-in-bits", "unended", "beyond", "none"],
)  # fmt: skip
def test_other_articles_of_a_token_are_found(searched: Searched, files: Files, edit: Callable[[str], str]) -> None:
    problems = prove_changed(searched, files, shard_of(searched, "建设"), with_postings("建设", edit))
    assert {problem.code for problem in problems} == {"proof-search"}
    assert prove_changed(searched, files, shard_of(searched, "建设"), with_postings("建设", lambda codes: codes)) == ()


def test_a_lost_token_is_found(searched: Searched, files: Files) -> None:
    volume = searched.volumes[0]
    for number in range(len(volume.shards)):
        assert prove_changed(searched, files, volume.shard_path(number), without_token)


def test_tokens_in_another_shard_are_found(searched: Searched, files: Files) -> None:
    volume = searched.volumes[0]
    one, other = (volume.shard_path(number) for number in (0, 1))
    swapped = {
        **files,
        one: replace(files[one], content=files[other].content),
        other: replace(files[other], content=files[one].content),
    }
    assert "读不通" in str(prove(searched, swapped)[0].message)
    told = replace(volume, shards=(volume.shards[1], volume.shards[0], *volume.shards[2:]))
    assert "放错了地方" in str(prove(searched, swapped, told)[0].message)


def test_a_token_that_is_there_twice_is_found(searched: Searched, files: Files) -> None:
    shard = shard_of(searched, "建设")
    volume = searched.volumes[0]
    number = next(place for place in range(len(volume.shards)) if volume.shard_path(place) == shard)
    twice = dict(zip(*read_shard(files[shard], volume.shards[number]), strict=True))["建设"]
    assert "放错了地方" in str(prove_changed(searched, files, shard, with_token("建设", twice))[0].message)


def test_a_file_that_is_not_the_one_asked_for_is_found(searched: Searched, files: Files) -> None:
    """A page would not take it: changed and with the digest that it had, or whole and with another."""
    volume = searched.volumes[0]
    for path in (volume.table_path, volume.shard_path(0)):
        assert prove(searched, change(files, path, lambda said: ["000000", *said[1:]]))
    assert prove(searched, change(files, volume.shard_path(0), lambda said: [said[0], *without_token(said[1:])]))
    assert prove(searched, files, replace(volume, table="000000"))
    assert prove(searched, files, replace(volume, shards=("000000", *volume.shards[1:])))
    assert prove(searched, files, replace(volume, shards=(volume.shards[0][:5], *volume.shards[1:])))


def test_a_wrong_table_is_found(searched: Searched, files: Files) -> None:
    table = searched.volumes[0].table_path
    edits: tuple[Callable[[Any], Any], ...] = (
        lambda said: {**said, "issues": said["issues"][::-1]},
        lambda said: {**said, "kind": said["kind"][::-1]},
        lambda said: {**said, "units": ["绝密单位", *said["units"][1:]]},
        lambda said: {**said, "issues": said["issues"][:-1]},
        lambda said: {**said, "units": [*said["units"], "没有文章的单位"]},
        lambda said: {**said, "kinds": [*said["kinds"], "没有文章的栏目"]},
        lambda said: {**said, "unit": [each + 100 for each in said["unit"]]},
        lambda said: {**said, "remark": "别的"},
        lambda _: [],
    )
    for edit in edits:
        assert prove_changed(searched, files, table, lambda said, edit=edit: [edit(said[0])])


def test_missing_and_surplus_files_are_found(searched: Searched, files: Files) -> None:
    volume = searched.volumes[0]
    assert prove(searched, {path: file for path, file in files.items() if path != volume.shard_path(0)})
    assert prove(searched, {**files, "search/old.js": files[volume.table_path]})
    assert prove(searched, files, replace(volume, shards=volume.shards[::2]))


def test_a_wrong_list_of_volumes_is_found(searched: Searched) -> None:
    artifact = searched.files["search/volumes.js"]
    assert prove_volumes(artifact, (), SITE)
    assert prove_volumes(replace(artifact, content=b"deliver()\n"), searched.volumes, SITE)
    for told in ({"name": "2017-2019"}, {"remark": "别的"}, {"shards": "000000"}, {"years": [2018]}):
        (row,) = read_delivery(artifact)
        assert prove_volumes(replace(artifact, content=delivery([{**row, **told}])), searched.volumes, SITE)
    assert prove_volumes(artifact, (replace(searched.volumes[0], table="000000"),), SITE)


def test_tokens_of_one_article_given_to_another_are_found(searched: Searched, files: Files) -> None:
    """As if what is kept of articles had been mixed up."""
    fingerprints = fingerprints_of(searched.texts)
    fingerprints[0], fingerprints[1] = fingerprints[1], fingerprints[0]
    problems = prove_volume(searched.volumes[0], files, searched.cards, fingerprints, SITE)
    assert [card.path in str(problem.message) for card, problem in zip(searched.cards, problems, strict=False)] == [
        True,
        True,
    ]


words = st.text(st.sampled_from("红枫行动甲乙丙，。 \t0129abＡ①℃é々"), max_size=30)


@given(st.lists(words, max_size=3), st.lists(words, max_size=3))
def test_a_fingerprint_is_that_of_the_tokens(titles: list[str], passages: list[str]) -> None:
    """Worked out with arrays, it is what the sets of tokens come to."""
    texts = [SearchText(tuple(titles), tuple(passages)), SearchText(tuple(passages), tuple(titles))]
    wanted = [
        Fingerprint(digest_of(tokens_in(text.titles)), digest_of(tokens_in([*titles, *passages]))) for text in texts
    ]
    assert fingerprints_of(texts) == wanted


def digest_of(tokens: Iterable[str]) -> tuple[int, int]:
    """Of a set of tokens, each hashed by the book."""
    held = list(tokens)
    return len(held), sum(map(wide_hash, held))


def wide_hash(token: str) -> int:
    found = 0xCBF29CE484222325
    for character in token:
        found = (found ^ ord(character)) * 0x100000001B3 % (1 << 64)
    return found >> 32


def test_hashes_of_many_tokens_are_those_of_each() -> None:
    tokens = ["红枫", "7月", "𠮷", "deep", "covid19", "年"]
    placing, adding = hashes_of(tokens)
    assert placing.tolist() == [*map(hash_of, tokens)]
    assert adding.tolist() == [*map(wide_hash, tokens)]
    assert [each.tolist() for each in hashes_of([])] == [[], []]


def test_both_sides_hash_alike() -> None:
    """Else no token would be found where it is looked for; known values of FNV-1a for ASCII."""
    assert [*map(hash_of, ("", "a", "foobar"))] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
    units = ["", "a", "foobar", "红", "枫", "7", "月", "𠮷", "deep", "2020"]
    pairs = [(first, second) for first in range(len(units)) for second in range(len(units))]
    first, second = np.array(pairs, np.uint64).T
    spelled = [units[one] + units[other] for one, other in pairs]
    assert shard_hashes(units, first, second).tolist() == [*map(hash_of, spelled)] == hashes_of(spelled)[0].tolist()


@pytest.fixture
def rich(make: Make) -> Searched:
    """An issue with everything that an article can hold; footnotes in tables and lists, too."""
    noted = article(
        "同志们：\n\n第一段[^a]有注。\n\n- 甲项[^b]\n\n  又一段。\n- 乙项\n\n| 头[^c] | 二 |\n| --- | --- |\n| 格 | 子 |\n\n"
        "> 引文[^d]。\n\n**一、带头。**后面[^a2]。\n\n[^a]: 注甲。\n[^b]: 注乙 two words。\n[^c]: 注丙。\n[^d]: 注丁。\n[^a2]: 注戊。",
        "kind: report\ntitle: [两行的, 题目]\nsubtitle: 副题\norganization: 某县\nsubjects: [党建, 文化养老]\neditors_note: 编者说明。",
    )
    files = {
        "issues/2026-01/01-report.md": noted,
        "issues/2026-01/02-rich.md": RICH,
        "issues/2026-01/red.png": picture(60, 60),
    }
    return make_searched(make(files))


def prove_rich(rich: Searched, files: Mapping[str, Artifact]) -> list[Problem]:
    return [problem for edition in rich.editions for problem in prove_texts(edition, files, SITE).problems]


def test_clean_texts_pass_and_give_fingerprints(rich: Searched) -> None:
    for edition in rich.editions:
        proven = prove_texts(edition, rich.files, SITE)
        assert proven.problems == ()
        assert proven.value == {
            card.path: each for card, each in zip(rich.cards, fingerprints_of(rich.texts), strict=True)
        }


def test_footnotes_pictures_and_subjects_are_searched(rich: Searched) -> None:
    first, second = rich.texts
    assert {"注甲。", "注乙 two words。", "党建", "文化养老"} <= {*first.passages}
    assert first.passages[0].endswith("编者说明。")
    assert first.titles == ("两行的 题目", "——副题")
    assert "第一段有注。" in first.passages
    assert {"一个红色的长方形", "长方形"} <= {*second.passages}


@pytest.mark.parametrize(
    "edit",
    [
        lambda said: {**said, "passages": [*said["passages"], "机密的一段"]},
        lambda said: {**said, "passages": said["passages"][:-1]},
        lambda said: {**said, "passages": [said["passages"][0] + "字", *said["passages"][1:]]},
        lambda said: {**said, "titles": said["titles"][:1]},
        lambda said: {**said, "byline": "别人"},
        lambda said: {**said, "section": "别的栏目"},
        lambda said: {**said, "issue": "2026年第9期"},
        lambda said: {**said, "remark": "机密"},
        lambda said: {name: value for name, value in said.items() if name != "titles"},
        lambda _: None,
    ],
)
def test_a_text_that_is_not_the_articles_is_found(rich: Searched, edit: Callable[[Any], Any]) -> None:
    path = f"{rich.cards[0].path}/text.js"
    assert prove_rich(rich, change(dict(rich.files), path, edit))


def test_a_missing_text_is_found(rich: Searched) -> None:
    path = f"{rich.cards[0].path}/text.js"
    assert [
        problem.code for problem in prove_rich(rich, {each: file for each, file in rich.files.items() if each != path})
    ] == ["proof-search"]


def test_what_is_no_file_of_search_is_refused() -> None:
    for content in (b"", b"alert(1)\n", b"deliver([])\nalert(1)\n", json.dumps([]).encode()):
        with pytest.raises(ValueError):
            read_delivery(Artifact("search/volumes.js", "text/javascript", content))


def test_an_index_of_the_public_holds_nothing_else(tmp_path: Path) -> None:
    """Of an archive in which nothing is cleared, the public finds nothing."""
    from bulletin.model.audience import Audience

    made = make_searched(write_searched_archive(tmp_path, issues=1), Audience.PUBLIC)
    assert made.volumes == ()
    assert read_index(made.files) == {}
