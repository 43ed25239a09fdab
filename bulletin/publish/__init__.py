"""Artifacts to disk. The only writer of outputs, records and scaffolds."""

from bulletin.publish.files import locked, publish_file, publish_folder, publish_new, set_aside

__all__ = ["locked", "publish_file", "publish_folder", "publish_new", "set_aside"]
