"""The dependency lock file, which fixes the version of each provider until `terraform init -upgrade`.

https://developer.hashicorp.com/terraform/language/files/dependency-lock
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from plainwork_core.observed import observe

_NAME = ".terraform.lock.hcl"
_PROVIDER = re.compile(r'^\s*provider\s+"([^"]+)"\s*\{(?:\s*version\s*=\s*"([^"]+)")?', re.MULTILINE)


def locked_providers(directory: Path) -> Mapping[str, str]:
    """Return the version of each provider in the lock file of *directory*, by its address; none without such a file."""
    file = directory / _NAME
    observe(file)
    try:
        return dict(_PROVIDER.findall(file.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return {}
