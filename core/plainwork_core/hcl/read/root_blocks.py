"""The blocks that stand at the top of Terraform's files, and how many labels each has.

See https://developer.hashicorp.com/terraform/language.
"""

from __future__ import annotations

ROOT = {
    "action": 2,
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""Labels by block type."""

NOT_EVALUATED = ("action", "check", "import", "moved", "output", "removed", "required_providers", "variable")
"""Blocks that tell a policy nothing: they are accepted whatever is in them."""

_DYNAMIC = {"dynamic": 1}
NESTED = {
    "terraform": {"backend": 1, "cloud": 0, "required_providers": 0, "provider_meta": 1},
    "resource": _DYNAMIC,
    "data": _DYNAMIC,
    "provider": _DYNAMIC,
    "dynamic": {"content": 0},
    "content": _DYNAMIC,
}
"""Nested blocks that Terraform's JSON syntax has under their labels, by the block they stand in."""
