"""Publishing: a site to a target, and back again."""
