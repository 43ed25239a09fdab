"""The HTML of all pages, judged by the checkers that others judge it by."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.audience import Audience
from tests.programs import installed, node_of

pytestmark = pytest.mark.slow
Checker = Callable[..., str]
FAULTY = "<!DOCTYPE html>\n<html lang=zh-CN><head><title>坏</title></head><body><p>段<div></p><img src=a.png></body></html>\n"
UNBROKEN = {"tel-non-breaking": ["error", {"ignoreClasses": ["tel"]}]}
"""Telephone numbers are kept on one line by the style sheet, and stay as they are typed where they are copied."""
RULES = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"], "rules": UNBROKEN}


def html_validate(checkers: Path, *folders: Path) -> str:
    """What html-validate complains of; empty if nothing."""
    config = checkers.parent / "rules.json"
    config.write_text(json.dumps(RULES), "utf-8")
    command = [node_of(checkers), str(checkers / "html-validate/bin/html-validate.mjs"), "--config", str(config)]
    done = subprocess.run([*command, *map(str, folders)], check=False, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def vnu(checkers: Path, *folders: Path) -> str:
    """What the Nu checker complains of; empty if nothing."""
    java = installed("java", "default-jre-headless")
    jar = checkers / "vnu-jar/build/dist/vnu.jar"
    command = [java, "-jar", str(jar), "--skip-non-html", "--stdout", "--format", "gnu"]
    return subprocess.run([*command, *map(str, folders)], check=False, capture_output=True, text=True).stdout


@pytest.mark.parametrize("checker", [html_validate, vnu])
def test_every_page_is_valid(checker: Checker, sites: dict[Audience, Path], checkers: Path) -> None:
    assert checker(checkers, *sites.values()) == ""


@pytest.mark.parametrize("checker", [html_validate, vnu])
def test_the_checkers_see_faults(checker: Checker, checkers: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(FAULTY, "utf-8")
    assert "img" in checker(checkers, tmp_path)
