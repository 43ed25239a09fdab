"""Floor 0: what things are. Frozen dataclasses, standard library only, no input or output."""
