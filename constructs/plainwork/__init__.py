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
    from plainwork.s3_state_backend import S3StateBackend, StateAccess, StateLocking
    from plainwork.terraform import (
        App,
        DataSource,
        Import,
        Locals,
        Moved,
        Output,
        Provider,
        Removed,
        Resource,
        Stack,
        Variable,
        synthesise,
    )

__version__ = "0.1.0"

__all__ = [
    "App",
    "Block",
    "DataSource",
    "Import",
    "Locals",
    "Moved",
    "Output",
    "PlainworkError",
    "PlainworkWarning",
    "Provider",
    "Reference",
    "Removed",
    "Resource",
    "S3StateBackend",
    "Stack",
    "StateAccess",
    "StateLocking",
    "Variable",
    "synthesise",
]

_ELSEWHERE = {
    "Block": "plainwork.emission",
    "PlainworkError": "plainwork.errors",
    "PlainworkWarning": "plainwork.errors",
    "Reference": "plainwork.references",
    "S3StateBackend": "plainwork.s3_state_backend",
    "StateAccess": "plainwork.s3_state_backend",
    "StateLocking": "plainwork.s3_state_backend",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'plainwork' has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE.get(name, "plainwork.terraform")), name)
