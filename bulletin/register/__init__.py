"""The copy register, and the log of publication beside it: append-only events in SQLite, or in PostgreSQL where several editors share it."""

from bulletin.register.opening import import_register, open_register
from bulletin.register.register import Register


def export_register(register: Register) -> bytes:
    """The whole register as JSON Lines; `import_register` makes the same one of it."""
    return register.lines()


__all__ = ["Register", "export_register", "import_register", "open_register"]
