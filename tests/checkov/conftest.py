"""Brings in the fixtures after pytest has turned warnings into errors: importing Checkov's dependencies warns."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Load the fixtures of this folder."""
    config.pluginmanager.import_plugin("tests.checkov.fixtures")
