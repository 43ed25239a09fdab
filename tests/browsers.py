"""Chromium for tests of the site."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from tests.programs import installed

THEMES = ("light", "dark", "contrast")
SIZES = ("standard", "large", "largest")
WIDTHS = (320, 768, 1280)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium made for having no window, at half the work of the whole browser; with the system's fonts, whatever was printed in this process before."""
    environment: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed("chromium-headless-shell", "chromium-headless-shell"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            env=environment,
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page opened by a reader of his own, and what went wrong there: messages of the console, requests to elsewhere."""

    page: Page
    faults: list[str] = field(default_factory=list)


@contextmanager
def visit(
    browser: Browser, address: str, width: int = 1280, scripts: bool = True, first: str = "", **chosen: str
) -> Iterator[Visit]:
    """Opens the page in a fresh profile; `chosen` is what the reader chose before (`theme="dark"`), `first` runs before all else."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    if chosen:
        kept = json.dumps({f"bulletin-{name}": value for name, value in chosen.items()})
        context.add_init_script(f"if (!localStorage.length) Object.assign(localStorage, {kept})")
    if first:
        context.add_init_script(first)
    page = context.new_page()
    seen = Visit(page)
    home = address.split("/", 3)[2]
    page.on("console", lambda said: seen.faults.append(f"console: {said.text}"))
    page.on("pageerror", lambda fault: seen.faults.append(f"error: {fault}"))
    page.on("request", lambda sent: None if home in sent.url else seen.faults.append(f"request: {sent.url}"))
    page.on("requestfailed", lambda sent: seen.faults.append(f"failed: {sent.url}"))
    page.goto(address)
    yield seen
    context.close()
