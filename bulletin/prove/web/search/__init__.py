"""The index of full-text search read back: it leads to every article by all of its tokens, and by no others."""
