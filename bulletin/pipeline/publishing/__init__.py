"""Publishing: a release that is checked, put on a target, and can be taken back; and the log of it."""
