"""A pytest plugin for the session that runs on CDK Terrain: tests that import `cdktf`, as users do, get the fork.

The library has been imported by then, so it has found the fork by itself.
"""

from __future__ import annotations

import sys

from plainwork import _cdktf

sys.modules["cdktf"] = sys.modules[_cdktf.App.__module__.partition(".")[0]]
