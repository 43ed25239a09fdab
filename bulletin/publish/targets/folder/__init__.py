"""A target that is a folder with releases, on any disk."""
