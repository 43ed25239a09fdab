"""The schema: made where there is none, brought up to date where it is older, after a backup that was read back."""

from __future__ import annotations

import re
from pathlib import Path

from bulletin.model.errors import RegisterUnavailable
from bulletin.model.problem import message
from bulletin.model.register import CORRECTABLE
from bulletin.register.chains import chains_faults
from bulletin.register.exporting import Exported, restore
from bulletin.register.places import alone_in, arriving
from bulletin.register.store import Store, keep_setting, scripts_of, version_of
from bulletin.register.verifying import step_rows


def install(store: Store, name: str, exported: Exported | None = None) -> None:
    """Makes the schema and writes down whose register it is, and what an export holds, in one transaction; unless another
    process was quicker."""
    with store.writing():
        if version_of(store) == 0:
            _run_scripts(store, 0)
            keep_setting(store, "name", name)
            if exported:
                restore(store, exported)


def migrate(store: Store, folder: Path, at: str) -> None:
    """Brings an older schema up to date, in one transaction, once a backup lies in the folder.

    Raises:
        RegisterUnavailable: The register is newer than the program, or its chain does not hold.
        CannotWrite: The backup cannot be written.
    """
    newest = len(scripts_of(store))
    if version_of(store) == newest:
        return
    with store.writing():
        version = version_of(store)
        if version > newest:
            what = message(
                "登记册是更新的程序写的（版本 {version}），这个程序只认得版本 {newest}", version=version, newest=newest
            )
            raise RegisterUnavailable(what, message("请升级程序；登记册没有改动"))
        if version < newest:
            _back_up(store, folder / f"copies-{version}-{re.sub('[^0-9]', '', at)}{store.backup_suffix}")
            _run_scripts(store, version)


def _back_up(store: Store, path: Path) -> None:
    with alone_in(path.parent), arriving(path) as fresh:
        for fault in chains_faults(store.back_up(fresh)):
            what = message("升级登记册之前核对没有通过，没有升级：{fault}", fault=fault)
            raise RegisterUnavailable(what, message("请用升级以前的程序核对登记册，或用备份恢复"))


def _run_scripts(store: Store, version: int) -> None:
    """Runs the scripts after that version, and writes down the steps of now and the version."""
    scripts = scripts_of(store)
    for script in scripts[version:]:
        store.run(script)
    store.run("DELETE FROM step;\nDELETE FROM correctable;\n")
    store.change("INSERT INTO step (kind, before, after) VALUES (?, ?, ?)", list(step_rows()))
    store.change("INSERT INTO correctable (kind) VALUES (?)", [(kind.value,) for kind in sorted(CORRECTABLE, key=str)])
    store.change(
        "INSERT INTO meta (name, value) VALUES ('version', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(str(len(scripts)),)],
    )
