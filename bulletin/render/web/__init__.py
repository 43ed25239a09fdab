"""The web edition to files: pages, lists, feeds, search."""
