"""The tools of the repository as modules: they lie outside of the package."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from tests.conftest import REPOSITORY


def load_tool(name: str) -> ModuleType:
    """The tool `tools/NAME.py`."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, REPOSITORY / f"tools/{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
