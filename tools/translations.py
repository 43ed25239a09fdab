"""`make translations`: brings the gettext catalogues up to date with the sources, and says what is not translated.

Two catalogues: ours (msgids Chinese, translated to English) and click's (msgids English, translated to Chinese).
Each .po is edited by hand, each .mo is compiled from it; both are committed. Nothing is written where nothing changed.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]|%\(\w+\)s")


@dataclass(frozen=True, slots=True)
class Domain:
    """A catalogue: its name, its language, and the package and the calls that its msgids are taken from."""

    name: str
    language: str
    package: Path
    keywords: dict[str, tuple[int, ...]]
    comment: str

    @property
    def po(self) -> Path:
        return ROOT / "bulletin/cli/locale" / self.language / "LC_MESSAGES" / f"{self.name}.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


OURS = Domain(
    "bulletin",
    "en",
    ROOT / "bulletin",
    {"_": (1,), "message": (1,)},
    "# What an editor reads, in English. `make translations` adds and removes entries; write msgstr by hand.",
)
CLICKS = Domain(
    "messages",
    "zh_CN",
    Path(click.__file__).parent,
    {"_": (1,), "gettext": (1,), "ngettext": (1, 2)},
    "# What click says, in Chinese. `make translations` adds and removes entries; write msgstr by hand.",
)
DOMAINS = (OURS, CLICKS)


class _Stable(Catalog):
    """A catalogue whose header has nothing that differs from run to run (dates, versions)."""

    def __init__(self, language: str, comment: str, entries: Iterable[Message]) -> None:
        super().__init__(locale=language, header_comment=comment, fuzzy=False)
        for entry in entries:
            if entry.id:
                self[entry.id] = entry

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def main() -> int:
    """Updates both catalogues; 1 if a translation is wanting."""
    wanting = []
    for domain in DOMAINS:
        catalogue = updated(domain)
        for path, content in ((domain.po, po_bytes(catalogue)), (domain.mo, mo_bytes(catalogue))):
            if not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                print(f"wrote {path.relative_to(ROOT)}")
        wanting += [f"{domain.po.relative_to(ROOT)}: {fault}" for fault in faults(catalogue)]
    for line in wanting:
        print(line, file=sys.stderr)
    return 1 if wanting else 0


def updated(domain: Domain) -> Catalog:
    """The catalogue on disk with the msgids of the sources: new ones empty or guessed (fuzzy), old ones dropped."""
    found = Catalog(locale=domain.language)
    for file, _line, msgid, _comments, _context in extract_from_dir(
        domain.package, method_map=[("**.py", _calls)], keywords=domain.keywords
    ):
        found.add(msgid, locations=[(f"{domain.package.name}/{file}", 0)])
    known = Catalog(locale=domain.language)
    if domain.po.exists():
        with domain.po.open("rb") as file:
            known = read_po(file, locale=domain.language)
    known.update(found)
    return _Stable(domain.language, domain.comment, known)


def _calls(
    file: BinaryIO, keywords: Collection[str], _comment_tags: object, **_more: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Babel's extraction method by syntax tree; Babel's own misses calls inside f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            yield node.lineno, node.func.id, tuple(_literal(argument) for argument in node.args), []


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def po_bytes(catalogue: Catalog) -> bytes:
    """The .po file, sorted by msgid, with the files that a msgid comes from but not their lines."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return written.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The .mo file; what is fuzzy or not translated is not in it."""
    translated = (entry for entry in catalogue if _strings(entry, catalogue))
    written = io.BytesIO()
    write_mo(written, _Stable(str(catalogue.locale_identifier), "", translated))
    return written.getvalue()


def faults(catalogue: Catalog) -> Iterator[str]:
    """A line for each entry that is not translated, fuzzy, or has other placeholders than its msgid."""
    for entry in catalogue:
        msgids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        if not msgids[0]:
            continue
        if not _strings(entry, catalogue):
            yield f"not translated: {msgids[0]!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {msgids[0]!r}"
        elif any(placeholders(text) not in map(placeholders, msgids) for text in _strings(entry, catalogue)):
            yield f"other placeholders: {msgids[0]!r}"


def _strings(entry: Message, catalogue: Catalog) -> tuple[str, ...]:
    """The translation, one string a plural form; empty if any is wanting."""
    strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    forms = catalogue.num_plurals if isinstance(entry.id, tuple) else 1
    return strings if len(strings) == forms and all(strings) else ()


def placeholders(text: str) -> list[str]:
    """The `{names}` and `%(names)s` of a text, sorted; a brace without its partner counts too."""
    return sorted(_PLACEHOLDER.findall(text))


if __name__ == "__main__":
    raise SystemExit(main())
