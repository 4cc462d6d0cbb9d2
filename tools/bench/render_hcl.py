"""Render one synthesized document: `python -m tools.bench.render_hcl FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from plainwork_core.hcl import write as hcl

if __name__ == "__main__":
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write(hcl.render(document))
