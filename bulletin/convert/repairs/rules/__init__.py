"""One rule a file: each finds, in a paragraph, what is to be repaired."""
