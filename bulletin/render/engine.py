"""WeasyPrint, held still: no system fonts, no complaint unheard, the same bytes everywhere."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bulletin.model.errors import MissingLibrary, RenderingFailed
from bulletin.model.problem import message
from bulletin.render.collector import collector_off
from bulletin.render.drawing import Drawing, watch

SYSTEM_LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


VARIANT = "pdf/a-2a"


def draw(html: str, css: str, assets: Mapping[str, Path | bytes], fontconfig: Path) -> Drawing:
    """`html` styled by `css`, drawn; every picture among `assets` must be asked for.

    Args:
        html: A whole document.
        css: Its only style sheet.
        assets: What `asset:` addresses stand for.
        fontconfig: A fontconfig file that names no folder, so that only declared faces can be used.

    Raises:
        MissingLibrary: A system library is not installed.
        RenderingFailed: The engine refused the document or complained about it.
    """
    _load_engine(fontconfig)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from bulletin.render.fetcher import AssetFetcher

    fetcher = AssetFetcher(assets)
    fonts = FontConfiguration()
    with _complaints() as complaints, collector_off(), _failures_named():
        sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
        source = HTML(string=html, url_fetcher=fetcher)
        drawing = watch(source.render(fonts, stylesheets=[sheet]), source.etree_element, VARIANT)
    if complaints:
        raise _failure(complaints)
    unused = {url for url, source in assets.items() if isinstance(source, bytes)} - fetcher.asked
    if unused:
        raise RenderingFailed(message("有 {count} 张图片没有排进去", count=len(unused)))
    return drawing


def engine_versions(fontconfig: Path) -> str:
    """The versions of everything that shapes and places glyphs.

    Raises:
        MissingLibrary: A system library is not installed.
    """
    _load_engine(fontconfig)
    import weasyprint
    from weasyprint.text.ffi import pango

    shaper = ctypes.CDLL("libharfbuzz.so.0").hb_version_string if sys.platform == "linux" else None
    if shaper:
        shaper.restype = ctypes.c_char_p
    return f"WeasyPrint {weasyprint.__version__}, Pango {pango.pango_version()}, HarfBuzz {shaper().decode() if shaper else '?'}"


def _load_engine(fontconfig: Path) -> None:
    """Imports WeasyPrint with fonts of the system out of its sight.

    Fontconfig reads its file name from the environment when it is first used: the one variable that is set here.
    """
    os.environ["FONTCONFIG_FILE"] = str(fontconfig)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
            import weasyprint  # noqa: F401
    except OSError as fault:
        raise missing_library(str(fault)) from fault


def missing_library(reason: str) -> MissingLibrary:
    """What to install when a system library is not there."""
    return MissingLibrary(
        message("缺少排版要用的系统库：{reason}", reason=reason.splitlines()[0] if reason else ""),
        message("请运行：sudo apt-get install {libraries}", libraries=" ".join(SYSTEM_LIBRARIES)),
    )


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collects everything that WeasyPrint logs as a warning or worse (safety, 1.4: missing files are only logged)."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    kept = [(logger.propagate, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.propagate, logger.handlers[:] = False, [listener]
    try:
        yield heard
    finally:
        for logger, (propagate, handlers) in zip(loggers, kept, strict=True):
            logger.propagate, logger.handlers[:] = propagate, handlers


@contextmanager
def _failures_named() -> Iterator[None]:
    """What the engine raises is a failure of layout: a file that it may not have, or a case that it was not made for."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as fault:
        raise RenderingFailed(message("排版用到了刊物文件夹以外的文件，已拒绝：{reason}", reason=str(fault))) from fault
    except (AssertionError, LookupError, AttributeError, RecursionError, TypeError, ValueError) as fault:
        what = message("排版引擎出错（英文说明：{reason}）", reason=f"{type(fault).__name__}: {fault}")
        raise RenderingFailed(what, message("多半与刚改动的段落、表格或脚注有关：逐篇制作，找出是哪一篇")) from fault


def _failure(complaints: list[str]) -> Exception:
    subset = next((complaint for complaint in complaints if "HarfBuzz-Subset" in complaint), None)
    if subset:
        return missing_library("libharfbuzz-subset")
    return RenderingFailed(message("排版引擎报告问题：{reason}", reason="; ".join(complaints[:5])))
