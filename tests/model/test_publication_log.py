"""What was public from when to when, by the log of publication."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.audience import Audience
from bulletin.model.publication_log import ACT_NAMES, Act, Effect, Entry, LogEvent, Period, effects, periods, shown_on
from bulletin.model.register import FIRST, Request
from tests.publications import article, asked, at, chain_of, entry

ONE, TWO = article(1), article(2)


def told(found: tuple[Period, ...]) -> list[tuple[str, str, str, Act, Act | None]]:
    """Path, since, until (minutes), act of the beginning, act of the end."""
    return [(each.article.path, each.since[14:16], each.until[14:16], each.began, each.ended) for each in found]


def test_an_article_is_public_until_it_is_taken_back() -> None:
    first, last, *rest = periods(
        chain_of(
            (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE, TWO))),
            (asked("b", 2, "罗钰"), entry(Act.WITHDRAWN, 2, note="数字有误", taken_off=(ONE,))),
            (asked("b", 2, "罗钰"), entry(Act.PUBLISHED, 2)),
        )
    )
    assert rest == []
    release = "00001-3f9a2c1b"
    assert first == Period(
        *("官网", ONE, at(1), "李晶鑫", release, Act.PUBLISHED, at(2), "罗钰", Act.WITHDRAWN, "数字有误")
    )
    assert last == Period("官网", TWO, at(1), "李晶鑫", release, Act.PUBLISHED)


def test_each_version_has_a_time_of_its_own() -> None:
    """Also where nothing but the clearance is another: the record says who answered for it."""
    again = replace(ONE, cleared_by="罗钰")
    new = article(1, "b")
    found = periods(
        chain_of(
            (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
            (asked("b", 2), entry(Act.PUBLISHED, 2, put_up=(ONE, TWO))),
            (asked("c", 3), entry(Act.PUBLISHED, 3, taken_off=(ONE,), put_up=(new,))),
            (asked("d", 4), entry(Act.ROLLED_BACK, 2, put_up=(again,))),
        )
    )
    assert [each.article for each in found] == [ONE, TWO, new, again]
    assert [each.replaced for each in found] == [True, False, True, False]
    assert told(found) == [
        (ONE.path, "01", "03", Act.PUBLISHED, Act.PUBLISHED),
        (TWO.path, "02", "", Act.PUBLISHED, None),
        (ONE.path, "03", "04", Act.PUBLISHED, Act.ROLLED_BACK),
        (ONE.path, "04", "", Act.ROLLED_BACK, None),
    ]


def test_a_switch_that_failed_ends_nothing() -> None:
    """What it had taken off was seen meanwhile; what it had put up may have been."""
    found = periods(
        chain_of(
            (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
            (asked("b", 2), entry(Act.WITHDRAWN, 2, note="数字有误", taken_off=(ONE,))),
            (asked("b", 2), entry(Act.PUBLISHED, 2, put_up=(TWO,))),
            (asked("c", 3), entry(Act.REMOVED, 1)),
            (asked("d", 4), entry(Act.RESTORED, 1, put_up=(ONE,), taken_off=(TWO,))),
        )
    )
    assert told(found) == [
        (ONE.path, "01", "", Act.PUBLISHED, None),
        (TWO.path, "02", "04", Act.PUBLISHED, Act.RESTORED),
    ]
    assert (found[0].ended_by, found[0].note, found[0].replaced) == ("", "", False)


def test_what_went_earlier_does_not_go_on_when_a_switch_fails() -> None:
    found = periods(
        chain_of(
            (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
            (asked("b", 2), entry(Act.PUBLISHED, 2, taken_off=(ONE,))),
            (asked("c", 3), entry(Act.PUBLISHED, 3, put_up=(TWO,))),
            (asked("d", 4), entry(Act.RESTORED, 1, put_up=(ONE,), taken_off=(TWO,))),
        )
    )
    assert told(found) == [
        (ONE.path, "01", "02", Act.PUBLISHED, Act.PUBLISHED),
        (TWO.path, "03", "04", Act.PUBLISHED, Act.RESTORED),
        (ONE.path, "04", "", Act.RESTORED, None),
    ]


def test_what_is_found_began_or_ended_nobody_knows_when() -> None:
    found = periods(
        chain_of(
            (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
            (asked("b", 2), entry(Act.PUBLISHED, 2, taken_off=(ONE,), put_up=(TWO,))),
            (asked("c", 5), entry(Act.FOUND, 1, put_up=(ONE,), taken_off=(TWO,))),
        )
    )
    assert told(found) == [
        (ONE.path, "01", "02", Act.PUBLISHED, Act.PUBLISHED),
        (TWO.path, "02", "05", Act.PUBLISHED, Act.FOUND),
        (ONE.path, "05", "", Act.FOUND, None),
    ]


def test_targets_are_apart() -> None:
    events = chain_of(
        (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
        (asked("b", 2), entry(Act.PUBLISHED, 1, "内网", put_up=(ONE,))),
        (asked("c", 3), entry(Act.PUBLISHED, 2, taken_off=(ONE,))),
    )
    assert [(each.target, each.until[14:16]) for each in periods(events)] == [("官网", "03"), ("内网", "")]
    assert shown_on(events, "官网") == {}
    assert shown_on(events, "内网") == {ONE.path: ONE}


def test_what_an_event_did() -> None:
    events = chain_of(
        (asked("a"), entry(Act.PUBLISHED, 1, put_up=(ONE, TWO))),
        (asked("b"), entry(Act.PUBLISHED, 2, put_up=(article(1, "b"), TWO, article(3)))),
        (asked("c"), entry(Act.PUBLISHED, 3, put_up=(ONE,), taken_off=(article(1, "b"), TWO, article(9)))),
        (asked("d"), entry(Act.REMOVED, 1)),
    )
    assert [(len(each.put_up), len(each.changed), len(each.taken_off)) for each in effects(events)] == [
        (2, 0, 0),
        (1, 1, 0),
        (0, 1, 1),
        (0, 0, 0),
    ]
    assert effects(events)[1].changed == (article(1, "b"),)


def test_a_withdrawal_says_what_it_means_though_it_was_gone_already() -> None:
    events = chain_of(
        (asked("a", 1), entry(Act.PUBLISHED, 1, put_up=(ONE,))),
        (asked("b", 2), entry(Act.PUBLISHED, 2, taken_off=(ONE,))),
        (asked("c", 3), entry(Act.WITHDRAWN, 3, note="数字有误", taken_off=(ONE,))),
        (asked("d", 4), entry(Act.HANDED_OVER, 0, "交接包", put_up=(ONE, TWO))),
        (asked("e", 5), entry(Act.HANDED_OVER, 0, "交接包", put_up=(ONE,), taken_off=(TWO,))),
    )
    assert effects(events)[2:] == (
        Effect(taken_off=(ONE,)),
        Effect(put_up=(ONE, TWO)),
        Effect(put_up=(ONE,), taken_off=(TWO,)),
    )


def test_who_could_read_an_article() -> None:
    """The settings say it; where they do not know the target, only what is public was cleared by anybody."""
    known = Period("官网", ONE, at(1), "杨红", "1", Act.PUBLISHED, audience=Audience.PUBLIC)
    assert known.public
    assert not replace(known, audience=Audience.INTRANET).public
    assert replace(known, audience=None).public
    assert not replace(known, audience=None, article=replace(ONE, cleared_by="")).public
    assert not replace(known, began=Act.HANDED_OVER).public


def test_a_day_on_which_an_article_was_public() -> None:
    said = Period("官网", ONE, at(1, "2026-07-10"), "杨红", "1", Act.PUBLISHED)
    open_days = [day for day in ("2026-07-09", "2026-07-10", "2026-07-11", "2027-01-01") if said.covers(day)]
    assert open_days == ["2026-07-10", "2026-07-11", "2027-01-01"]
    ended = replace(said, until=at(1, "2026-07-12"))
    assert [day for day in range(9, 14) if ended.covers(f"2026-07-{day:02}")] == [10, 11, 12]
    night = replace(said, since="2026-07-10T17:30:00+00:00", until="2026-07-11T16:00:00+00:00")
    assert [day for day in range(9, 14) if night.covers(f"2026-07-{day:02}")] == [11, 12], "days of China"
    clock_behind = replace(said, until=at(1, "2026-07-09"))
    assert [day for day in range(8, 12) if clock_behind.covers(f"2026-07-{day:02}")] == [9, 10]


def test_every_act_has_a_name() -> None:
    assert set(ACT_NAMES) == set(Act)


ARTICLES = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("ab")), max_size=4, unique_by=lambda each: each[0])
DEEDS = st.lists(
    st.tuples(st.sampled_from(Act), st.sampled_from(("官网", "内网")), ARTICLES, ARTICLES, st.booleans()),
    max_size=30,
)


def _events(deeds: list) -> list[LogEvent]:
    """Events a minute apart, whatever they say; some share the request of the one before."""
    events: list[LogEvent] = []
    for seq, (act, target, up, off, joined) in enumerate(deeds, 1):
        by = Request(f"r{seq}", "杨红", "2026-07-23", f"2026-07-23T{seq // 60:02}:{seq % 60:02}:00+08:00")
        if joined and events:
            by = replace(by, id=events[-1].request.id)
        said = Entry(act, target, "1", put_up=tuple(article(*each) for each in up),
                     taken_off=tuple(article(*each) for each in off))  # fmt: skip
        events.append(LogEvent(seq, by, said, FIRST.hash, ""))
    return events


@settings(max_examples=400)
@given(DEEDS)
def test_periods_are_what_was_shown_and_never_overlap(deeds: list) -> None:
    events = _events(deeds)
    for count in range(len(events) + 1):
        found = periods(events[:count])
        for target in ("官网", "内网"):
            still = [each.article for each in found if each.target == target and not each.until]
            assert len(still) == len({each.path for each in still})
            assert {each.path: each for each in still} == shown_on(events[:count], target)
    for one in found:
        assert not one.until or one.since < one.until
        assert bool(one.until) == bool(one.ended) == bool(one.ended_by)
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if (one.target, one.article.path) == (other.target, other.article.path):
                assert one.until
                assert one.until <= other.since


@settings(max_examples=400)
@given(DEEDS)
def test_periods_never_say_less_than_was_shown(deeds: list) -> None:
    """After each event, whatever was public then lies in a period in the end, in that version."""
    events = _events(deeds)
    found = periods(events)
    for count, event in enumerate(events, 1):
        for target in ("官网", "内网"):
            for path, shown in shown_on(events[:count], target).items():
                assert [
                    each
                    for each in found
                    if (each.target, each.article) == (target, shown)
                    and each.since <= event.request.at
                    and (not each.until or event.request.at < each.until)
                ], path
