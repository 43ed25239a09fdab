"""The sources to what must not be told in public and what may be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

import numpy as np

from bulletin.model.distribution import print_run
from bulletin.model.issue import DistributionList, Issue, IssueHead, Manuscript, Regular
from bulletin.model.problem import Span
from bulletin.model.publication import Publication
from bulletin.model.site import SiteSettings
from bulletin.prove.leaks.decoding import guises
from bulletin.prove.leaks.issue_secrets import Needle, Secrets
from bulletin.prove.leaks.letters import (
    BETWEEN,
    BREAK,
    MARK,
    NO_LETTERS,
    SHINGLE,
    WRAP,
    Units,
    are_letters,
    letters_text,
    normalise,
)
from bulletin.prove.leaks.reading import Reading, is_name, read_texts, spellings, united
from bulletin.prove.leaks.written import Written, article_body, article_fields, article_files, article_remarks

HOUSE = "house"
_KEY = re.compile(r"^[\s>*#-]*(\w+:\s)?")
"""What stands before a line's text in YAML and in Markdown."""
_HAN = re.compile(r"[\u3007\u3400-\u9fff\ue000-\uf8ff]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff·]{2,}")
_LEAST_HAN, _LEAST_HAN_OF_BODY = 2, 3
"""Of a short text that tells something: a name, a heading or a cell of a table."""
_APART = np.array([BREAK], np.uint16)


def secrets_of(issue: Issue, cleared: Collection[str]) -> Secrets:
    """What the issue must not say in public, and what it may.

    Held is everything of articles that are not cleared, remarks of all of them, the 要览 set by hand and the issue's 编者按 (nobody clears
    them), the distribution, the print run, the editors' telephone. The issue is whole: every article file
    could be read (`Issue.complete`), else what could not be read would not be held.

    Args:
        issue: The issue.
        cleared: The slugs of its articles that are cleared as they stand.
    """
    told = [each for each in issue.manuscripts if each.slug in cleared]
    kept = [each for each in issue.manuscripts if each.slug not in cleared]
    written = [*_issue_texts(issue), *(each for article in kept for each in article_fields(article))]
    written += [each for article in issue.manuscripts for each in article_remarks(article)]
    bodies = [list(article_body(article)) for article in kept]
    files = [each for article in kept for each in article_files(article)]
    phone = Written(issue.editors.phone, "phone", issue.head.places.of("editors.phone"))
    return _secrets(
        str(issue.head.key),
        ([[each] for each in written] + bodies, files, [phone]),
        united((_told_by(issue, told), *map(_told_in, told))),
    )


def unread_secrets(name: str, files: Iterable[tuple[str, str]]) -> Secrets:
    """What an issue must not say that is in no order: its files, path and text of each, line by line, and their names."""
    listed = tuple(files)
    lines = [list(_unread_lines(path, text)) for path, text in listed]
    names = [Written(PurePosixPath(path).stem, "slug", Span(path)) for path, _ in listed]
    numbers = [line for text in lines for line in text]
    return _secrets(name, (lines, names, numbers), read_texts(()))


def _unread_lines(path: str, text: str) -> Iterator[Written]:
    """The lines of a file; those of YAML, where a few letters are a whole value, in their parts."""
    fences = 0
    for number, line in enumerate(text.split("\n"), start=1):
        fences += line.rstrip() == "---"
        said, in_yaml = _KEY.sub("", line), fences == 1 or not path.endswith(".md")
        for part in re.split(r"[\[\]{},，]", said) if in_yaml else (said,):
            yield Written(part, "unread" if in_yaml else "body", Span(path, number), whole=True)


def house_secrets(publication: Publication, furniture: Iterable[str]) -> Secrets:
    """What the publication must not say in public, whatever the issue: its recipients' contacts and addresses; and what it may.

    The names of offices are no secret, only who gets the issue: so a distribution leaks where names stand beside each other.

    Args:
        publication: The publication.
        furniture: What pages say whatever articles there are: the templates, style sheets and scripts as they stand in their files,
            and pages of the site without any article.
    """
    units = tuple(unit for recipient in publication.recipients or () for unit in recipient.units)
    private = [Written(unit.contact, "contact", unit.span) for unit in units]
    private += [Written(unit.address, "address", unit.span, whole=True) for unit in units]
    names = [
        Written(name, "contact", unit.span, whole=True) for unit in units for name in _HAN_RUN.findall(unit.contact)
    ]
    named = [publication.title, publication.publisher, *_said_by_the_bureau(publication.web)]
    named += [kind.label for kind in publication.kinds or ()]
    for recipient in publication.recipients or ():
        named += [recipient.name, *(unit.name for unit in recipient.units)]
    told = read_texts((*named, *(guise for text in furniture for guise in guises(text))))
    numbers = told.numbers.union(*map(spellings, named))
    return _secrets(
        HOUSE,
        ([[each] for each in (*private, *names)], [], private),
        Reading(told.letters, told.names, numbers, told.traces),
    )


def _secrets(name: str, held: tuple[list[list[Written]], list[Written], list[Written]], told: Reading) -> Secrets:
    """Secrets of texts that are read in one go, of names, and of texts with telephone numbers."""
    texts, files, numbers = held
    letters, places = _letters_of(texts)
    return Secrets(
        name=name,
        held=letters,
        places="\n".join(places),
        fields=tuple(_needles(each for text in texts for each in text)),
        names=tuple(Needle(each.text.lower(), each.field, each.span) for each in files if is_name(each.text)),
        numbers=tuple(
            Needle(number, each.field, each.span) for each in numbers for number in sorted(spellings(each.text))
        ),
        told=told,
    )


def _letters_of(texts: list[list[Written]]) -> tuple[Units, list[str]]:
    """The letters, texts apart from each other, parts of one text one after another; and a line for the place of each part."""
    pieces: list[Units] = []
    places: list[str] = []
    offset = 0
    for text in texts:
        for part in text:
            letters = normalise(part.text)
            pieces.append(letters[letters != MARK])
            places.append(f"{offset}\t{part.field}\t{part.span.path}\t{part.span.line}\t{part.span.column}")
            offset += len(pieces[-1])
        pieces.append(_APART)
        offset += 1
    return np.concatenate([*pieces, _APART]), places


def _needles(texts: Iterable[Written]) -> Iterator[Needle]:
    """The fields that have no shingle, by their letters with blanks for marks."""
    for each in texts:
        letters = normalise(each.text)
        text = letters_text(letters[letters != WRAP]).strip(NO_LETTERS)
        least = _LEAST_HAN_OF_BODY if each.field == "body" else _LEAST_HAN
        if each.whole and are_letters(letters).sum() < SHINGLE and len(_HAN.findall(text)) >= least:
            yield Needle(text, each.field, each.span)


def _issue_texts(issue: Issue) -> Iterator[Written]:
    """What the issue says beside its articles and no public page may."""
    places = issue.head.places
    for listed in issue.distribution:
        yield Written(_distribution_text(listed), "distribution", listed.span, whole=True)
    yield Written(f"共印{print_run(issue)}份", "print_run", places.of("archive"), whole=True)
    yield Written(issue.editors_note, "editors_note", places.of("editors_note"))
    for number, line in enumerate(issue.highlights):
        yield Written(line, "highlights", places.of(f"highlights.{number}"))


def _distribution_text(listed: DistributionList) -> str:
    ranks = "；".join("、".join(addressee.name for addressee in rank) for rank in listed.ranks)
    return f"{listed.label}：{listed.text or ranks}"


def _told_by(issue: Issue, told: list[Manuscript]) -> Reading:
    """What the issue's public pages say beside the articles: its number and date, and its 要览 as it is made from them."""
    if not told:
        return read_texts(())
    head = issue.head
    counts = Counter(each.kind for each in told)
    said = [
        _numbering(head),
        f"{head.key.year}年{_numbering(head)}",
        *_dates(head.date),
        *(each.label for each in counts),
    ]
    said += [kind.counted.format(label=kind.label, count=count) for kind, count in counts.items() if kind.counted]
    said += [each.highlight for each in told if not each.kind.counted]
    return read_texts(said)


def _told_in(manuscript: Manuscript) -> Reading:
    """What a cleared article says; of its name nothing is told, but it may be."""
    fields = [each.text for each in (*article_fields(manuscript), *article_files(manuscript))]
    body = BETWEEN.join(each.text for each in article_body(manuscript))
    dates = _dates(manuscript.date) if manuscript.date else ()
    reading = read_texts((*fields, body, *dates))
    numbers = reading.numbers.union(*map(spellings, (*fields, body)))
    return Reading(reading.letters, reading.names, numbers, reading.traces)


def _said_by_the_bureau(web: SiteSettings) -> tuple[str, ...]:
    mark = web.party_government_mark
    said = (
        mark.url if mark else "",
        web.url,
        web.name,
        web.description,
        web.column,
        web.sponsor,
        web.undertaker,
        web.contact,
        web.id_code,
    )
    return (*said, web.icp, web.police, web.report_url, web.domain)


def _numbering(head: IssueHead) -> str:
    running = head.running
    if isinstance(running, Regular):
        return f"第{running.number}期（总第{running.serial}期）"
    return f"增刊第{running.number}期"


def _dates(day: date) -> tuple[str, ...]:
    return (f"{day.year}年{day.month}月{day.day}日", day.isoformat())
