"""The log of publication: a second chain in the register's database, beside that of the copies."""

from bulletin.register.publications.log import PublicationLog

__all__ = ["PublicationLog"]
