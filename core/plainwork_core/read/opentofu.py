"""What tells that a root module is for OpenTofu, and the parts of its language that decide whether a block exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.syntax import nodes

if TYPE_CHECKING:
    from plainwork_core.read.declarations import ParsedFile

_REGISTRY = "registry.opentofu.org/"
_SUFFIXES = (".tofu", ".tofu.json")
_MARK = {"plainwork": {"target": "opentofu"}}


def is_for_opentofu(files: Iterable[ParsedFile], locked_providers: Iterable[str]) -> bool:
    """Return whether a file, an `encryption` or `language` block, or the lock file is of OpenTofu.

    https://opentofu.org/docs/language/files/#extension-precedence
    """
    if any(provider.startswith(_REGISTRY) for provider in locked_providers):
        return True
    return any(parsed.is_marked or parsed.file.endswith(_SUFFIXES) or _is_opentofu(parsed.body) for parsed in files)


def is_marked(document: Any) -> bool:
    """Return whether the document is of an `App(target="opentofu")`, which marks its backend."""
    terraform = document.get("terraform") if isinstance(document, Mapping) else None
    backend = terraform.get("backend") if isinstance(terraform, Mapping) else None
    bodies = backend.values() if isinstance(backend, Mapping) else ()
    return any(isinstance(body, Mapping) and body.get("//") == _MARK for body in bodies)


def enabled(block: nodes.Block) -> nodes.Expression | None:
    """Return `enabled` in `lifecycle`, which decides whether the block has an instance."""
    lifecycles = (nested.body for nested in block.body.blocks if nested.type == "lifecycle")
    return next((found for body in lifecycles if (found := body.attribute("enabled")) is not None), None)


def _is_opentofu(body: nodes.Body) -> bool:
    """Return whether the content of a file has a block that only OpenTofu has."""
    settings = (block.body for block in body.blocks if block.type == "terraform")
    encrypts = any(nested.type == "encryption" for inside in settings for nested in inside.blocks)
    return encrypts or any(block.type == "language" for block in body.blocks)
