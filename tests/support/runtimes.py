"""Each test has the runtime that a program with the imports of its module has: plain Python, or CDKTF."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

import plainwork.tree


@pytest.fixture(autouse=True)
def runtime(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an app be of CDKTF only if the module of the test imports CDKTF; other tests in the process do."""
    imports_it = any(_root(value) in plainwork.tree.RUNTIMES for value in vars(request.module).values())
    if not imports_it and not request.config.pluginmanager.hasplugin("tests.support.cdktn_as_cdktf"):
        monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())


def _root(value: Any) -> str:
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return str(name).partition(".")[0]
