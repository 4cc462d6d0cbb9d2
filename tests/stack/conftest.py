from __future__ import annotations

from plainwork.testing import hcl_snapshot
from tests.support.runtimes import runtime

__all__ = ["hcl_snapshot", "runtime"]
