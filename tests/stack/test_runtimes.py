"""The stacks of this repository are the same bytes with CDKTF as without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.written_files import written_files
from tools.examples_hcl import examples

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", [ROOT / "stacks" / "app.py", *examples()], ids=lambda script: script.parent.name)
def test_cdktf_writes_what_plain_python_writes(script: Path, tmp_path: Path) -> None:
    assert written(script, "sys", tmp_path / "plain") == written(script, "constructs", tmp_path / "cdktf")


def written(script: Path, imported: str, out: Path) -> dict[str, object]:
    """Every file that a script writes after an import, by its path."""
    module = ".".join(script.relative_to(ROOT).with_suffix("").parts)
    code = f"import runpy, {imported}; runpy.run_module({module!r}, run_name='__main__')"
    environment = {**os.environ, "CDKTF_OUTDIR": str(out)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    return written_files(out)
