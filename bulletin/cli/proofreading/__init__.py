"""The commands of the proofreader: `check`, `decide`, `explain`."""
