from __future__ import annotations

import pytest

import plainwork.tree


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command does not import CDKTF."""
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
