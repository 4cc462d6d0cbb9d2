"""The causes that files and the environment prove, one function each, in the order of the reports."""

from __future__ import annotations

from plainwork_core.doctor.causes import (
    arguments,
    cache,
    credentials,
    encryption,
    endpoints,
    keys,
    locks,
    profiles,
    regions,
    workspaces,
)
from plainwork_core.doctor.causes.table import CAUSES

__all__ = [
    "CAUSES",
    "arguments",
    "cache",
    "credentials",
    "encryption",
    "endpoints",
    "keys",
    "locks",
    "profiles",
    "regions",
    "workspaces",
]
