"""Opening the register: where it is, whether it may be used, and whether it must be made or brought up to date first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bulletin.model.errors import RegisterRefused, RegisterUnavailable, UsageError
from bulletin.model.problem import Message, message
from bulletin.model.register import Heads, RegisterSettings
from bulletin.register.chains import chains_faults
from bulletin.register.exporting import read_lines
from bulletin.register.migrating import install, migrate
from bulletin.register.places import FILE, FOLDER, alone_in, arriving, refuse_shared_disk, writing_to
from bulletin.register.register import Register
from bulletin.register.sqlite import damaged, new_sqlite, open_sqlite
from bulletin.register.store import Store, setting_of, version_of


@contextmanager
def open_register(root: Path, settings: RegisterSettings, *, at: str, create: bool = True) -> Iterator[Register]:
    """The register of the publication in `root`: made if there is none, brought up to date if an older program made it.

    Args:
        root: The folder of the publication.
        settings: Where the register is, and whose it is.
        at: The moment, ISO 8601; a backup is named by it.
        create: Whether one is made where there is none.

    Raises:
        UsageError: There is none and none is to be made, it is another publication's, or the URL of the settings is wrong.
        RegisterUnavailable: It is in use, damaged, out of reach, or newer than the program.
        CannotWrite: Read-only disk, no permission, disk full.
    """
    begin = partial(install, name=settings.name)
    with _opened(root, settings, at, _Making(begin, _refuse_after_loss) if create else None) as register:
        yield register


def import_register(root: Path, settings: RegisterSettings, lines: bytes, *, at: str) -> Heads:
    """Makes the register again from an export, hash for hash; returns its last events. Running it twice changes nothing.

    Where there is none, the register comes into being whole, with all its events, or not at all.

    Raises:
        RegisterRefused: The export is not whole or its chain does not hold, or there is a register with other events.
        UsageError: The export, or the register that is there, is another publication's.
        RegisterUnavailable, CannotWrite: As `open_register`.
    """
    exported = read_lines(lines)
    for fault in chains_faults(exported.chains):
        what = message("这个导出文件不能导入：{reason}", reason=fault)
        raise RegisterRefused(what, message("文件可能没有传完，或被人改动过；登记册没有改动"))
    _refuse_another(exported.name, settings.name)
    with _opened(root, settings, at, _Making(partial(install, name=settings.name, exported=exported))) as register:
        register.restore(exported)
    return exported.heads


@dataclass(frozen=True, slots=True)
class _Making:
    """How a register is made where there is none: `begin` makes it in an empty database, `guard` refuses the place of its file."""

    begin: Callable[[Store], None]
    guard: Callable[[Path], None] = lambda _path: None


@contextmanager
def _opened(root: Path, settings: RegisterSettings, at: str, making: _Making | None) -> Iterator[Register]:
    """The register; `making` is `None` where none is to be made."""
    with _store_of(root, settings, making) as store:
        if not version_of(store):
            if not making:
                raise _none_yet()
            making.begin(store)
        _refuse_another(setting_of(store, "name"), settings.name)
        migrate(store, root / FOLDER, at)
        yield Register(store)


def _refuse_another(name: str, wanted: str) -> None:
    """Refuses the register of another publication: each would take the other's numbers.

    Raises:
        UsageError: It is another's.
    """
    if name != wanted:
        what = message("这本登记册是“{name}”的，不是“{wanted}”的", name=name, wanted=wanted)
        advice = message(
            "各刊物各用各的登记册（PostgreSQL 用不同的数据库）；是改了刊名，在 bulletin.yaml 的 copy_register 里写 name: {name}",
            name=name,
        )
        raise UsageError(what, advice)


@contextmanager
def _store_of(root: Path, settings: RegisterSettings, making: _Making | None) -> Iterator[Store]:
    if settings.url:
        from bulletin.register.postgresql import open_postgresql

        with open_postgresql(settings.url) as shared:
            yield shared
        return
    path = root / FOLDER / FILE
    with writing_to(path):
        _prepare(path, making)
    with open_sqlite(path) as store:
        yield store


def _prepare(path: Path, making: _Making | None) -> None:
    """Makes the register if there is none, and refuses a place where one may not lie."""
    if os.path.lexists(path.parent) and (path.parent.is_symlink() or not path.parent.is_dir()):
        raise _elsewhere(message("“{path}”不是普通文件夹，不能放登记册", path=str(path.parent)))
    if not os.path.lexists(path):
        if not making:
            raise _none_yet()
        making.guard(path)
        _make(path, making.begin)
    if path.is_symlink() or not path.is_file():
        raise _elsewhere(message("“{path}”不是普通文件，不能用作登记册", path=str(path)))
    refuse_shared_disk(path.parent)
    if not path.stat().st_size:
        raise damaged(path, message("文件是空的"))


def _elsewhere(what: Message) -> RegisterUnavailable:
    return RegisterUnavailable(what, message("登记册要放在刊物文件夹的 registers 里，不能用快捷方式指到别处"))


def _refuse_after_loss(path: Path) -> None:
    """Refuses a place where backups say that there was a register: its numbers would be issued again.

    Raises:
        RegisterUnavailable: There was one.
    """
    _refuse_beside(path, f"{path.stem}-*")


def _make(path: Path, begin: Callable[[Store], None]) -> None:
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
            begin(store)


def _refuse_beside(path: Path, pattern: str) -> None:
    left = sorted(each.name for each in path.parent.glob(pattern))
    if left and not os.path.lexists(path):
        what = message("登记册不见了，旁边却有它的备份或日志：{names}", names=tuple(left))
        raise RegisterUnavailable(
            what, message("没有另建新册，免得份号重发；请先恢复登记册：用备份文件，或导入最近的导出文件")
        )


def _none_yet() -> UsageError:
    return UsageError(message("还没有登记册"), message("第一次登记份号或发布网站时会自动建立"))
