"""Override files, whose blocks Terraform merges into those of the other files.

https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

import re
from dataclasses import replace

from plainwork_core.hcl.read.bodies import block_name, names
from plainwork_core.hcl.syntax import nodes

_OVERRIDE = re.compile(r"(?:.*_)?override\.(?:tf|tofu)(?:\.json)?")


def is_override(name: str) -> bool:
    """Return whether Terraform reads the file *name* after the others."""
    return _OVERRIDE.fullmatch(name) is not None


def overridden(block: nodes.Block, by: nodes.Block) -> nodes.Block:
    """Return *block* with the arguments and nested blocks of *by* in place of those of the same name.

    The content of nested blocks is not merged, except in `lifecycle`, whose arguments are replaced one by one.
    """
    replaced = set(names(by.body))
    attributes = (attribute for attribute in block.body.attributes if attribute.name not in replaced)
    kept = [nested for nested in block.body.blocks if block_name(nested) not in replaced]
    before = {nested.type: nested for nested in block.body.blocks if nested.type == "lifecycle"}
    added = (overridden(before[nested.type], nested) if nested.type in before else nested for nested in by.body.blocks)
    body = replace(block.body, attributes=(*attributes, *by.body.attributes), blocks=(*kept, *added))
    return replace(block, body=body)
