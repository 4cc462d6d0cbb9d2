"""The arguments of a resource that Terraform does not update: its `ignore_changes`.

https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

ALL = "all"
_ALL_BEFORE = "*"
"""The same in Terraform 0.11."""
_STEP = re.compile(r"[.\[]")


def ignored_arguments(resource: nodes.Block) -> frozenset[str]:
    """Return the arguments in `ignore_changes` of *resource*, without indices and keys; `all` is one of them."""
    return frozenset(ALL if name == _ALL_BEFORE else name for name in map(_first_name, _references(resource)) if name)


def _references(resource: nodes.Block) -> Iterator[Expression]:
    for lifecycle in resource.body.blocks:
        if lifecycle.type == "lifecycle" and (ignored := lifecycle.body.attribute("ignore_changes")) is not None:
            yield from ignored.items if isinstance(ignored, nodes.Sequence) else (ignored,)


def _first_name(reference: Expression) -> str:
    """Return the first step of a reference; in JSON it is a string, such as `tags["Owner"]`."""
    while isinstance(reference, nodes.GetAttribute | nodes.GetIndex):
        reference = reference.target
    text = reference.name if isinstance(reference, nodes.Variable) else str(getattr(reference, "value", ""))
    return _STEP.split(text, maxsplit=1)[0]
