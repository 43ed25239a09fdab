"""The top of the command line: language, limits, and what becomes of failures."""

from __future__ import annotations

import os
import sys
import traceback

import click

from bulletin.cli.language import choose_language
from bulletin.cli.limits import set_limits
from bulletin.model.errors import BulletinError, LimitReached, TemplateFault, UsageError, reason_of
from bulletin.model.problem import message


def run(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    choose_language()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    from bulletin.cli.commands import bulletin

    set_limits()
    try:
        return int(bulletin.main(arguments, prog_name="bulletin", standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as fault:
        fault.show()
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        from bulletin.cli.console import show_failure

        failure = _failure(fault)
        show_failure(failure)
        return _exit_code(failure)


def _exit_code(failure: BulletinError) -> int:
    """1 for what an editor wrote, 2 for a wrong use, 3 for the machine."""
    if isinstance(failure, TemplateFault):
        return 1
    return 2 if isinstance(failure, UsageError) else 3


def _failure(fault: Exception) -> BulletinError:
    """What is to be said of an exception; a fault of ours must not look like the editor's."""
    if isinstance(fault, BulletinError):
        return fault
    if isinstance(fault, MemoryError):
        return LimitReached(message("内存不够，已停止"), message("请检查是否有过大的图片或稿件"))
    if isinstance(fault, OSError):
        what = message("电脑系统报错：{reason}（{path}）", reason=reason_of(fault), path=str(fault.filename or ""))
        return BulletinError(what)
    if os.environ.get("BULLETIN_DEBUG"):
        traceback.print_exc()
    what = message("程序出错，与稿件无关：{reason}", reason=f"{type(fault).__name__}: {fault}")
    return BulletinError(what, message("请运行 BULLETIN_DEBUG=1 bulletin …，把屏幕上的文字发给维护人员"))
