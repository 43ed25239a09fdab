"""An article file to a manuscript: front matter, body, and whether it has what its kind requires."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bulletin.load.blocks import Body, read_body
from bulletin.load.encoding import read_text
from bulletin.load.files import KILOBYTE
from bulletin.load.markdown import MAX_BRACKETS, MAX_COMMENTS, MAX_LINE, MAX_PARAGRAPH, too_much
from bulletin.load.schemas import FrontMatterSchema
from bulletin.load.strict_yaml import YamlTree, parse_yaml, places_of
from bulletin.load.validate import validate
from bulletin.load.yaml_files import without_repetition
from bulletin.model.characters import check_characters
from bulletin.model.issue import Manuscript
from bulletin.model.problem import Message, Outcome, Problem, Span, did_you_mean, error, has_errors, message
from bulletin.model.publication import Kind, Publication
from bulletin.model.secrecy import marks_in_lines

ARTICLE_LIMIT = 256 * KILOBYTE
_FENCE = "---"

_LIMITS: dict[str, Message] = {
    "line": message("一行超过 {limit} 个字符", limit=MAX_LINE),
    "paragraph": message("一段超过 {limit} 个字符", limit=MAX_PARAGRAPH),
    "brackets": message("一段里的方括号超过 {limit} 个", limit=MAX_BRACKETS),
    "comments": message("注释超过 {limit} 个", limit=MAX_COMMENTS),
}


@dataclass(frozen=True, slots=True)
class Parts:
    front: str
    body: str
    body_line: int


def load_manuscript(root: Path, path: str, publication: Publication) -> Outcome[Manuscript]:
    """The manuscript in the file `path` (relative to `root`)."""
    read = read_text(root, path, ARTICLE_LIMIT)
    if read.value is None:
        return Outcome(None, read.problems)
    manuscript = read_manuscript(read.value, path, publication)
    return Outcome(manuscript.value, (*read.problems, *manuscript.problems))


def read_manuscript(text: str, path: str, publication: Publication) -> Outcome[Manuscript]:
    """The manuscript that the file `path` would hold if it said `text`."""
    characters = tuple(check_characters(text, path))
    parts = split_article(text, path)
    first = 1 if isinstance(parts, Problem) else parts.body_line
    secrecy = tuple(marks_in_lines(text, path, first))
    if isinstance(parts, Problem):
        return Outcome(None, (*characters, parts, *secrecy))
    tree = parse_yaml(parts.front, path, first_line=2)
    front = validate(tree, FrontMatterSchema, path)
    kind = _kind(front.value, tree, publication, path)
    problems = [*without_repetition(characters, front.problems), *kind.problems, *secrecy]
    over = too_much(parts.body)
    if over:
        line, limit = over
        span = Span(path, line + parts.body_line - 1)
        problems.append(error("too-long", span, _LIMITS[limit], message("请分成几行或几段，段与段之间空一行")))
        return Outcome(None, tuple(problems))
    body = read_body(parts.body, path, parts.body_line)
    problems += body.problems
    if not body.blocks and not has_errors(body.problems):
        problems.append(error("article-empty", Span(path, parts.body_line), message("文章没有正文")))
    if front.value is None or kind.value is None:
        return Outcome(None, tuple(problems))
    return Outcome(_manuscript(tree, front.value, kind.value, body), tuple(problems))


def _manuscript(tree: YamlTree, said: FrontMatterSchema, kind: Kind, body: Body) -> Manuscript:
    return Manuscript(
        slug=Path(tree.path).stem,
        kind=kind,
        title=said.title,
        subtitle=(said.subtitle or "").removeprefix("——"),
        speaker=said.speaker or "",
        position=said.position or "",
        organization=said.organization or "",
        subjects=said.subjects,
        date=said.date,
        editors_note=said.editors_note or "",
        blocks=body.blocks,
        notes=body.notes,
        comments=body.comments,
        places=places_of(tree),
    )


def split_article(text: str, path: str) -> Parts | Problem:
    """Front matter and body; the body's first line number is that in the file."""
    lines = text.split("\n")
    if not text.strip():
        return error("article-empty", Span(path), message("文件是空的"))
    if _visible(lines[0]).rstrip() != _FENCE:
        advice = message("第一行写 ---，下面写 kind、title 等，再以一行 --- 结束")
        return error("front-matter", Span(path, 1), message("文件开头缺少稿件信息（种类、标题等）"), advice)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return Parts("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    return error(
        "front-matter", Span(path, 1), message("文件开头的稿件信息没有结束"), message("在正文之前单独写一行 ---")
    )


def _visible(line: str) -> str:
    """The line without characters that nobody sees; they are reported by `check_characters`."""
    return "".join(character for character in line if unicodedata.category(character) != "Cf")


def _kind(front: FrontMatterSchema | None, tree: YamlTree, publication: Publication, path: str) -> Outcome[Kind]:
    """The kind that the front matter names, with a problem for each field that it requires and does not find."""
    if front is None or publication.kinds is None:
        return Outcome(None)
    kind = publication.kind(front.kind)
    place = tree.places[("kind",)]
    if kind is None:
        names = tuple(kind.name for kind in publication.kinds)
        advice = did_you_mean(front.kind, names, message("可以写：{known}", known=names))
        return Outcome(None, (error("kind-unknown", place, message("没有“{kind}”这种稿件", kind=front.kind), advice),))
    missing = [name for name in kind.requires if getattr(front, name) is None]
    return Outcome(
        kind,
        tuple(
            error("field-missing", Span(path, 1), message("{kind}缺少“{key}”", kind=kind.label, key=name))
            for name in missing
        ),
    )
