"""The `moved` blocks of a module: https://developer.hashicorp.com/terraform/language/moved."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.values import Unknown
from plainwork_core.read.module_scope import ModuleScope


def moves(scope: ModuleScope) -> Iterator[tuple[str, str]]:
    """Yield the old and the new address of each `moved` block in a module; one that cannot be read has no effect."""
    bodies = (parsed.body for parsed in scope.module.files)
    for block in (block for body in bodies for block in body.blocks if block.type == "moved"):
        before, after = (_address(block, name) for name in ("from", "to"))
        if before and after:
            yield scope.absolute(before), scope.absolute(after)


def _address(block: nodes.Block, name: str) -> str:
    """Return the address in an argument: a reference, or a string in JSON."""
    expression = block.body.attribute(name)
    value = None if expression is None else evaluate(expression, Nowhere())
    if isinstance(value, Unknown):
        return value.references[0] if len(value.references) == 1 else ""
    return value if isinstance(value, str) else ""
