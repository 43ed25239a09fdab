"""Total fit: the best way to break a whole paragraph into lines (Knuth and Plass, 1981; CLREQ, line adjustment)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import NamedTuple

from bulletin.model.line import SQUEEZE_LIMIT, Line, Spacing, Stretch
from bulletin.model.marks import OPENING, is_stray
from bulletin.model.page import WIDEST_STRETCH, nearest_stretch
from bulletin.typeset.binding import Break
from bulletin.typeset.strip import Strip

TOLERANCE = 0.012
"""A line that misses its measure by less, in em, is left as it is: 0.07 mm at 三号."""
_LEAST_GAP = 0.125
_WIDEST_GAP = 0.28
"""Han–Latin white may be drawn in to 1/8 em, and out to 1/3 em (CLREQ) if readers of PDF took none of it for a blank."""
_WIDEST_BLANK = 0.25
"""What a blank between words may gain: then it is 1/2 em wide (CLREQ)."""
_EASY_STRETCH = 0.056
"""White between Han, in em, that nobody notices; beyond it a line is loose."""
_WIDEST_STRETCH = WIDEST_STRETCH / 1000
"""No line is drawn out further; what cannot be filled so stays short."""
_MOST_SQUEEZE = 3.0
"""More than this is never to be had from the marks of a line of usual length, in em."""

_LEAST_STRETCH = 0.02
_LEAST_SQUEEZE = 1.05
_GOOD_LINE = 2.0
"""Most paragraphs are set within these, in em, at no more than this cost a line; others are searched more widely."""

_GOOD_ENOUGH = 4.0
"""And none of their lines costs more than this."""

_LINE = 0.3
_BREAK = {Break.FREELY: 0.0, Break.RARELY: 1.5, Break.HARDLY: 30.0, Break.NEVER: 100.0}
"""A line ends where none may only inside what is wider than a line."""
_STRAY_END = 500.0
_STRAY_LOOK = 9
"""Characters: in so many there are two that are not marks, or the line is nothing but marks."""
_LOOSE = 50.0
_OVERFULL = 10_000.0


@dataclass(frozen=True, slots=True)
class Measure:
    """What a paragraph is set to: the width of its lines and the indent of its first, in em; the white that each wide
    character has after it in a full line, and the amounts that it may have in others, least first."""

    width_em: float
    indent_em: float
    pitch: Stretch
    stretches: tuple[Stretch, ...]


class _Room(NamedTuple):
    """What a line has to give and take: empty halves of marks in em; how many gaps, blanks and other places."""

    brackets: float
    commas: float
    stops: float
    gaps: int
    blanks: int
    places: int


class _Shares(NamedTuple):
    """What each kind of place gives (brackets, commas, stops) or gains, in em: all together, but `stretch` each."""

    brackets: float = 0.0
    commas: float = 0.0
    stops: float = 0.0
    gaps: float = 0.0
    blanks: float = 0.0
    stretch: float = 0.0
    missing: float = 0.0
    """What is left over when all have done what they may."""


_UNCHANGED = _Shares()


def fit_lines(strip: Strip, measure: Measure, gap: int = 0) -> tuple[Line, ...]:
    """The lines of the paragraph that together are set best. The time is linear in the length of the text.

    `gap` is the Han–Latin white that the strip was measured with, in thousandths of an em.
    """
    fit = _Fit(strip, measure, gap / 1000)
    places = fit.best_places()
    return tuple(fit.line(start, end) for start, end in pairwise(places))


class _Fit:
    """The search for the best breaks of one paragraph."""

    def __init__(self, strip: Strip, measure: Measure, gap: float) -> None:
        self.strip = strip
        self.measure = measure
        self.gap = gap
        self.pitch = measure.pitch.drawn / 1000
        self.size = len(strip.text)
        self.places = [0, *(place for place, willing in enumerate(strip.breaks) if willing and place)]
        if strip.text:
            self.places.append(self.size)
            self._open_what_is_too_long()
        self.reach = [self._reach(place) for place in self.places]

    def _reach(self, place: int) -> float:
        """How far a line reaches that ends at a place, from the start of the paragraph, in em."""
        end = self.strip.ends[place]
        return self.strip.width.after[end] + self.pitch * self.strip.stretches[max(end - 1, 0)]

    def _origin(self, start: int) -> float:
        """From where a line that begins at a place is measured."""
        return self.strip.width.before[start] + self.pitch * self.strip.stretches[start]

    def _width(self, start: int) -> float:
        return self.measure.width_em - (0.0 if start else self.measure.indent_em)

    def _open_what_is_too_long(self) -> None:
        """Lets a line end anywhere in what is wider than a line: an address, a row of a hundred signs."""
        strip, narrowest = self.strip, self.measure.width_em - self.measure.indent_em
        opened = []
        for start, end in pairwise(self.places):
            if strip.width.of(start, end) > narrowest:
                opened += [place for place in range(start + 1, end) if place not in strip.bound]
        self.places = sorted({*self.places, *opened})

    def best_places(self) -> list[int]:
        """Where the lines begin, and the end of the paragraph.

        Loose lines are weighed only where the paragraph cannot be set without one.
        """
        places, cost, worst = self._search(_LEAST_STRETCH, _LEAST_SQUEEZE)
        if cost > _GOOD_LINE * len(places) or worst > _GOOD_ENOUGH:
            places, _, worst = self._search(_EASY_STRETCH, _MOST_SQUEEZE)
        return places if worst < _LOOSE else self._search(_WIDEST_STRETCH, _MOST_SQUEEZE)[0]

    def _search(self, most_stretch: float, most_squeeze: float) -> tuple[list[int], float, float]:
        """The best places of lines drawn out and in no further than this, with their cost and that of the worst line."""
        count = len(self.places)
        costs, before = [inf] * count, [0] * count
        costs[0] = 0.0
        for index in range(count - 1):
            if costs[index] < inf:
                self._extend(index, (most_stretch, most_squeeze), costs, before)
        path = [count - 1]
        while path[-1]:
            path.append(before[path[-1]])
        path.reverse()
        worst = max((costs[end] - costs[start] for start, end in pairwise(path)), default=0.0)
        return [self.places[index] for index in path] if self.size else [], costs[-1], worst

    def _extend(self, index: int, most: tuple[float, float], costs: list[float], before: list[int]) -> None:
        """Weighs every line that begins at a place (by index), and keeps it where it is the best way to its end so far."""
        start, so_far, last = self.places[index], costs[index] + _LINE, len(self.places) - 1
        full = self._origin(start) + self._width(start)
        least = full - most[0] * self._width(start)
        first = bisect_left(self.reach, least, index + 1)
        fitting = False
        for other in range(min(first, last), last + 1):
            over = self.reach[other] - full
            if over > most[1]:
                break
            cost = self._cost(start, other, over) if so_far < costs[other] else 0.0
            fitting = fitting or cost < _OVERFULL
            if so_far + cost < costs[other]:
                costs[other], before[other] = so_far + cost, index
        if not fitting:
            other, cost = self._makeshift(index, full)
            if so_far + cost < costs[other]:
                costs[other], before[other] = so_far + cost, index

    def _makeshift(self, index: int, full: float) -> tuple[int, float]:
        """Where nothing fits well: the fullest line that is not too wide, else the shortest."""
        other = max(bisect_left(self.reach, full + TOLERANCE, index + 1) - 1, index + 1)
        return other, self._cost(self.places[index], other, self.reach[other] - full)

    def _cost(self, start: int, index: int, over: float) -> float:
        """What a line costs: nothing if it is full as it stands, little where marks give, much where white is added."""
        place = self.places[index]
        cost = 0.0
        if place == self.size:
            cost += _STRAY_END if start and is_stray(self.strip.text[start : start + _STRAY_LOOK]) else 0.0
            if over <= TOLERANCE:
                return cost
        else:
            cost += _BREAK[self.strip.breaks[place]]
        if -TOLERANCE <= over <= TOLERANCE:
            return cost
        shares = self._shares(self._room(start, self.strip.ends[place]), over)
        if over > 0:
            if shares.missing > TOLERANCE:
                return _OVERFULL
            strain = shares.brackets + shares.commas * 1.2 + shares.stops * 2 + abs(shares.gaps) * 0.5
            return cost + strain + strain * strain
        if shares.missing > TOLERANCE or shares.stretch > _EASY_STRETCH:
            cost += _LOOSE * (shares.stretch / _EASY_STRETCH) ** 2 + _LOOSE * shares.missing
        return cost + shares.blanks + shares.gaps + 250 * shares.stretch + (60 * shares.stretch) ** 2

    def _room(self, start: int, end: int) -> _Room:
        strip = self.strip
        return _Room(
            strip.brackets.of(start, end),
            strip.commas.of(start, end),
            strip.stops.of(start, end),
            round(strip.gaps.of(start, end)),
            strip.blanks[end] - strip.blanks[start],
            strip.stretches[end - 1] - strip.stretches[start],
        )

    def _shares(self, room: _Room, over: float) -> _Shares:
        """Who gives when a line is too wide by `over`, or gains where it is too narrow, in CLREQ's order.

        Squeeze: brackets, ，、；：, Han–Latin white, 。？！ (the mark at the line's end is at half already, the interpunct always, and a
        blank between words at 1/4 em, its least).
        Stretch: blanks between words, Han–Latin white where the issue has any, then all places alike.
        """
        if over > 0:
            brackets = min(over, room.brackets)
            commas = min(over - brackets, room.commas)
            gaps = min(over - brackets - commas, room.gaps * max(self.gap - _LEAST_GAP, 0.0))
            stops = min(over - brackets - commas - gaps, room.stops)
            return _Shares(brackets, commas, stops, -gaps, missing=over - brackets - commas - gaps - stops)
        blanks = min(-over, room.blanks * _WIDEST_BLANK)
        under = -over - blanks
        gaps = min(under, room.gaps * (_WIDEST_GAP - self.gap)) if self.gap else 0.0
        stretch = min((under - gaps) / room.places, _WIDEST_STRETCH) if room.places else 0.0
        return _Shares(gaps=gaps, blanks=blanks, stretch=stretch, missing=under - gaps - stretch * room.places)

    def line(self, start: int, place: int) -> Line:
        """The line from one place to another with its spacing."""
        strip, end = self.strip, self.strip.ends[place]
        natural = self._reach(place) - self._origin(start)
        over = natural - self._width(start)
        room = self._room(start, end)
        idle = abs(over) <= TOLERANCE or (over < 0 and place == self.size)
        shares = _UNCHANGED if idle else self._shares(room, over)
        if over < 0 and shares.missing > TOLERANCE:
            shares = _UNCHANGED  # what cannot be filled stays as short as it is
        stretch = (
            nearest_stretch(self.measure.stretches, 1000 * (self.pitch + shares.stretch))
            if shares.stretch
            else self.measure.pitch
        )
        spacing = self._spacing(room, shares, stretch)
        halved = {*self._openers(start), *(offset for offset in range(start, end) if offset in strip.halved)}
        return Line(
            start=start,
            end=end,
            spacing=spacing,
            stretch=stretch.drawn,
            halved=tuple(sorted(halved)),
            gapped=tuple(offset for offset in range(start, end - 1) if spacing.gap and offset in strip.gapped),
            width_em=natural + self._gain(room, spacing) + room.places * (stretch.drawn / 1000 - self.pitch),
            last=place == self.size,
        )

    def _openers(self, start: int) -> list[int]:
        """The opening marks at the start of a turned-over line: they lose their empty half."""
        end = start
        while start and end < self.size and self.strip.text[end] in OPENING:
            end += 1
        return list(range(start, end))

    def _spacing(self, room: _Room, shares: _Shares, stretch: Stretch) -> Spacing:
        """The shares of single places, in whole thousandths of an em, which is what the faces can do."""
        return Spacing(
            stretch=stretch.asked,
            brackets=_part(shares.brackets, room.brackets),
            commas=_part(shares.commas, room.commas),
            stops=_part(shares.stops, room.stops),
            words=round(1000 * shares.blanks / room.blanks) if room.blanks else 0,
            gap=round(1000 * (self.gap + shares.gaps / room.gaps)) if room.gaps else round(1000 * self.gap),
        )

    def _gain(self, room: _Room, spacing: Spacing) -> float:
        """What the spacing adds to the natural width, in em, but for its stretch."""
        taken = room.brackets * spacing.brackets + room.commas * spacing.commas + room.stops * spacing.stops
        given = room.blanks * spacing.words + room.gaps * (spacing.gap - 1000 * self.gap)
        return given / 1000 - taken / SQUEEZE_LIMIT


def _part(share: float, room: float) -> int:
    return round(SQUEEZE_LIMIT * share / room) if room else 0
