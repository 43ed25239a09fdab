"""China's places, from `places.txt`: a province flush left, its cities and counties under it, more to the right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names, full and short; and pairs of full names: a province, and a city or county in it."""

    names: frozenset[str]
    belongings: frozenset[tuple[str, str]]


NO_PLACES = Gazetteer(frozenset(), frozenset())


def read_places(text: str) -> Gazetteer:
    """What such a file says; on each line stand the full name and the short ones, and after a `#` a remark."""
    names: set[str] = set()
    belongings: set[tuple[str, str]] = set()
    province = ""
    for line in text.splitlines():
        said = line.partition("#")[0].split()
        names.update(said)
        if said and not line[:1].isspace():
            province = said[0]
        elif said:
            belongings.add((province, said[0]))
    return Gazetteer(frozenset(names), frozenset(belongings))
