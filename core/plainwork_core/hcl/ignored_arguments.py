"""The arguments of a resource that Terraform does not update: its `ignore_changes`.

https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.hcl.json_form import bare
from plainwork_core.hcl.syntax import nodes

ALL = "all"
_ALL_BEFORE = "*"
"""The same in Terraform 0.11."""
_STEP = re.compile(r"[.\[]")


def ignored_arguments(resource: nodes.Block) -> frozenset[str]:
    """Return the arguments in `ignore_changes` of *resource*, without indices and keys; `all` is one of them."""
    names = (_STEP.split(reference, maxsplit=1)[0] for reference in _references(resource))
    return frozenset(ALL if name == _ALL_BEFORE else name for name in names)


def _references(resource: nodes.Block) -> Iterator[str]:
    for lifecycle in resource.body.blocks:
        if lifecycle.type == "lifecycle" and (ignored := lifecycle.body.attribute("ignore_changes")) is not None:
            found = bare(ignored)
            yield from (name for name in (found if isinstance(found, list) else [found]) if isinstance(name, str))
