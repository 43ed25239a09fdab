"""The words of the search index are all from what may be told."""

from __future__ import annotations

import re

from bulletin.prove.leaks.explaining import explain
from bulletin.prove.leaks.vocabulary import find_untold_words
from tests.conftest import Make
from tests.gates import QUOTED, SECRET, places, publication, secrets_in


def bigrams(text: str) -> set[str]:
    runs = re.findall(r"[\u4e00-\u9fff]+", text)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)} | {each for run in runs for each in run}


def test_words_of_what_is_told_are_no_leak(make: Make) -> None:
    secrets = secrets_in(publication(make))
    words = bigrams(QUOTED) | {"lgb", "2026", "010", "党建", "支部", "第", "期", "附件"}
    assert find_untold_words("search/", words, lambda: secrets) == ()


def test_a_pair_of_characters_of_another_article_is_caught(make: Make) -> None:
    secrets = secrets_in(publication(make))
    leaks = find_untold_words("search/shard-07.js", {"黛湖", "党建", "2080505", "屋面"}, lambda: secrets)
    assert [leak.text for leak in leaks] == ["2080505", "屋面", "黛湖"]
    assert {place.partition(":")[0] for place in places(explain(leaks, ()))} == {"issues/2026-01/issue.yaml", SECRET}


def test_a_word_that_nobody_wrote_is_named_too(make: Make) -> None:
    secrets = secrets_in(publication(make))
    (problem,) = explain(find_untold_words("search/", {"魍魉"}, lambda: secrets), ())
    assert problem.code == "leak-trace"
