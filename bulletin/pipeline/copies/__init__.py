"""Numbered copies from the list of recipients to the shredder: assigning, printing, recording, asking."""
