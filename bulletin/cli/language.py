"""The editor's language: Chinese, or English where the environment asks for it (`LANG=en_US`)."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from bulletin.model.problem import Message, Value

LOCALE = Path(__file__).resolve().parent / "locale"
_DOMAIN = "bulletin"
_CONTROLS = {code: 0x2400 + code for code in range(32) if code != 10} | {127: 0x2421}
"""What an author typed must not steer the terminal: control characters are shown as ␛ and the like."""


def choose_language() -> None:
    """Takes the language from the environment, for our own texts and for those of click."""
    wanted = next(
        (value for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
    )
    language = "en" if wanted.startswith("en") else "zh_CN"
    os.environ["LANGUAGE"] = language  # click asks gettext, which asks the environment
    gettext.bindtextdomain("messages", str(LOCALE))
    gettext.bindtextdomain(_DOMAIN, str(LOCALE))


def language() -> str:
    """The tag of the editor's language."""
    return "en-US" if os.environ.get("LANGUAGE") == "en" else "zh-CN"


def _(text: str) -> str:
    """The text in the editor's language; Chinese stands in the source."""
    return gettext.dgettext(_DOMAIN, text) if text else ""


def translated(said: Message) -> str:
    """The message in the editor's language, its values filled in."""
    return _(said.template).format(**{name: _shown(value) for name, value in said.values})


def _shown(value: Value) -> str | int:
    if isinstance(value, Message):
        return translated(value)
    if isinstance(value, int):
        return value
    return shown_text(_("、").join(value) if isinstance(value, tuple) else value)


def shown_text(text: str) -> str:
    """Text from a file as a terminal may have it: control characters made visible."""
    return text.translate(_CONTROLS)
