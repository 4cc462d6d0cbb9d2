"""The causes that files and the environment prove, one function each, in the order in which Terraform would fail."""

from __future__ import annotations

from importlib import import_module

from plainwork_core.doctor.causes.table import CAUSES

__all__ = ["CAUSES"]

_MODULES = (
    "cache",
    "arguments",
    "keys",
    "regions",
    "profiles",
    "credentials",
    "endpoints",
    "encryption",
    "locks",
    "workspaces",
)
for _name in _MODULES:
    import_module(f"plainwork_core.doctor.causes.{_name}")
