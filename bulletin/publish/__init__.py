"""Artifacts to disk. The only writer of outputs, records and scaffolds."""

from bulletin.publish.corrections import correct_file
from bulletin.publish.files import locked, publish_file, publish_folder, publish_new, set_aside
from bulletin.publish.staging import (
    clear_stage,
    drop_file,
    drop_files,
    drop_stage,
    keep_file,
    read_folder,
    replace_site,
    restore_site,
    stage_files,
    update_site,
)

__all__ = [
    "clear_stage",
    "correct_file",
    "drop_file",
    "drop_files",
    "drop_stage",
    "keep_file",
    "locked",
    "publish_file",
    "publish_folder",
    "publish_new",
    "read_folder",
    "replace_site",
    "restore_site",
    "set_aside",
    "stage_files",
    "update_site",
]
