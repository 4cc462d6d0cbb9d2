from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import App, Stack
from plainwork.testing import hcl_snapshot
from tests.support.runtimes import runtime

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["hcl_snapshot", "runtime"]


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path / "cdktf.out")


@pytest.fixture
def stack(app: App) -> Stack:
    return Stack(app, "demo")
