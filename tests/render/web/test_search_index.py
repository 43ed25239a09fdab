"""The index of full-text search: tokens, postings, volumes; read back by the decoder of the proof, which knows nothing of the encoder."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bulletin.compose.search
from bulletin.compose.search import compose_volumes
from bulletin.model.artifact import Artifact
from bulletin.model.key import IssueKey
from bulletin.model.search import SearchText
from bulletin.model.site import Card, IssueCard
from bulletin.prove.web.search.reading import read_index, read_postings, read_table, read_text
from bulletin.prove.web.search.tokens import hash_of, tokens_in
from bulletin.render.web.search.postings import encode_postings, with_article
from bulletin.render.web.search.tokens import ArticleCodes, Tokens, pack_tokens, tokens_of, units_in, unpack_tokens
from bulletin.render.web.search.volumes import render_volume, render_volumes
from tests.conftest import REPOSITORY
from tests.searching import Searched, make_searched, tokens_by_issue, write_searched_archive

PIECES = [*"红枫行动，。、“” \t\n\u3000　·…—％①⑴㎡℃ﬁＡｂ１0a9é々〇㐂𠮷\U0002f800豈のカ가ㄅ½²_-.\u200b\x01😀İß\u2028"]
"""Characters that are Han, letters, digits, marks and blanks of all sorts, and what is folded to others or to several."""
texts = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=40).map("".join)


def spelled(tokens: Tokens, codes: ArticleCodes) -> list[str]:
    """The tokens as text, sorted."""
    units = ("", *tokens.units)
    first, second = units_in(codes)
    return sorted(units[one] + units[other] for one, other in zip(first.tolist(), second.tolist(), strict=True))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_searched_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture
def searched(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Searched:
    """The archive, in several volumes."""
    monkeypatch.setattr(bulletin.compose.search, "VOLUME_ARTICLES", 40)
    made = make_searched(archive)
    assert len(made.volumes) > 1
    return made


def test_tokens_of_a_sentence() -> None:
    text = SearchText(("“红枫”行动 开始",), ("2020年 7月，五求、五心。", "Deep Learning 5G"))
    tokens = tokens_of([text])
    title = {*"红枫行动开始", "红枫", "行动", "动开", "开始"}
    rest = {
        "2020",
        "年",
        "7",
        "月",
        "2020年",
        "年7",
        "7月",
        "五",
        "求",
        "心",
        "五求",
        "五心",
        "deep",
        "learning",
        "5",
        "g",
        "5g",
    }
    rest |= {"learning5"}
    assert spelled(tokens, tokens.titles[0]) == sorted(title)
    assert spelled(tokens, tokens.all[0]) == sorted(title | rest)


articles = st.lists(
    st.builds(SearchText, st.lists(texts, max_size=3).map(tuple), st.lists(texts, max_size=4).map(tuple)), max_size=4
)


def is_right(tokens: Tokens, texts: list[SearchText]) -> bool:
    """Each article has the tokens that the proof finds in it, each once."""
    titles = [spelled(tokens, codes) for codes in tokens.titles]
    everywhere = [spelled(tokens, codes) for codes in tokens.all]
    return titles == [sorted(tokens_in(text.titles)) for text in texts] and everywhere == [
        sorted(tokens_in((*text.titles, *text.passages))) for text in texts
    ]


@settings(max_examples=500)
@given(articles)
def test_tokens_are_those_of_the_proof(texts: list[SearchText]) -> None:
    """Arrays on one side, sets of strings on the other."""
    assert is_right(tokens_of(texts), texts)


@given(articles)
def test_tokens_of_very_many_units_are_the_same(texts: list[SearchText]) -> None:
    """More than numbers of 32 bits can hold two of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bulletin.render.web.search.tokens._FEW", 3)
        tokens = tokens_of(texts)
    assert is_right(tokens, texts)
    assert is_right(unpack_tokens(memoryview(pack_tokens(tokens))), texts)
    if len(tokens.units) >= 3:
        assert {codes.dtype for codes in (*tokens.titles, *tokens.all)} == {np.dtype(np.uint64)}


def test_every_character_is_folded_alike() -> None:
    """All of Unicode up to the last Han, a few at a time."""
    characters = [chr(code) for code in range(1, 0x32400) if not 0xD800 <= code < 0xE000]
    for start in range(0, len(characters), 4096):
        passages = ("中".join(characters[start : start + 4096]), " ".join(characters[start : start + 4096]))
        assert is_right(tokens_of([SearchText((), passages)]), [SearchText((), passages)])


@given(articles)
def test_packed_tokens_come_back(texts: list[SearchText]) -> None:
    tokens = tokens_of(texts)
    back = unpack_tokens(memoryview(pack_tokens(tokens)))
    assert is_right(back, texts)
    assert back.units == tokens.units
    assert pack_tokens(back) == pack_tokens(tokens)


numbers = st.sets(st.integers(0, 3000) | st.integers(0, 90) | st.integers(0, (1 << 22) - 1), min_size=1, max_size=200)


@given(
    st.dictionaries(
        st.integers(1, (1 << 42) - 1), numbers | st.integers(1, 400).map(lambda last: set(range(last))), max_size=8
    )
)
def test_postings_come_back(articles: dict[int, set[int]]) -> None:
    """Few and many, near and far: read by the book they are what was written, in order."""
    found = np.sort(
        np.concatenate(
            [np.array([], np.uint64)]
            + [with_article(np.array([token], np.uint64), each) for token, held in articles.items() for each in held]
        )
    )
    tokens, lists = encode_postings(found)
    read = {token: list(read_postings(codes)) for token, codes in zip(tokens.tolist(), lists, strict=True)}
    assert read == {token: sorted(held) for token, held in articles.items()}


def test_postings_of_many_tokens_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are encoded together end where a token ends."""
    monkeypatch.setattr("bulletin.render.web.search.postings._AT_ONCE", 64)
    wanted = {token: [article for article in range(90) if article % (token % 17 + 1) == 0] for token in range(1, 300)}
    found = np.concatenate(
        [with_article(np.array([token], np.uint64), each) for token, held in wanted.items() for each in held]
    )
    tokens, lists = encode_postings(found)
    assert dict(zip(tokens.tolist(), map(list, map(read_postings, lists)), strict=True)) == wanted


def test_the_index_leads_to_each_article_by_its_tokens(searched: Searched) -> None:
    wanted = {
        card.path: tokens_in((*text.titles, *text.passages))
        for card, text in zip(searched.cards, searched.texts, strict=True)
    }
    assert read_index(searched.files) == wanted


@pytest.mark.slow
def test_the_index_of_the_sample_and_of_the_real_issue(seed: Path) -> None:
    for root in (REPOSITORY, seed):
        made = make_searched(root)
        found = read_index(made.files)
        assert len(found) == len(made.cards) > 5
        for card, text in zip(made.cards, made.texts, strict=True):
            assert found[card.path] == tokens_in((*text.titles, *text.passages))
            assert read_text(made.files[f"{card.path}/text.js"]).text == text


def test_the_same_bytes_twice(archive: Path, searched: Searched) -> None:
    assert make_searched(archive).files == searched.files


def edited(archive: Path, root: Path, name: str) -> dict[str, Artifact]:
    """The files of the site that change when a word is added to the article."""
    shutil.copytree(archive, root)
    path = root / "issues" / name
    path.write_text(path.read_text("utf-8") + "\n新添了桂花。\n", "utf-8")
    before, after = make_searched(archive).files, make_searched(root).files
    assert before.keys() == after.keys()
    return {path: file for path, file in after.items() if before[path] != file}


@pytest.mark.parametrize("name", ["2018-01/03-a.md", "2021-03/01-a.md"])
def test_an_edit_changes_few_files(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In the oldest volume as in the newest: the shards of its new words, and the list of digests; no file gets another name."""
    monkeypatch.setattr(bulletin.compose.search, "VOLUME_ARTICLES", 40)
    monkeypatch.setattr("bulletin.render.web.search.volumes._SHARD_BYTES", 64)
    searched = make_searched(archive)
    changed = edited(archive, tmp_path / "edited", name)
    year, number, article = re.split("[-/]", name)[:3]
    (volume,) = (each for each in searched.volumes if int(year) in each.years)
    words = tokens_in(["新添了桂花"])
    shards = {volume.shard_path(hash_of(token) % len(volume.shards)) for token in words}
    path = f"{year}/{number}/{article}"
    assert {*changed} - shards == {f"{path}/index.html", f"{path}/text.js", "search/volumes.js"}
    assert 3 * len(shards) < len(volume.shards)


def test_a_volume_knows_its_files_by_their_content(searched: Searched) -> None:
    """Whatever differs in a file, its digest does; and that of no other."""
    cards = searched.cards[:8]
    texts = {card.path: text for card, text in zip(cards, searched.texts, strict=False)}
    tokens = tokens_by_issue(cards, texts)
    first, files = render_volume(cards, tokens)
    renamed, _ = render_volume([replace(cards[0], section_name="别的栏目"), *cards[1:]], tokens)
    assert (renamed.table != first.table, renamed.shards) == (True, first.shards)
    fewer, others = render_volume(cards, tokens_by_issue(cards, {**texts, cards[0].path: SearchText((), ())}))
    assert fewer.table == first.table
    assert len(fewer.shards) == len(first.shards)
    contents = zip(files[1:], others[1:], strict=True)
    assert [one != other for one, other in contents] == [
        one != other for one, other in zip(first.shards, fewer.shards, strict=True)
    ]
    assert fewer.shards != first.shards


def issue(year: int, number: int, articles: int, day: date | None = None) -> IssueCard:
    key = IssueKey(year, False, number)
    empty = {"section": "report", "section_name": "经验", "label": "", "title": "题", "subtitle": "", "byline": ""}
    more = {
        "section_order": 0,
        "attached_to": 0,
        "position": "",
        "speaker": "",
        "organization": "甲局",
        "subjects": (),
        "date": date(year, 1, 1),
        "summary": "",
        "characters": 1,
    }
    cards = tuple(Card(key=key, number=place, **empty, **more) for place in range(1, articles + 1))
    return IssueCard(key, f"第{number}期", day or date(year, number, 20), "", (), cards, None)


years = st.dictionaries(
    st.integers(1990, 2040), st.lists(st.integers(0, 700), min_size=1, max_size=4), min_size=1, max_size=8
)


@settings(max_examples=60)
@given(years, st.integers(1, 300))
def test_full_volumes_stay_when_more_is_published(counts: dict[int, list[int]], added: int) -> None:
    issues = [issue(year, place, held) for year, each in counts.items() for place, held in enumerate(each, start=1)]
    before = compose_volumes(issues)
    after = compose_volumes([*issues[::-1], issue(max(counts) + 1, 1, added)])
    assert list(chain.from_iterable(after)) == [
        *chain.from_iterable(before),
        *issue(max(counts) + 1, 1, added).articles,
    ]
    assert after[: len(before) - 1] == before[:-1]
    for volume in after[:-1]:
        assert len(volume) >= 1000
        assert sum(card.key.year < volume[-1].key.year for card in volume) < 1000
    for one, other in pairwise(after):
        assert one[-1].key.year < other[0].key.year


def test_articles_of_a_volume_stand_by_date_key_and_number(searched: Searched) -> None:
    late = issue(2020, 1, 2, date(2020, 12, 1))
    early = issue(2020, 2, 1, date(2020, 2, 1))
    (volume,) = compose_volumes([late, early])
    assert [card.path for card in volume] == ["2020/02/01", "2020/01/01", "2020/01/02"]
    for cards in searched.volumes:
        rows = read_table(searched.files[cards.table_path], cards)
        assert [row.path for row in rows] == [card.path for card in searched.cards if card.key.year in cards.years]


def test_without_articles_there_is_a_list_of_no_volumes() -> None:
    assert compose_volumes([]) == ()
    assert render_volumes([]).content == b"deliver([])\n"


def test_an_article_of_marks_and_one_without_text_are_kept() -> None:
    (volume,) = compose_volumes([issue(2020, 1, 2)])
    made, files = render_volume(volume, [tokens_of([SearchText(("——",), ()), SearchText((), ())])])
    listed = {file.path: file for file in (*files, render_volumes([made]))}
    assert (len(made.shards), read_index(listed)) == (1, {})
    assert len(read_table(listed[made.table_path], made)) == 2
