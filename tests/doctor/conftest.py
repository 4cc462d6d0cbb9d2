from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.root_modules import RootModule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> RootModule:
    """An empty root module in a repository, with an empty home directory."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "home").mkdir()
    directory = tmp_path / "repository" / "web"
    directory.mkdir()
    return RootModule(directory, tmp_path / "home")
