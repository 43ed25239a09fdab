"""Who changes the log of publication by hand, past its triggers, is found out; so is who cuts it short, or makes it anew."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from bulletin.model.errors import RegisterUnavailable
from bulletin.model.publication_log import Act
from bulletin.model.register import FIRST, Head
from bulletin.register import chain as copies_chain
from bulletin.register import export_register
from bulletin.register.publications import chain
from bulletin.register.publications.chain import event_of, fields_of, hash_of, text_of_articles
from tests.publications import LOGGED, SUM, article, entry, logged
from tests.registers import Place, filled, request

TITLE = "UPDATE publication SET put_up = replace(put_up, '{0}', '{1}') WHERE seq = 1"
EDITS: dict[str, tuple[tuple[str, ...], str]] = {
    "another request": (("UPDATE publication SET request = 'q' WHERE seq = 2",), "第 2 条（内网，发布）：内容与校验值"),
    "another actor": (("UPDATE publication SET actor = '乙' WHERE seq = 3",), "第 3 条"),
    "another day": (("UPDATE publication SET day = '2026-07-24' WHERE seq = 1",), "第 1 条"),
    "another moment": (("UPDATE publication SET at = '2026-07-24' WHERE seq = 1",), "第 1 条"),
    "another act": (("UPDATE publication SET act = 'restored' WHERE seq = 7",), "第 7 条（内网，恢复原版）：内容与校验值"),
    "another target": (("UPDATE publication SET target = '官网' WHERE seq = 2",), "第 2 条（官网，发布）：内容与校验值"),
    "another release": (("UPDATE publication SET release = '00007-3f9a2c1b' WHERE seq = 3",), "第 3 条"),
    "another manifest": (("UPDATE publication SET manifest = '%s' WHERE seq = 3" % ("0" * 64),), "第 3 条"),
    "another reason": (("UPDATE publication SET note = '改过' WHERE seq = 4",), "第 4 条（官网，撤稿）：内容与校验值"),
    "another title": ((TITLE.format("通知", "报告"),), "第 1 条"),
    "another address": ((TITLE.format("2026/07/01", "2026/07/09"),), "第 1 条"),
    "another version": ((TITLE.format("a" * 64, "c" * 64),), "第 1 条"),
    "cleared by another": ((TITLE.format("杨红", "乙"),), "第 1 条"),
    "cleared at another time": ((TITLE.format("07-22T16", "07-22T15"),), "第 1 条"),
    "an article added": ((TITLE.format("]", ',{"path":"2026/07/09","title":"x"}]'),), "第 1 条（官网，发布）：内容与校验值"),
    "an article less": (("UPDATE publication SET put_up = '[]' WHERE seq = 1",), "第 1 条（官网，发布）：内容与校验值"),
    "another withdrawn": (("UPDATE publication SET taken_off = replace(taken_off, '“2”', '“9”') WHERE seq = 4",), "第 4 条"),
    "the same said otherwise": ((TITLE.format('":"', '": "'),), "第 1 条读不懂（put_up）"),
    "no articles": (("UPDATE publication SET put_up = '[x]' WHERE seq = 1",), "第 1 条读不懂（put_up）"),
    "no such act": (("UPDATE publication SET act = 'burnt' WHERE seq = 7",), "第 7 条读不懂"),
    "another hash": (("UPDATE publication SET hash = '%s' WHERE seq = 3" % ("0" * 64),), "第 3 条"),
    "another previous": (("UPDATE publication SET previous = '%s' WHERE seq = 3" % ("0" * 64),), "第 3 条.*接不上"),
    "first row away": (("DELETE FROM publication WHERE seq = 1",), "第 2 条（内网，发布）：它前面应是第 1 条"),
    "middle row away": (("DELETE FROM publication WHERE seq = 4",), "它前面应是第 4 条"),
    "last row away": (("DELETE FROM publication WHERE seq = 7",), "发布记录记着最后是第 7 条，实际最后是第 6 条"),
    "last rows away": (("DELETE FROM publication WHERE seq > 4",), "记着最后是第 7 条，实际最后是第 4 条"),
    "all rows away": (("DELETE FROM publication",), "记着最后是第 7 条，实际最后是第 0 条"),
    "two swapped": (
        (
            "UPDATE publication SET seq = 99 WHERE seq = 2",
            "UPDATE publication SET seq = 2 WHERE seq = 3",
            "UPDATE publication SET seq = 3 WHERE seq = 99",
        ),
        "第 2 条.*接不上",
    ),
    "head back": (("UPDATE publication_head SET seq = 6",), "记着最后是第 6 条"),
    "head gone": (("DELETE FROM publication_head",), "记着最后是第 0 条"),
    "another head": (("UPDATE publication_head SET hash = '%s'" % ("0" * 64),), "末尾的记录"),
    "index dropped": (("DROP INDEX publication_target",), "结构被人改过：.*index publication_target"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_by_hand_is_found(place: Place, edit: str) -> None:
    statements, found = EDITS[edit]
    with filled(place), logged(place) as register:
        assert register.verify() == ()
    place.tamper(*statements)
    with place.open() as register:
        said = [str(each) for each in register.verify()]
    assert re.search(found, "\n".join(said)), said
    assert 1 <= len(said) <= 6
    assert not [each for each in said if each.startswith("第 ")], "the chain of the copies is whole"


def test_each_field_is_tried() -> None:
    """Every column stands in an edit, every field of an article too."""
    tried = " ".join(" ".join(statements) for statements, _ in EDITS.values())
    assert [name for name in chain.FIELDS if f"SET {name} =" not in tried] == []
    event = event_of({"seq": 1, "act": "published", "put_up": [{"path": "x"}]})
    assert event.entry.put_up[0].path == "x"


def test_an_edit_that_mends_its_own_hash_is_found_by_the_next(place: Place) -> None:
    with logged(place) as register:
        event = register.publications.events()[1]
    mended = hash_of(event_of({**fields_of(event), "note": "改过"}))
    place.tamper(f"UPDATE publication SET note = '改过', hash = '{mended}' WHERE seq = 2")
    with place.open() as register:
        said = [str(each) for each in register.verify()]
    assert said == ["发布记录第 3 条（官网，发布）：它与前面一条接不上，前面有记录被改过、删过或换过位置"]


@pytest.mark.parametrize("edit", ["last row away", "all rows away", "head back", "head gone", "another head"])
def test_nothing_is_added_to_a_log_whose_end_was_touched(place: Place, edit: str) -> None:
    with logged(place):
        pass
    place.tamper(*EDITS[edit][0])
    with place.open() as register, pytest.raises(RegisterUnavailable, match="发布记录的末尾被人改动过"):
        register.publications.record(request("x"), [entry(Act.PUBLISHED, 9)])


@pytest.mark.parametrize("edit", ["no articles", "no such act"])
def test_what_says_nothing_is_not_read(place: Place, edit: str) -> None:
    with logged(place):
        pass
    place.tamper(*EDITS[edit][0])
    with place.open() as register, pytest.raises(RegisterUnavailable, match=r"发布记录第 \d 条读不懂"):
        register.publications.events()


@pytest.mark.parametrize("trigger", ["publication_follows", "publication_head_goes_on"])
def test_a_trigger_that_is_gone_is_missed(place: Place, trigger: str) -> None:
    with logged(place):
        pass
    table = "publication_head" if "head" in trigger else "publication"
    place.sql(f"DROP TRIGGER {trigger} ON {table}" if place.settings.url else f"DROP TRIGGER {trigger}")
    with place.open() as register:
        (said,) = register.verify()
    assert f"trigger {trigger}" in str(said)


def _values(fields: dict[str, object]) -> str:
    cells = [text_of_articles(each) if isinstance(each, list) else each for each in fields.values()]
    return ", ".join(f"'{each}'" if isinstance(each, str) else str(each) for each in cells)


def test_who_makes_the_whole_log_anew_is_found_by_what_was_put_down_elsewhere(place: Place) -> None:
    """A chain that its owner makes anew holds; the head that was told when something was published does not agree with it."""
    with logged(place) as register:
        anchor, events = register.publications.head(), register.publications.events()
        early = Head(4, events[3].hash[:8])
        assert register.verify(None, anchor) == register.verify(None, early) == ()
    last, statements = FIRST.hash, ["DELETE FROM publication"]
    for event in events:
        fields = {**fields_of(event), "previous": last}
        if event.seq == 4:
            fields["note"] = "版面调整"
        last = hash_of(event_of(fields))
        fields["hash"] = last
        statements.append(f"INSERT INTO publication ({', '.join(fields)}) VALUES ({_values(fields)})")
    place.tamper(*statements, f"UPDATE publication_head SET hash = '{last}'")
    with place.open() as register:
        others = register.verify()
        assert [str(each) for each in others if "发布记录" in str(each)] == []
        for put_down in (anchor, early):
            told = str(register.verify(None, put_down)[-1])
            assert f"发布记录：第 {put_down.seq} 条与留底的校验值不符" in told


def test_a_log_that_was_cut_short_with_its_head_is_found_by_the_anchor(place: Place) -> None:
    with logged(place) as register:
        anchor, before = register.publications.head(), register.publications.events()[-2]
    place.tamper(
        "DELETE FROM publication WHERE seq = 7", f"UPDATE publication_head SET seq = 6, hash = '{before.hash}'"
    )
    with place.open() as register:
        assert register.verify() == ()
        assert "发布记录：留底的是第 7 条，登记册只到第 6 条" in str(register.verify(None, anchor)[-1])


def test_an_event_that_another_program_adds_is_found(place: Place) -> None:
    """Rightly chained, past no trigger: yet not recorded by a request, for the head does not know it."""
    with logged(place) as register:
        last = register.publications.events()[-1]
    fields = {**fields_of(last), "seq": 8, "request": "y", "previous": last.hash}
    fields["hash"] = hash_of(event_of(fields))
    place.sql(f"INSERT INTO publication ({', '.join(fields)}) VALUES ({_values(fields)})")
    with place.open() as register:
        assert ["实际最后是第 8 条" in str(each) for each in register.verify()] == [True]


def _script() -> str:
    """The program that the documentation of the chain gives."""
    lines = (copies_chain.__doc__ or "").splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))


SPOIL: dict[str, tuple[Callable[[str], str], str]] = {
    "as it is": (lambda text: text, ""),
    "a title": (lambda text: text.replace("关于“2”", "关于“二”", 1), "AssertionError: 1"),
    "a reason": (lambda text: text.replace("数字有误", "版面调整"), "AssertionError: 4"),
    "a holder": (lambda text: text.replace("甲局", "乙局", 1), "AssertionError: 1"),
    "a line away": (lambda text: "\n".join(text.splitlines()[:-3] + text.splitlines()[-2:]), "AssertionError: 6"),
}


@pytest.mark.parametrize("case", SPOIL)
def test_an_export_is_checked_without_this_program(place: Place, case: str) -> None:
    spoil, fault = SPOIL[case]
    with filled(place) as register, logged(place):
        given, heads = spoil(export_register(register).decode()), register.heads()
    done = subprocess.run([sys.executable, "-c", _script()], input=given, capture_output=True, text=True, check=False)
    if fault:
        assert fault in done.stderr
    else:
        said = [str(heads.copies.seq), heads.copies.hash, str(LOGGED), heads.publications.hash]
        assert done.stdout.split() == said
    assert len(_script().splitlines()) <= 12


def test_a_hash_is_what_the_documentation_says() -> None:
    """A known answer: the form may never change."""
    said = {
        **{"seq": 1, "request": "r-1", "actor": "李晶鑫", "day": "2026-07-23", "at": "2026-07-23T09:30:00+08:00"},
        **{"act": "published", "target": "官网", "release": "00001-3f9a2c1b", "manifest": SUM},
        "put_up": [{"path": "2026/07/03", "title": '甲“局"', "digest": "sha256:1"}],
    }
    form = (
        '{"act":"published","actor":"李晶鑫","at":"2026-07-23T09:30:00+08:00","day":"2026-07-23",'
        f'"manifest":"{SUM}","put_up":[{{"digest":"sha256:1","path":"2026/07/03","title":"甲“局\\""}}],'
        '"release":"00001-3f9a2c1b","request":"r-1","seq":1,"target":"官网"}'
    )
    assert copies_chain.canonical(said) == form
    assert json.loads(form) == said
    assert (
        hash_of(event_of({**said, "previous": FIRST.hash}))
        == "655ba7d3d2cae94e6b2ee9307a13efff0eaf4c9323f09a350c95620e7bc65f27"
    )


def test_a_history_has_one_chain(place: Place) -> None:
    """Two logs with the same history have the same chain, whatever database holds them, and whatever happened to copies."""
    with filled(place) as register:
        register.publications.record(request("a"), [entry(Act.PUBLISHED, 1, put_up=(article(1), article(2)))])
        register.publications.record(request("b"), [entry(Act.PUBLISHED, 2, taken_off=(article(2),))])
        assert register.publications.head().hash == "4391b7ffdd31bf861ba13b0171f462120daf3ad18e4147c9effb7e85b0a55c12"
