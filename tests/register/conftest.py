"""A register in each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bulletin.model.register import RegisterSettings
from tests.postgresql import Server
from tests.registers import Place


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    server = Server.make()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place where there is no register yet."""
    return request.getfixturevalue(f"{request.param}_place")


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    return Place(tmp_path, RegisterSettings())


@pytest.fixture
def postgresql_place(server: Server, tmp_path: Path) -> Place:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("SET client_min_messages TO error")
        connection.execute("DROP SCHEMA IF EXISTS copies CASCADE")
    return Place(tmp_path, RegisterSettings(server.url))
