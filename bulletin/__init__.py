"""The bulletin toolchain: Markdown and YAML in; checked print PDF and web edition out."""

__version__ = "0.1.0"
