"""The house stands: imports go down, floor-1 parts do not know each other, and what must be absent is absent."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "bulletin"
FLOORS = {
    "model": 0,
    "load": 1,
    "convert": 1,
    "check": 1,
    "proofread": 1,
    "compose": 1,
    "compare": 1,
    "faces": 1,
    "typeset": 1,
    "render": 1,
    "prove": 1,
    "register": 1,
    "publish": 1,
    "pipeline": 2,
    "cli": 3,
}
_LAZY = re.compile(r"bulletin(\.\w+)+:\w+")
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every module that the file imports, lazily or only for types too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _LAZY.fullmatch(node.value):
            yield node.value.split(":")[0]


def test_every_part_has_a_floor() -> None:
    parts = {part_of(path) for path in FILES} - {"__init__", "__main__"}
    assert parts == set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    for module in imports_of(path):
        names = module.split(".")
        if names[0] == "bulletin" and len(names) > 1 and names[1] != part:
            assert FLOORS[names[1]] < FLOORS[part], f"{path.name} imports {module}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda path: path.name)
def test_the_model_needs_the_standard_library_only(path: Path) -> None:
    outside = {module.split(".")[0] for module in imports_of(path)} - sys.stdlib_module_names - {"bulletin"}
    assert not outside


def attributes_of(path: Path) -> set[str]:
    """`module.name` and `.name` for each attribute that the file uses."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            found |= {f"{owner}.{node.attr}", f".{node.attr}"}
    return found


AMBIENT = {"date.today", "datetime.now", "datetime.utcnow", "time.time", "os.environ", "os.getenv", "os.getlogin"}
AMBIENT_MODULES = {"random", "secrets", "uuid", "socket", "urllib.request", "http.client", "getpass", "time"}
MAY_SET_FONTCONFIG = {"render/engine.py"}
MAY_VISIT_THE_SITE = {"publish/serving.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_clock_environment_network_or_chance_below_the_command_line(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if part_of(path) == "cli":
        return
    if name not in MAY_VISIT_THE_SITE:
        assert not set(imports_of(path)) & AMBIENT_MODULES
    allowed = {"os.environ"} if name in MAY_SET_FONTCONFIG else set()
    assert not (attributes_of(path) & AMBIENT) - allowed


WRITES = {".write_text", ".write_bytes", ".mkdir", "os.replace", "os.rename", "os.remove", "os.unlink", ".unlink",
          "shutil.rmtree", "shutil.copy", "shutil.move", ".touch"}  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_publish_and_the_register_write(path: Path) -> None:
    if part_of(path) not in ("publish", "register"):
        assert not attributes_of(path) & WRITES


MAY_START_A_PROCESS = {"prove/verapdf.py", "publish/signatures.py", "load/version_control.py", "convert/office.py"}


def test_no_other_program_is_started_but_the_referee_the_signer_git_and_libreoffice() -> None:
    starting = {path.relative_to(PACKAGE).as_posix() for path in FILES if "subprocess" in imports_of(path)}
    assert starting == MAY_START_A_PROCESS


def test_templates_are_never_text_and_text_is_never_trusted() -> None:
    """Safety, row 6: no template from a string, no `|safe`, no `Markup`."""
    for path in [*FILES, *(REPOSITORY / "templates").rglob("*")]:
        if path.is_file():
            text = path.read_text("utf-8")
            assert "from_string" not in text
            assert "|safe" not in text.replace(" ", "")
            assert "Markup(" not in text


def test_the_houses_measures() -> None:
    """Design, section 4: functions up to 40 lines and 5 parameters, files up to 400 lines."""
    for path in FILES:
        source = path.read_text("utf-8")
        assert source.count("\n") <= 400, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                assert size <= 40, f"{path.name}: {node.name} has {size} lines"
                parameters = [each for each in node.args.args + node.args.kwonlyargs if each.arg != "self"]
                limit = 6 if part_of(path) == "cli" else 5
                assert len(parameters) <= limit, f"{path.name}: {node.name} has {len(parameters)} parameters"
