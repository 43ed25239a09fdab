"""A foreign document that is a whole issue to a draft of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin.convert.recognising.articles import article_of
from bulletin.convert.recognising.attachments import without_attachment_notes
from bulletin.convert.recognising.contents import Contents, opens_contents, read_contents
from bulletin.convert.recognising.heads import MOST_PIECES, Head, is_number_line, of_head, read_head
from bulletin.convert.recognising.imprints import Imprint, read_imprint
from bulletin.convert.recognising.kinds import names_of
from bulletin.convert.recognising.notes import shared_out
from bulletin.convert.recognising.pieces import Piece, flattened, pieces_of
from bulletin.convert.recognising.splitting import beginnings
from bulletin.convert.recognising.words import EDITORS_NOTE, is_position
from bulletin.model.draft import Doubt, DraftArticle, DraftIssue, Taken
from bulletin.model.foreign import ForeignDocument, Place
from bulletin.model.problem import message
from bulletin.model.publication import Kind
from bulletin.model.repair import Certainty, Repair

_TALKS = ("在", "就", "关于", "出席", "到", "同志", "：", ":")


@dataclass(frozen=True, slots=True)
class _Parts:
    """An issue in its parts."""

    head: Head
    contents: Contents
    note: list[Piece]
    body: list[Piece]
    imprint: Imprint


def looks_like_issue(document: ForeignDocument) -> bool:
    """True where the first lines give the number of an issue, and the contents or the foot of one is there."""
    pieces = list(flattened(pieces_of(document)))
    if _number_line(pieces) < 0:
        return False
    contents = any(opens_contents(piece) for piece in pieces[:MOST_PIECES])
    imprint = read_imprint(pieces)
    return contents or bool(imprint.lists or imprint.print_run or imprint.responsible) or len(pieces) > MOST_PIECES


def recognise_issue(
    document: ForeignDocument, repairs: tuple[Repair, ...] = (), kinds: tuple[Kind, ...] = ()
) -> DraftIssue:
    """The issue that the document is, with its articles. Doubtful repairs become doubts at their place."""
    parts = _parts(pieces_of(document))
    names = names_of(kinds)
    starts = beginnings(parts.body, parts.contents)
    bodies = [parts.body[start:end] for start, end in pairwise([*starts, len(parts.body)])] or [[]]
    documents = shared_out(document, bodies)
    articles = [article_of(*each, repairs, names) for each in zip(bodies, documents, strict=True)]
    articles = [article for article in articles if article.blocks or article.taken]
    articles = [_with_listed_title(_with_position(article, parts.contents), parts.contents) for article in articles]
    articles = without_attachment_notes(articles, names.attachment)
    head, imprint = parts.head, parts.imprint
    note, note_taken = _note(parts.note)
    day = head.date or imprint.date
    return DraftIssue(
        masthead=head.masthead,
        publisher=head.publisher or imprint.publisher,
        number=head.number,
        serial=head.serial,
        date=day,
        articles=tuple(articles),
        supplement=head.supplement,
        marking=tuple(head.marking),
        highlights=tuple(parts.contents.entries),
        distribution=tuple(imprint.lists),
        responsible=imprint.responsible,
        editors=tuple(imprint.editors),
        phone=imprint.phone,
        print_run=imprint.print_run,
        editors_note=note,
        taken=(*head.taken, *parts.contents.taken, *note_taken, *imprint.taken),
        doubts=(*head.doubts, *_missing(parts, len(articles)), *imprint.doubts),
    )


def _parts(pieces: list[Piece]) -> _Parts:
    imprint, body = _imprint(pieces)
    width = _head_width(body)
    top = list(flattened(body[:width]))
    opened = next((place for place, piece in enumerate(top) if opens_contents(piece)), len(top))
    contents = read_contents([*top[opened:], *body[width:]])
    head = read_head(top[:opened])
    following = [*top[opened:], *body[width:]][contents.length :]
    end = _note_end(following)
    return _Parts(head, contents, following[:end], following[end:], imprint)


def _imprint(pieces: list[Piece]) -> tuple[Imprint, list[Piece]]:
    """The foot, and the pieces without it."""
    flat = list(flattened(pieces))
    imprint = read_imprint(flat)
    if imprint.start >= len(flat):
        return imprint, pieces
    first = flat[imprint.start].order
    torn = [piece for piece in flat[: imprint.start] if piece.order == first]
    return imprint, [*(piece for piece in pieces if piece.order < first), *torn]


def _head_width(pieces: list[Piece]) -> int:
    """How many of the first pieces belong to the head, the line that opens the contents included."""
    width = 0
    for place, piece in enumerate(pieces[:MOST_PIECES]):
        inner = list(flattened([piece]))
        if any(opens_contents(each) for each in inner):
            return place + 1
        if _number_line(inner) >= 0:
            width = place + 1
    while width < min(len(pieces), MOST_PIECES) and of_head(pieces[width].text):
        width += 1
    return width


def _number_line(pieces: list[Piece]) -> int:
    """The place of the line with the number of the issue among the first pieces; -1 where there is none."""
    return next((place for place, piece in enumerate(pieces[:MOST_PIECES]) if is_number_line(piece.text)), -1)


def _note_end(pieces: list[Piece]) -> int:
    """How many pieces are an editors' note that opens the issue."""
    if not pieces or pieces[0].table or not EDITORS_NOTE.match(pieces[0].text):
        return 0
    end = 1
    while end < len(pieces) and pieces[end].running and not pieces[end].number:
        end += 1
    return end


def _note(pieces: list[Piece]) -> tuple[str, list[Taken]]:
    if not pieces:
        return "", []
    label = EDITORS_NOTE.match(pieces[0].text)
    assert label is not None
    texts = [pieces[0].text[label.end() :].strip(), *(piece.text for piece in pieces[1:])]
    taken = [Taken("made.editors-note", label[0].strip(), "编者按：", pieces[0].place)]
    parts = list(zip(pieces, texts, strict=True))
    taken += [Taken("editors_note", text, text, piece.place) for piece, text in parts if text]
    return "\n".join(text for text in texts if text), taken


def _with_position(article: DraftArticle, contents: Contents) -> DraftArticle:
    """The article with its speaker's position as the contents give it: 省委某部部长刘某某在某会议上的讲话."""
    if not article.speaker or article.position:
        return article
    for entry in contents.entries:
        position, found, rest = entry.partition(article.speaker)
        position = position.strip(" ，：:")
        if found and is_position(position) and (not rest or rest.strip(" ").startswith(_TALKS)):
            taken = Taken("position", "", position, contents.taken[0].place, Certainty.LIKELY)
            return replace(article, position=position, taken=(*article.taken, taken))
    return article


def _with_listed_title(article: DraftArticle, contents: Contents) -> DraftArticle:
    """The article with the lines of its title as one where the contents give them without a blank."""
    joined = "".join(article.title)
    if len(article.title) > 1 and any(joined in entry for entry in contents.entries):
        return replace(article, title=(joined,))
    return article


def _missing(parts: _Parts, articles: int) -> list[Doubt]:
    """What an issue has, and this has not."""
    head = parts.head
    place = parts.body[0].place if parts.body else Place()
    absent = [
        (head.number, message("没有找到期号，请填写")),
        (head.serial or head.supplement, message("没有找到总期号，请填写")),
        (head.date or parts.imprint.date, message("没有找到日期，请填写")),
        (articles, message("没有找到文章")),
        (parts.imprint.lists, message("没有找到报、送、发")),
    ]
    return [Doubt(what, place) for found, what in absent if not found]
