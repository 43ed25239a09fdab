"""What `bulletin.yaml` says of the copy register."""

from __future__ import annotations

import pytest

from bulletin.load.publication import load_publication
from bulletin.model.register import RegisterSettings
from tests.conftest import Make

OWN = "title: 测试动态\npublisher: 某局\n"


@pytest.mark.parametrize(
    ("said", "settings"),
    [
        ("", RegisterSettings(name="测试动态")),
        ("copy_register: {name: 老动态}\n", RegisterSettings(name="老动态")),
        (
            "copy_register: {url: 'postgresql://a@b/c', receipt_days: 9, return_days: 30}\n",
            RegisterSettings("postgresql://a@b/c", 9, 30, "测试动态"),
        ),
    ],
)
def test_the_register_has_the_name_of_the_publication(make: Make, said: str, settings: RegisterSettings) -> None:
    outcome = load_publication(make({"bulletin.yaml": OWN + said}))
    assert outcome.problems == ()
    assert outcome.value
    assert outcome.value.register == settings
