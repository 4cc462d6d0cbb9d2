"""Loads the fixtures after pytest has turned warnings into errors: the import of Checkov's dependencies warns."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Load the fixtures of this directory."""
    config.pluginmanager.import_plugin("tests.checkov.fixtures")
