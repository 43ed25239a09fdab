"""What the house knows, from files: the program's start, the bureau's own, and what is wrong in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from bulletin.load.house import house_in, load_house
from bulletin.load.publication import load_publication
from bulletin.load.schemas import json_schemas
from bulletin.model.finding import Safety, Strength
from bulletin.model.house import House, TermKind
from bulletin.model.problem import Outcome, Severity, Span
from tests.conftest import REPOSITORY, Make

START = """\
terms:
  - {id: typo.bushu, kind: typo, preferred: 部署, forbid: [布署], source: 《现代汉语词典》}
  - {id: typo.baodao, kind: typo, preferred: 报到, pattern: '到社区(报道)(?=[，。])', source: 《现代汉语词典》}
  - {id: variant.qita, kind: variant, preferred: 其他, forbid: [其它]}
organisations:
  - {id: org.zzb, name: 中共中央组织部, common: [中央组织部, 中组部]}
"""


def loaded(root: Path) -> Outcome[House]:
    publication = load_publication(root)
    assert publication.value is not None, publication.problems
    return load_house(root, publication.value)


def house_of(make: Make, **files: str) -> Outcome[House]:
    """What a publication knows that has these files in place of all that the program knows: `start` is its whole start."""
    named = {f"house/{name}.yaml": text for name, text in files.items() if name != "start"}
    root = make(
        {
            "assets/house/start.yaml": files.get("start", START),
            "assets/house/places.txt": "沈阳市  # 说明\n沈阳\n",
            **named,
        }
    )
    publication = load_publication(root)
    assert publication.value is not None
    outcome = load_house(root, replace(publication.value, assets=(str(root / "assets"),)))
    assert outcome.value is not None
    return outcome


def only_start(house: House) -> list[str]:
    return [entry.id for entry in house.entries if entry.span.path == "assets/house/start.yaml"]


def test_without_files_there_is_the_programs_start(make: Make) -> None:
    house = house_of(make)
    assert not house.problems
    assert house.value is not None
    assert only_start(house.value) == ["typo.bushu", "typo.baodao", "variant.qita", "org.zzb"]
    assert {"沈阳市", "沈阳"} <= house.value.places
    term = next(term for term in house.value.terms if term.entry.id == "typo.baodao")
    assert (term.kind, term.severity, term.needles) == (TermKind.TYPO, Severity.ERROR, ("到社区",))
    assert term.entry.span == Span("assets/house/start.yaml", 3, 10)


def test_all_that_may_be_said(make: Make) -> None:
    outcome = house_of(
        make,
        terms=(
            "terms:\n"
            "  - id: brand.fengye\n    kind: brand\n    preferred: 枫叶驿站\n    quoted: always\n    forbid: [枫林驿站]\n"
            "    not_variants: [枫林逸景]\n    valid_from: 2020-01-02\n    valid_until: 2021-01-02\n    allow_in: [title]\n"
            "    severity: hint\n    strength: 本局\n    fix: safe\n    why: 活动名称\n    source: 某某通知\n"
            "    members: [甲, 乙]\n    examples: {bad: [到枫林驿站去。], good: [到“枫叶驿站”去。]}\n"
        ),
        people=(
            "people:\n  - id: p.zhang\n    name: 张三\n    short: [张局长]\n    source: 任免通知\n    posts:\n"
            "      - {text: 副局长, since: 2018-01-01, until: 2019-12-31, rank: 3}\n      - {text: 局长, since: 2020-01-01}\n"
        ),
        organisations="organisations:\n  - {id: o, name: 甲乙有限公司, short: [甲公司], common: [甲乙], forbid: [甲乙公司]}\n",
        documents="documents:\n  - {id: d, title: 关于甲的意见, number: 某发〔2020〕1号, issuer: 某局, date: 2020-02-03, short: [意见]}\n",
        claims="claims:\n  - {id: c, what: 全省…干部, forms: [9万], as_of: 2020-06-30}\n",
        quotes="quotes:\n  - {id: q, speaker: 某某, text: 一句话。, occasion: 某会, date: 2020-02-03}\n",
    )
    assert not outcome.problems
    house = outcome.value
    assert house is not None
    term = next(term for term in house.terms if term.entry.id == "brand.fengye")
    assert (term.quoted, term.forbid, term.not_variants, term.members) == (
        True,
        ("枫林驿站",),
        ("枫林逸景",),
        ("甲", "乙"),
    )
    assert (term.valid_from, term.valid_until, term.allow_in) == (date(2020, 1, 2), date(2021, 1, 2), ("title",))
    assert (term.severity, term.strength, term.safety) == (Severity.HINT, Strength.HOUSE, Safety.SAFE)
    assert (term.why, term.entry.source) == ("活动名称", "某某通知")
    assert (term.entry.bad, term.entry.good) == (("到枫林驿站去。",), ("到“枫叶驿站”去。",))
    assert [(post.text, post.since, post.until, post.rank) for post in house.people[0].posts] == [
        ("副局长", date(2018, 1, 1), date(2019, 12, 31), 3),
        ("局长", date(2020, 1, 1), None, 0),
    ]
    assert house.people[0].short == ("张局长",)
    own = house.organisations[-1]
    assert (own.name, own.short, own.common, own.forbid) == ("甲乙有限公司", ("甲公司",), ("甲乙",), ("甲乙公司",))
    document = house.documents[-1]
    assert (document.title, document.number, document.issuer) == ("关于甲的意见", "某发〔2020〕1号", "某局")
    assert (document.day, document.short) == (date(2020, 2, 3), ("意见",))
    assert (house.claims[0].what, house.claims[0].forms, house.claims[0].as_of) == (
        "全省…干部",
        ("9万",),
        date(2020, 6, 30),
    )
    quote = house.quotes[-1]
    assert (quote.speaker, quote.text, quote.occasion, quote.day) == ("某某", "一句话。", "某会", date(2020, 2, 3))


def test_the_bureau_has_the_last_word(make: Make) -> None:
    own = (
        "terms:\n  - {id: typo.bushu, kind: typo, preferred: 部署, forbid: [布署, 部暑]}\n"
        "  - {id: variant.qita, disabled: true, why: 本局两种都用}\n  - {id: own, kind: brand, preferred: 枫叶驿站}\n"
    )
    outcome = house_of(make, terms=own)
    assert not outcome.problems
    assert outcome.value is not None
    ids = [term.entry.id for term in outcome.value.terms]
    assert [id_ for id_ in ids if id_ in ("typo.bushu", "typo.baodao", "variant.qita", "own")] == [
        "typo.bushu",
        "typo.baodao",
        "own",
    ]
    replaced = next(term for term in outcome.value.terms if term.entry.id == "typo.bushu")
    assert (replaced.forbid, replaced.entry.span.path) == (("布署", "部暑"), "house/terms.yaml")


def test_a_file_of_the_publication_takes_the_place_of_the_programs(make: Make) -> None:
    builtin = loaded(make()).value
    assert builtin is not None
    names = sorted({entry.span.path for entry in builtin.entries})
    own = "terms:\n  - {id: only.this, kind: brand, preferred: 枫叶驿站}\n"
    house = loaded(make({name: own.replace("only", f"n{number}") for number, name in enumerate(names)}, "other")).value
    assert house is not None
    assert [entry.id for entry in house.entries] == [f"n{number}.this" for number in range(len(names))]


FAULTS = [
    (
        "terms",
        "{id: a, kind: typo, preferred: 甲, forbid: [乙丙], ▸patern: 丁}",
        "field-unknown",
        "是不是想写“pattern”",
    ),
    ("terms", "{id: ▸a, kind: typo, preferred: 甲}", "house-form", "forbid"),
    ("terms", "{id: a, kind: typo, preferred: 甲乙, forbid: [丙丁, ▸甲乙]}", "house-form", "既写成对的"),
    ("terms", "{id: a, kind: typo, preferred: 甲乙, forbid: [▸丙]}", "house-form", "到处都会误报"),
    ("terms", "{id: a, kind: typo, preferred: 甲乙, forbid: [丙丁, ▸丙丁]}", "house-form", "两次"),
    ("terms", "{id: a, kind: typo, preferred: 甲, pattern: ▸'乙('}", "house-pattern", "写错了"),
    ("terms", "{id: a, kind: typo, preferred: 甲, pattern: ▸'(乙+)+丙'}", "house-pattern", "不限次数"),
    ("terms", f"{{id: a, kind: typo, preferred: 甲, pattern: ▸{'乙' * 301}}}", "house-pattern", "300"),
    (
        "terms",
        "{id: a, kind: brand, preferred: 甲, valid_from: 2020-02-02, valid_until: ▸2020-02-01}",
        "house-dates",
        "止",
    ),
    (
        "terms",
        "{id: a, kind: brand, preferred: 甲}\n  - {id: ▸a, kind: brand, preferred: 乙}",
        "house-id",
        "terms.yaml:2:10",
    ),
    ("terms", "{id: ▸a b, kind: brand, preferred: 甲}", "field-value", "编号"),
    ("terms", "{id: ▸typo.bushuu, disabled: true}", "house-disabled", "是不是想写“typo.bushu”"),
    ("terms", "{id: ▸a, kind: brand, preferred: 布署}", "house-form", "typo.bushu"),
    ("people", "{id: p, name: ▸张}", "field-value", ""),
    (
        "people",
        "{id: p, name: 张三, posts: [{text: 局长, since: 2020-01-02, until: ▸2020-01-01}]}",
        "house-dates",
        "止",
    ),
    ("organisations", "{id: o, name: 甲公司, short: [甲乙], forbid: [▸甲乙]}", "house-form", "既写成对的"),
    (
        "documents",
        "{id: d, title: 甲, number: 乙}\n  - {id: ▸e, title: 丙, number: 乙}",
        "house-form",
        "documents.yaml:2:10",
    ),
    ("claims", "▸{id: c, what: 干部}", "field-missing", "forms"),
    ("quotes", "{id: c, speaker: 某某, text: 一句话。, ▸day: 2020-01-02}", "field-unknown", ""),
]


@pytest.mark.parametrize(("name", "entry", "code", "said"), FAULTS, ids=lambda said: said.replace("/", "")[:40])
def test_faults_are_told_at_their_places(make: Make, name: str, entry: str, code: str, said: str) -> None:
    text = f"{name}:\n  - {entry}\n"
    before = text.partition("▸")[0]
    (problem,) = house_of(make, **{name: text.replace("▸", "")}).problems
    place = Span(f"house/{name}.yaml", before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert (problem.code, problem.span) == (code, place)
    assert said in f"{problem.message}{problem.advice}"


def test_what_is_whole_counts_though_the_rest_has_faults(make: Make) -> None:
    outcome = house_of(
        make,
        terms="terms:\n  - {id: a, kind: typo, preferred: 甲}\n  - {id: b, kind: brand, preferred: 乙}\n",
        people="people: 张三\n",
        quotes="quotes:\n  - {id: q, speaker: 某某, text: 一句话。}\n",
    )
    assert {problem.span.path for problem in outcome.problems} == {"house/terms.yaml", "house/people.yaml"}
    assert outcome.value is not None
    assert {"b", "q"} <= {entry.id for entry in outcome.value.entries}


def test_a_text_by_itself() -> None:
    claims, both = (
        "claims:\n  - {id: c, what: 干部, forms: [9万]}\n",
        "claims: []\nterms:\n  - {id: t, kind: brand, preferred: 甲}\n",
    )
    assert [entry.id for entry in (house_in(claims, "house/claims.yaml").value or House()).entries] == ["c"]
    assert [entry.id for entry in (house_in(both, "manual").value or House()).entries] == ["t"]
    assert [problem.code for problem in house_in(both, "house/claims.yaml").problems] == ["field-unknown"]


def test_programs_for_writing_are_told_the_same() -> None:
    """The JSON Schemas take what the loader takes, and refuse the same slips."""
    schemas = {name: jsonschema.Draft202012Validator(schema) for name, schema in json_schemas().items()}

    def valid(name: str, text: str) -> bool:
        return bool(schemas[name].is_valid(json.loads(json.dumps(yaml.safe_load(text), default=str))))

    started = sorted((REPOSITORY / "assets/house").glob("*.yaml"))
    assert started
    assert all(valid("knowledge", path.read_text("utf-8")) for path in started)
    assert valid("terms", "terms: [{id: typo.a, disabled: true}, {id: b, kind: brand, preferred: 甲}]")
    assert not valid("terms", "terms: [{id: b, kind: brand}]")
    assert not valid("terms", "terms: [{id: b, kind: bran, preferred: 甲}]")
    assert not valid("terms", "terms: [{id: 'b c', kind: brand, preferred: 甲}]")
    assert not valid("terms", "people: []")
    assert valid("people", "people: [{id: p, name: 张三, posts: [{text: 局长, since: 2020-01-01, rank: 1}]}]")
    assert not valid("claims", "claims: [{id: c, what: 甲, forms: []}]")
