"""The copy register: append-only events in SQLite, or in PostgreSQL where several editors share it."""
