"""The keys of instances in Terraform's addresses and references: `module.net["a"].aws_subnet.private[0]`.

In a reference, a key may be an expression: `aws_subnet.private[each.key]`, `aws_subnet.private[var.zones["a"]]`.

https://developer.hashicorp.com/terraform/cli/state/resource-addressing
"""

from __future__ import annotations

import re

_STRING = r'"(?:[^"\\]|\\.)*"'
_INNER = rf'[^\]\["]|{_STRING}'
KEY = re.compile(rf"\[(?:{_INNER}|\[(?:{_INNER})*\])*\]")


def without_keys(address: str) -> str:
    """Return *address* without the keys of instances."""
    return KEY.sub("", address)
