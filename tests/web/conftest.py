"""The sample site of both audiences, served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.render.web.frame import make_frame
from bulletin.render.web.servers import security_headers
from tests.programs import AXE, HTML_VALIDATE, VNU, install_packages
from tests.sites import build_sites, serving, write_sample


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample publication."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sites(publication: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Audience, Path]:
    """The folders of its sites."""
    return build_sites(publication, tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def addresses(publication: Path, sites: dict[Audience, Path]) -> Iterator[dict[Audience, str]]:
    """The addresses of their home pages, served with the headers that keep everything else out."""
    loaded = load_publication(publication).value
    assert loaded
    headers = {audience: security_headers(make_frame(loaded, audience)) for audience in Audience}
    with ExitStack() as stack:
        yield {audience: stack.enter_context(serving(folder, headers[audience])) for audience, folder in sites.items()}


@pytest.fixture(scope="session")
def public(addresses: dict[Audience, str]) -> str:
    return addresses[Audience.PUBLIC]


@pytest.fixture(scope="session")
def intranet(addresses: dict[Audience, str]) -> str:
    return addresses[Audience.INTRANET]


@pytest.fixture(scope="session")
def checkers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of packages with axe-core, html-validate and vnu."""
    return install_packages(tmp_path_factory.mktemp("checkers"), AXE, HTML_VALIDATE, VNU)
