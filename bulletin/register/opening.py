"""Opening the register: where it is, whether it may be used, and whether it must be made or brought up to date first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin.model.errors import RegisterRefused, RegisterUnavailable, UsageError
from bulletin.model.problem import message
from bulletin.model.register import RegisterSettings
from bulletin.register.exporting import read_lines
from bulletin.register.migrating import install, migrate
from bulletin.register.places import FILE, FOLDER, alone_in, arriving, refuse_shared_disk, writing_to
from bulletin.register.register import Register
from bulletin.register.sqlite import damaged, new_sqlite, open_sqlite
from bulletin.register.store import Store, version_of
from bulletin.register.verifying import chain_faults


@contextmanager
def open_register(root: Path, settings: RegisterSettings, *, at: str, create: bool = True) -> Iterator[Register]:
    """The register of the publication in `root`: made if there is none, brought up to date if an older program made it.

    Args:
        root: The folder of the publication.
        settings: Where the register is.
        at: The moment, ISO 8601; a backup is named by it.
        create: Whether one is made where there is none.

    Raises:
        UsageError: There is none and none is to be made, or the URL of the settings is wrong.
        RegisterUnavailable: It is in use, damaged, out of reach, or newer than the program.
        CannotWrite: Read-only disk, no permission, disk full.
    """
    with _opened(root, settings, at, _make_unless_lost if create else None) as register:
        yield register


def import_register(root: Path, settings: RegisterSettings, lines: bytes, *, at: str) -> int:
    """Makes the register again from an export, hash for hash; returns how many events it has. Running it twice changes nothing.

    Raises:
        RegisterRefused: The export is not whole or its chain does not hold, or there is a register with other events.
        RegisterUnavailable, CannotWrite: As `open_register`.
    """
    exported = read_lines(lines)
    for fault in chain_faults(exported.entries, exported.head):
        what = message("这个导出文件不能导入：{reason}", reason=fault)
        raise RegisterRefused(what, message("文件可能没有传完，或被人改动过；登记册没有改动"))
    with _opened(root, settings, at, _make) as register:
        register.restore(exported)
    return exported.head.seq


@contextmanager
def _opened(root: Path, settings: RegisterSettings, at: str, make: Callable[[Path], None] | None) -> Iterator[Register]:
    """The register; `make` makes one in a file, and is `None` where none is to be made."""
    with _store_of(root, settings, make) as store:
        if not version_of(store):
            if not make:
                raise _none_yet()
            install(store)
        migrate(store, root / FOLDER, at)
        yield Register(store)


@contextmanager
def _store_of(root: Path, settings: RegisterSettings, make: Callable[[Path], None] | None) -> Iterator[Store]:
    if settings.url:
        from bulletin.register.postgresql import open_postgresql

        with open_postgresql(settings.url) as shared:
            yield shared
        return
    path = root / FOLDER / FILE
    with writing_to(path):
        _prepare(path, make)
    with open_sqlite(path) as store:
        yield store


def _prepare(path: Path, make: Callable[[Path], None] | None) -> None:
    """Makes the register if there is none, and refuses a place where one may not lie."""
    if not os.path.lexists(path):
        if not make:
            raise _none_yet()
        make(path)
    if path.is_symlink() or not path.is_file():
        what = message("“{path}”不是普通文件，不能用作登记册", path=str(path))
        raise RegisterUnavailable(what, message("登记册要放在刊物文件夹的 registers 里，不能用快捷方式指到别处"))
    refuse_shared_disk(path.parent)
    if not path.stat().st_size:
        raise damaged(path, message("文件是空的"))


def _make_unless_lost(path: Path) -> None:
    """Makes a register, but not where backups say that there was one: its numbers would be issued again.

    Raises:
        RegisterUnavailable: There was one.
    """
    _refuse_beside(path, f"{path.stem}-*")
    _make(path)


def _make(path: Path) -> None:
    """Makes a register that nobody sees before it is whole.

    Raises:
        RegisterUnavailable: The journal of another lies there: SQLite would write it into this one.
    """
    with alone_in(path.parent):
        refuse_shared_disk(path.parent)
        if os.path.lexists(path):
            return
        _refuse_beside(path, f"{path.name}-*")
        with arriving(path) as fresh, new_sqlite(fresh) as store:
            install(store)


def _refuse_beside(path: Path, pattern: str) -> None:
    left = sorted(each.name for each in path.parent.glob(pattern))
    if left and not os.path.lexists(path):
        what = message("登记册不见了，旁边却有它的备份或日志：{names}", names=tuple(left))
        raise RegisterUnavailable(
            what, message("没有另建新册，免得份号重发；请先恢复登记册：用备份文件，或导入最近的导出文件")
        )


def _none_yet() -> UsageError:
    return UsageError(message("还没有登记册"), message("第一次登记份号时会自动建立"))
