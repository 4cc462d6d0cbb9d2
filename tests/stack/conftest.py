from __future__ import annotations

from plainwork.testing import hcl_snapshot

__all__ = ["hcl_snapshot"]
