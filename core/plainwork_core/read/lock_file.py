"""The dependency lock file, which fixes the version of each provider until `terraform init -upgrade`.

https://developer.hashicorp.com/terraform/language/files/dependency-lock
"""

from __future__ import annotations

import re
from pathlib import Path

_NAME = ".terraform.lock.hcl"
_PROVIDER = re.compile(r'^\s*provider\s+"([^"]+)"', re.MULTILINE)


def locked_providers(directory: Path) -> frozenset[str]:
    """Return the addresses of the providers in the lock file of *directory*; none if it has no readable one."""
    try:
        return frozenset(_PROVIDER.findall((directory / _NAME).read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return frozenset()
