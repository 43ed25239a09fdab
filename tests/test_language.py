"""Both languages are complete: the catalogues, the sources they come from, and what the terminal shows."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
QUOTED = re.compile("“[^”]*”")
"""The words of a text that a message is about."""

# Han that an English text must quote: the forms of heading numbers, and the words that stand in the editor's own files.
SAMPLES = {
    "部署",
    "一",
    "请填写",
    "请填写标题",
    "骑马订",
    "平订",
    "双面",
    "印刷厂",
    "样张",
    "机要交通",
    "交换站",
    "专人",
    "自取",
    "名称",
    "组别",
    "省档案馆",
    "省委组织部",
    "报",
    "送",
    "发",
    "个数",
}

# Texts that are a mark and nothing else: between the members of a list, after a heading of the help, about a change.
MARKS = {
    "{why}：{context}",
    "{why}（{source}）",
    "{path}：{fault}",
    "{numbers}（{state}）",
    "{told}、{here}",
    "{act}（{by}）",
    "{what}（{by}，{act}）",
    "{end}：{note}",
    "{file}：{fault}",
    "、",
    "，",
    "：",
    "；",
    "{before}【{deleted}→{added}】{after}",
    "{field}：{old} → {new}",
}

CLICKS_ENGLISH = re.compile(
    r"\b(Usage|Options?|Commands?|Error|Missing|Invalid|Show this|Show the|No such|Try|for help|Did you mean"
    r"|Choose from|is not one of|Got unexpected|does not|requires|[Aa]rgument)\b"
)

COMMANDS = [
    (),
    *(
        tuple(command.split())
        for command in (
            *("init", "new", "new issue", "new article", "check", "build"),
            *("clear", "status", "fonts", "schema", "completion"),
            *("recipients", "recipients import", "copies", "copies assign", "copies print", "copies send"),
            *("copies destroy", "copies find", "copies verify", "copies trace", "copies forms"),
        )
    ),
]
WRONG_USES = [
    ("biuld",),
    ("build", "--audiense", "public"),
    ("build", "--audience", "nobody"),
    ("build", "--audience"),
    ("build", "2026-01", "2026-02"),
    ("check", "--json=3"),
    ("new", "article"),
    ("new", "issue", "--date", "1/7"),
    ("clear", "2026-01", "1"),
    ("completion",),
    ("-C", "nowhere", "check"),
]


def _tool():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


translations = _tool()
both_domains = pytest.mark.parametrize("domain", translations.DOMAINS, ids=lambda domain: domain.name)


def _on_disk(domain) -> Catalog:
    with domain.po.open("rb") as file:
        return read_po(file, locale=domain.language)


def _entries(catalogue: Catalog):
    return [entry for entry in catalogue if entry.id]


# The catalogues


@both_domains
def test_catalogue_is_complete(domain):
    catalogue = _on_disk(domain)
    assert list(translations.faults(catalogue)) == []
    assert not catalogue.obsolete


@both_domains
def test_catalogue_is_up_to_date_with_the_sources(domain):
    catalogue = translations.updated(domain)
    assert domain.po.read_bytes() == translations.po_bytes(catalogue), "run `make translations`"
    assert domain.mo.read_bytes() == translations.mo_bytes(catalogue), "run `make translations`"


def test_every_call_in_the_sources_is_in_the_catalogue():
    known = {entry.id for entry in _entries(_on_disk(translations.OURS))}
    assert known == {text.value for path in (ROOT / "bulletin").rglob("*.py") for text in _translated_texts(path)}


def test_texts_of_the_sources_are_chinese():
    assert {entry.id for entry in _entries(_on_disk(translations.OURS)) if not HAN.search(entry.id)} == MARKS


def test_translations_are_english():
    for entry in _entries(_on_disk(translations.OURS)):
        said = QUOTED.sub("", entry.string)
        assert {han for han in HAN.findall(said) if han not in SAMPLES} == set(), entry.id


def test_clicks_texts_are_chinese():
    for entry in _entries(_on_disk(translations.CLICKS)):
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        words = [re.sub(r"\{[^}]*\}|%\(\w+\)s", "", text) for text in strings]
        assert all(HAN.search(word) for word in words) or "Choice(" in strings[0], entry.id


# The tool


def _copy_of_locale(tmp_path: Path, monkeypatch) -> dict[Path, bytes]:
    shutil.copytree(ROOT / "bulletin/cli/locale", tmp_path / "bulletin/cli/locale")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    return {path: path.read_bytes() for path in tmp_path.rglob("*.?o")}


def test_tool_changes_nothing_when_nothing_changed(tmp_path, monkeypatch, capsys):
    before = _copy_of_locale(tmp_path, monkeypatch)
    assert translations.main() == 0
    assert capsys.readouterr() == ("", "")
    assert {path: path.read_bytes() for path in before} == before
    assert len(before) == 4


def test_tool_lists_what_is_not_translated(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert translations.main() == 1
    said = capsys.readouterr()
    assert "bulletin.po: not translated: '警告'" in said.err
    assert "messages.po: not translated: 'Usage:'" in said.err
    assert translations.OURS.po.exists()
    assert translations.main() == 1
    assert "wrote" not in capsys.readouterr().out


def test_tool_drops_what_is_gone_and_marks_what_changed(tmp_path, monkeypatch, capsys):
    _copy_of_locale(tmp_path, monkeypatch)
    po = translations.CLICKS.po
    before = po.read_text()
    assert 'msgid "Show this message and exit."' in before
    older = before.replace('msgid "Show this message and exit."', 'msgid "Show this message and quit."')
    po.write_text(older + '\nmsgid "Out of use"\nmsgstr "早已不用"\n')
    assert translations.main() == 1
    assert "fuzzy: 'Show this message and exit.'" in capsys.readouterr().err
    assert "早已不用" not in po.read_text()


@pytest.mark.parametrize(
    ("msgid", "string", "flags", "expected"),
    [
        ("有 {count} 篇", "articles: {count}", (), []),
        ("有 {count} 篇", "", (), ["not translated: '有 {count} 篇'"]),
        ("有 {count} 篇", "articles: {count}", ("fuzzy",), ["fuzzy: '有 {count} 篇'"]),
        ("有 {count} 篇", "articles", (), ["other placeholders: '有 {count} 篇'"]),
        ("有 {count} 篇", "articles: {number}", (), ["other placeholders: '有 {count} 篇'"]),
        ("有 {count} 篇", "articles: {count", (), ["other placeholders: '有 {count} 篇'"]),
        ("{name!r}", "{name}", (), ["other placeholders: '{name!r}'"]),
        ("%(prog)s", "%(program)s", (), ["other placeholders: '%(prog)s'"]),
        (("{one}", "{all} {one}"), ("{one}",), (), ["not translated: '{one}'"]),
        (("{one}", "{all} {one}"), ("{one}", "{one} {all}"), (), []),
    ],
)
def test_faults(msgid, string, flags, expected):
    catalogue = Catalog(locale="en")
    catalogue.add(msgid, string, flags=flags)
    assert list(translations.faults(catalogue)) == expected


# The sources


def _translated_texts(path: Path) -> list[ast.Constant]:
    """The literals that stand first in a call of `_` or `message`."""
    return [
        node.args[0]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "message")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "bulletin/cli").glob("*.py")), ids=lambda path: path.name)
def test_no_chinese_outside_the_catalogue(path):
    places = {(text.lineno, text.col_offset) for text in _translated_texts(path)}
    tree = ast.parse(path.read_text())
    places |= {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    astray = [
        f"{path.name}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and (node.lineno, node.col_offset) not in places
    ]
    assert astray == []


# What the terminal shows


def _run(language: str, *arguments: str, folder: Path) -> tuple[int, str]:
    """Exit code and all output of the command in the language."""
    done = subprocess.run(
        [sys.executable, "-m", "bulletin", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": language},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> Path:
    """A publication with a fault in each of its files, none of which is Chinese."""
    root = tmp_path_factory.mktemp("faulty")
    (root / "issues/2026-01").mkdir(parents=True)
    (root / "house").mkdir()
    (root / "bulletin.yaml").write_text("titel: News\npublisher: Bureau\n")
    (root / "house/recipients.yaml").write_text("units: [{name: Archive, copies: many}]\n")
    (root / "issues/2026-01/issue.yaml").write_text("number: 1\n\tserial: 1\n")
    (root / "issues/2026-01/01-first.md").write_text("No front matter.\n")
    (root / "issues/2026-01/second.md").write_text("")
    return root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_in_english(command, tmp_path):
    code, said = _run("en_US.UTF-8", *command, "--help", folder=tmp_path)
    assert code == 0
    assert "Usage: bulletin" in said
    assert set(HAN.findall(said)) <= SAMPLES


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_in_chinese(command, tmp_path):
    code, said = _run("zh_CN.UTF-8", *command, "--help", folder=tmp_path)
    assert code == 0
    assert HAN.search(said)
    assert not CLICKS_ENGLISH.search(said)


@pytest.mark.parametrize("language", ["C.UTF-8", "C", "", "de_DE.UTF-8"])
def test_chinese_is_the_default(language, tmp_path):
    assert _run(language, "--help", folder=tmp_path) == _run("zh_CN.UTF-8", "--help", folder=tmp_path)


@pytest.mark.parametrize("arguments", WRONG_USES, ids=" ".join)
def test_usage_error_in_both_languages(arguments, tmp_path):
    code, english = _run("en_US.UTF-8", *arguments, folder=tmp_path)
    assert code == 2
    assert "Error: " in english
    assert not HAN.search(english)
    for language in ("C.UTF-8", "zh_CN.UTF-8"):
        code, chinese = _run(language, *arguments, folder=tmp_path)
        assert code == 2
        assert "错误：" in chinese
        assert not CLICKS_ENGLISH.search(chinese)


def test_failure_in_both_languages(tmp_path):
    code, english = _run("en_US.UTF-8", "check", folder=tmp_path)
    assert code == 2
    assert english.startswith("Cannot go on: ")
    assert not HAN.search(english)
    code, chinese = _run("zh_CN.UTF-8", "check", folder=tmp_path)
    assert code == 2
    assert chinese.startswith("不能继续：")


def test_problems_in_both_languages(faulty):
    code, english = _run("en_US.UTF-8", "check", folder=faulty)
    assert code == 1
    assert "did you mean “title”?" in english
    assert not HAN.search(english)
    code, chinese = _run("zh_CN.UTF-8", "check", folder=faulty)
    assert code == 1
    assert "是不是想写“title”？" in chinese


def test_json_in_both_languages(faulty):
    found = {}
    for language in ("en_US.UTF-8", "zh_CN.UTF-8"):
        code, said = _run(language, "check", "--json", folder=faulty)
        assert code == 1
        found[language] = json.loads(said)["problems"]
    assert not any(HAN.search(problem["message"] + problem["advice"]) for problem in found["en_US.UTF-8"])
    assert all(HAN.search(problem["message"]) for problem in found["zh_CN.UTF-8"])
    codes = [[problem["code"] for problem in problems] for problems in found.values()]
    assert codes[0] == codes[1]
