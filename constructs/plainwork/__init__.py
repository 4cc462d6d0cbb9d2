"""Plain Terraform resources for AWS in Python.

Nothing is imported before it is asked for: the first of these names starts Node, and the command line does without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plainwork.emission import Block
    from plainwork.errors import PlainworkError, PlainworkWarning
    from plainwork.references import Reference
    from plainwork.terraform import App, DataSource, Provider, Resource, Stack, synthesise

__version__ = "0.1.0"

__all__ = [
    "App",
    "Block",
    "DataSource",
    "PlainworkError",
    "PlainworkWarning",
    "Provider",
    "Reference",
    "Resource",
    "Stack",
    "synthesise",
]

_HOMES = {
    "plainwork.emission": ("Block",),
    "plainwork.errors": ("PlainworkError", "PlainworkWarning"),
    "plainwork.references": ("Reference",),
    "plainwork.terraform": ("App", "DataSource", "Provider", "Resource", "Stack", "synthesise"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'plainwork' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
