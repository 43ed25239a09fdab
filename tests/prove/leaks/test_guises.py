"""Any cut of eight Han of an article that is not cleared, in any guise; and what a file may be besides."""

from __future__ import annotations

import functools
import gzip
import io
import random
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.model.artifact import Artifact
from bulletin.model.problem import Severity
from bulletin.prove.leaks.searching import find_leaks
from bulletin.prove.leaks.sights import look
from tests.conftest import BASE, Make
from tests.gates import FILES, QUOTED, gate, publication, secrets_in, told_in
from tests.prove.leaks.test_gate import TEXT

PARAGRAPHS = [
    "经核查，黛湖疗养院三号楼漏雨已逾两月，金丝雀计划暂缓公布。",
    "本篇系会商会录音整理，涉及预算3.6亿元（其中省级财政1200万元），未经批准不得引用APP后台数据！",
    "一要摸清底数：漏点在哪、何人承办、何时完工；二要“先急后缓”——先修屋面，再补墙面……",
    "《榆关市槐荫里片区改造方案》第二十三条、第七十九条，与去年印发的沉香亭工程台账对不上。",
    "同一栋楼𠮷野家旧址的产权，1997年以来三次变更，２００８年又转给梧桐里社区。",
]


@functools.cache
def held() -> tuple[object, ...]:
    """The secrets of a publication with these paragraphs, loaded once."""
    body = "\n\n".join(PARAGRAPHS)
    said = f"---\nkind: report\ntitle: 内部整理稿\norganization: 某县\n---\n\n{body}\n"
    root = Path(tempfile.mkdtemp())
    for path, content in {**BASE, **FILES, "issues/2026-01/02-canary-plan.md": said}.items():
        if content is not None and not path.endswith(".png"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    (root / "issues/2026-01/01-report.md").write_text(
        f"---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n{QUOTED}\n", "utf-8"
    )
    secrets = secrets_in(root)
    return secrets, told_in(root, secrets)


HAN = range(0x4E00, 0xA000)


@st.composite
def cuts(draw: st.DrawFn) -> str:
    """Part of a paragraph with at least eight Han."""
    paragraph = draw(st.sampled_from(PARAGRAPHS))
    places = [place for place, each in enumerate(paragraph) if ord(each) in HAN]
    first = draw(st.integers(0, len(places) - 8))
    last = draw(st.integers(first + 7, len(places) - 1))
    return paragraph[places[first] : places[last] + 1]


@pytest.mark.slow
@settings(max_examples=300)
@given(cuts(), st.sampled_from(sorted(TEXT)))
@example("级财政1200万元），未经批", "unknown kind")
@example("同一栋楼𠮷野家旧址", "percents of GB18030")
def test_any_cut_in_any_guise_is_found(said: str, guise: str) -> None:
    secrets, told = held()
    sight = look(TEXT[guise](said), told)  # type: ignore[arg-type]
    leaks = find_leaks([sight], lambda: secrets).leaks  # type: ignore[arg-type, return-value]
    assert {leak.secret.span.path for leak in leaks} == {"issues/2026-01/02-canary-plan.md"}, (said, guise)


@settings(max_examples=200)
@given(
    st.text(st.sampled_from("老干部工作动态网站导航首页检索帮助今年以来全市各级，。、："), max_size=60),
    st.sampled_from(sorted(TEXT)),
)
def test_other_texts_are_not(said: str, guise: str) -> None:
    secrets, told = held()
    assert not find_leaks([look(TEXT[guise](said), told)], lambda: secrets).leaks  # type: ignore[arg-type, return-value]


@settings(max_examples=300)
@given(st.binary(max_size=3000))
def test_any_bytes_are_looked_at_or_refused(content: bytes) -> None:
    secrets, told = held()
    sight = look(Artifact("a.bin", "", content), told)  # type: ignore[arg-type]
    assert not find_leaks([sight], lambda: secrets).leaks  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    "begins", [b"%PDF-1.7\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"wOF2"]
)
def test_damaged_files_do_not_raise(begins: bytes) -> None:
    secrets, told = held()
    for seed in range(20):
        content = begins + random.Random(seed).randbytes(400)
        assert not find_leaks([look(Artifact("a", "", content), told)], lambda: secrets).leaks  # type: ignore[arg-type, return-value]


def test_what_cannot_be_opened_stops_the_build(make: Make) -> None:
    root = publication(make)
    packed = gzip.compress(b"x" * 1000)
    locked = io.BytesIO()
    with zipfile.ZipFile(locked, "w") as archive:
        archive.writestr("a", "x")
    encrypted = bytearray(locked.getvalue())
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    nested = b"x"
    for _ in range(6):
        nested = gzip.compress(nested)
    for name, content in {
        "a.gz": packed[:-9],
        "a.br": b"\xff\xff\xff\xff\xff",
        "a.zip": bytes(encrypted),
        "b.gz": nested,
    }.items():
        (problem,) = gate(root, [Artifact(name, "", content)])
        assert (problem.code, problem.severity) == ("leak-unreadable", Severity.ERROR), name


def test_a_kind_of_file_that_nobody_knows_is_named(make: Make) -> None:
    (problem,) = gate(publication(make), [Artifact("assets/a.wasm", "", b"\x00asm\x01\x00\xff\xfe\x80")])
    assert (problem.code, problem.severity) == ("leak-unknown", Severity.WARNING)
    known = {
        "a.css": b"p{}",
        "CNAME": b"lgb.example.gov.cn",
        "a.png": b"\x89PNG\r\n\x1a\n\x80",
        "a.woff2": b"wOF2\x80\xff",
    }
    assert gate(publication(make), [Artifact(name, "", content) for name, content in known.items()]) == ()
