"""The top of the command line: language, limits, and what becomes of failures."""

from __future__ import annotations

import os
import sys
import traceback

import click

from bulletin.cli.language import choose_language
from bulletin.cli.limits import set_limits
from bulletin.model.errors import BulletinError, LimitReached, UsageError
from bulletin.model.problem import message


def run(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    choose_language()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    from bulletin.cli.commands import bulletin
    from bulletin.cli.console import show_failure

    set_limits()
    try:
        code = bulletin.main(arguments, prog_name="bulletin", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as fault:
        fault.show()
        return 2
    except click.Abort:
        return 130
    except UsageError as failure:
        show_failure(failure)
        return 2
    except BulletinError as failure:
        show_failure(failure)
        return 3
    except MemoryError:
        show_failure(LimitReached(message("内存不够，已停止"), message("请检查是否有过大的图片或稿件")))
        return 3
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        show_failure(BulletinError(message("系统报告：{reason}", reason=str(fault))))
        return 3
    except Exception as fault:  # a fault of ours must not look like the editor's
        if os.environ.get("BULLETIN_DEBUG"):
            traceback.print_exc()
        what = message("程序出错，与稿件无关：{reason}", reason=f"{type(fault).__name__}: {fault}")
        show_failure(BulletinError(what, message("设 BULLETIN_DEBUG=1 再运行一次，把输出交给维护人员")))
        return 3
