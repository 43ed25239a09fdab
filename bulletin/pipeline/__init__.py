"""Floor 2, the spine: what each command does, from the sources to the outputs. One direction, nothing skipped."""
