"""The hundred-thousandth release: numbers grow longer, and stay in order."""

from __future__ import annotations

import pytest

from bulletin.load.publication import load_publication
from bulletin.model.errors import UsageError
from bulletin.model.publication_log import Act, Entry
from bulletin.model.register import Request
from bulletin.pipeline.publishing.releases import list_releases
from bulletin.register import open_register
from tests.archives import AT
from tests.pipeline.publishing.conftest import Bureau, quiet

FIRST = "issues/2024-01/01-a.md"


@pytest.fixture
def old(bureau: Bureau) -> Bureau:
    """A bureau that has published very often."""
    publication = load_publication(bureau.root).value
    assert publication
    with open_register(bureau.root, publication.register, at=AT) as register:
        entry = Entry(Act.REMOVED, "外网", "99998-3f9a2c1b")
        register.publications.record(Request("a", "杨红", "2026-11-22", "2026-11-22T09:00:00+08:00"), [entry])
    return bureau


def test_number_100000_comes_after_99999(old: Bureau) -> None:
    sites = []
    for sentence in ("甲。", "乙。", "丙。"):
        old.edit(FIRST, f"新添的一句话{sentence}")
        old.publish()
        sites.append(old.live())
    kept = [each.name for each in list_releases(old.root, "", quiet, examine=True).kept]
    assert [name.partition("-")[0] for name in kept] == ["100001", "100000", "99999"]
    assert old.rollback().after == kept[1]
    assert old.live() == sites[1]
    assert old.rollback().after == kept[2]
    assert old.live() == sites[0]
    with pytest.raises(UsageError, match="没有更早的版"):
        old.rollback()
    assert old.rollback("100001").after == kept[0]
    assert old.rollback("099999").after == kept[2]
    for wanted in ("10000", "0", "9" * 5000, "٩٩٩٩٩"):
        with pytest.raises(UsageError, match="没有保留"):
            old.rollback(wanted)
    assert old.publish().release == kept[0], "it is there already"
    assert old.live() == sites[2]
    old.edit(FIRST, "又一句。")
    assert old.publish().release.startswith("100002-")
