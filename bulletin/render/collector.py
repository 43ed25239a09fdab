"""Python's collector of garbage, off while much is made that lives to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """Looking for garbage among millions of objects that are all in use takes a third of the time of a layout, a tenth of that of a site."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
