"""Work that comes out the same in hundreds of tests, done once in each process that runs them.

Only what is a pure function of what it is given: its own tests (`typeset/test_specimen.py`, `test_house_faces.py`,
`render/web/test_templates.py`) call it by itself, or give it something else each time, and so are not spared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import Bucket, BytecodeCache

from bulletin.load import stock
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.pipeline import specimen

_REPOSITORY = Path(__file__).resolve().parent.parent
_PROGRAM = tuple(f"{_REPOSITORY / name}/" for name in ("bulletin", "templates", "assets"))


def do_once(patch: pytest.MonkeyPatch) -> None:
    """From now on the same work is done once."""
    assure = _passed_before(specimen.assure_typesetting)
    patch.setattr("bulletin.pipeline.building.assure_typesetting", assure)
    patch.setattr("bulletin.pipeline.site.pdf.assure_typesetting", assure)
    patch.setattr(stock, "_files", _listed_before(stock._files))
    patch.setattr(stock, "_content_digest", _digested_before(stock._content_digest))
    patch.setattr(jinja2.Environment, "__init__", _compiled_before(jinja2.Environment.__init__))


def _passed_before(assure: Callable[[Publication, Path, Progress], None]) -> Callable[..., None]:
    """The proof that the specimen passed is put where an earlier test got it, in another folder; whether it holds is asked as ever. A bureau's own
    faces are tried each time."""
    proofs: dict[object, bytes] = {}

    def assured(publication: Publication, output: Path, progress: Progress) -> None:
        setting, proof = (publication.assets, publication.typesetting), output / specimen._PASSED
        if setting in proofs and not publication.house_faces and output.is_dir() and not proof.exists():
            proof.write_bytes(proofs[setting])
        assure(publication, output, progress)
        if not publication.house_faces:
            proofs[setting] = proof.read_bytes()

    return assured


def _is_program(path: str) -> bool:
    """True for what no test changes: the program, its templates and assets."""
    return path.startswith(_PROGRAM)


def _listed_before(list_files: Callable[..., list[Path]]) -> Callable[..., list[Path]]:
    known = cache(list_files)
    return lambda folder, ending="": (known if _is_program(f"{folder}/") else list_files)(folder, ending)


def _digested_before(digest: Callable[[Path | str], str]) -> Callable[[Path | str], str]:
    known = cache(digest)
    return lambda path: (known if _is_program(str(path)) else digest)(path)


class _Compiled(BytecodeCache):
    """Compiled templates; Jinja asks for one by file and text, and we by what else has a say in it."""

    def __init__(self, kept: dict[object, bytes], options: tuple[object, ...]) -> None:
        self.kept, self.options = kept, options

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(self._key(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[self._key(bucket)] = bucket.bytecode_to_string()

    def _key(self, bucket: Bucket) -> tuple[object, ...]:
        """What a filter is given besides its arguments is compiled in too; filters of one name are other ones for print and for the web."""
        given = {name: getattr(do, "jinja_pass_arg", None) for name, do in bucket.environment.filters.items()}
        return (
            bucket.key,
            bucket.checksum,
            self.options,
            tuple(sorted((name, arg.name) for name, arg in given.items() if arg)),
        )


def _compiled_before(make: Callable[..., None]) -> Callable[..., None]:
    kept: dict[object, bytes] = {}

    def environment(self: jinja2.Environment, *arguments: object, **options: object) -> None:
        make(self, *arguments, **options)
        if self.bytecode_cache is None:
            plain = tuple((name, repr(value)) for name, value in sorted(options.items()) if name != "loader")
            self.bytecode_cache = _Compiled(kept, (len(arguments), plain))

    return environment
