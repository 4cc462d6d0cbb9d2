"""The keys of instances in Terraform's addresses: `module.net["a"].aws_subnet.private[0]`.

https://developer.hashicorp.com/terraform/cli/state/resource-addressing
"""

from __future__ import annotations

import re

KEY = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')


def without_keys(address: str) -> str:
    """Return *address* without the keys of instances."""
    return KEY.sub("", address)
