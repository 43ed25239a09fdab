"""Commands that put a site on a target and take it back: `publish`, `releases`, `rollback`, `prune`, `withdraw`."""
